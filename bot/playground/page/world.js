/**
 * What this page knows: `load` takes a whole state of the server, `apply` one event. Other modules listen with
 * `on`. A changed message is a new object, so that whoever shows it can compare.
 */

const KEPT = 500;
const SLACK = 50;
const listeners = new Map();

export const world = {
	me: null,
	apiVersion: "",
	lastEvent: "",
	people: new Map(),
	bots: new Map(),
	chats: new Map(),
};

/** Listen to one or more kinds of change, separated by spaces; call the result to stop. */
export function on(kinds, action) {
	const each = kinds.split(" ");
	for (const kind of each) listeners.set(kind, [...(listeners.get(kind) ?? []), action]);
	return () => each.forEach((kind) => listeners.set(kind, listeners.get(kind).filter((one) => one !== action)));
}

export function tell(kind, detail = {}) {
	for (const action of listeners.get(kind) ?? []) action(detail);
}

let told = { now: Date.now() / 1000, at: performance.now() };

export const now = () => told.now + (performance.now() - told.at) / 1000;

/** Set the clock by what the server says; whole seconds must not make it tremble. */
export function setNow(unix) {
	if (Math.abs(now() - unix) < 1.5) return;
	told = { now: unix, at: performance.now() };
	tell("clock");
}

export function load(state) {
	const unread = new Map([...world.chats.values()].map((chat) => [chat.id, chat.unread]));
	const same = world.me?.id === state.me.id;
	early = [];
	world.me = null;
	loadPublic(state);
	world.me = state.me;
	world.lastEvent = state.last_event;
	world.chats = new Map(
		state.chats.map((chat) => [chat.id, { ...chat, unread: (same && unread.get(chat.id)) || 0, actions: new Map() }]),
	);
	tell("loaded");
}

export function loadPublic(state) {
	setNow(state.now);
	world.apiVersion = state.api_version;
	const spelled = () => JSON.stringify([[...world.people.values()], [...world.bots.values()]]);
	const before = spelled();
	world.people = new Map(state.people.map((person) => [person.id, person]));
	world.bots = new Map(state.bots.map((bot) => [bot.id, { ...bot, ...kept(bot) }]));
	if (spelled() !== before) tell("bots");
}

function kept(bot) {
	const known = world.bots.get(bot.id);
	return known && world.me ? { name: known.name, description: known.description } : {};
}

export const homeChat = () => [...world.chats.values()].find((chat) => chat.bot) ?? [...world.chats.values()][0];

export const isAdmin = (chat) => ["creator", "administrator"].includes(chat.status);

export const newest = (chat) => chat.messages.at(-1);

export const chatsByActivity = () =>
	[...world.chats.values()].sort((one, other) => (newest(other)?.date ?? 0) - (newest(one)?.date ?? 0));

const EVENTS = {
	message: ({ message }) => put(message),
	edit: ({ message }) => put(message, true),
	poll: ({ message }) => put(message, true),
	delete: ({ chat, messages }) => remove(world.chats.get(chat), messages),
	answer: (data) => tell("answer", data),
	expired: (data) => tell("expired", data),
	action: startAction,
	chat: ({ chat }) => putChat(chat),
	gone: ({ chat }) => world.chats.delete(chat) && tell("chats", { gone: chat }),
	person: ({ person }) => {
		world.people.set(person.id, person);
		if (person.id === world.me.id) world.me = person;
		tell("people");
	},
	bot: ({ bot }) => {
		world.bots.set(bot.id, bot);
		tell("bots");
	},
	call: ({ call }) => tell("call", call),
};

export const KINDS = Object.keys(EVENTS);

export const apply = (kind, data) => EVENTS[kind](data);

/** Messages of chats that are not there yet: a new group's first words come before the group. */
let early = [];

function put(message, known = false) {
	const chat = world.chats.get(message.chat);
	if (!chat) return void early.push(message);
	if (message.date > now() + 1.5) setNow(message.date);
	const index = chat.messages.findLastIndex((one) => one.id === message.id);
	const fresh = index < 0;
	// An edit of a message that is older than what is kept is nothing to show.
	if (fresh && known) return undefined;
	if (!fresh) chat.messages[index] = message;
	else place(chat, message);
	if (fresh) chat.actions.delete(message.from?.id);
	if (chat.messages.length > KEPT + SLACK) chat.messages.splice(0, chat.messages.length - KEPT);
	return tell("message", { chat, message, fresh });
}

function place(chat, message) {
	const index = message.replaces === null ? -1 : chat.messages.findIndex((one) => one.id === message.replaces);
	if (index < 0) chat.messages.push(message);
	else chat.messages.splice(index + 1, 0, message);
}

function remove(chat, ids) {
	if (!chat) return;
	chat.messages = chat.messages.filter((message) => !ids.includes(message.id));
	tell("removed", { chat, ids });
}

function putChat(chat) {
	const known = world.chats.get(chat.id) ?? { messages: [], unread: 0, actions: new Map() };
	world.chats.set(chat.id, { ...known, ...chat });
	tell("chats", { chat: world.chats.get(chat.id) });
	const mine = early.filter((message) => message.chat === chat.id);
	early = early.filter((message) => message.chat !== chat.id);
	for (const message of mine) put(message);
}

function startAction(data) {
	const chat = world.chats.get(data.chat);
	if (!chat || data.from.id === world.me.id) return;
	const mark = { ...data };
	chat.actions.set(data.from.id, mark);
	tell("action", { chat });
	setTimeout(() => {
		if (chat.actions.get(data.from.id) !== mark) return;
		chat.actions.delete(data.from.id);
		tell("action", { chat });
	}, data.seconds * 1000);
}
