/** Boxes that want an answer first: the browser's own modal dialogs, with the focus kept inside. */

import { bdi, byId, el, icon, iconButton } from "./dom.js";
import { refocus } from "./roving.js";

const FOCUSABLE = "button, input, select, a[href]";

/**
 * Open a dialog; the promise gives what was chosen, null when it was closed.
 * `main` is the button that submits: its value is `submit()`'s, and undefined keeps the dialog open.
 * `others` are buttons before it, as `[label, value]`.
 */
export function openDialog(title, body, main, { others = [["Cancel", null]], role = null, style = "", submit = () => true } = {}) {
	const before = document.activeElement;
	return new Promise((resolve) => {
		const close = (value) => {
			rescueToasts();
			dialog.close();
			dialog.remove();
			refocus(before);
			resolve(value);
		};
		const buttons = others.map(([label, value]) => el("button.plain", { onclick: () => close(value) }, label));
		const last = el("button.plain.main", { type: "submit", class: style }, main);
		const onsubmit = async (event) => {
			event.preventDefault();
			const value = await submit();
			if (value !== undefined) close(value);
		};
		const form = el("form", { novalidate: true, onsubmit }, el("h2", { id: "dialog-title", dir: "auto" }, title), el("div.dialog-body", body), el("div.dialog-actions", buttons, last));
		const dialog = el("dialog.dialog", { role, "aria-labelledby": "dialog-title", onkeydown: keepFocus }, form);
		dialog.addEventListener("cancel", (event) => {
			event.preventDefault();
			close(null);
		});
		dialog.addEventListener("click", (event) => event.target === dialog && !role && close(null));
		document.body.append(dialog);
		dialog.showModal();
		(dialog.querySelector("[autofocus]") ?? last).focus();
	});
}

function keepFocus(event) {
	if (event.key !== "Tab") return;
	const inside = [...event.currentTarget.querySelectorAll(FOCUSABLE)];
	if (event.shiftKey) inside.reverse();
	if (document.activeElement !== inside.at(-1)) return;
	event.preventDefault();
	inside[0].focus();
}

export const alertBox = (title, text) => openDialog(title, el("p.alert-text", { dir: "auto" }, text), "OK", { others: [], role: "alertdialog" });

export const confirmBox = (title, text, main) => openDialog(title, el("p", text), main, { role: "alertdialog", style: "danger" });

export function askLine(title, main, submit, value = "") {
	const line = textInput({ value, autofocus: true });
	return openDialog(title, field("Title", line), main, { submit: () => submit(line.value) });
}

export const textInput = (props) => el("input", { type: "text", maxlength: 128, autocomplete: "off", dir: "auto", ...props });

export const chooser = (options, props) => el("select", props, options.map(([value, label]) => el("option", { value }, label)));

let numbered = 0;

export function field(label, input) {
	input.id = `field-${++numbered}`;
	return el("div.field", el("label", { for: input.id }, label), input);
}

export const tickBox = (name, label, props) => el("label.tick", el("input", { type: "checkbox", name, ...props }), bdi(label));

// Small menus beside a button or a message: arrows move, Enter chooses, Escape goes back.

const GAP = 6;
let opened = null;

/**
 * Open a menu at an element or a point `{x, y}`. An item is `{label, act, icon, note, style, checked}`, a
 * node, or something false that is left out.
 */
export function openMenu(anchor, items, label) {
	const again = opened?.anchor === anchor;
	closeMenu();
	if (again) return;
	const owner = anchor instanceof Element ? anchor : null;
	const node = el("div.menu", { role: "menu", "aria-label": label, onkeydown: steer }, items.filter(Boolean).map(entry));
	opened = { anchor, owner, node, back: document.activeElement };
	(owner?.closest("header, nav") ?? document.querySelector("main")).append(node);
	put(node, owner?.getBoundingClientRect() ?? new DOMRect(anchor.x, anchor.y, 0, 0));
	if (owner) owner.ariaExpanded = true;
	document.addEventListener("pointerdown", closeOutside, true);
	addEventListener("resize", closeMenu);
	choices()[0]?.focus({ preventScroll: true });
}

function closeMenu() {
	if (!opened) return;
	const { owner, node, back } = opened;
	opened = null;
	document.removeEventListener("pointerdown", closeOutside, true);
	removeEventListener("resize", closeMenu);
	if (owner) owner.ariaExpanded = false;
	const inside = node.contains(document.activeElement);
	node.remove();
	if (inside) refocus(back);
}

function menuItem(content, act, props) {
	const onclick = () => {
		closeMenu();
		act();
	};
	return el("button", { role: "menuitem", tabindex: "-1", ...props, onclick }, content);
}

/** A row of small choices in a menu: `[what is shown, what it is called, what it does]`. */
export const choiceRow = (label, choices) =>
	el("div.menu-row", { role: "group", "aria-label": label }, choices.map(([shown, name, act]) => menuItem(shown, act, { "aria-label": name })));

function entry(item) {
	if (item instanceof Node) return item;
	const { label, note, act, style = "", checked } = item;
	const radio = checked === undefined ? {} : { role: "menuitemradio", "aria-checked": String(checked) };
	const mark = icon(item.icon ?? "check", item.icon || checked ? "" : "none");
	return menuItem([mark, el("span.menu-words", el("bdi", label), note && el("small", note))], act, { class: `menu-item ${style}`, ...radio });
}

const choices = () => [...opened.node.querySelectorAll("[role^=menuitem]")];

function steer(event) {
	const all = choices();
	const at = all.indexOf(document.activeElement);
	const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
	if (next !== undefined) all[(next + all.length) % all.length].focus();
	else if (["Escape", "Tab"].includes(event.key)) closeMenu();
	else return;
	event.preventDefault();
	event.stopPropagation();
}

function closeOutside({ target }) {
	if (!opened.node.contains(target) && !opened.owner?.contains(target)) closeMenu();
}

function put(node, box) {
	const { width, height } = node.getBoundingClientRect();
	const left = box.left + width > innerWidth - GAP ? box.right - width : box.left;
	const top = box.bottom + GAP + height > innerHeight - GAP ? box.top - GAP - height : box.bottom + GAP;
	const within = (value, most) => `${Math.max(GAP, Math.min(value, most - GAP))}px`;
	node.style.left = within(left, innerWidth - width);
	node.style.top = within(top, innerHeight - height);
}

// Words that come and go: toasts, and the live region that a screen reader follows.

const SHOWN = { bot: 5_000, note: 4_000, trouble: 8_000 };
const MOST = 3;

/** Show a toast: the `bot`'s own words, a `note` of the page, or `trouble`. */
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

function rescueToasts() {
	if (byId("toasts").parentElement !== document.body) document.body.append(byId("toasts"));
}

const LINES = 6;

export function announce(text) {
	const log = byId("announcements");
	log.append(el("p", text));
	while (log.children.length > LINES) log.firstChild.remove();
}
