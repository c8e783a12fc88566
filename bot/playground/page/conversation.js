/**
 * The open chat's messages. `sync` compares what should stand here with what does: a row is made anew only
 * when its message is a new object, so an edit touches one row and the rest keep focus and scroll position.
 */

import { byId, debounced, el } from "./dom.js";
import { countdown, day, dayNumber } from "./format.js";
import { summary } from "./media.js";
import { follows, messageRow } from "./message.js";
import { openedChat, place } from "./place.js";
import { controlAt, controlOf, currentRow, returnTo, setCurrent, settleStops } from "./roving.js";
import { keepAtEnd, recallScroll, rememberScroll, showFrom, stuck, toEnd, updateDown } from "./scrolling.js";
import { reveal } from "./text.js";
import { announce } from "./toast.js";
import { now, on } from "./world.js";
import { welcome } from "./welcome.js";

const list = byId("messages");
let rows = new Map();
let days = new Map();
const opened = new Map();

function visibleMessages(chat) {
  const replaced = new Set(chat.messages.map((message) => message.replaces).filter((id) => id !== null));
  return chat.messages.filter((one) => !replaced.has(one.id) && (!chat.forum || (one.topic ?? null) === place.topic));
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
  replaceChildren([welcome(chat), ...wanted].filter(Boolean));
  settleStops(list);
  if (focused && document.activeElement === document.body) returnTo(focused, rows);
}

function rowOf(chat, message, before) {
  const look = { group: chat.kind !== "private", follows: follows(message, before) };
  const spelled = `${look.group}${look.follows}`;
  const known = rows.get(message.id);
  if (known?.message === message && known.look === spelled) return known;
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

function replaceChildren(wanted) {
  const set = new Set(wanted);
  for (const node of [...list.children]) if (!set.has(node)) node.remove();
  let cursor = list.firstChild;
  for (const node of wanted) {
    if (node === cursor) cursor = cursor.nextSibling;
    else list.insertBefore(node, cursor);
  }
}

/** Open a message's spoilers, for good. */
export function revealRow(message, row) {
  opened.set(`${message.chat}/${message.id}`, new Set([...row.querySelectorAll(".spoiler")].map((one) => one.dataset.words)));
  reveal(row);
}

/** The message of a row of the open chat. */
export const messageOf = (node) => rows.get(Number(node?.closest(".row")?.dataset.id))?.message;

/** Show a message of this chat and put the focus on it. */
export function goTo(id) {
  const node = rows.get(id)?.node;
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  setCurrent(node);
  node.firstElementChild.focus({ preventScroll: true });
  node.classList.remove("found");
  requestAnimationFrame(() => node.classList.add("found"));
}

/** Put the focus on the message that the arrow keys left, or the last one. */
export function focusMessages() {
  controlAt(currentRow(list))?.focus();
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
  if (fresh && !message.mine && !(open && wasStuck)) chat.unread += 1;
  if (chat.id !== place.chat) return fresh && !message.mine ? announce(`${chat.title}: ${summary(message)}`) : undefined;
  sync();
  const node = rows.get(message.id)?.node;
  if (fresh && message.mine) toEnd();
  else if (wasStuck && node) showFrom(node);
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
keepAtEnd();

setInterval(() => {
  for (const node of list.querySelectorAll("[data-closes]")) node.textContent = countdown(Number(node.dataset.closes), now());
}, 500);
