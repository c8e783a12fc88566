/** The right column: two panels behind tabs. On a narrow screen it takes the conversation's place. */

import { get } from "./api.js";
import { arrange, byId, el, fill, keep, onClick, recall } from "./dom.js";
import { timeWithSeconds } from "./format.js";
import { showView } from "./place.js";
import { arrows } from "./roving.js";
import { on, tell } from "./world.js";

const KEY = "playground-side";
const NARROW = "(max-width: 759px)";
const tabs = [byId("tab-knows"), byId("tab-calls")];

export const isShown = (panel) => !byId(panel).hidden && byId("side").offsetParent !== null;

function select(tab) {
	for (const one of tabs) {
		const chosen = one === tab;
		one.ariaSelected = chosen;
		one.tabIndex = chosen ? 0 : -1;
		byId(one.getAttribute("aria-controls")).hidden = !chosen;
	}
	tell("side");
}

function mark(state) {
	document.body.dataset.side = state;
	byId("side-toggle").ariaExpanded = state === "open";
}

function setOpen(open) {
	if (!open && history.state) return history.back();
	const narrow = matchMedia(NARROW).matches;
	mark(open ? "open" : "closed");
	keep(KEY, document.body.dataset.side);
	if (narrow) showView(open ? "side" : "chat");
	if (narrow && open) history.pushState("side", "");
	(open ? tabs.find((tab) => tab.tabIndex === 0) : byId("side-toggle")).focus();
	tell("side");
}

// The panel "API calls".

const KEPT = 100;
const list = byId("calls");
const filter = byId("calls-filter");
const failed = byId("calls-failed");
let calls = [];
let asked = false;

async function read() {
	try {
		asked = true;
		add((await get(`/api/calls?limit=${KEPT}`)).calls);
	} catch {
		// The live line brings the next ones.
	}
}

/** Take calls in, whichever way they came first: by the live line or by asking. */
function add(more) {
	const known = new Map([...more, ...calls].map((call) => [call.id, call]));
	calls = [...known.values()].sort((one, other) => other.id - one.id).slice(0, KEPT);
	drawCalls();
}

const fits = (call) =>
	call.method.toLowerCase().includes(filter.value.trim().toLowerCase()) && (!failed.checked || !call.ok || call.doubts?.length > 0);

function drawCalls() {
	if (!isShown("panel-calls")) return;
	const standing = new Map([...list.children].map((node) => [node.dataset.id, node]));
	const wanted = calls.filter(fits).map((call) => standing.get(String(call.id)) ?? row(call));
	arrange(list, wanted);
	byId("calls-none").hidden = wanted.length > 0;
}

function row(call) {
	const note = call.ok ? (call.doubts?.length ? "odd" : "") : "bad";
	const state = call.ok ? "OK" : call.status || "cut";
	const detail = el("div.call-detail");
	const details = el("details.call", { class: note },
		el("summary", el("span.call-method", call.method), el("span.call-about", about(call)), el("span.call-state", String(state)), el("time", timeWithSeconds(call.time))),
		detail,
	);
	details.addEventListener("toggle", () => details.open && fill(detail, parts(call)));
	return el("li", { data: { id: call.id } }, details);
}

function about({ parameters }) {
	const { text, caption, question, action } = parameters;
	return String(text ?? caption ?? question ?? action ?? "").replace(/<[^>]*>/g, "").replace(/\s+/g, " ").slice(0, 60);
}

function parts(call) {
	const json = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
	const block = (title, value) => [el("h3", title), el("pre", { tabindex: "0", "aria-label": title }, json(value))];
	const answer = call.ok ? block("Answer", call.result) : [el("h3", "Refused"), el("p.problem", `${call.status}: ${call.description}`)];
	return [
		el("p.dim", `bot${call.bot ?? "?"}:●●●●/${call.method}, ${call.milliseconds} ms`),
		call.doubts?.length > 0 && [el("h3", "Odd"), call.doubts.map((doubt) => el("p.problem", doubt))],
		block("Parameters", call.parameters),
		call.files.length > 0 && block("Files", call.files),
		answer,
	];
}

on("call", (call) => add([call]));
on("side", () => (asked ? drawCalls() : isShown("panel-calls") && read()));
on("loaded", () => {
	asked = false;
	calls = [];
	list.replaceChildren();
	if (isShown("panel-calls")) read();
});
filter.addEventListener("input", drawCalls);
failed.addEventListener("change", drawCalls);

const fitting = matchMedia("(min-width: 1180px)").matches ? "open" : "closed";
mark(matchMedia(NARROW).matches ? "closed" : (recall(KEY) ?? fitting));
onClick("side-toggle", () => setOpen(byId("side").offsetParent === null));
onClick("side-close", () => setOpen(false));
addEventListener("popstate", () => document.body.dataset.view === "side" && setOpen(false));
byId("side").addEventListener("keydown", (event) => event.key === "Escape" && setOpen(false));
for (const tab of tabs) {
	tab.addEventListener("click", () => select(tab));
	tab.addEventListener("focus", () => select(tab));
}
arrows(byId("tabs"), "[role=tab]", "x");
select(tabs[0]);
