/** The writing field, and what stands in its place while nothing can be written: Start, Unblock, a reason. */

import { act, send, start, tellTyping } from "./api.js";
import { locationBox } from "./attach.js";
import { focusMessages } from "./conversation.js";
import { byId, el, fill, icon, iconButton, keep, onClick, recall } from "./dom.js";
import { summary } from "./message.js";
import { aimAt, openChat, openedChat, place } from "./place.js";
import { closeSuggestions, hasSuggestions, steerSuggestions, suggest } from "./suggestions.js";
import { on, world } from "./world.js";

const LONGEST = 4096;
const draft = byId("draft");
/** A tab keeps its own drafts, by person, chat and topic. */
const draftKey = () => ["draft", world.me.id, place.chat, place.topic].join();
let saved = "";

function setDraft(text) {
	draft.value = text;
	draft.dispatchEvent(new Event("input"));
	draft.setSelectionRange(text.length, text.length);
}

/** What waits to be sent, the first being on its way: the field is free for the next words at once. */
const queue = [];

function submit() {
	const text = draft.value.trim();
	if (!text) return;
	const { chat, topic, editing, replyTo } = place;
	const fields = editing ? { message: editing.id } : { topic, ...(replyTo && { reply_to: replyTo.id }) };
	queue.push({ name: editing ? "edit" : "send", fields: { person: world.me.id, chat, text, ...fields }, editing, replyTo, key: draftKey() });
	if (editing || replyTo) aimAt();
	setDraft(editing ? saved : "");
	saved = "";
	if (queue.length === 1) sendQueue();
}

async function sendQueue() {
	while (queue.length && (await act(queue[0].name, queue[0].fields))) queue.shift();
	for (const one of queue.splice(0).reverse()) takeBack(one);
}

/** Put words that were refused back where they were written, before what has been written there since. */
function takeBack({ key, editing, replyTo, fields: { text } }) {
	const here = key === draftKey() && !place.editing;
	const since = (here ? draft.value : recall(key, "sessionStorage")) || "";
	if (here && !since && (editing || replyTo)) aimAt({ editing, replyTo });
	const words = [text, since].filter(Boolean).join("\n");
	if (here) setDraft(words);
	else keep(key, words, "sessionStorage");
}

function drawAim({ focus = false } = {}) {
	const { replyTo, editing } = place;
	const bar = byId("aim");
	bar.hidden = !replyTo && !editing;
	if (editing) {
		saved = saved || draft.value;
		setDraft(editing.text);
	}
	const target = replyTo ?? editing;
	if (target) {
		const words = editing ? "Edit your message" : `Reply to ${target.from.name}`;
		fill(bar, el("span.aim-words", el("strong", { dir: "auto" }, words), el("span", { dir: "auto" }, summary(target))), iconButton("close", editing ? "Stop editing" : "Do not reply", { onclick: endAim }));
	}
	if (focus) draft.focus();
}

function endAim() {
	const wasEditing = place.editing;
	aimAt();
	if (wasEditing) setDraft(saved);
	saved = "";
}

function drawFoot() {
	const chat = openedChat();
	if (!chat) return;
	const instead = replacement(chat);
	const hadFocus = byId("instead").contains(document.activeElement);
	byId("composer").hidden = Boolean(instead);
	byId("instead").hidden = !instead;
	const key = instead ? instead.textContent : "";
	if (byId("instead").dataset.key !== `${chat.id}${key}`) fill(byId("instead"), instead).dataset.key = `${chat.id}${key}`;
	if (hadFocus && !instead) draft.focus();
	byId("command-menu").hidden = !chat.commands.length;
	draft.placeholder = chat.reply_keyboard?.placeholder || (chat.forum ? "Message in this topic" : "Message");
	drawReplyKeyboard(chat);
}

