/** Building the page. Strings become text nodes: nothing is ever parsed as HTML, whatever a bot sends. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element: `el("button.plain.small", { onclick }, "Send")`; the properties may be left out.
 * `on…` are listeners, `data` is the dataset, null and false are left out, true is an empty attribute.
 */
export function el(spelled, ...rest) {
	const [tag, ...classes] = spelled.split(".");
	const node = document.createElement(tag);
	const { class: more, data, value, ...props } = rest[0]?.constructor === Object ? rest.shift() : {};
	node.className = [...classes, more].filter(Boolean).join(" ");
	if (tag === "button") node.type = "button";
	if (value !== undefined) node.value = value;
	Object.assign(node.dataset, data);
	for (const [name, setting] of Object.entries(props)) {
		if (name.startsWith("on")) node.addEventListener(name.slice(2), setting);
		else if ((setting ?? false) !== false) node.setAttribute(name, setting === true ? "" : setting);
	}
	return fill(node, rest);
}

export function fill(node, ...children) {
	node.replaceChildren(...children.flat(9).filter((child) => (child ?? false) !== false));
	return node;
}

/** Set a list's children; those that stand already are not touched and keep their focus. */
export function arrange(list, wanted) {
	const set = new Set(wanted);
	for (const node of [...list.children]) if (!set.has(node)) node.remove();
	let cursor = list.firstChild;
	for (const node of wanted) {
		if (node === cursor) cursor = cursor.nextSibling;
		else list.insertBefore(node, cursor);
	}
}

export const byId = (id) => document.getElementById(id);

export const onClick = (id, action) => byId(id).addEventListener("click", action);

export function icon(name, className = "") {
	const svg = document.createElementNS(SVG, "svg");
	svg.setAttribute("viewBox", "0 0 24 24");
	svg.setAttribute("class", `icon ${className}`.trim());
	svg.setAttribute("aria-hidden", "true");
	const path = document.createElementNS(SVG, "path");
	path.setAttribute("d", ICONS[name]);
	svg.append(path);
	return svg;
}

export function iconButton(name, label, props = {}) {
	return el("button.icon-button", { "aria-label": label, title: label, ...props }, icon(name));
}

/** A name: set apart from the text around it, since it may run from right to left. */
export const bdi = (text, className) => el("bdi", { class: className }, text);

export function avatar(id, name, className = "") {
	const letters = name.trim().split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "?");
	const node = el("span.avatar", { class: className, "aria-hidden": "true" }, letters.join("").toLocaleUpperCase());
	const number = [...String(id)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 2);
	node.style.setProperty("--hue", (number * 47) % 360);
	return node;
}

/** Tell the style sheet a share of 100, for a bar or a ring. */
export function share(node, percent) {
	node.style.setProperty("--share", `${percent ?? 0}%`);
	return node;
}

/** Call a function once, a little after the last of many calls. */
export function debounced(action, milliseconds) {
	let timer = 0;
	return () => {
		clearTimeout(timer);
		timer = setTimeout(action, milliseconds);
	};
}

// Drawings as SVG paths on a grid of 24, drawn with a line of 1.8.

const ICONS = {
	attach: "M20 11.5l-8.3 8.3a5.4 5.4 0 0 1-7.6-7.6l8.6-8.6a3.6 3.6 0 0 1 5.1 5.1l-8.5 8.5a1.8 1.8 0 0 1-2.5-2.5l7.7-7.8",
	back: "M15 5l-7 7 7 7",
	block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.8 5.8l12.4 12.4",
	bolt: "M13 3L5 14h6l-1 7 8-11h-6l1-7z",
	brain: "M12 5c-3-3-6-1-6 2-3 1-3 5-1 7 0 4 4 6 7 4 3 2 7 0 7-4 2-2 2-6-1-7 0-3-3-5-6-2zm0 0v13",
	check: "M5 12.5l4.5 4.5L19 7.5",
	clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
	close: "M6 6l12 12M18 6L6 18",
	copy: "M9 9h10v11H9zM5 15V4h10",
	down: "M12 5v13M6 12l6 6 6-6",
	download: "M12 4v11M7 11l5 5 5-5M5 20h14",
	edit: "M4 20l1-4L16.5 4.5a2 2 0 0 1 3 3L8 19z",
	file: "M6 3h8l4 4v14H6zM14 3v5h4",
	help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.8v.1",
	keyboard: "M3 6h18v12H3zM7 10h.1M10.3 10h.1M13.7 10h.1M17 10h.1M8 14h8",
	leave: "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
	link: "M9 15L19 5M12 5h7v7M17 14v5H5V7h5",
	lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
	moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
	more: "M12 4.7a.7.7 0 1 0 .01 0M12 11.3a.7.7 0 1 0 .01 0M12 17.9a.7.7 0 1 0 .01 0",
	next: "M5 5l9 7-9 7zM18 5v14",
	people: "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5zM3 19c0-3.3 2.7-5.5 6-5.5s6 2.2 6 5.5M16 5.5a3 3 0 0 1 0 5.6M18 14.2c1.9.8 3 2.5 3 4.8",
	photo: "M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 5M15.5 9h.1",
	pin: "M12 21s-7-6.3-7-11.5a7 7 0 0 1 14 0C19 14.7 12 21 12 21zM12 7a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
	plus: "M12 5v14M5 12h14",
	reply: "M10 6L4 12l6 6M4 12h9c4 0 7 2 7 6",
	restart: "M19.5 12a7.5 7.5 0 1 1-2.3-5.4M20 3v5h-5",
	send: "M4 12L20 4l-5 16-4-7zM11 13l9-9",
	slash: "M4 4h16v16H4zM14.5 8l-5 8",
	sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M18.7 5.3L17 7M7 17l-1.7 1.7",
	trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
	undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
};

// What the browser remembers. Without storage the page forgets, and works.

export function recall(key, storage = "localStorage") {
	try {
		return window[storage].getItem(key);
	} catch {
		return null;
	}
}

export function keep(key, value, storage = "localStorage") {
	try {
		if (value) window[storage].setItem(key, value);
		else window[storage].removeItem(key);
	} catch {
		// It lasts as long as the page.
	}
}
