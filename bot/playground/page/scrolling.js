/** Where the conversation is scrolled to: it stays at its end while new messages come, unless somebody reads above. */

import { byId, fill, icon } from "./dom.js";
import { count } from "./format.js";
import { openedChat } from "./place.js";
import { tell } from "./world.js";

const NEAR = 48;
const MARGIN = 12;

const scroller = byId("scroller");
const down = byId("down");
const remembered = new Map();
let name = "";
let atEnd = true;

/** Whether the end is in sight, as the person left it. */
export const stuck = () => atEnd;

/** Go to the end. */
export function toEnd() {
  scroller.scrollTop = scroller.scrollHeight;
  atEnd = true;
}

/** Go to the end, but not past the beginning of this row: a long answer is read from its first line. */
export function showFrom(row) {
  const top = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop - MARGIN;
  const end = scroller.scrollHeight - scroller.clientHeight;
  scroller.scrollTop = Math.min(end, top);
  atEnd = end - scroller.scrollTop < NEAR;
}

/** Keep the place in the chat that is left. */
export function rememberScroll() {
  if (name) remembered.set(name, { atEnd, top: scroller.scrollTop });
}

/** Go where this chat was left; to its end the first time. */
export function recallScroll(chatName) {
  name = chatName;
  const known = remembered.get(name);
  if (!known || known.atEnd) toEnd();
  else {
    scroller.scrollTop = known.top;
    atEnd = false;
  }
  updateDown(openedChat());
}

/** The button that leads to the end, with the number of unread messages. */
export function updateDown(chat) {
  const unread = chat?.unread ?? 0;
  down.hidden = atEnd;
  if (atEnd) return;
  const label = unread ? `${count(unread, "new message")}, go to the end` : "Go to the end";
  if (down.getAttribute("aria-label") === label) return;
  down.setAttribute("aria-label", label);
  fill(down, unread > 0 && count(unread, "new message"), icon("down"));
}

/** Follow what changes the heights: pictures, a growing writing field, the window. */
export function keepAtEnd() {
  const follow = new ResizeObserver(() => {
    if (atEnd) toEnd();
    updateDown(openedChat());
  });
  follow.observe(scroller);
  follow.observe(byId("messages"));
  let height = 0;
  scroller.addEventListener(
    "scroll",
    () => {
      // A change of size moves the view without anybody scrolling: the observer's business.
      const same = height === scroller.scrollHeight;
      height = scroller.scrollHeight;
      const end = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
      if (end || same) atEnd = end;
      if (atEnd) tell("read");
      updateDown(openedChat());
    },
    { passive: true },
  );
  down.addEventListener("click", () => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: calm ? "instant" : "smooth" });
    byId("draft").focus({ preventScroll: true });
  });
}
