/** Words that come and go: toasts, and the live region that a screen reader follows. */

import { byId, el, iconButton } from "./dom.js";

const SHOWN = { bot: 5_000, note: 4_000, trouble: 8_000 };
const MOST = 3;

/**
 * Show a toast.
 * @param {string} text
 * @param {"bot"|"note"|"trouble"} [kind] the bot's own words, the page's, or something that failed
 */
export function toast(text, kind = "note") {
  const shelf = byId("toasts");
  const modal = document.querySelector("dialog[open]");
  // What lies behind an open dialog is neither seen nor heard.
  if (modal && shelf.parentElement !== modal) modal.append(shelf);
  const twin = [...shelf.children].find((one) => one.dataset.text === text);
  twin?.remove();
  const close = iconButton("close", "Close this message", { onclick: () => node.remove() });
  const node = el("div", { class: `toast ${kind}`, data: { text } }, el("span", { dir: "auto" }, text), close);
  let timer = 0;
  const arm = () => (timer = setTimeout(() => node.remove(), SHOWN[kind]));
  node.addEventListener("pointerenter", () => clearTimeout(timer));
  node.addEventListener("pointerleave", arm);
  shelf.append(node);
  while (shelf.children.length > MOST) shelf.firstChild.remove();
  arm();
}

/** Bring the toasts back to the page before a dialog goes. */
export function rescueToasts() {
  if (byId("toasts").parentElement !== document.body) document.body.append(byId("toasts"));
}

const LINES = 6;

/** Say something to those who listen instead of looking. */
export function announce(text) {
  const log = byId("announcements");
  log.append(el("p", text));
  while (log.children.length > LINES) log.firstChild.remove();
}
