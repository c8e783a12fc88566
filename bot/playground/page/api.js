/** Requests to the playground. What is refused comes as an `Error` with a sentence for people. */

import { toast } from "./boxes.js";
import { place } from "./place.js";
import { world } from "./world.js";

const PATIENCE = 60_000;
const SILENCE = "The playground does not answer. Is it still running?";

async function ask(path, options = {}) {
	let answer;
	try {
		answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), ...options });
	} catch {
		throw new Error(SILENCE);
	}
	const body = await answer.json().catch(() => ({}));
	if (answer.ok) return body;
	// Errors are made for the middle of a line: lower case, no full stop.
	const words = (body.error ?? `the playground answered ${answer.status}`).replace(/^./, (letter) => letter.toUpperCase());
	throw Object.assign(new Error(words.replace(/[^.!?]$/, "$&.")), { status: answer.status });
}

export const get = (path) => ask(path);

export const post = (path, body = {}) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

// What the person at hand does. A refusal is shown as a toast; callers learn only whether it worked.

const TYPING_EVERY = 4_000;
let typed = 0;

/** Act in the open chat, or the one among the fields; null when it was refused. */
export async function act(name, fields = {}) {
	return trial(() => post(`/api/${name}`, { person: world.me.id, chat: place.chat, ...fields }));
}

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

export function sendFile(kind, file, caption) {
	const form = new FormData();
	const fields = { person: world.me.id, chat: place.chat, caption, topic: place.topic ?? "", file };
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return trial(() => ask(`/api/${kind}`, { method: "POST", body: form }));
}

export function tellTyping(chat) {
	if (chat.kind === "private" || Date.now() - typed < TYPING_EVERY) return;
	typed = Date.now();
	post("/api/typing", { person: world.me.id, chat: chat.id, topic: place.topic }).catch(() => {});
}
