/**
 * The open chat's messages. `sync` compares what should stand here with what does: a row is made anew only
 * when its message is a new object, so an edit touches one row and the rest keep focus and scroll position.
 */

import { announce } from "./boxes.js";
import { arrange, byId, debounced, el, fill, icon } from "./dom.js";
import { count, day, dayNumber } from "./format.js";
import { follows, messageRow, summary, welcome } from "./message.js";
import { openedChat, place } from "./place.js";
import { countDown } from "./poll.js";
import { controlOf, currentRow, returnTo, setCurrent, settleStops } from "./roving.js";
import { reveal } from "./text.js";
import { now, on, tell } from "./world.js";

const list = byId("messages");
let rows = new Map();
let days = new Map();
const opened = new Map();

function visibleMessages(chat) {
	const replaced = new Set(chat.messages.map((message) => message.replaces).filter((id) => id !== null));
	return chat.messages.filter((one) => !replaced.has(one.id) && (!chat.forum || one.topic === place.topic));
}

function sync() {
	const chat = openedChat();
	if (!chat) return;
	const kept = new Map();
	const wanted = [];
	let before = null;
	for (const message of visibleMessages(chat)) {
		if (!before || dayNumber(before.date) !== dayNumber(message.date)) {
			wanted.push(dayRow(message.date));
			before = null;
		}
		const row = rowOf(chat, message, before);
		kept.set(message.id, row);
		wanted.push(row.node);
		before = message;
	}
	rows = kept;
	const focused = controlOf(document.activeElement);
	arrange(list, [welcome(chat), ...wanted].filter(Boolean));
	settleStops(list);
	if (focused && document.activeElement === document.body) returnTo(focused);
}

/** The row in which a press has begun. Made anew before the press ends, it would swallow the click. */
let held = null;

function hold(event) {
	held = event.target.closest(".row");
}

function release() {
	if (!held) return;
	// The click comes right after this event.
	setTimeout(() => {
		held = null;
		sync();
	});
}

list.addEventListener("pointerdown", hold);
list.addEventListener("keydown", (event) => event.key === " " && hold(event));
for (const end of ["pointerup", "pointercancel", "keyup", "blur"]) addEventListener(end, release);

function rowOf(chat, message, before) {
	const look = { group: chat.kind !== "private", follows: follows(message, before) };
	const spelled = `${look.group}${look.follows}`;
	const known = rows.get(message.id);
	if (known && (known.node === held || (known.message === message && known.look === spelled))) return known;
	const node = messageRow(message, look);
	const open = opened.get(`${message.chat}/${message.id}`);
	if (open && [...node.querySelectorAll(".spoiler")].some((one) => open.has(one.dataset.words))) reveal(node);
	if (known) node.classList.add("known");
	return { message, look: spelled, node };
}

function dayRow(unix) {
	const number = dayNumber(unix);
	if (!days.has(number)) days.set(number, el("li.day", el("span")));
	days.get(number).firstChild.textContent = day(unix, now());
	return days.get(number);
}

export function revealRow(message, row) {
	opened.set(`${message.chat}/${message.id}`, new Set([...row.querySelectorAll(".spoiler")].map((one) => one.dataset.words)));
	reveal(row);
}

export const messageOf = (node) => rows.get(Number(node?.closest(".row")?.dataset.id))?.message;

export function goTo(id) {
	const node = rows.get(id)?.node;
	if (!node) return;
	node.scrollIntoView({ block: "center" });
	setCurrent(node);
	node.firstElementChild.focus({ preventScroll: true });
	node.classList.remove("found");
	requestAnimationFrame(() => node.classList.add("found"));
}

export function focusMessages() {
	currentRow(list)?.firstElementChild.focus();
}

function onPlace({ moved }) {
	if (!moved) return;
	rememberScroll();
	rows = new Map();
	days = new Map();
	list.replaceChildren();
	sync();
	recallScroll(`${place.chat}/${place.topic}`);
	markRead();
}

