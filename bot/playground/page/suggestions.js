/** Typing `/` offers the bot's commands with their descriptions: arrows choose, Enter sends, Tab completes. */

import { announce } from "./boxes.js";
import { byId, el, fill } from "./dom.js";
import { count } from "./format.js";

const box = byId("suggestions");
const draft = byId("draft");
let offered = [];
let at = 0;

export const hasSuggestions = () => offered.length > 0;

export function suggest(chat, text) {
	const begun = /^\/(\w*)$/.exec(text);
	const bots = new Set(chat?.commands.map((one) => one.bot));
	const before = offered.length;
	offered = begun ? chat.commands.filter((one) => one.command.startsWith(begun[1].toLowerCase())).map((one) => ({ ...one, spelled: spelled(one, chat, bots) })) : [];
	at = 0;
	if (offered.length && !before) announce(`${count(offered.length, "command")}: arrows choose, Enter sends, Tab completes`);
	draw();
}

function spelled({ command, bot }, chat, bots) {
	return chat.kind !== "private" && bots.size > 1 ? `/${command}@${bot}` : `/${command}`;
}

function draw() {
	box.hidden = !offered.length;
	fill(box, offered.map(entry));
	draft.setAttribute("aria-controls", offered.length ? "suggestions" : "");
	draft.setAttribute("aria-activedescendant", offered.length ? `suggestion-${at}` : "");
	box.children[at]?.scrollIntoView({ block: "nearest" });
}

function entry(one, index) {
	// The field keeps the focus, or the list would close before the click.
	const stay = (event) => event.preventDefault();
	const props = { id: `suggestion-${index}`, role: "option", "aria-selected": String(index === at), onpointerdown: stay, onclick: () => sendCommand(one) };
	return el("li", props, el("strong", one.spelled), el("span", { dir: "auto" }, one.description));
}

export function closeSuggestions() {
	offered = [];
	draw();
}

function write(text) {
	draft.value = text;
	draft.dispatchEvent(new Event("input"));
}

function sendCommand({ spelled: command }) {
	write(command);
	byId("composer").requestSubmit();
}

export function steerSuggestions(event) {
	const chosen = offered[at];
	if (event.key === "ArrowDown") at = (at + 1) % offered.length;
	else if (event.key === "ArrowUp") at = (at - 1 + offered.length) % offered.length;
	else if (event.key === "Enter" && !event.shiftKey) sendCommand(chosen);
	else if (event.key === "Tab" && !event.shiftKey) write(`${chosen.spelled} `);
	else if (event.key === "Escape") offered = [];
	else return false;
	event.preventDefault();
	draw();
	return true;
}
