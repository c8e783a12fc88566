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
let busy = false;

function setDraft(text) {
	draft.value = text;
	draft.dispatchEvent(new Event("input"));
	draft.setSelectionRange(text.length, text.length);
}

async function submit() {
	const text = draft.value.trim();
	if (!text || busy) return;
	busy = true;
	const aim = place.editing;
	const done = aim ? await act("edit", { message: aim.id, text }) : await send(text);
	busy = false;
	if (!done) return;
	closeSuggestions();
	setDraft(aim ? saved : "");
	if (place.editing || place.replyTo) aimAt();
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

draft.addEventListener("input", onInput);
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
	toggle.setAttribute("aria-pressed", "true");
	return fill(box, keyboard.rows.map((row) => el("div.keys-row", row.map(replyKey))));
}

function replyKey(button) {
	const act = button.request_location ? locationBox : () => send(button.text);
	return el("button.reply-key", { onclick: act }, button.request_location && icon("pin"), el("span", { dir: "auto" }, button.text));
}

toggle.addEventListener("click", () => {
	keyboardOpen = !keyboardOpen;
	byId("reply-keyboard").hidden = !keyboardOpen;
	toggle.setAttribute("aria-pressed", String(keyboardOpen));
});
