/** The panel "What the bot knows": plan, cards, topics and reviews, as the bot's database has them. */

import { get } from "./api.js";
import { byId, debounced, el, fill, icon, share } from "./dom.js";
import { count, DAY_SECONDS, dayNumber, shortDay, span, time } from "./format.js";
import { isShown } from "./side.js";
import { now, on, world } from "./world.js";

const panel = byId("panel-knows");
const CARDS = 12;
const LOG = 15;
let shown = "";
let before = null;
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
	if (!known) return fill(panel, el("p.empty", "Nothing to show yet. The bot is not there."));
	fill(panel, !fresh && el("p.stale", "The bot does not answer just now: this is what it knew."), plan(), cards(), topics(), log());
	if (focused) panel.querySelector(`[data-more="${focused}"]`)?.focus();
	return markChanges();
}

const section = (title, note, ...children) => el("section.memory", el("h3", title, note && el("span.dim", note)), children);

function plan() {
	const { sentence, next, next_due: due } = known.subscription ?? {};
	const when = due && el("p.next-due", el("strong", next), el("span.dim", due > now() ? `in ${span(due - now())}` : "now"));
	return section("Next question", null, when, sentence && el("p.dim", sentence), !sentence && !when && el("p.dim", "No daily question yet."));
}

function cards() {
	const list = known.cards ?? [];
	if (!list.length) return section("Cards", null, el("p.dim", "None yet. Every question that is answered becomes a card."));
	const shownCards = more.cards ? list : list.slice(0, CARDS);
	return section("Cards", count(list.length, "card"), calendar(list), el("ul", shownCards.map(cardRow)), showMore("cards", list.length - CARDS));
}

function topics() {
	const list = known.topics ?? [];
	return list.length ? section("Topics", "known of fresh questions", topicBars(list)) : null;
}

function log() {
	const list = known.log ?? [];
	if (!list.length) return null;
	const shownLines = more.log ? list : list.slice(0, LOG);
	return section("Reviews", "newest first", el("ol", shownLines.map((line) => logRow(line, when(line.at)))), showMore("log", list.length - LOG));
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
	for (const { dataset, classList } of lines) if (before && before.get(dataset.key) !== dataset.said) classList.add("changed");
	before = new Map(lines.map(({ dataset }) => [dataset.key, dataset.said]));
}

const soon = debounced(read, 250);
on("message jumped side bots", soon);
on("loaded", () => {
	known = null;
	before = null;
	soon();
});
setInterval(() => known && isShown("panel-knows") && draw(true), 20_000);

// Its pieces.

const AHEAD = 21;

const numberOf = (date) => Math.round(Date.parse(`${date}T00:00:00Z`) / 1000 / DAY_SECONDS);

function dueIn(date) {
	if (!date) return "";
	const days = numberOf(date) - dayNumber(now());
	if (days === 0) return "due today";
	if (days < 0) return `${count(-days, "day")} late`;
	return days === 1 ? "tomorrow" : days < 60 ? `in ${days} days` : `in ${Math.round(days / 30.4)} months`;
}

function cardRow(card) {
	const recall = typeof card.recall === "number" ? Math.round(card.recall * 100) : null;
	const facts = [card.topic, card.state === "asked" && "waits for you", card.reviews > 1 && `${card.reviews} reviews`, card.misses > 0 && `missed ${card.misses}×`];
	return el("li.card", { class: card.state, data: { key: card.question, said: [card.due_on, card.state, card.reviews] } },
		ring(recall),
		el("span.card-words", el("span.card-title", { dir: "auto", title: card.title }, card.title), el("small", facts.filter(Boolean).join(" · "))),
		el("span.card-due", { title: card.due_on ?? "" }, dueIn(card.due_on)),
	);
}

function ring(percent) {
	const label = percent === null ? "Not rated yet" : `Chance to remember it today: ${percent} %`;
	return share(el("span.ring", { role: "img", "aria-label": label, title: label }, percent ?? "–"), percent);
}

function calendar(cards) {
	const today = dayNumber(now());
	const ahead = cards.filter((card) => card.due_on).map((card) => Math.max(0, numberOf(card.due_on) - today));
	const days = Array.from({ length: AHEAD }, (_, index) => ahead.filter((one) => one === index).length);
	const most = Math.max(1, ...days);
	const later = ahead.filter((one) => one >= AHEAD).length;
	const said = days.map((number, index) => number && `${index ? `in ${count(index, "day")}` : "today"} ${number}`).filter(Boolean);
	const dayOf = (index) => shortDay((today + index + 0.5) * DAY_SECONDS);
	const bars = days.map((number, index) => share(el("i", { class: number && "some", title: `${dayOf(index)}: ${count(number, "card")}` }), (100 * number) / most));
	const label = `Cards that come back: ${said.join(", ") || "none"}${later ? `, later ${later}` : ""}`;
	return el("div.calendar",
		el("div.calendar-bars", { role: "img", "aria-label": label }, bars),
		el("div.calendar-scale", { "aria-hidden": "true" }, el("span", "today"), el("span", "+1 week"), el("span", "+2 weeks"), el("span", later ? `${later} later` : "+3 weeks")),
	);
}

function topicBars(topics) {
	const met = topics.filter((topic) => topic.answers > 0).sort((one, other) => one.estimate - other.estimate);
	const unmet = topics.filter((topic) => topic.answers === 0);
	return [
		met.length ? el("ul.bars", met.map(topicBar)) : el("p.dim", "A topic's strength shows after its first answer."),
		unmet.length > 0 && el("details.unmet", el("summary", `Not asked yet: ${count(unmet.length, "topic")}`), el("ul", unmet.map((topic) => el("li", topic.name, el("small", count(topic.questions, "question")))))),
	];
}

function topicBar(topic) {
	const percent = Math.round(topic.estimate * 100);
	const bar = share(el("span.bar", { role: "meter", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": percent, "aria-label": topic.name }, el("i")), percent);
	return el("li", { data: { key: `topic/${topic.slug}`, said: [percent, topic.answers] } },
		el("span.bar-head", el("span", topic.name), el("strong", `${percent} %`)),
		bar,
		el("small", `${count(topic.answers, "answer")}, ${count(topic.questions, "question")} in the bank`),
	);
}

const MARKS = { Missed: ["close", "bad"], "Got it": ["check", "good"] };

function logRow(line, when) {
	const [mark, tone] = MARKS[line.rating] ?? ["check", "so-so"];
	return el("li.review", { class: line.corrected && "corrected", data: { key: `review/${line.at}/${line.question}`, said: [line.rating, line.corrected] } },
		el(`span.mark.${tone}`, icon(mark)),
		el("span.card-words", el("span.card-title", { dir: "auto", title: line.question }, line.question), el("small", [when, line.rating, line.way, line.corrected && "corrected later"].filter(Boolean).join(" · "))),
	);
}
