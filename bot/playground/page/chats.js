/** The left column: all chats of the person at hand, the newest first, with what is unread. */

import { act } from "./api.js";
import { openMenu } from "./boxes.js";
import { goTo } from "./conversation.js";
import { avatar, bdi, byId, el, fill, icon, iconButton, onClick } from "./dom.js";
import { brief, count } from "./format.js";
import { summary } from "./message.js";
import { chooseGroup, groupInfo, newGroup, newTopic } from "./people.js";
import { openChat, openedChat, place, showView } from "./place.js";
import { arrows } from "./roving.js";
import { chatsByActivity, isAdmin, newest, now, on, world } from "./world.js";

const list = byId("chat-list");
const TITLE = document.title;

function drawList() {
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
	return el("button.chat-entry", { data: { chat: chat.id }, "aria-current": open && "true", tabindex: open ? "0" : "-1", onclick: () => openChat(chat.id) },
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
	const { id, name } = world.me;
	fill(byId("person"), avatar(id, name, "small"), el("span.unseen", "You are "), bdi(name, "person-name"), el("span.unseen", "switch person"));
}

on("loaded people", drawPerson);
on("loaded message removed chats action place read bots", () => requestAnimationFrame(() => world.me && drawList()));
onClick("new-group", () => newGroup());
arrows(list, ".chat-entry");

// Above the conversation: whose chat it is, what they are doing, the pinned message, a forum's topics.

function drawHead() {
	const chat = openedChat();
	if (!chat) return;
	fill(byId("chat-face"), avatar(chat.bot ?? chat.id, chat.title));
	fill(byId("chat-title"), bdi(chat.title), " ", chat.bot && el("span.tag", "bot"));
	drawState(chat);
	drawPinned(chat);
	drawTopics(chat);
}

function drawState(chat) {
	const doing = [...chat.actions.values()].filter((one) => one.topic === place.topic || !chat.forum);
	const line = byId("chat-state");
	line.classList.toggle("busy", doing.length > 0);
	if (doing.length) return fill(line, chat.bot ? "" : `${doing[0].from.name} is `, verb(doing[0].action), el("span.dots", { "aria-hidden": "true" }, el("i"), el("i"), el("i")));
	if (!chat.bot) return fill(line, count(chat.members.length, "member"));
	const online = world.bots.get(chat.bot)?.online;
	return fill(line, chat.blocked ? "blocked by you" : online ? el("span.online", "online") : "offline");
}

const verb = (action) => action.replace("upload_", "sending a ").replaceAll("_", " ");

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
		const open = topic.id === place.topic;
		return el("button.topic", { "aria-pressed": String(open), tabindex: open ? "0" : "-1", onclick: () => openChat(chat.id, { topic: topic.id }) }, bdi(topic.title));
	});
	fill(bar, buttons, isAdmin(chat) && iconButton("plus", "New topic", { class: "topic-new", onclick: () => newTopic(chat) }));
	if (focused) bar.querySelector("[aria-pressed=true]")?.focus();
}

function chatMenu() {
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

on("loaded place chats action bots people removed", () => world.me && drawHead());
on("message", ({ chat }) => chat.id === place.chat && (drawState(chat), drawPinned(chat)));
onClick("chat-menu", chatMenu);
onClick("to-chats", () => {
	showView("chats");
	byId("chat-list").querySelector("[aria-current]")?.focus();
});
onClick("chat-about", () => openedChat()?.bot === null && groupInfo(place.chat));
arrows(byId("topics"), "button", "x");
