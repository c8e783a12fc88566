/** Pieces of the panel "What the bot knows": a card, the days ahead, topic bars, a line of the log. */

import { el, icon } from "./dom.js";
import { DAY_SECONDS, count, dayNumber, shortDay } from "./format.js";
import { now } from "./world.js";

const AHEAD = 21;

const numberOf = (date) => Math.round(Date.parse(`${date}T00:00:00Z`) / 1000 / DAY_SECONDS);

function due(date) {
  if (!date) return "";
  const days = numberOf(date) - dayNumber(now());
  if (days === 0) return "due today";
  if (days < 0) return `${count(-days, "day")} late`;
  return days === 1 ? "tomorrow" : days < 60 ? `in ${days} days` : `in ${Math.round(days / 30.4)} months`;
}

/** A card: what it asks, when it is due, and how likely it is remembered today. */
export function cardRow(card) {
  const recall = card.recall === null || card.recall === undefined ? null : Math.round(card.recall * 100);
  const facts = card.state === "asked" ? "waits for your answer" : [count(card.reviews, "review"), card.misses > 0 && `missed ${card.misses}×`].filter(Boolean).join(", ");
  return el(
    "li",
    { class: `card ${card.state}`, data: { key: card.question, said: [card.due_on, card.state, card.reviews].join() } },
    ring(recall),
    el("span.card-words", el("span.card-title", { dir: "auto", title: card.title }, card.title), el("small", `${card.topic} · ${facts}`)),
    el("span.card-due", { title: card.due_on ?? "" }, due(card.due_on)),
  );
}

function ring(percent) {
  const node = el("span.ring", { role: "img", "aria-label": percent === null ? "Not rated yet" : `Chance to remember it today: ${percent} %`, title: percent === null ? "Not rated yet" : "Chance to remember it today" }, percent === null ? "–" : String(percent));
  node.style.setProperty("--share", `${percent ?? 0}%`);
  return node;
}

/** How many cards come back on each of the next days. */
export function calendar(cards) {
  const today = dayNumber(now());
  const counts = Array(AHEAD).fill(0);
  for (const { due_on: date } of cards) if (date) counts[Math.max(0, numberOf(date) - today)] += 1;
  const days = counts.slice(0, AHEAD);
  const most = Math.max(1, ...days);
  const later = cards.filter(({ due_on: date }) => date && numberOf(date) - today >= AHEAD).length;
  const said = days.map((number, index) => number && `${index ? `in ${count(index, "day")}` : "today"} ${number}`).filter(Boolean);
  const bars = days.map((number, index) => {
    const bar = el("i", { class: number ? "some" : "", title: `${shortDay((today + index) * DAY_SECONDS + DAY_SECONDS / 2)}: ${count(number, "card")}` });
    bar.style.setProperty("--share", `${(100 * number) / most}%`);
    return bar;
  });
  const label = `Cards that come back: ${said.join(", ") || "none"}${later ? `, later ${later}` : ""}`;
  return el("div.calendar",
    el("div.calendar-bars", { role: "img", "aria-label": label }, bars),
    el("div.calendar-scale", { "aria-hidden": "true" }, el("span", "today"), el("span", "+1 week"), el("span", "+2 weeks"), el("span", later ? `${later} later` : "+3 weeks")),
  );
}

/** Strengths as bars, the weakest first; topics without an answer wait behind a fold. */
export function topicBars(topics) {
  const met = topics.filter((topic) => topic.answers > 0).sort((one, other) => one.estimate - other.estimate);
  const unmet = topics.filter((topic) => topic.answers === 0);
  return [
    met.length ? el("ul.bars", met.map(topicBar)) : el("p.dim", "A topic's strength shows after its first answer."),
    unmet.length > 0 && el("details.unmet", el("summary", `Not asked yet: ${count(unmet.length, "topic")}`), el("ul", unmet.map((topic) => el("li", topic.name, el("small", count(topic.questions, "question")))))),
  ];
}

function topicBar(topic) {
  const percent = Math.round(topic.estimate * 100);
  const bar = el("span.bar", { role: "meter", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": percent, "aria-label": topic.name }, el("i"));
  bar.style.setProperty("--share", `${percent}%`);
  return el(
    "li",
    { data: { key: `topic/${topic.slug}`, said: [percent, topic.answers].join() } },
    el("span.bar-head", el("span", topic.name), el("strong", `${percent} %`)),
    bar,
    el("small", `${count(topic.answers, "answer")}, ${count(topic.questions, "question")} in the bank`),
  );
}

const MARKS = { Missed: ["close", "bad"], "Got it": ["check", "good"] };

/** A review: how it went, what was asked, when and by which way. */
export function logRow(line, when) {
  const [mark, tone] = MARKS[line.rating] ?? ["check", "so-so"];
  return el(
    "li",
    { class: `review ${line.corrected ? "corrected" : ""}`, data: { key: `review/${line.at}/${line.question}`, said: [line.rating, line.corrected].join() } },
    el("span", { class: `mark ${tone}` }, icon(mark)),
    el("span.card-words", el("span.card-title", { dir: "auto", title: line.question }, line.question), el("small", [when, line.rating, line.way, line.corrected && "corrected later"].filter(Boolean).join(" · "))),
  );
}
