/** Photos, documents, places and stickers inside a bubble. */

import { bdi, el, icon } from "./dom.js";
import { bytes } from "./format.js";

const LARGEST = 420;

/** What a message carries beside its text; null for a text alone. */
export function media(message) {
  if (message.photo) return photo(message.photo, message.text);
  if (message.document) return file(message.document);
  if (message.location) return location(message.location);
  if (message.sticker) return el("div.sticker", { role: "img", "aria-label": `Sticker ${message.sticker.emoji}` }, message.sticker.emoji);
  return null;
}

function photo({ url, width, height }, caption) {
  const scale = Math.min(1, LARGEST / Math.max(width, height, 1));
  const image = el("img", {
    src: url,
    alt: caption ? "Photo" : "Photo without a caption",
    width: Math.round(width * scale) || null,
    height: Math.round(height * scale) || null,
    loading: "lazy",
  });
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
  const kind = { photo: "Photo", document: message.document?.file_name ?? "Document", location: "Location", sticker: `${message.sticker?.emoji ?? ""} Sticker`.trim() }[message.kind];
  const text = hideSpoilers(message.text, message.entities).replace(/\s+/g, " ").trim();
  return [kind, text].filter(Boolean).join(": ");
}

function hideSpoilers(text, entities) {
  return entities
    .filter((entity) => entity.type === "spoiler")
    .reduce((words, { offset, length }) => words.slice(0, offset) + "▒".repeat(length) + words.slice(offset + length), text);
}
