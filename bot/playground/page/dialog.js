/** Boxes that want an answer first: the browser's own modal dialogs, with the focus kept inside. */

import { bdi, byId, el } from "./dom.js";
import { rescueToasts } from "./toast.js";

const FOCUSABLE = "button:not([disabled]), input:not([disabled]), select, textarea, a[href], [tabindex='0']";

/**
 * Open a dialog.
 * @param {{title: string, body?: Node|Node[], actions: {label: string, value?: any, style?: string}[],
 *   role?: string, submit?: (form: HTMLFormElement) => any}} wish `submit` gives the value of the main
 *   (the last) action; undefined keeps the dialog open
 * @returns {Promise<any>} the chosen action's value, or null when it was closed
 */
export function openDialog({ title, body = [], actions, role = null, submit = null }) {
  const before = document.activeElement;
  return new Promise((resolve) => {
    const form = el("form", { novalidate: true }, el("h2", { id: "dialog-title", dir: "auto" }, title), el("div.dialog-body", body));
    const dialog = el("dialog.dialog", { role, "aria-labelledby": "dialog-title" }, form);
    const close = (value) => {
      rescueToasts();
      dialog.close();
      dialog.remove();
      restoreFocus(before);
      resolve(value);
    };
    form.append(el("div.dialog-actions", actions.map((action, index) => actionButton(action, index === actions.length - 1, close))));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const value = submit ? await submit(form) : actions.at(-1).value;
      if (value !== undefined) close(value);
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(null);
    });
    dialog.addEventListener("click", (event) => event.target === dialog && role !== "alertdialog" && close(null));
    dialog.addEventListener("keydown", keepFocus);
    dialog.end = close;
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") ?? dialog.querySelector(".dialog-actions .main"))?.focus();
  });
}

function actionButton({ label, value = null, style = "" }, main, close) {
  if (main) return el("button", { type: "submit", class: `plain main ${style}` }, label);
  return el("button", { class: `plain ${style}`, onclick: () => close(value) }, label);
}

function keepFocus(event) {
  if (event.key !== "Tab") return;
  const inside = [...event.currentTarget.querySelectorAll(FOCUSABLE)].filter((one) => one.offsetParent !== null);
  const edge = event.shiftKey ? inside[0] : inside.at(-1);
  if (document.activeElement !== edge && inside.includes(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? inside.at(-1) : inside[0])?.focus();
}

function restoreFocus(before) {
  if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
  else byId("draft")?.focus({ preventScroll: true });
}

/** A bot's alert: it stays until it is closed. */
export function alertBox(title, text) {
  const body = el("p.alert-text", { dir: "auto" }, text);
  return openDialog({ title, body, actions: [{ label: "OK", value: true }], role: "alertdialog" });
}

/** Ask before something that cannot be undone. */
export function confirmBox(title, text, label) {
  const body = el("p", text);
  const actions = [{ label: "Cancel" }, { label, value: true, style: "danger" }];
  return openDialog({ title, body, actions, role: "alertdialog" });
}

let numbered = 0;

/** A labelled field of a form; `hint` stands below it. */
export function field(label, input, hint = "") {
  const id = `field-${++numbered}`;
  input.id = id;
  if (hint) input.setAttribute("aria-describedby", `${id}-hint`);
  return el("div.field", el("label", { for: id }, label), input, hint && el("small", { id: `${id}-hint` }, hint));
}

/** A labelled tick box. */
export function tickBox(name, label, { value = "on", checked = false } = {}) {
  const box = el("input", { type: "checkbox", name, value, checked });
  return el("label.tick", box, bdi(label));
}
