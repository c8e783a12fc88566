/** What is pressed in a message, by pointer or keyboard; and a message's menu. */

import { press } from "./answers.js";
import { act, send } from "./api.js";
import { choiceRow, openMenu, toast } from "./boxes.js";
import { goTo, messageOf, revealRow } from "./conversation.js";
import { byId } from "./dom.js";
import { followBotLink } from "./links.js";
import { aimAt, openedChat } from "./place.js";
import { setCurrent } from "./roving.js";
import { unfold } from "./text.js";
import { isAdmin } from "./world.js";

const REACTIONS = ["👍", "👎", "❤", "🔥", "🎉", "😁", "🤔", "💯"];
const list = byId("messages");

/** By the `data-do` of what was pressed: given the message, the dataset and the element. */
const DOES = {
	callback: ({ chat, id }, { row, column }) => press(chat, id, Number(row), Number(column)),
	url: (message, { url }) => followBotLink(url),
	copy: (message, data) => copy(data.copy),
	unsupported: () => toast("The playground does not model this kind of button."),
	vote: (message, { option }) => vote(message, [Number(option)]),
	tick: (message, data, node) => node.ariaChecked = node.ariaChecked !== "true",
	"vote-ticked": voteTicked,
	react: (message, { emoji }) => react(message, emoji),
	go: (message, data) => goTo(Number(data.message)),
	reveal: (message, data, node) => {
		revealRow(message, node.closest(".row"));
		node.closest(".message").focus({ preventScroll: true });
	},
	unfold: (message, data, node) => unfold(node),
	command: (message, { command }) => send(command),
	"copy-code": (message, data, node) => copy(node.closest(".code-block").querySelector("code").textContent),
	menu: (message, data, node) => messageMenu(message, node),
};

function vote(message, options) {
	return act("vote", { chat: message.chat, message: message.id, options });
}

function voteTicked(message, data, node) {
	const ticked = [...node.closest(".poll").querySelectorAll("[role=checkbox][aria-checked=true]")];
	if (!ticked.length) toast("Tick at least one answer.");
	else vote(message, ticked.map((one) => Number(one.dataset.option)));
}

function react(message, emoji) {
	const mine = message.reactions.some((one) => one.mine && one.emoji === emoji);
	return act("react", { chat: message.chat, message: message.id, emoji: mine ? null : emoji });
}

async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		toast("Copied.");
	} catch {
		toast("The browser does not allow copying here.", "trouble");
	}
}

function messageMenu(message, anchor) {
	if (message.service) return;
	const chat = openedChat();
	const mayDelete = message.mine || chat.kind === "private" || isAdmin(chat);
	const own = message.mine && message.kind === "text";
	const reactions = choiceRow("Reactions", REACTIONS.map((emoji) => [emoji, `React with ${emoji}`, () => react(message, emoji)]));
	const items = [
		message.id > 0 && reactions,
		chat.can_send && message.id > 0 && { label: "Reply", icon: "reply", act: () => aimAt({ replyTo: message }) },
		message.text && { label: "Copy the text", icon: "copy", act: () => copy(message.text) },
		own && { label: "Edit", icon: "edit", act: () => aimAt({ editing: message }) },
		message.poll?.can_retract && { label: "Take the vote back", icon: "undo", act: () => vote(message, []) },
		mayDelete && { label: "Delete for everyone", icon: "trash", style: "danger", act: () => act("delete", { chat: message.chat, messages: [message.id] }) },
	];
	openMenu(anchor, items, "Message");
}

function onClick(event) {
	const message = messageOf(event.target);
	if (!message) return;
	const node = event.target.closest("[data-do]");
	if (node?.dataset.do === "link") followBotLink(node.href) && event.preventDefault();
	else if (node) DOES[node.dataset.do](message, node.dataset, node);
	// A finger has neither a right button nor a place to hover: a tap on the bubble opens its menu.
	else if (event.pointerType === "touch" && event.target.closest(".bubble") && !event.target.closest("a, button") && getSelection().isCollapsed)
		messageMenu(message, { x: event.clientX, y: event.clientY });
}

function onContextMenu(event) {
	const message = messageOf(event.target);
	if (!message || event.target.closest("a, img") || !getSelection().isCollapsed) return;
	event.preventDefault();
	// The menu key has no place of its own.
	messageMenu(message, event.clientX ? { x: event.clientX, y: event.clientY } : event.target.closest(".row").querySelector(".bubble"));
}

function onKey(event) {
	const row = event.target.closest(".row");
	if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
	const rows = [...list.querySelectorAll(".row")];
	const at = rows.indexOf(row);
	const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
	if (next !== undefined) {
		event.preventDefault();
		const target = rows[Math.max(0, Math.min(next, rows.length - 1))];
		setCurrent(target);
		target.firstElementChild.focus();
		target.scrollIntoView({ block: "nearest" });
	} else if (event.key === "Escape") {
		byId("draft").focus();
	} else if (event.key === "Enter" && event.target.classList.contains("message")) {
		event.preventDefault();
		messageMenu(messageOf(row), row.querySelector(".bubble") ?? row);
	} else if (["Enter", " "].includes(event.key) && event.target.role === "button") {
		event.preventDefault();
		event.target.click();
	}
}

list.addEventListener("click", onClick);
list.addEventListener("contextmenu", onContextMenu);
list.addEventListener("keydown", onKey);
list.addEventListener("focusin", (event) => {
	const row = event.target.closest(".row");
	if (row && !row.classList.contains("current")) setCurrent(row);
});
