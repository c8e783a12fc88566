/**
 * Building the page: elements, icons, small changes.
 *
 * Strings become text nodes. Nothing in this page is ever parsed as HTML, whatever a bot sends.
 */

import { ICONS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 * @param {string} tag
 * @param {Object<string, any>} [props] attributes; `onclick` and the like are listeners, `class` a string,
 *   `data` an object; null, undefined and false are left out, true is an empty attribute
 * @param {...(Node|string|number|null|false|Array)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== false && child !== undefined));
  return node;
}

/** Give a node new children. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(9).filter((child) => child !== null && child !== false && child !== undefined));
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
  return el("button", { type: "button", "aria-label": label, title: label, ...props, class: look }, icon(name));
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
