/** Where the page is: which person, chat and topic. The address bar says so, and Back goes back. */

import { keep, recall } from "./dom.js";
import { homeChat, tell, world } from "./world.js";

const PERSON_KEY = "playground-person";

export const place = { chat: null, topic: null, replyTo: null, editing: null };

export const openedChat = () => world.chats.get(place.chat);

export function personToShow(people) {
	const wished = Number(new URLSearchParams(location.search).get("person")) || Number(recall(PERSON_KEY));
	return people.find((person) => person.id === wished) ?? people[0];
}

export const chatInAddress = () => world.chats.get(new URLSearchParams(location.search).get("chat"));

/** Open a chat, in a forum at a topic; `quietly` leaves the address and the focus alone. */
export function openChat(id, { topic = null, quietly = false } = {}) {
	const chat = world.chats.get(id) ?? homeChat();
	if (!chat) return;
	const elsewhere = place.chat !== chat.id;
	const moved = elsewhere || place.topic !== topic;
	Object.assign(place, { chat: chat.id, topic, replyTo: null, editing: null });
	if (elsewhere && !quietly) writeAddress("pushState");
	tell("place", { moved, focus: !quietly });
	showView("chat");
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