function replacement(chat) {
	const wide = (label, action) => el("button.wide", { onclick: action }, label);
	if (chat.migrated_to) return wide("This group became a supergroup: open it", () => openChat(chat.migrated_to));
	if (chat.blocked) return wide("Unblock the bot", () => act("block", { blocked: false }));
	if (!chat.started) return wide("Start", () => start());
	if (!chat.can_send) return el("p.dim", "You may not write in this group.");
	return null;
}

function onInput() {
	const over = draft.value.length - LONGEST;
	byId("length").hidden = over < -200;
	byId("length").textContent = over > 0 ? `${draft.value.length} of ${LONGEST}: goes as ${Math.ceil(draft.value.length / LONGEST)} messages` : `${-over} left`;
	grow();
	if (!place.editing) keep(draftKey(), draft.value, "sessionStorage");
	const chat = openedChat();
	if (chat && draft.value) tellTyping(chat);
	suggest(chat, draft.value);
	byId("send").disabled = !draft.value.trim();
}

function grow() {
	draft.style.height = "auto";
	draft.style.height = `${Math.min(draft.scrollHeight + 2, innerHeight / 3)}px`;
}

export function focusWriting() {
	(byId("composer").hidden ? byId("instead").querySelector("button") : draft)?.focus({ preventScroll: true });
}

function onKey(event) {
	if (event.isComposing) return;
	if (hasSuggestions() && steerSuggestions(event)) return;
	if (event.key === "Enter" && !event.shiftKey) {
		event.preventDefault();
		submit();
	} else if (event.key === "Escape" && (place.replyTo || place.editing)) endAim();
	else if (event.key === "ArrowUp" && !draft.value) {
		event.preventDefault();
		focusMessages();
	}
}

/** Letters that are typed beside every field are meant for this one. */
function typeAnywhere({ key, target, ctrlKey, metaKey, altKey }) {
	const letter = [...key].length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
	if (letter && !target.closest("input, select, textarea, dialog, [role=menu]")) draft.focus({ preventScroll: true });
}

draft.addEventListener("input", onInput);
addEventListener("keydown", typeAnywhere);
draft.addEventListener("keydown", onKey);
draft.addEventListener("blur", () => setTimeout(() => document.activeElement !== draft && closeSuggestions(), 150));
byId("composer").addEventListener("submit", (event) => {
	event.preventDefault();
	submit();
	draft.focus();
});
onClick("command-menu", () => {
	draft.focus();
	suggest(openedChat(), hasSuggestions() ? "" : "/");
});
on("aim", drawAim);
on("place", ({ moved, focus }) => {
	drawFoot();
	saved = "";
	drawAim();
	if (moved) setDraft(recall(draftKey(), "sessionStorage") ?? "");
	if (focus && matchMedia("(hover: hover)").matches) focusWriting();
});
on("loaded chats", drawFoot);

// The keyboard that a bot lays below the writing field: a press sends its words, or a place.

let keyboardOpen = true;
let shownFor = "";
const toggle = byId("keyboard-toggle");

function drawReplyKeyboard(chat) {
	const keyboard = chat.reply_keyboard;
	const box = byId("reply-keyboard");
	toggle.hidden = !keyboard;
	box.hidden = !keyboard || !keyboardOpen;
	const key = JSON.stringify([chat.id, keyboard]);
	if (key === shownFor) return;
	shownFor = key;
	if (!keyboard) return fill(box);
	keyboardOpen = true;
	box.hidden = false;
	toggle.ariaPressed = true;
	return fill(box, keyboard.rows.map((row) => el("div.keys-row", row.map(replyKey))));
}

function replyKey(button) {
	const act = button.request_location ? locationBox : () => send(button.text);
	return el("button.reply-key", { onclick: act }, button.request_location && icon("pin"), el("span", { dir: "auto" }, button.text));
}

toggle.addEventListener("click", () => {
	keyboardOpen = !keyboardOpen;
	byId("reply-keyboard").hidden = !keyboardOpen;
	toggle.ariaPressed = keyboardOpen;
});
