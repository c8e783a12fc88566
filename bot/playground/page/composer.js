/** The writing field, and what stands in its place while nothing can be written: Start, Unblock, a reason. */

import { act, send, start, tellTyping } from "./acts.js";
import { byId, el, fill, iconButton } from "./dom.js";
import { focusMessages } from "./conversation.js";
import { summary } from "./media.js";
import { openChat, openedChat, place, setEditing, setReply } from "./place.js";
import { drawReplyKeyboard } from "./replykeys.js";
import { closeSuggestions, hasSuggestions, steerSuggestions, suggest } from "./suggestions.js";
import { on, world } from "./world.js";

const LONGEST = 4096;
const draft = byId("draft");
const draftKey = () => `draft:${world.me.id}:${place.chat}:${place.topic ?? ""}`;
let saved = "";
let busy = false;

/** Write into the field, as if somebody had typed it. */
export function setDraft(text) {
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
  if (place.editing || place.replyTo) setReply(null);
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
  setReply(null);
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
  if (!place.editing) keep(draft.value);
  const chat = openedChat();
  if (chat && draft.value) tellTyping(chat);
  suggest(chat, draft.value);
  byId("send").disabled = !draft.value.trim();
}

function grow() {
  draft.style.height = "auto";
  draft.style.height = `${Math.min(draft.scrollHeight + 2, innerHeight / 3)}px`;
}

function keep(text) {
  try {
    if (text) sessionStorage.setItem(draftKey(), text);
    else sessionStorage.removeItem(draftKey());
  } catch {
    // Without storage a draft lives as long as the page.
  }
}

function recall() {
  try {
    return sessionStorage.getItem(draftKey()) ?? "";
  } catch {
    return "";
  }
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
byId("command-menu").addEventListener("click", () => {
  draft.focus();
  suggest(openedChat(), hasSuggestions() ? "" : "/");
});
on("aim", drawAim);
on("place", ({ moved, focus }) => {
  drawFoot();
  saved = "";
  drawAim();
  if (moved) setDraft(recall());
  const target = byId("composer").hidden ? byId("instead").querySelector("button") : draft;
  if (focus && matchMedia("(hover: hover)").matches) target?.focus({ preventScroll: true });
});
on("loaded chats", drawFoot);
