/**
 * The playground's page. `world.js` holds what the server tells, `line.js` keeps it live, `place.js` says
 * where we are; the other modules draw their part of the page when one of these changes.
 */

import { get } from "./api.js";
import "./attach.js";
import { openDialog, openMenu } from "./boxes.js";
import "./chats.js";
import { readClock } from "./clock.js";
import { focusWriting } from "./composer.js";
import { focusMessages } from "./conversation.js";
import { byId, el, fill, icon, keep, onClick, recall } from "./dom.js";
import "./knows.js";
import { close, keepWatch, open, restartBot, startAfresh } from "./line.js";
import { newPerson, wirePeople } from "./people.js";
import { chatInAddress, openChat, openedChat, personToShow, place, writeAddress } from "./place.js";
import "./taps.js";
import { load, loadPublic, on, world } from "./world.js";

const RETRY = 1_500;
const THEME_KEY = "playground-theme";
const KEYS = [
	["Enter", "send; Shift+Enter begins a new line"],
	["/", "offers the bot's commands"],
	["↑ in an empty field", "goes to the messages; ↑ ↓ move between them, Tab reaches their buttons"],
	["Enter on a message", "opens its menu: reply, react, edit, delete"],
	["Escape", "goes back: out of a menu, a panel, the messages"],
];

let loading = 0;

async function show(personId = world.me?.id) {
	const turn = ++loading;
	try {
		const person = personId ?? (await someone());
		const state = await get(`/api/state?person=${person}`);
		if (turn !== loading) return;
		const moved = world.me?.id !== person;
		if (moved) Object.assign(place, { chat: null, topic: null });
		load(state);
		if (!openedChat()) openChat(chatInAddress()?.id, { quietly: true });
		writeAddress();
		open(() => show());
		readClock();
		document.body.classList.remove("loading");
	} catch (error) {
		if (turn !== loading) return;
		if (error.status === 404 && personId) return show((await someone().catch(() => null)) ?? undefined);
		byId("loading").textContent = error.status ? error.message : "Waiting for the playground…";
		setTimeout(() => turn === loading && show(personId), RETRY);
	}
}

async function someone() {
	const state = await get("/api/state");
	const person = personToShow(state.people);
	if (person) return person.id;
	loadPublic(state);
	return new Promise((resolve) => newPerson(resolve));
}

function become(id) {
	close();
	for (const words of ["announcements", "toasts"]) byId(words).replaceChildren();
	history.replaceState(null, "", `?person=${id}`);
	return show(id);
}

function helpBox() {
	const lines = KEYS.map(([key, words]) => [el("dt", el("kbd", key)), el("dd", words)]);
	const body = [
		el("p", "A Telegram in memory, with a real bot behind it. It needs no account; nothing leaves this machine. Turn the clock to see questions come back as they fade."),
		el("dl.help-keys", lines),
		el("p.dim", `It plays Bot API ${world.apiVersion}. What it models is listed in docs/playground.md.`),
	];
	openDialog("About this playground", body, "Close", { others: [] });
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const systemTheme = () => (dark.matches ? "dark" : "light");

function setTheme(theme) {
	document.documentElement.dataset.theme = theme;
	const { label, icon: drawing } = themeSwitch();
	fill(byId("theme"), icon(drawing)).ariaLabel = label;
}

/** The switch, as a menu's item; it follows the system again when that is what is chosen. */
function themeSwitch() {
	const other = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
	const act = () => setTheme(other) ?? keep(THEME_KEY, other === systemTheme() ? "" : other);
	return { label: `Use ${other} colours`, icon: other === "light" ? "sun" : "moon", act };
}

function moreMenu() {
	const items = [
		{ label: "Help and keys", icon: "help", act: helpBox },
		themeSwitch(),
		{ label: "Restart the bot", icon: "restart", note: "What it knows must survive", act: restartBot },
		{ label: "Start afresh", icon: "trash", note: "Deletes everything here", style: "danger", act: startAfresh },
	];
	openMenu(byId("more"), items, "Playground");
}

for (const node of document.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
for (const node of document.querySelectorAll("button[aria-label]")) node.title = node.ariaLabel;
onClick("skip-messages", (event) => event.preventDefault() ?? focusMessages());
onClick("skip-writing", (event) => event.preventDefault() ?? focusWriting());
wirePeople(become);
setTheme(document.documentElement.dataset.theme);
dark.addEventListener("change", () => setTheme(recall(THEME_KEY) ?? systemTheme()));
onClick("theme", () => themeSwitch().act());
onClick("more", moreMenu);
addEventListener("popstate", () => {
	const person = Number(new URLSearchParams(location.search).get("person"));
	if (person && person !== world.me?.id) become(person);
	else openChat(chatInAddress()?.id, { quietly: true });
});
on("chats", ({ gone }) => gone && gone === place.chat && openChat(undefined, { quietly: true }));
on("afresh", () => location.assign("/"));
keepWatch(() => show());
show();
