/** Where the page is: which person, chat and topic. The address bar says so, and Back goes back. */

import { keep, recall } from "./dom.js";
import { homeChat, tell, world } from "./world.js";

const PERSON_KEY = "playground-person";

export const place = { chat: null, topic: null, replyTo: null, editing: null };

export const openedChat = () => world.chats.get(place.chat);

/** The person whom the address names, or who was here last, or the first one. */
export function personToShow(people) {
	const wished = Number(new URLSearchParams(location.search).get("person")) || Number(recall(PERSON_KEY));
	return people.find((person) => person.id === wished) ?? people[0];
}

export const chatInAddress = () => world.chats.get(new URLSearchParams(location.search).get("chat"));

/** Open a chat; `quietly` leaves the address and the focus alone. */
export function openChat(id, { topic, quietly = false, focus = !quietly } = {}) {
	const chat = world.chats.get(id) ?? homeChat();
	if (!chat) return;
	const moved = place.chat !== chat.id;
	const known = topic !== undefined && chat.topics.some((one) => one.id === topic);
	Object.assign(place, { chat: chat.id, replyTo: null, editing: null });
	place.topic = known ? topic : moved ? null : place.topic;
	if (moved && !quietly) writeAddress("pushState");
	tell("place", { moved, focus });
	showView("chat");
}

export function openTopic(topic) {
	Object.assign(place, { topic, replyTo: null, editing: null });
	tell("place", { moved: true, focus: true });
}

export function writeAddress(method = "replaceState") {
	const address = new URLSearchParams({ person: world.me.id, chat: place.chat ?? "" });
	history[method](null, "", `?${address}`);
	keep(PERSON_KEY, world.me.id);
}

/** On a narrow screen one column is shown at a time: `chats`, `chat` or `side`. */
export function showView(view) {
	document.body.dataset.view = view;
}

/** Answer a message (`replyTo`), edit an own one (`editing`), or neither. */
export function aimAt({ replyTo = null, editing = null } = {}) {
	Object.assign(place, { replyTo, editing });
	tell("aim", { focus: true });
}
