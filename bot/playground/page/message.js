/** One message as a row of the conversation. What is pressed inside it, taps.js does. */

import { isWaiting } from "./answers.js";
import { avatar, bdi, el, icon, iconButton } from "./dom.js";
import { bytes, full, time } from "./format.js";
import { botLink, safeUrl } from "./links.js";
import { pollBlock } from "./poll.js";
import { formatted } from "./text.js";
import { world } from "./world.js";

const TOGETHER = 300;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}){1,12}$/u;

/** A message's row; `group`: several people may write here, `follows`: its author has just written, too. */
export function messageRow(message, { group, follows }) {
	const id = `m${message.id}`;
	if (message.service) {
		return el("li.row.service", { data: { id: message.id } }, article(message, id, [el("span", { id, dir: "auto" }, message.service)]));
	}
	const keyboard = inlineKeyboard(message);
	const face = group && !message.mine && (follows ? el("span.avatar.none") : avatar(message.from.id, message.from.name));
	const shown = [face, el("div.stack", bubble(message, id, group && !follows), keyboard)];
	const more = iconButton("more", "Do something with this message", { class: "row-more", "aria-haspopup": "menu", data: { do: "menu" } });
	const look = [message.mine ? "mine" : "theirs", follows && "follows", keyboard && "has-keys", message.sticker && "bare"];
	return el("li.row", { class: look.filter(Boolean).join(" "), data: { id: message.id } }, article(message, id, [shown, more]));
}

function article(message, id, children) {
	const marks = [message.edited && "edited", message.ephemeral && "only you see this"].filter(Boolean);
	const label = [`${message.mine ? "You" : (message.from?.name ?? "Service")} at ${time(message.date)}`, ...marks].join(", ");
	return el("article.message", { tabindex: "-1", "aria-label": label, "aria-describedby": id }, children);
}

function bubble(message, id, named) {
	const big = !message.entities.length && ONLY_EMOJI.test(message.text);
	return el("div.bubble",
		message.ephemeral && el("div.only-you", icon("lock"), "Only you see this"),
		named && !message.mine && el("div.author", bdi(message.from.name), message.from.is_bot && el("span.tag", "bot")),
		message.forwarded_from && el("div.forwarded", "Forwarded from ", bdi(message.forwarded_from)),
		message.reply_to && replyQuote(message.reply_to),
		media(message),
		message.poll && pollBlock(message.poll),
		message.text
			? el("div", { class: `text ${big ? "big" : ""}`, id, dir: "auto", data: { room: room(message) } }, formatted(message.text, message.entities))
			: el("span.unseen", { id }, summary(message)),
		foot(message),
	);
}

function replyQuote({ id, name, text }) {
	return el("button.reply-quote", { data: { do: "go", message: id } }, bdi(name, "reply-name"), el("span.reply-text", { dir: "auto" }, text));
}

/** What the time needs of the last line, as letters that nobody sees. */
const room = ({ edited, mine, date }) => `${edited ? "edited " : ""}${time(date)}${mine ? " ✓" : ""}`;

function foot(message) {
	const reactions = message.reactions.map(({ emoji, count, mine }) =>
		el("button.reaction", { "aria-pressed": String(mine), "aria-label": `${emoji} ${count}`, data: { do: "react", emoji } }, emoji, count > 1 && ` ${count}`),
	);
	const when = el("time", { datetime: new Date(message.date * 1000).toISOString(), title: full(message.date) }, time(message.date));
	const meta = el("span.meta", message.edited && el("span", "edited"), when, message.mine && icon("check"));
	return el("div.foot", { class: !reactions.length && "tucked" }, reactions.length > 0 && el("span.reactions", reactions), meta);
}

export function follows(message, before) {
	if (!before || before.service || message.service) return false;
	return before.from?.id === message.from?.id && message.date - before.date < TOGETHER;
}

// Photos, documents, places and stickers inside a bubble.

const LARGEST = 560;

