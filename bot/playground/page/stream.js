/**
 * The live line to the playground: server-sent events, and a look every few seconds.
 *
 * The browser reconnects by itself and names the last event it got; when the server does not know that
 * event any more (`reset`), or has lost the person, the state is read again.
 */

import { get } from "./api.js";
import { apply, KINDS, loadPublic, tell, world } from "./world.js";

const LOOK_EVERY = 4_000;
const RETRY = 1_500;
const HIDDEN_PATIENCE = 120_000;

let source = null;
let last = "";
let alive = true;
let retry = 0;
let hiding = 0;

/** Open the line for the person at hand, after the state that was read; `reload` reads it again. */
export function open(reload) {
  close();
  last = world.lastEvent;
  connect(reload);
}

/** Close the line. */
export function close() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

function connect(reload) {
  const line = new EventSource(`/api/events?person=${world.me.id}&after=${encodeURIComponent(last)}`);
  source = line;
  const listen = (kind, action) =>
    line.addEventListener(kind, (event) => {
      if (source !== line) return;
      last = event.lastEventId || last;
      action(event);
    });
  for (const kind of KINDS) listen(kind, (event) => apply(kind, JSON.parse(event.data)));
  listen("reset", reload);
  line.onopen = () => source === line && setAlive(true);
  line.onerror = () => {
    if (source !== line) return;
    setAlive(false);
    // A refusal (not a broken line) ends an EventSource for good: the person may be gone.
    if (line.readyState === EventSource.CLOSED) retry = setTimeout(reload, RETRY);
  };
}

function setAlive(value) {
  if (value === alive) return;
  alive = value;
  tell("line", { alive });
}

/** Whether the live line stands. */
export const isAlive = () => alive;

async function look() {
  if (document.hidden || !world.me) return;
  try {
    loadPublic(await get("/api/state"));
  } catch {
    // The live line tells of it.
  }
}

/** Keep the clock and the bot's presence true; give the line back while nobody looks. */
export function keepWatch(reload) {
  setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    // A browser allows six lines to one server: tabs that wait in the background must not use them up.
    if (document.hidden) hiding = setTimeout(close, HIDDEN_PATIENCE);
    else if (!source && world.me) reload();
    else look();
  });
}
