/** The clock bar: what time it is in here, jumps ahead, and what happened meanwhile. */

import { get, post, trial } from "./api.js";
import { toast } from "./boxes.js";
import { byId, debounced, el, fill, icon, iconButton, onClick } from "./dom.js";
import { day, full, shortDay, span, time } from "./format.js";
import { now, on, setNow, tell } from "./world.js";

const SHOWN = 6;
const others = new BroadcastChannel("playground-clock");
let nextDelivery;
let moving = false;
let more = 0; // seconds asked for meanwhile

function show() {
	const unix = now();
	fill(byId("time"), el("span.time-day", shortDay(unix)), " ", el("strong", time(unix)));
	byId("time").title = full(unix);
	const words = !nextDelivery ? "No question is planned yet: /subscribe first" : `${day(nextDelivery, unix)} at ${time(nextDelivery)}, in ${span(nextDelivery - unix)}`;
	byId("to-delivery").title = words;
	byId("to-delivery").ariaDisabled = !nextDelivery;
	byId("to-delivery-note").textContent = words;
}

export async function readClock() {
	try {
		take(await get("/playground/clock"));
	} catch (error) {
		// An emulator that runs without a bot of its own has no such clock.
		byId("jumps").hidden = error.status === 404;
	}
}

function take(answer) {
	setNow(answer.now);
	if (nextDelivery === null && answer.next_delivery) toast("A question is planned. “To the next delivery” turns the clock to it.");
	nextDelivery = answer.next_delivery;
	show();
}

async function jump(wish) {
	if (moving) return (more += wish.seconds ?? 0);
	if (wish.to && !nextDelivery) return toast("No question is planned yet. Subscribe with /subscribe first.");
	const before = now();
	setMoving(true);
	byId("toasts").replaceChildren();
	const answer = await trial(() => post("/playground/clock", wish));
	setMoving(false);
	const seconds = more;
	more = 0;
	if (!answer) return;
	take(answer);
	others.postMessage("moved");
	tell("jumped");
	tellMeanwhile(answer.now - before, answer.meanwhile ?? []);
	if (seconds) jump({ seconds });
}

function setMoving(value) {
	moving = value;
	byId("clock").classList.toggle("moving", value);
	for (const button of byId("jumps").children) button.ariaBusy = value;
}

function tellMeanwhile(seconds, sentences) {
	const box = byId("meanwhile");
	const rest = sentences.length - SHOWN;
	const words = sentences.length ? "" : " Nobody got anything meanwhile.";
	const close = iconButton("close", "Close", { onclick: () => (box.hidden = true) });
	box.hidden = false;
	const lines = sentences.slice(-SHOWN).map((one) => el("li", { dir: "auto" }, one.text ? `${shortDay(one.at)}, ${time(one.at)}: ${one.text}` : one));
	const more = rest > 0 && el("small", `And ${rest} more before that.`);
	fill(box, icon("clock"), el("div", el("strong", `${span(seconds)} passed.`), words, el("ul", lines), more), close);
}

// Who goes on has read it.
on("pressed", () => (byId("meanwhile").hidden = true));
onClick("plus-hour", () => jump({ seconds: 3600 }));
onClick("plus-day", () => jump({ seconds: 86400 }));
onClick("to-delivery", () => jump({ to: "next_delivery" }));
const later = debounced(readClock, 400);
on("message loaded bots", later);
others.addEventListener("message", later);
on("clock", show);
setInterval(show, 1000);
