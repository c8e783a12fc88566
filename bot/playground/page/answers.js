/**
 * Pressed buttons and their answers: an alert, a toast, or nothing. An answer goes to every page of the person;
 * only the one that pressed shows it. It may come before the pressing request has returned: then it waits.
 */

import { act } from "./api.js";
import { alertBox, announce, toast } from "./boxes.js";
import { followBotLink } from "./links.js";
import { on, tell, world } from "./world.js";

const EARLY_FOR = 20_000;
const NO_ANSWER = "The bot did not answer within 15 seconds. Telegram stops waiting then, too.";

const waiting = new Map();
const early = new Map();
const pressed = new Set();

const keyOf = (chat, message, row, column) => [chat, message, row, column].join("/");

export const isWaiting = (chat, message, row, column) => pressed.has(keyOf(chat, message, row, column));

export async function press(chat, message, row, column) {
	const key = keyOf(chat, message, row, column);
	if (pressed.has(key)) return;
	pressed.add(key);
	tell("pressed", { chat, message });
	const answer = await act("press", { chat, message, row, column });
	if (!answer) return settle(key, chat, message);
	waiting.set(answer.query, key);
	const missed = early.get(answer.query);
	if (missed) missed();
}

function settle(key, chat, message) {
	pressed.delete(key);
	tell("pressed", { chat, message });
}

function whenMine({ query, chat, message }, show) {
	const take = () => {
		settle(waiting.get(query), chat, message);
		waiting.delete(query);
		early.delete(query);
		show();
	};
	if (waiting.has(query)) return take();
	early.set(query, take);
	setTimeout(() => early.delete(query), EARLY_FOR);
}

/** Whose button it was: the name above the alert. */
const speaker = ({ chat, message }) => world.chats.get(chat)?.messages.find((one) => one.id === message)?.from.name ?? "Bot";

on("answer", (answer) =>
	whenMine(answer, () => {
		if (answer.url) followBotLink(answer.url);
		else if (answer.text && answer.alert) alertBox(speaker(answer), answer.text);
		else if (answer.text) {
			toast(answer.text, "bot");
			announce(answer.text);
		}
	}),
);

on("expired", (press) => whenMine(press, () => toast(NO_ANSWER, "trouble")));

// After a break in the line an answer may have been lost: no button shall turn for ever.
on("loaded", () => {
	waiting.clear();
	pressed.clear();
});
