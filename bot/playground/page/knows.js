/** The panel "What the bot knows": the person's plan, cards, topics and reviews, as the bot's database has them. */

import { get } from "./api.js";
import { byId, debounced, el, fill } from "./dom.js";
import { count, day, shortDay, span, time } from "./format.js";
import { calendar, cardRow, logRow, topicBars } from "./knows_parts.js";
import { isShown } from "./side.js";
import { now, on, world } from "./world.js";

const panel = byId("panel-knows");
const CARDS = 12;
const LOG = 15;
let shown = "";
let before = new Map();
let known = null;
const more = { cards: false, log: false };

async function read() {
  if (!world.me || !isShown("panel-knows")) return;
  const person = world.me.id;
  let answer = null;
  try {
    answer = await get(`/playground/knows?person=${person}`);
  } catch {
    // The bot may be restarting; the next event asks again.
  }
  if (person !== world.me?.id) return;
  known = answer ?? known;
  draw(answer !== null);
}

function draw(fresh) {
  const spelled = JSON.stringify([world.me.id, known, more, fresh, Math.floor(now() / 60)]);
  if (spelled === shown) return;
  shown = spelled;
  const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.more : null;
  if (!known) return fill(panel, empty("Nothing to show yet.", "As soon as the bot is there, its memory of this person stands here."));
  fill(panel, !fresh && el("p.stale", "The bot does not answer just now: this is what it knew."), plan(), cards(), topics(), log());
  if (focused) panel.querySelector(`[data-more="${focused}"]`)?.focus();
  return markChanges();
}

const empty = (title, text) => el("div.empty", el("strong", title), el("p", text));

const section = (title, note, ...children) => el("section.memory", el("h3", title, note && el("span.dim", note)), children);

function plan() {
  const { sentence, next_due: due } = known.subscription ?? {};
  const when = due && el("p.next-due", el("strong", `${day(due, now())} at ${time(due)}`), el("span.dim", due > now() ? `in ${span(due - now())}` : "now"));
  return section("Next question", null, when, sentence && el("p.dim", sentence), !sentence && !when && el("p.dim", "No daily question yet."));
}

function cards() {
  const list = known.cards ?? [];
  if (!list.length) return section("Cards", null, el("p.dim", "None yet. Every question that is answered becomes a card, and its memory is scheduled."));
  const shownCards = more.cards ? list : list.slice(0, CARDS);
  return section("Cards", count(list.length, "card"), calendar(list), el("ul.cards", shownCards.map(cardRow)), showMore("cards", list.length - CARDS));
}

function topics() {
  const list = known.topics ?? [];
  return list.length ? section("Topics", "weakest first", topicBars(list)) : null;
}

function log() {
  const list = known.log ?? [];
  if (!list.length) return null;
  const shownLines = more.log ? list : list.slice(0, LOG);
  return section("Reviews", "newest first", el("ol.log", shownLines.map((line) => logRow(line, when(line.at)))), showMore("log", list.length - LOG));
}

const when = (unix) => `${shortDay(unix)}, ${time(unix)}`;

function showMore(name, rest) {
  if (rest <= 0) return null;
  const toggle = () => {
    more[name] = !more[name];
    draw(true);
  };
  return el("button.plain.small", { data: { more: name }, onclick: toggle }, more[name] ? "Show fewer" : `Show ${rest} more`);
}

function markChanges() {
  const lines = [...panel.querySelectorAll("[data-key]")];
  const next = new Map(lines.map((line) => [`${world.me.id}/${line.dataset.key}`, line.dataset.said]));
  const sameFace = [...before.keys()][0]?.split("/")[0] === String(world.me.id);
  for (const line of lines) {
    const key = `${world.me.id}/${line.dataset.key}`;
    if (sameFace && before.get(key) !== next.get(key)) line.classList.add("changed");
  }
  before = next;
}

const soon = debounced(read, 250);
on("message jumped side bots", soon);
on("loaded", () => {
  known = null;
  soon();
});
setInterval(() => known && isShown("panel-knows") && draw(true), 20_000);
