/** The left column: all chats of the person at hand, the newest first, with what is unread. */

import { avatar, bdi, byId, el, fill, icon } from "./dom.js";
import { brief, count } from "./format.js";
import { newGroup } from "./groups.js";
import { summary } from "./media.js";
import { openChat, place } from "./place.js";
import { arrows } from "./roving.js";
import { chatsByActivity, newest, now, on, world } from "./world.js";

const list = byId("chat-list");
const TITLE = document.title;

function draw() {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
  const chats = chatsByActivity();
  fill(list, chats.map((chat) => el("li", entry(chat))));
  if (focused) list.querySelector(`[data-chat="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const unread = chats.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = unread ? `(${unread}) ${TITLE}` : TITLE;
}

function entry(chat) {
  const last = newest(chat);
  const open = chat.id === place.chat;
  return el(
    "button",
    {
      type: "button",
      class: "chat-entry",
      data: { chat: chat.id },
      "aria-current": open ? "true" : null,
      tabindex: open ? "0" : "-1",
      onclick: () => openChat(chat.id),
    },
    avatar(chat.bot ?? chat.id, chat.title),
    el("span.chat-words",
      el("span.chat-line", chat.kind !== "private" && icon("people"), bdi(chat.title, "chat-title"), last && el("time", brief(last.date, now()))),
      el("span.chat-line", preview(chat, last), chat.unread > 0 && el("span.badge", String(chat.unread), el("span.unseen", " unread"))),
    ),
  );
}

function preview(chat, last) {
  const busy = [...chat.actions.values()][0];
  if (busy) return el("span.chat-preview.busy", "typing…");
  if (!last) return el("span.chat-preview", chat.kind === "private" ? "Not started yet" : count(chat.members.length, "member"));
  const who = last.mine ? "You: " : chat.kind !== "private" && last.from && !last.service ? `${last.from.name}: ` : "";
  return el("span.chat-preview", { dir: "auto" }, who, summary(last).slice(0, 120));
}

function drawPerson() {
  const me = world.me;
  if (!me) return;
  const button = byId("person");
  const unseen = (words) => el("span.unseen", words);
  fill(button, avatar(me.id, me.name, "small"), unseen("You are "), bdi(me.name, "person-name"), unseen(". Switch person"));
}

on("loaded people", drawPerson);
on("loaded message removed chats action place read bots", () => requestAnimationFrame(() => world.me && draw()));
byId("new-group").addEventListener("click", () => newGroup());
arrows(list, ".chat-entry");