function onMessage({ chat, message, fresh }) {
	const open = chat.id === place.chat && !document.hidden;
	const wasStuck = stuck();
	const old = rows.get(message.id)?.message;
	const before = rows.get(message.id)?.node.offsetHeight ?? 0;
	if (fresh && !message.mine && !(open && wasStuck)) chat.unread += 1;
	if (chat.id !== place.chat) return fresh && !message.mine ? announce(`${chat.title}: ${summary(message)}`) : undefined;
	sync();
	const node = rows.get(message.id)?.node;
	// What unfolds or begins anew is read from its beginning; a few words more at the end, there.
	const anew = old && old.text.slice(0, 20) !== message.text.slice(0, 20);
	const unfolds = node && (anew || node.offsetHeight - before > innerHeight / 3);
	if (fresh && message.mine) toEnd();
	else if (wasStuck && unfolds) showFrom(node);
	else if (wasStuck) toEnd();
	updateDown(chat);
	say(message, old, fresh);
}

function say(message, old, fresh) {
	if (message.mine) return;
	const text = summary(message);
	if (fresh) return announce(message.service ? text : `${message.from.name}: ${text}`);
	if (!old || old.text === message.text) return;
	const before = summary(old);
	let same = 0;
	while (same < before.length && before[same] === text[same]) same += 1;
	announce(`Edited: ${text.slice(text.lastIndexOf(" ", same) + 1) || text}`);
}

function markRead() {
	const chat = openedChat();
	if (!chat || document.hidden || !stuck()) return;
	chat.unread = 0;
	updateDown(chat);
}

function onPressed({ chat, message }) {
	if (chat !== place.chat || !rows.has(message)) return;
	rows.get(message).look = "pressed";
	sync();
}

on("place", onPlace);
on("message", onMessage);
on("pressed", onPressed);
on("removed", ({ chat }) => chat.id === place.chat && sync());
on("chats", ({ chat }) => chat?.id === place.chat && sync());
on("bots", sync);
on("loaded", () => {
	if (!openedChat()) return;
	const wasStuck = stuck();
	sync();
	if (wasStuck) toEnd();
});
on("clock", debounced(sync, 300));
on("read", markRead);
document.addEventListener("visibilitychange", markRead);

setInterval(() => list.querySelectorAll("[data-closes]").forEach(countDown), 500);

// The conversation stays at its end while new messages come, unless somebody reads above.

const NEAR = 48;
const MARGIN = 12;

const scroller = byId("scroller");
const down = byId("down");
const remembered = new Map();
let name = "";
let atEnd = true;
/** The height of all messages when we last looked. */
let height = 0;

const isNearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;

/** Who has just come to the end is there, even before the browser has told of the scrolling. */
const stuck = () => atEnd || isNearEnd();

function toEnd() {
	height = scroller.scrollHeight;
	scroller.scrollTop = height;
	atEnd = true;
}

/** Go to the end, but not past the beginning of this row: a long answer is read from its first line. */
function showFrom(row) {
	const top = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - MARGIN;
	scroller.scrollTop = Math.min(scroller.scrollHeight - scroller.clientHeight, top);
	atEnd = isNearEnd();
}

function rememberScroll() {
	if (name) remembered.set(name, { atEnd, top: scroller.scrollTop });
}

function recallScroll(chatName) {
	name = chatName;
	const known = remembered.get(name);
	if (!known || known.atEnd) toEnd();
	else {
		scroller.scrollTop = known.top;
		atEnd = false;
	}
	updateDown(openedChat());
}

function updateDown(chat) {
	const unread = chat?.unread ?? 0;
	down.hidden = atEnd;
	if (atEnd) return;
	const label = unread ? `${count(unread, "new message")}, go to the end` : "Go to the end";
	if (down.ariaLabel === label) return;
	down.ariaLabel = label;
	fill(down, unread > 0 && count(unread, "new message"), icon("down"));
}

/** Code that is wider than the screen is scrolled by arrows, when the focus is there. */
function settleCode() {
	for (const pre of list.querySelectorAll("pre")) {
		if (pre.scrollWidth > pre.clientWidth) pre.tabIndex = 0;
		else pre.removeAttribute("tabindex");
	}
}

const follow = new ResizeObserver(() => {
	settleCode();
	height = scroller.scrollHeight;
	if (atEnd) toEnd();
	updateDown(openedChat());
});
follow.observe(scroller);
follow.observe(list);
scroller.addEventListener("scroll", () => {
	// A change of size moves the view without anybody scrolling: the observer's business.
	const same = height === scroller.scrollHeight;
	height = scroller.scrollHeight;
	const end = isNearEnd();
	if (end || same) atEnd = end;
	if (atEnd) tell("read");
	updateDown(openedChat());
});
down.addEventListener("click", () => {
	toEnd();
	byId("draft").focus({ preventScroll: true });
});
