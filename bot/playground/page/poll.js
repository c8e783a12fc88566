/** Native polls: voting, results, the quiz's right answer and its timer. */

import { el, icon, share } from "./dom.js";
import { count, countdown } from "./format.js";
import { formatted } from "./text.js";
import { now } from "./world.js";

export function pollBlock(poll) {
	const shown = poll.options.some((option) => option.percent !== null);
	const voting = poll.can_vote && !shown;
	return el("div.poll",
		poll.description && el("div.text", { dir: "auto" }, formatted(poll.description, poll.description_entities)),
		el("div.poll-question", { dir: "auto" }, poll.question),
		el("div.poll-kind", el("span", kind(poll)), !poll.closed && poll.closes_at && timer(poll)),
		el("ul.poll-options", voting ? ballot(poll) : poll.options.map(result)),
		poll.explanation && el("div.poll-explanation", { dir: "auto" }, icon("bolt"), el("span", formatted(poll.explanation, poll.explanation_entities))),
		el("div.poll-foot", voting && poll.multiple && el("button.plain.main", { data: { do: "vote-ticked" } }, "Vote"), el("span", turnout(poll))),
	);
}

function kind({ closed, anonymous, quiz }) {
	if (closed) return "Final results";
	return anonymous ? `Anonymous ${quiz ? "quiz" : "poll"}` : quiz ? "Quiz" : "Poll";
}

const turnout = (poll) => (poll.total ? count(poll.total, poll.quiz ? "answer" : "vote") : poll.quiz ? "No answers yet" : "No votes yet");

const timer = (poll) => el("span.poll-timer", { role: "timer" }, icon("clock"), countDown(el("span", { data: { closes: poll.closes_at } })));

/** Show what is left: red near the end. */
export function countDown(node) {
	const { closes } = node.dataset;
	node.textContent = countdown(closes, now());
	node.classList.toggle("bad", closes - now() < 10);
	return node;
}

function ballot(poll) {
	const box = poll.multiple ? { role: "checkbox", "aria-checked": "false" } : {};
	return poll.options.map((option, index) =>
			el("li", el("button.poll-option", { ...box, data: { do: poll.multiple ? "tick" : "vote", option: index } }, el("span.poll-mark", icon("check")), el("span", { dir: "auto" }, option.text))),
	);
}

function result(option) {
	const right = option.correct === true;
	const wrong = option.correct === false && option.chosen;
	const said = [option.chosen && "your choice", right && "right answer", wrong && "not the right answer"].filter(Boolean);
	const bar = share(el("span.poll-bar"), option.percent);
	return el("li.poll-result", { class: right ? "right" : wrong && "wrong" },
		el("span.poll-percent", option.percent === null ? "–" : `${option.percent} %`),
		el("span", el("span", { dir: "auto" }, option.text), said.length > 0 && el("span.unseen", ` (${said.join(", ")})`), bar),
		el("span.poll-mark", option.chosen || right ? icon(wrong ? "close" : "check") : null),
	);
}
