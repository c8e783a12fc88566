/**
 * The live line to the playground: server-sent events, and a look every few seconds. The browser reconnects by
 * itself and names its last event; when the server does not know it any more, the state is read again.
 */

import { get, post, trial } from "./api.js";
import { confirmBox, toast } from "./boxes.js";
import { byId, el, fill } from "./dom.js";
import { openedChat } from "./place.js";
import { apply, KINDS, loadPublic, on, tell, world } from "./world.js";

const LOOK_EVERY = 4_000;
const RETRY = 1_500;
const HIDDEN_PATIENCE = 120_000;

let source = null;
let last = "";
let alive = true;
let retry = 0;
let hiding = 0;

/** Open the line for the person at hand, after the state that was read; `reload` reads it again. */
export function open(reload) {
	close();
	last = world.lastEvent;
	connect(reload);
}

export function close() {
	clearTimeout(retry);
	source?.close();
	source = null;
}

function connect(reload) {
	const line = new EventSource(`/api/events?person=${world.me.id}&after=${encodeURIComponent(last)}`);
	source = line;
	const listen = (kind, action) =>
		line.addEventListener(kind, (event) => {
			if (source !== line) return;
			last = event.lastEventId || last;
			action(event);
		});
	for (const kind of KINDS) listen(kind, (event) => apply(kind, JSON.parse(event.data)));
	listen("reset", reload);
	line.onopen = () => source === line && setAlive(true);
	line.onerror = () => {
		if (source !== line) return;
		setAlive(false);
		// A refusal (not a broken line) ends an EventSource for good: the person may be gone.
		if (line.readyState === EventSource.CLOSED) retry = setTimeout(reload, RETRY);
	};
}

function setAlive(value) {
	if (value === alive) return;
	alive = value;
	tell("line", { alive });
}

const isAlive = () => alive;

async function look() {
	if (document.hidden || !world.me) return;
	try {
		loadPublic(await get("/api/state"));
	} catch {
		// The live line tells of it.
	}
}

/** Keep the clock and the bot's presence true; give the line back while nobody looks. */
export function keepWatch(reload) {
	setInterval(look, LOOK_EVERY);
	document.addEventListener("visibilitychange", () => {
		clearTimeout(hiding);
		// A browser allows six lines to one server: tabs that wait in the background must not use them up.
		if (document.hidden) hiding = setTimeout(close, HIDDEN_PATIENCE);
		else if (!source && world.me) reload();
		else look();
	});
}

// What is wrong with the line or the bot, said above the messages; and the two ways to start again.

const GRACE = 900;
let restarting = false;
let lost = false;
let grace = 0;

function words() {
	if (lost) return ["Reconnecting…", "What you write is kept."];
	if (restarting) return ["The bot is restarting…", "Messages wait for it, nothing is lost."];
	const chat = openedChat();
	const bot = world.bots.get(chat?.bot);
	if (bot && !bot.online) return [`${bot.name} is away.`, "What you send waits until it is back."];
	return null;
}

function drawBanner() {
	const said = words();
	const banner = byId("banner");
	const key = said?.join(" ") ?? "";
	if (banner.dataset.key === key) return;
	banner.dataset.key = key;
	banner.hidden = !said;
	fill(banner, said && el("span.spinner", { "aria-hidden": "true" }), said && el("span", el("strong", said[0]), ` ${said[1]}`));
}

function onLine({ alive }) {
	clearTimeout(grace);
	const was = lost;
	if (alive) lost = false;
	else grace = setTimeout(() => drawBanner((lost = !isAlive())), GRACE);
	if (alive && was) toast("Connected again.");
	drawBanner();
}

export async function restartBot() {
	setRestarting(true);
	const done = await trial(() => post("/playground/restart"));
	setRestarting(false);
	if (done) toast("The bot has restarted.");
}

function setRestarting(value) {
	restarting = value;
	drawBanner();
}

export async function startAfresh() {
	const text = "All people, chats and groups, and everything the bot knows, will be deleted. The clock goes back to now.";
	if (!(await confirmBox("Start afresh?", text, "Delete everything"))) return;
	setRestarting(true);
	const done = await trial(() => post("/playground/afresh"));
	setRestarting(false);
	if (done) tell("afresh");
}

on("line", onLine);
on("loaded bots place chats", drawBanner);
