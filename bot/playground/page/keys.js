/** The buttons below a message. */

import { el, icon } from "./dom.js";
import { botLink, safeUrl } from "./links.js";
import { isWaiting } from "./answers.js";

const MARKS = { url: "link", copy: "copy" };

/** The inline keyboard of a message, or null. */
export function inlineKeyboard(message) {
  if (!message.buttons.length) return null;
  return el("div.keys", { role: "group", "aria-label": "Buttons" },
    message.buttons.map((row, y) => el("div.keys-row", row.map((button, x) => key(message, button, y, x)))),
  );
}

function key(message, button, row, column) {
  const style = ["primary", "success", "danger"].includes(button.style) ? button.style : "";
  const look = { class: `key ${style}`, data: { row, column } };
  const words = [el("span", { dir: "auto" }, button.text), MARKS[button.kind] && icon(MARKS[button.kind])];
  if (button.kind === "url" && !botLink(button.url)) return outside(button, look, words);
  const does = { callback: "press", url: "bot-link", copy: "copy" }[button.kind] ?? "unsupported";
  const waits = button.kind === "callback" && isWaiting(message.chat, message.id, row, column);
  const data = { ...look.data, do: does, ...(button.url && { url: button.url }), ...(button.copy && { copy: button.copy }) };
  const props = { ...look, data, "aria-busy": waits ? "true" : null };
  return el("button", does === "unsupported" ? { ...props, class: `${look.class} unsupported`, title: "The playground does not model this kind of button" } : props, words);
}

function outside(button, look, words) {
  const href = safeUrl(button.url);
  return href ? el("a", { ...look, href, target: "_blank", rel: "noopener noreferrer", title: href }, words) : el("span", look, words);
}
