/** A message's text with its entities, built as elements: `offset` and `length` count UTF-16 units, as strings here do. */

import { coloured } from "./code.js";
import { el, icon } from "./dom.js";
import { safeUrl } from "./links.js";

const LONG_QUOTE = 220;
const QUOTE_LINES = 3;
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

/**
 * The text as nodes.
 * @param {string} text
 * @param {{type: string, offset: number, length: number}[]} entities sorted, the outer before the inner
 * @returns {DocumentFragment}
 */
export function formatted(text, entities) {
  const into = document.createDocumentFragment();
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  build(into, text, 0, text.length, sorted);
  return into;
}

function build(into, text, start, end, entities) {
  let at = start;
  const queue = [...entities];
  while (queue.length) {
    const entity = queue.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) continue;
    addText(into, text.slice(at, from));
    const inside = [];
    while (queue.length && queue[0].offset < to) inside.push(queue.shift());
    const rest = inside.filter((one) => one.offset + one.length > to).map((one) => cutAt(one, to));
    const node = element(entity, text.slice(from, to));
    if (!node.filled) build(node.inner ?? node.outer, text, from, to, inside);
    into.append(node.outer);
    queue.unshift(...rest);
    at = to;
    // A block ends its own line: the line break after it would show as an empty line.
    if (BLOCKS.includes(entity.type) && text[at] === "\n" && at < end) at += 1;
  }
  addText(into, text.slice(at, end));
}

const cutAt = (entity, at) => ({ ...entity, offset: at, length: entity.offset + entity.length - at });

function addText(into, text) {
  if (text) into.append(text);
}

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

function element(entity, words) {
  const { type } = entity;
  if (TAGS[type]) return { outer: el(TAGS[type]) };
  if (type === "pre") return { outer: codeBlock(words, entity.language), filled: true };
  if (type === "spoiler") return spoiler(words);
  if (type === "blockquote") return { outer: el("blockquote", { dir: "auto" }) };
  if (type === "expandable_blockquote") return expandable(words);
  if (type === "bot_command") return { outer: el("button.inline-link", { data: { do: "command", command: words } }) };
  const address = { url: words, text_link: entity.url, email: `mailto:${words}`, phone_number: `tel:${words}` }[type];
  if (address) return { outer: link(address, type === "text_link") };
  if (["mention", "text_mention", "hashtag", "cashtag"].includes(type)) return { outer: el("span.mention") };
  if (type === "date_time") return { outer: el("span.date", { title: new Date(entity.unix_time * 1000).toString() }) };
  return { outer: el("span") };
}

/** A link; one that a browser must not follow is plain text. */
export function link(address, hidden) {
  const href = safeUrl(address);
  if (!href) return el("span");
  return el("a", { href, target: "_blank", rel: "noopener noreferrer", title: hidden ? href : null, data: { do: "link" } });
}

function codeBlock(words, language) {
  const head = el("div.code-head",
    el("span", language || "code"),
    el("button.code-copy", { data: { do: "copy-code" }, "aria-label": "Copy the code" }, icon("copy")),
  );
  return el("div.code-block", head, el("pre", { dir: "ltr" }, el("code", coloured(words, language))));
}

function spoiler(words) {
  const inner = el("span.spoiler-text", { inert: true });
  const props = { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, show it", data: { do: "reveal", words } };
  return { outer: el("span", props, inner), inner };
}

/** Open a message's spoilers. */
export function reveal(row) {
  for (const node of row.querySelectorAll(".spoiler[role]")) {
    for (const name of ["role", "tabindex", "aria-label", "data-do"]) node.removeAttribute(name);
    node.classList.add("open");
    node.firstElementChild.inert = false;
  }
}

function expandable(words) {
  const inner = el("div.quote-text");
  const outer = el("blockquote", { dir: "auto" }, inner);
  if (words.length > LONG_QUOTE || words.split("\n").length > QUOTE_LINES) {
    outer.classList.add("folded");
    outer.append(el("button.quote-fold", { "aria-expanded": "false", data: { do: "unfold" } }, "Show more"));
  }
  return { outer, inner };
}

/** Open or fold an expandable quote. */
export function unfold(button) {
  const folded = button.parentElement.classList.toggle("folded");
  button.setAttribute("aria-expanded", String(!folded));
  button.textContent = folded ? "Show more" : "Show less";
}
