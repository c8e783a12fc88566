/** The clock bar: what time it is in here, jumps ahead, and what happened meanwhile. */

import { get, post } from "./api.js";
import { trial } from "./acts.js";
import { byId, debounced, el, fill, icon, iconButton } from "./dom.js";
import { day, full, shortDay, span, time } from "./format.js";
import { toast } from "./toast.js";
import { now, on, setNow, tell } from "./world.js";

const JUMP_PATIENCE = 300_000;
const SHOWN = 6;
const others = new BroadcastChannel("playground-clock");
const buttons = () => [...byId("jumps").querySelectorAll("button")];
let nextDelivery = null;
let moving = false;

function show() {
  const unix = now();
  fill(byId("time"), el("span.time-day", shortDay(unix)), " ", el("strong", time(unix)));
  byId("time").title = full(unix);
  const next = byId("to-delivery");
  const words = nextDelivery === null ? "No question is planned yet: /subscribe first" : `${day(nextDelivery, unix)} at ${time(nextDelivery)}, in ${span(nextDelivery - unix)}`;
  next.title = words;
  next.setAttribute("aria-disabled", String(nextDelivery === null));
  byId("to-delivery-note").textContent = words;
}

/** Ask the server for the time and the next delivery. */
export async function readClock() {
  try {
    take(await get("/playground/clock"));
  } catch (error) {
    // An emulator that runs without a bot of its own has no such clock.
    byId("jumps").hidden = error.status === 404;
  }
}

function take(answer) {
  setNow(answer.now);
  nextDelivery = answer.next_delivery;
  show();
}

async function jump(wish) {
  if (moving) return;
  if (wish.to && nextDelivery === null) return toast("No question is planned yet. Subscribe with /subscribe first.");
  const before = now();
  setMoving(true);
  const answer = await trial(() => post("/playground/clock", wish, JUMP_PATIENCE));
  setMoving(false);
  if (!answer) return;
  take(answer);
  others.postMessage("moved");
  tell("jumped");
  tellMeanwhile(answer.now - before, answer.meanwhile ?? []);
}

function setMoving(value) {
  moving = value;
  byId("clock").classList.toggle("moving", value);
  for (const button of buttons()) button.setAttribute("aria-busy", String(value));
}

function tellMeanwhile(seconds, sentences) {
  const box = byId("meanwhile");
  const rest = sentences.length - SHOWN;
  const words = sentences.length ? "" : " Nobody got anything meanwhile.";
  const close = iconButton("close", "Close", { onclick: () => (box.hidden = true) });
  box.hidden = false;
  fill(
    box,
    icon("clock"),
    el(
      "div",
      {},
      el("strong", `${span(seconds)} passed.`),
      words,
      el("ul", sentences.slice(-SHOWN).map((sentence) => el("li", { dir: "auto" }, typeof sentence === "string" ? sentence : `${shortDay(sentence.at)}, ${time(sentence.at)}: ${sentence.text}`))),
      rest > 0 && el("small", `And ${rest} more before that.`),
    ),
    close,
  );
}

/** Wire the bar. */
export function wireClock() {
  byId("plus-hour").addEventListener("click", () => jump({ seconds: 3600 }));
  byId("plus-day").addEventListener("click", () => jump({ seconds: 86400 }));
  byId("to-delivery").addEventListener("click", () => jump({ to: "next_delivery" }));
  const later = debounced(readClock, 400);
  on("message loaded bots", later);
  others.addEventListener("message", later);
  on("clock", show);
  setInterval(show, 1000);
}
