/** The right column: two panels behind tabs. On a narrow screen it takes the conversation's place. */

import { byId } from "./dom.js";
import { openedChat, showView } from "./place.js";
import { arrows } from "./roving.js";
import { tell } from "./world.js";

const KEY = "playground-side";
const NARROW = "(max-width: 759px)";
const tabs = [byId("tab-knows"), byId("tab-calls")];
const panelOf = (tab) => byId(tab.getAttribute("aria-controls"));

/** Whether a panel is in sight. */
export const isShown = (panel) => !byId(panel).hidden && byId("side").offsetParent !== null;

function select(tab, focus = false) {
  for (const one of tabs) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    panelOf(one).hidden = !chosen;
  }
  if (focus) tab.focus();
  tell("side");
}

function setOpen(open, focus = false) {
  document.body.dataset.side = open ? "open" : "closed";
  byId("side-toggle").setAttribute("aria-expanded", String(open));
  if (matchMedia(NARROW).matches) showView(open ? "side" : "chat");
  if (open && focus) tabs.find((tab) => tab.tabIndex === 0).focus();
  if (!open && focus) byId("side-toggle").focus();
  try {
    localStorage.setItem(KEY, document.body.dataset.side);
  } catch {
    // Without storage the column opens as the window's width says.
  }
  tell("side");
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Wire the tabs and the button that opens and closes the column. */
export function wireSide() {
  const wide = matchMedia("(min-width: 1180px)").matches;
  document.body.dataset.side = stored() && !matchMedia(NARROW).matches ? stored() : wide ? "open" : "closed";
  byId("side-toggle").setAttribute("aria-expanded", String(document.body.dataset.side === "open"));
  byId("side-toggle").addEventListener("click", () => {
    const shown = byId("side").offsetParent !== null;
    setOpen(!shown, true);
  });
  byId("side-close").addEventListener("click", () => setOpen(false, true));
  byId("side").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && openedChat()) setOpen(false, true);
  });
  for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("focus", () => select(tab));
  }
  arrows(byId("tabs"), "[role=tab]", "x");
  select(tabs[0]);
}
