/** The keyboard that a bot lays below the writing field: a press sends its words, or a place. */

import { send } from "./acts.js";
import { locationBox } from "./attach.js";
import { byId, el, fill, icon } from "./dom.js";

let open = true;
let shownFor = "";
const toggle = byId("keyboard-toggle");

/** Show the chat's reply keyboard, or none; a new one opens by itself. */
export function drawReplyKeyboard(chat) {
  const keyboard = chat.reply_keyboard;
  const box = byId("reply-keyboard");
  toggle.hidden = !keyboard;
  box.hidden = !keyboard || !open;
  const key = JSON.stringify([chat.id, keyboard]);
  if (key === shownFor) return;
  shownFor = key;
  if (!keyboard) return fill(box);
  open = true;
  box.hidden = false;
  toggle.setAttribute("aria-pressed", "true");
  return fill(box, keyboard.rows.map((row) => el("div.keys-row", row.map(replyKey))));
}

function replyKey(button) {
  const act = button.request_location ? locationBox : () => send(button.text);
  return el("button.reply-key", { onclick: act }, button.request_location && icon("pin"), el("span", { dir: "auto" }, button.text));
}

toggle.addEventListener("click", () => {
  open = !open;
  byId("reply-keyboard").hidden = !open;
  toggle.setAttribute("aria-pressed", String(open));
});
