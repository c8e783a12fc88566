/** What the person at hand does. A refusal is shown as a toast; callers learn only whether it worked. */

import { post, upload } from "./api.js";
import { place } from "./place.js";
import { toast } from "./toast.js";
import { world } from "./world.js";

const TYPING_EVERY = 4_000;
let typed = 0;

/**
 * Act in a chat (the open one, unless `chat` is among the fields).
 * @returns {Promise<object|null>} the answer, or null when it was refused
 */
export async function act(name, fields = {}) {
  return trial(() => post(`/api/${name}`, { person: world.me.id, chat: place.chat, ...fields }));
}

/** Do what may fail, and say why it did. */
export async function trial(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message, "trouble");
    return null;
  }
}

const where = () => ({ topic: place.topic, ...(place.replyTo && { reply_to: place.replyTo.id }) });

export const send = (text, more = {}) => act("send", { text, ...where(), ...more });
export const start = (payload = "") => act("start", payload ? { payload } : {});
export const sendLocation = (latitude, longitude) => act("location", { latitude, longitude, ...where() });
export const sendSticker = (emoji) => act("sticker", { emoji, topic: place.topic });

/** Send a photo or a document; what the picture is decides the browser's type. */
export function sendFile(kind, file, caption) {
  const fields = { person: world.me.id, chat: place.chat, caption, topic: place.topic };
  return trial(() => upload(`/api/${kind}`, fields, file));
}

/** Let the others in a group see that somebody is typing. */
export function tellTyping(chat) {
  if (chat.kind === "private" || Date.now() - typed < TYPING_EVERY) return;
  typed = Date.now();
  post("/api/typing", { person: world.me.id, chat: chat.id, topic: place.topic }).catch(() => {});
}
