/** Groups: a new one, its members and their rights, topics, and a bot that joins by a link. */

import { act } from "./acts.js";
import { bdi, el, fill } from "./dom.js";
import { field, openDialog, tickBox } from "./dialog.js";
import { openChat } from "./place.js";
import { toast } from "./toast.js";
import { on, world } from "./world.js";

const ROLES = { creator: "owner", administrator: "admin", member: "", restricted: "muted" };

/** Ask for a title and members, and open the group. */
export async function newGroup() {
  const title = el("input", { type: "text", name: "title", maxlength: 128, autofocus: true, autocomplete: "off", dir: "auto" });
  const others = [...world.people.values()].filter((person) => person.id !== world.me.id);
  const boxes = [...[...world.bots.values()].map((bot) => tickBox("member", bot.name, { value: bot.id, checked: true })), ...others.map((one) => tickBox("member", one.name, { value: one.id, checked: true }))];
  const chat = await openDialog({
    title: "New group",
    body: [
      field("Title", title),
      el("fieldset", el("legend", "Members"), boxes),
      el("fieldset", el("legend", "Kind"), tickBox("forum", "With topics (a forum)"), tickBox("old", "An old, basic group: can become a supergroup later")),
    ],
    actions: [{ label: "Cancel" }, { label: "Create" }],
    submit: async (form) => {
      const wish = new FormData(form);
      const forum = wish.has("forum");
      const members = wish.getAll("member").map(Number);
      const name = title.value.trim() || "Study group";
      const made = await act("group", { title: name, members, forum, supergroup: forum || !wish.has("old") });
      return made?.chat;
    },
  });
  if (chat) whenThere(chat);
}

/** Open a chat as soon as its event has come. */
export function whenThere(id) {
  if (world.chats.has(id)) return openChat(id);
  const stop = on("chats", () => {
    if (!world.chats.has(id)) return;
    stop();
    openChat(id);
  });
  return undefined;
}

/** A link `?startgroup=…`: ask which group the bot joins. */
export async function chooseGroup(bot, payload) {
  const groups = [...world.chats.values()].filter((chat) => chat.kind !== "private" && !chat.migrated_to);
  if (!groups.length) return toast("You are in no group yet: make one with “New group”.");
  const select = el("select", { name: "group", autofocus: true }, groups.map((chat) => el("option", { value: chat.id }, chat.title)));
  const chat = await openDialog({
    title: `Add ${bot.name} to a group`,
    body: field("Group", select),
    actions: [{ label: "Cancel" }, { label: "Add" }],
    submit: async () => (await act("group/add", { chat: select.value, member: bot.id, ...(payload && { payload }) })) && select.value,
  });
  return chat && openChat(chat);
}

/** Ask for a topic's title. */
export async function newTopic(chat) {
  const title = el("input", { type: "text", maxlength: 128, autofocus: true, autocomplete: "off", dir: "auto" });
  const answer = await openDialog({
    title: "New topic",
    body: field("Title", title),
    actions: [{ label: "Cancel" }, { label: "Create" }],
    submit: async () => (await act("group/topic", { chat: chat.id, title: title.value })) ?? undefined,
  });
  if (answer) openChat(chat.id, { topic: answer.topic });
}

/** Members, their rights, and what else a group can become. */
export async function groupInfo(id) {
  const list = el("ul.members");
  const draw = () => {
    const now = world.chats.get(id);
    const focused = list.contains(document.activeElement);
    if (now) fill(list, now.members.map((member) => memberRow(now, member)));
    if (focused) list.querySelector("button")?.focus();
  };
  const chat = world.chats.get(id);
  const admin = ["creator", "administrator"].includes(chat.status);
  const stop = on("chats", draw);
  draw();
  const absent = [...world.people.values(), ...world.bots.values()].filter((one) => !chat.members.some((member) => member.id === one.id));
  const add = el("select", { "aria-label": "Add a member" }, el("option", { value: "" }, "Add a member…"), absent.map((one) => el("option", { value: one.id }, one.name)));
  add.addEventListener("change", async () => {
    if (add.value && (await act("group/add", { chat: id, member: Number(add.value) }))) add.selectedOptions[0].remove();
    add.value = "";
  });
  const extras = [];
  if (admin) extras.push({ label: "Rename", value: "rename" });
  if (admin && chat.kind === "group") extras.push({ label: "Make it a supergroup", value: "migrate" });
  const choice = await openDialog({ title: chat.title, body: [list, absent.length ? add : []].flat(), actions: [...extras, { label: "Close" }] });
  stop();
  if (choice === "rename") await rename(id);
  if (choice === "migrate") {
    const made = await act("group/migrate", { chat: id });
    if (made) whenThere(made.chat);
  }
}

async function rename(id) {
  const title = el("input", { type: "text", maxlength: 128, value: world.chats.get(id).title, autofocus: true, dir: "auto" });
  await openDialog({
    title: "Rename the group",
    body: field("Title", title),
    actions: [{ label: "Cancel" }, { label: "Rename" }],
    submit: async () => (await act("group/title", { chat: id, title: title.value })) ?? undefined,
  });
}

function memberRow(chat, member) {
  const role = [ROLES[member.status] ?? member.status, member.is_bot && "bot", member.anonymous && "anonymous"].filter(Boolean).join(", ");
  const actions = memberActions(chat, member);
  return el("li", el("span.member-name", bdi(member.name), role && el("small", role)), el("span.member-actions", actions));
}

function memberActions(chat, member) {
  if (!["creator", "administrator"].includes(chat.status)) return [];
  const button = (label, name, fields = {}) => el("button.plain.small", { onclick: () => act(`group/${name}`, { chat: chat.id, member: member.id, ...fields }) }, label);
  const self = member.id === world.me.id;
  if (member.status === "creator") return self ? [button(member.anonymous ? "Show my name" : "Be anonymous", "promote", { anonymous: !member.anonymous })] : [];
  if (self) return [];
  const rights = member.status === "administrator" ? [button("Dismiss", "demote")] : [button("Make admin", "promote")];
  const mute = member.status === "restricted" ? [button("Unmute", "restrict", { permissions: {} })] : [button("Mute", "restrict", { permissions: { can_send_messages: false } })];
  return [...rights, ...(member.is_bot || member.status === "administrator" ? [] : mute), button("Remove", "remove")];
}
