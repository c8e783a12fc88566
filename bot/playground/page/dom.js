/**
 * Building the page: elements, icons, small changes.
 *
 * Strings become text nodes. Nothing in this page is ever parsed as HTML, whatever a bot sends.
 */

import { ICONS } from "./icons.js";

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
    else if (setting !== null && setting !== undefined && setting !== false) node.setAttribute(name, setting === true ? "" : setting);
  }
  return fill(node, rest);
}

/** Give a node new children; empty ones are left out. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The element with this id: the page's skeleton stands in index.html. */
export const byId = (id) => document.getElementById(id);

/** A drawing from icons.js; it says nothing to a screen reader, its button does. */
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

/** A button with a drawing and a name for those who do not see it. */
export function iconButton(name, label, props = {}) {
  const look = `icon-button ${props.class ?? ""}`.trim();
  return el("button", { "aria-label": label, title: label, ...props, class: look }, icon(name));
}

/** A name: set apart from the text around it, since it may run from right to left. */
export const bdi = (text, className) => el("bdi", { class: className }, text);

/** A round picture made of somebody's initials, in a colour of their own. */
export function avatar(id, name, className = "") {
  const letters = [...name.trim()].length ? name.trim().split(/\s+/).slice(0, 2).map((word) => [...word][0]) : ["?"];
  const number = [...String(id)].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7);
  return el(
    "span",
    { class: `avatar tone-${number % 7} ${className}`.trim(), "aria-hidden": "true" },
    letters.join("").toLocaleUpperCase(),
  );
}

/** Call a function once, a little after the last of many calls. */
export function debounced(action, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