function media(message) {
	if (message.photo) return photo(message.photo, message.text);
	if (message.document) return file(message.document);
	if (message.location) return location(message.location);
	if (message.sticker) return el("div.sticker", { role: "img", "aria-label": `Sticker ${message.sticker.emoji}` }, message.sticker.emoji);
	return null;
}

function photo({ url, width, height }, caption) {
	const scale = Math.min(1, LARGEST / Math.max(width, height, 1));
	const image = el("img", { src: url, alt: caption ? "Photo" : "Photo without a caption", width: Math.round(width * scale), height: Math.round(height * scale) });
	return el("a.photo", { href: url, target: "_blank", rel: "noopener", "aria-label": "Open the photo" }, image);
}

function file({ url, file_name: name, size }) {
	return el("a.document", { href: url, download: name, "aria-label": `Download ${name}, ${bytes(size)}` },
		el("span.document-icon", icon("download")),
		el("span.document-words", bdi(name, "document-name"), el("small", bytes(size))),
	);
}

function location({ latitude, longitude }) {
	const spelled = `${Math.abs(latitude).toFixed(4)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude).toFixed(4)}° ${longitude < 0 ? "W" : "E"}`;
	return el("div.location", { role: "img", "aria-label": `Location ${spelled}` }, el("div.map", icon("pin")), el("span", spelled));
}

/** What a message is, in a line: for the chat list, replies and screen readers. */
export function summary(message) {
	if (message.poll) return `Poll: ${message.poll.question}`;
	if (message.service) return message.service;
	const kind = { photo: "Photo", document: message.document?.file_name, location: "Location", sticker: `${message.sticker?.emoji} Sticker` }[message.kind];
	const text = hideSpoilers(message.text, message.entities).replace(/\s+/g, " ").trim();
	return [kind, text].filter(Boolean).join(": ");
}

function hideSpoilers(text, entities) {
	return entities
		.filter((entity) => entity.type === "spoiler")
		.reduce((words, { offset, length }) => words.slice(0, offset) + "▒".repeat(length) + words.slice(offset + length), text);
}

// The buttons below a message.

const MARKS = { url: "link", copy: "copy" };

function inlineKeyboard(message) {
	if (!message.buttons.length) return null;
	return el("div.keys", { role: "group", "aria-label": "Buttons" },
		message.buttons.map((row, y) => el("div.keys-row", row.map((button, x) => key(message, button, y, x)))),
	);
}

function key(message, button, row, column) {
	const style = ["primary", "success", "danger"].includes(button.style) ? button.style : "";
	const words = [el("span", { dir: "auto" }, button.text), MARKS[button.kind] && icon(MARKS[button.kind])];
	if (button.kind === "url" && !botLink(button.url)) {
		const href = safeUrl(button.url);
		return el(href ? "a.key" : "span.key", { class: style, href, target: "_blank", rel: "noopener noreferrer", title: href }, words);
	}
	const waits = isWaiting(message.chat, message.id, row, column);
	const data = { do: button.kind, row, column, url: button.url ?? "", copy: button.copy ?? "" };
	return el("button.key", { class: style || button.kind, data, "aria-busy": waits && "true" }, words);
}

// The head of a conversation: what this place is, and what the bot says of itself before it is started.

let made = { key: "", node: null };

/** The first row of a private chat; null in groups and when older messages were left out. */
export function welcome(chat) {
	const bot = world.bots.get(chat.bot);
	if (!bot || chat.messages.length >= 500) return null;
	const key = JSON.stringify([chat.id, bot.name, chat.description, chat.started]);
	if (made.key !== key) made = { key, node: drawWelcome(chat, bot) };
	return made.node;
}

function drawWelcome(chat, bot) {
	const description = chat.description || bot.description;
	return el("li.welcome",
		el("p.welcome-line", "A Telegram in memory. Nothing leaves this machine."),
		!chat.started &&
			el("div.welcome-card",
				avatar(bot.id, bot.name, "large"),
				el("h3", { dir: "auto" }, bot.name),
				description && el("p", { dir: "auto" }, description),
			),
	);
}
