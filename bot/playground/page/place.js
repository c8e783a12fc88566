/** Where the page is: which person, chat and topic. The address bar says so, and Back goes back. */

import { homeChat, now, tell, world } from "./world.js";

const PERSON_KEY = "playground-person";

export const place = { chat: null, topic: null, replyTo: null, editing: null };

/** The open chat, or undefined when it is gone. */
export const openedChat = () => world.chats.get(place.chat);

/** The person whom the address names, or who was here last, or the first one. */
export function personToShow(people) {
  const wished = Number(new URLSearchParams(location.search).get("person")) || Number(recall());
  return people.find((person) => person.id === wished) ?? people[0];
}

/** The chat that the address names, when this person is in it. */
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

/** Look at one topic of a forum. */
export function openTopic(topic) {
  Object.assign(place, { topic, replyTo: null, editing: null });
  tell("place", { moved: true, focus: true });
}

/** Say in the address bar who and where we are. */
export function writeAddress(method = "replaceState") {
  const address = new URLSearchParams({ person: world.me.id, chat: place.chat ?? "" });
  history[method](null, "", `?${address}`);
  try {
    localStorage.setItem(PERSON_KEY, world.me.id);
  } catch {
    // Without storage the next visit begins with the first person.
  }
}

/** On a narrow screen one column is shown at a time: `chats`, `chat` or `side`. */
export function showView(view) {
  document.body.dataset.view = view;
  tell("view", { view });
}

/** Answer a message, or edit one; null ends it. */
export function setReply(message) {
  Object.assign(place, { replyTo: message, editing: null });
  tell("aim", { focus: true });
}

/** Edit an own message in the writing field. */
export function setEditing(message) {
  Object.assign(place, { replyTo: null, editing: message });
  tell("aim", { focus: true });
}

/** Whether the playground's clock is ahead of this moment. */
export const isPast = (unix) => unix <= now();

function recall() {
  try {
    return localStorage.getItem(PERSON_KEY);
  } catch {
    return null;
  }
}
