/** Small menus beside a button or a message: arrows move, Enter chooses, Escape goes back. */

import { el, icon } from "./dom.js";

let opened = null;

/**
 * Open a menu.
 * @param {Element|{x: number, y: number}} anchor what it belongs to, or a point
 * @param {({label: string, icon?: string, act: () => void, style?: string, checked?: boolean,
 *   note?: string}|Node|null)[]} items null is left out; a node is shown as it is (its menu items are reached, too)
 * @param {string} label what the menu is, for screen readers
 */
export function openMenu(anchor, items, label) {
  const again = opened?.anchor === anchor;
  closeMenu();
  if (again) return;
  const node = el("div.menu", { role: "menu", "aria-label": label }, items.filter(Boolean).map(entry));
  const back = document.activeElement;
  opened = { anchor, node, back };
  document.body.append(node);
  put(node, anchor);
  if (anchor instanceof Element) anchor.setAttribute("aria-expanded", "true");
  node.addEventListener("keydown", steer);
  document.addEventListener("pointerdown", closeOutside, true);
  addEventListener("resize", closeMenu);
  choices()[0]?.focus({ preventScroll: true });
}

/** Close the open menu; the focus returns to where it came from. */
export function closeMenu() {
  if (!opened) return;
  const { anchor, node, back } = opened;
  opened = null;
  document.removeEventListener("pointerdown", closeOutside, true);
  removeEventListener("resize", closeMenu);
  if (anchor instanceof Element) anchor.setAttribute("aria-expanded", "false");
  const inside = node.contains(document.activeElement);
  node.remove();
  if (inside && back?.isConnected) back.focus({ preventScroll: true });
}

function menuItem(content, act, props) {
  return el("button", { role: "menuitem", tabindex: "-1", ...props, onclick: () => choose(act) }, content);
}

/** A row of small choices in a menu: `[what is shown, what it is called, what it does]`. */
export const choiceRow = (label, choices) =>
  el("div.menu-row", { role: "group", "aria-label": label }, choices.map(([shown, name, act]) => menuItem(shown, act, { "aria-label": name })));

function entry(item) {
  if (item instanceof Node) return item;
  const { label, note, act, style = "", checked } = item;
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const state = checked === undefined ? {} : { "aria-checked": String(checked) };
  const mark = checked ? icon("check") : icon(item.icon ?? "check", item.icon ? "" : "none");
  const words = el("span.menu-words", el("bdi", label), note && el("small", note));
  return menuItem([mark, words], act, { class: `menu-item ${style}`, role, ...state });
}

function choose(act) {
  closeMenu();
  act();
}

const choices = () => [...(opened?.node.querySelectorAll("[role^=menuitem]") ?? [])];

function steer(event) {
  const all = choices();
  const at = all.indexOf(document.activeElement);
  const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 };
  if (event.key in steps) all[(steps[event.key] + all.length) % all.length]?.focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else if (event.key.length === 1 && event.key !== " ") {
    const letter = event.key.toLowerCase();
    const next = [...all.slice(at + 1), ...all].find((one) => one.textContent.trim().toLowerCase().startsWith(letter));
    next?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

function closeOutside(event) {
  const { node, anchor } = opened;
  const onAnchor = anchor instanceof Element && anchor.contains(event.target);
  if (!node.contains(event.target) && !onAnchor) closeMenu();
}

function put(node, anchor) {
  const gap = 6;
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0);
  const { width, height } = node.getBoundingClientRect();
  const right = box.left + width > innerWidth - gap;
  const left = right ? box.right - width : box.left;
  const below = box.bottom + gap + height <= innerHeight - gap;
  const top = below ? box.bottom + gap : box.top - gap - height;
  node.style.left = `${Math.max(gap, Math.min(left, innerWidth - width - gap))}px`;
  node.style.top = `${Math.max(gap, Math.min(top, innerHeight - height - gap))}px`;
}
