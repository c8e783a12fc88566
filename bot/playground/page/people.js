/** Who sits before the page: a switch between people, and new ones. */

import { act, post } from "./api.js";
import { askLine, chooser, field, openDialog, openMenu, textInput, tickBox, toast } from "./boxes.js";
import { bdi, byId, el, fill, onClick } from "./dom.js";
import { openChat } from "./place.js";
import { isAdmin, on, world } from "./world.js";

const LANGUAGES = [["en", "English"], ["de", "Deutsch"], ["es", "Español"], ["ar", "العربية"], ["ja", "日本語"]];

export function wirePeople(become) {
	onClick("person", () => {
		const people = [...world.people.values()].map(({ id, name, username }) => ({
			label: name,
			note: username && `@${username}`,
			checked: id === world.me?.id,
			act: () => become(id),
		}));
		openMenu(byId("person"), [...people, el("hr"), { label: "New person", icon: "plus", act: () => newPerson(become) }], "Person");
	});
}

export async function newPerson(become) {
	const first = textInput({ autofocus: true });
	const last = textInput();
	const username = textInput({ maxlength: 32, dir: "ltr" });
	const language = chooser(LANGUAGES);
	const problem = el("p.problem", { role: "alert" });
	const submit = async () => {
		const wish = { first_name: first.value.trim(), last_name: last.value.trim(), username: username.value.trim().replace(/^@/, ""), language_code: language.value };
		try {
			return (await post("/api/person", wish)).person;
		} catch (error) {
			problem.textContent = error.message;
			first.focus();
			return undefined;
		}
	};
	const body = [
		el("p.dim", "Somebody else who uses the bot. Each sees only their own chats."),
		el("div.field-pair", field("First name", first), field("Last name (optional)", last)),
		el("div.field-pair", field("Username (optional)", username), field("Language of the app", language)),
		problem,
	];
	const person = await openDialog("New person", body, "Create", { submit });
	if (!person) return;
	await become(person.id);
	toast(`You are ${person.name} now.`);
}

// Groups: a new one, its members and their rights, topics, and a bot that joins by a link.

const ROLES = { creator: "owner", administrator: "admin", member: "", restricted: "muted" };

const everyone = () => [...world.bots.values(), ...world.people.values()];

export async function newGroup() {
	const title = textInput({ autofocus: true });
	const others = everyone().filter((one) => one.id !== world.me.id);
	const members = others.map((one) => tickBox("member", one.name, { value: one.id, checked: true }));
	const forum = tickBox("forum", "With topics (a forum)");
	const old = tickBox("old", "An old, basic group");
	const ticked = (label) => label.firstChild.checked;
	const submit = async () => {
		const ids = members.filter(ticked).map((label) => Number(label.firstChild.value));
		const wish = { title: title.value.trim() || "Study group", members: ids, forum: ticked(forum), supergroup: !ticked(old) };
		return (await act("group", wish))?.chat;
	};
	const chat = await openDialog("New group", [field("Title", title), el("fieldset", el("legend", "Members"), members), el("fieldset", el("legend", "Kind"), forum, old)], "Create", { submit });
	if (chat) whenThere(chat);
}

function whenThere(id) {
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
	const select = chooser(groups.map((chat) => [chat.id, chat.title]), { autofocus: true });
	const submit = async () => (await act("group/add", { chat: select.value, member: bot.id, ...(payload && { payload }) })) && select.value;
	const chat = await openDialog(`Add ${bot.name} to a group`, field("Group", select), "Add", { submit });
	return chat && openChat(chat);
}

export async function newTopic(chat) {
	const answer = await askLine("New topic", "Create", async (title) => (await act("group/topic", { chat: chat.id, title })) ?? undefined);
	if (answer) openChat(chat.id, { topic: answer.topic });
}

export async function groupInfo(id) {
	const chat = world.chats.get(id);
	const list = el("ul.members");
	const draw = () => {
		const current = world.chats.get(id);
		const focused = list.contains(document.activeElement);
		if (current) fill(list, current.members.map((member) => memberRow(current, member)));
		if (focused) list.querySelector("button")?.focus();
	};
	const stop = on("chats", draw);
	draw();
	const absent = everyone().filter((one) => !chat.members.some((member) => member.id === one.id));
	const add = chooser([["", "Add a member…"], ...absent.map((one) => [one.id, one.name])], { "aria-label": "Add a member" });
	add.addEventListener("change", async () => {
		if (await act("group/add", { chat: id, member: Number(add.value) })) add.selectedOptions[0].remove();
		add.value = "";
	});
	const others = isAdmin(chat) ? [["Rename", "title"], ...(chat.kind === "group" ? [["Make it a supergroup", "migrate"]] : [])] : [];
	const choice = await openDialog(chat.title, [list, absent.length > 0 && add], "Close", { others });
	stop();
	if (choice === "title") await askLine("Rename the group", "Rename", async (title) => (await act("group/title", { chat: id, title })) ?? undefined, chat.title);
	const made = choice === "migrate" && (await act("group/migrate", { chat: id }));
	if (made) whenThere(made.chat);
}

function memberRow(chat, member) {
	const role = [ROLES[member.status], member.is_bot && "bot", member.anonymous && "anonymous"].filter(Boolean).join(", ");
	const button = ([label, name, fields]) => el("button.plain.small", { onclick: () => act(`group/${name}`, { chat: chat.id, member: member.id, ...fields }) }, label);
	const actions = isAdmin(chat) ? memberActions(member).map(button) : [];
	return el("li", el("span.member-name", bdi(member.name), role && el("small", role)), el("span", actions));
}

function memberActions({ id, status, anonymous, is_bot: isBot }) {
	const self = id === world.me.id;
	if (status === "creator") return self ? [[anonymous ? "Show my name" : "Be anonymous", "promote", { anonymous: !anonymous }]] : [];
	if (self) return [];
	const remove = ["Remove", "remove"];
	if (status === "administrator") return [["Dismiss", "demote"], remove];
	const muted = status === "restricted";
	const mute = [muted ? "Unmute" : "Mute", "restrict", { permissions: muted ? {} : { can_send_messages: false } }];
	return [["Make admin", "promote"], ...(isBot ? [] : [mute]), remove];
}
