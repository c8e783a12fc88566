/** Above the conversation: whose chat it is, what they are doing, the pinned message, a forum's topics. */

import { act } from "./acts.js";
import { goTo } from "./conversation.js";
import { avatar, bdi, byId, el, fill, icon, iconButton } from "./dom.js";
import { count } from "./format.js";
import { chooseGroup, groupInfo, newTopic } from "./groups.js";
import { summary } from "./media.js";
import { openMenu } from "./menu.js";
import { openedChat, openTopic, place, showView } from "./place.js";
import { arrows } from "./roving.js";
import { on, world } from "./world.js";

function draw() {
  const chat = openedChat();
  if (!chat) return;
  fill(byId("chat-face"), avatar(chat.bot ?? chat.id, chat.title));
  fill(byId("chat-title"), bdi(chat.title), " ", chat.bot && el("span.tag", "bot"));
  drawState(chat);
  drawPinned(chat);
  drawTopics(chat);
}

function drawState(chat) {
  const doing = [...chat.actions.values()].filter((one) => (one.topic ?? null) === place.topic || !chat.forum);
  const line = byId("chat-state");
  line.classList.toggle("busy", doing.length > 0);
  if (doing.length) return fill(line, chat.bot ? "" : `${doing[0].from.name} is `, verb(doing[0].action), el("span.dots", { "aria-hidden": "true" }, el("i"), el("i"), el("i")));
  if (!chat.bot) return fill(line, count(chat.members.length, "member"));
  const online = world.bots.get(chat.bot)?.online;
  return fill(line, chat.blocked ? "blocked by you" : online ? el("span.online", "online") : "offline");
}

const verb = (action) => ({ typing: "typing", upload_photo: "sending a photo", upload_document: "sending a file" })[action] ?? action.replaceAll("_", " ");

function drawPinned(chat) {
  const bar = byId("pinned");
  const message = chat.messages.find((one) => one.id === chat.pinned);
  bar.hidden = !message;
  if (!message) return;
  fill(bar, icon("pin"), el("span.pinned-words", el("strong", "Pinned message"), el("span", { dir: "auto" }, summary(message))));
  bar.onclick = () => goTo(message.id);
}

function drawTopics(chat) {
  const bar = byId("topics");
  bar.hidden = !chat.forum;
  if (!chat.forum) return;
  const focused = bar.contains(document.activeElement);
  const buttons = chat.topics.map((topic) => {
    const open = (topic.id ?? null) === place.topic;
    return el("button.topic", { "aria-pressed": String(open), tabindex: open ? "0" : "-1", onclick: () => openTopic(topic.id ?? null) }, bdi(topic.title));
  });
  const admin = ["creator", "administrator"].includes(chat.status);
  fill(bar, buttons, admin && iconButton("plus", "New topic", { class: "topic-new", onclick: () => newTopic(chat) }));
  if (focused) bar.querySelector("[aria-pressed=true]")?.focus();
}

function menu() {
  const chat = openedChat();
  const bot = chat.bot && world.bots.get(chat.bot);
  const block = chat.blocked
    ? { label: "Unblock the bot", icon: "undo", act: () => act("block", { blocked: false }) }
    : { label: "Block the bot", icon: "block", note: "It can write no more; see how it copes", style: "danger", act: () => act("block", { blocked: true }) };
  const items = bot
    ? [{ label: "Add it to a group", icon: "people", act: () => chooseGroup(bot, "") }, block]
    : [
        { label: "Members and rights", icon: "people", act: () => groupInfo(chat.id) },
        { label: "Leave the group", icon: "leave", style: "danger", act: () => act("group/leave") },
      ];
  openMenu(byId("chat-menu"), items, "Chat");
}

on("loaded place chats action bots people removed", () => world.me && draw());
on("message", ({ chat }) => chat.id === place.chat && (drawState(chat), drawPinned(chat)));
byId("chat-menu").addEventListener("click", menu);
byId("to-chats").addEventListener("click", () => {
  showView("chats");
  byId("chat-list").querySelector("[aria-current]")?.focus();
});
byId("chat-about").addEventListener("click", () => openedChat()?.bot === null && groupInfo(place.chat));
arrows(byId("topics"), "button", "x");
