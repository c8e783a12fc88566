/** A message's text with its entities, built as elements: `offset` and `length` count UTF-16 units, as strings here do. */

import { el, icon } from "./dom.js";
import { full } from "./format.js";
import { safeUrl } from "./links.js";

const LONG_QUOTE = 220;
const QUOTE_LINES = 3;
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

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
		if (at < from) into.append(text.slice(at, from));
		const inside = [];
		while (queue.length && queue[0].offset < to) inside.push(queue.shift());
		const rest = inside.filter((one) => one.offset + one.length > to).map((one) => cutAt(one, to));
		const node = element(entity, text.slice(from, to));
		into.append(node);
		if (entity.type !== "pre") build(node.querySelector(".inner") ?? node, text, from, to, inside);
		queue.unshift(...rest);
		at = to;
		// A block ends its own line: the line break after it would show as an empty line.
		if (BLOCKS.includes(entity.type) && text[at] === "\n" && at < end) at += 1;
	}
	if (at < end) into.append(text.slice(at, end));
}

/** What is left of an entity after a point: entities may overlap each other's ends. */
const cutAt = (entity, at) => ({ ...entity, offset: at, length: entity.offset + entity.length - at });

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

/** An entity's element; its content goes into its part `.inner`, if it has one. */
function element({ type, url, language, unix_time: unix }, words) {
	if (TAGS[type]) return el(TAGS[type]);
	if (type === "pre") return codeBlock(words, language);
	if (type === "spoiler") return spoiler(words);
	if (type === "blockquote") return el("blockquote", { dir: "auto" });
	if (type === "expandable_blockquote") return expandable(words);
	if (type === "bot_command") return el("button.inline-link", { data: { do: "command", command: words } });
	const address = { url: words, text_link: url, email: `mailto:${words}`, phone_number: `tel:${words}` }[type];
	if (address) return link(address, type === "text_link");
	if (type === "date_time") return el("span.date", { title: full(unix) });
	return el(/mention|tag/.test(type) ? "span.mention" : "span");
}

function link(address, hidden) {
	const href = safeUrl(address);
	if (!href) return el("span");
	return el("a", { href, target: "_blank", rel: "noopener noreferrer", title: hidden ? href : null, data: { do: "link" } });
}

function codeBlock(words, language) {
	const copy = el("button.code-copy", { data: { do: "copy-code" }, "aria-label": "Copy the code" }, icon("copy"));
	return el("div.code-block", el("div.code-head", el("span", language || "code"), copy), el("pre", { dir: "ltr" }, el("code", coloured(words, language))));
}

function spoiler(words) {
	const props = { role: "button", tabindex: "0", "aria-label": "Hidden text, show it", data: { do: "reveal", words } };
	return el("span.spoiler", props, el("span.spoiler-text.inner", { inert: true }));
}

export function reveal(row) {
	for (const node of row.querySelectorAll(".spoiler[role]")) {
		for (const name of ["role", "tabindex", "aria-label", "data-do"]) node.removeAttribute(name);
		node.classList.add("open");
		node.firstElementChild.inert = false;
	}
}

function expandable(words) {
	const long = words.length > LONG_QUOTE || words.split("\n").length > QUOTE_LINES;
	const more = long && el("button.quote-fold", { "aria-expanded": "false", data: { do: "unfold" } }, "Show more");
	return el("blockquote", { dir: "auto", class: long && "folded" }, el("div.quote-text.inner"), more);
}

export function unfold(button) {
	const folded = button.parentElement.classList.toggle("folded");
	button.ariaExpanded = !folded;
	button.textContent = folded ? "Show more" : "Show less";
}

// Colours for code: comments, strings, decorators, numbers, key words and calls of a few languages.

const words = (list) => new Set(list.split(" "));
const STRING = `[rbf]{0,2}(?:"""[\\s\\S]*?"""|'''[\\s\\S]*?'''|"(?:\\\\.|[^"\\\\\\n])*"|'(?:\\\\.|[^'\\\\\\n])*')`;
const PYTHON = {
	comment: "#",
	key: words("and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield"),
};
const SQL = {
	comment: "--",
	key: words("all alter analyze and as asc begin between by case commit create delete desc distinct drop else end exists explain for foreign from group having in index insert into is join key left limit not null on or order outer primary references returning rollback select set table then union unique update using values when where with"),
};
const OTHER = { comment: "#", key: words("do done else export false fi for function if in null return then true while") };
const LANGUAGES = { python: PYTHON, py: PYTHON, pycon: PYTHON, sql: SQL, postgresql: SQL, bash: OTHER, sh: OTHER, shell: OTHER, console: OTHER, yaml: OTHER, toml: OTHER, ini: OTHER, json: OTHER, dockerfile: OTHER };

function coloured(code, language = "") {
	const known = LANGUAGES[language.toLowerCase()];
	if (!known) return code;
	const pattern = new RegExp(`(?<c>${known.comment}.*)|(?<s>${STRING})|(?<d>(?<=^\\s*)@[\\w.]+)|(?<n>\\b\\d[\\w.]*)|(?<w>[a-z_]\\w*)`, "gim");
	const nodes = [];
	let at = 0;
	for (const found of code.matchAll(pattern)) {
		const end = found.index + found[0].length;
		const kind = kindOf(found.groups, known, code[end] === "(");
		if (!kind) continue;
		nodes.push(code.slice(at, found.index), el(`span.code-${kind}`, found[0]));
		at = end;
	}
	return [...nodes, code.slice(at)];
}

function kindOf({ w, ...others }, { key }, called) {
	if (w === undefined) return Object.keys(others).find((kind) => others[kind] !== undefined);
	if (key.has(key === SQL.key ? w.toLowerCase() : w)) return "k";
	return called ? "f" : null;
}
