/** One message as a row of the conversation. What is pressed inside it, taps.js does. */

import { avatar, bdi, el, icon, iconButton } from "./dom.js";
import { full, time } from "./format.js";
import { inlineKeyboard } from "./keys.js";
import { media, summary } from "./media.js";
import { pollBlock } from "./poll.js";
import { formatted } from "./text.js";

const TOGETHER = 300;
const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}){1,12}$/u;

/**
 * A message's row.
 * @param {object} message
 * @param {{group: boolean, follows: boolean}} look whether several people may write here, and whether the
 *   message goes on where its author's last one stopped
 */
export function messageRow(message, { group, follows }) {
  const id = `m${message.id}`;
  if (message.service) {
    return el("li.row.service", { data: { id: message.id } }, article(message, id, [el("span", { id, dir: "auto" }, message.service)]));
  }
  const side = message.mine ? "mine" : "theirs";
  const keyboard = inlineKeyboard(message);
  const shown = [group && !message.mine && (follows ? el("span.avatar.none") : avatar(message.from.id, message.from.name)), el("div.stack", bubble(message, id, group && !follows), keyboard)];
  const more = iconButton("more", "Do something with this message", { class: "row-more", "aria-haspopup": "menu", data: { do: "menu" } });
  const look = `row ${side} ${follows ? "follows" : ""} ${keyboard ? "has-keys" : ""} ${message.sticker ? "bare" : ""}`;
  return el("li", { class: look, data: { id: message.id } }, article(message, id, [shown, more]));
}

function article(message, id, children) {
  const marks = [message.edited && "edited", message.ephemeral && "only you see this"].filter(Boolean);
  const label = [`${message.mine ? "You" : (message.from?.name ?? "Service")} at ${time(message.date)}`, ...marks].join(", ");
  return el("article.message", { tabindex: "-1", "aria-label": label, "aria-describedby": id }, children);
}

function bubble(message, id, named) {
  const big = !message.entities.length && ONLY_EMOJI.test(message.text);
  return el(
    "div",
    { class: `bubble ${message.photo && !message.text ? "picture" : ""}` },
    message.ephemeral && el("div.only-you", icon("lock"), "Only you see this"),
    named && !message.mine && el("div.author", bdi(message.from.name), message.from.is_bot && el("span.tag", "bot")),
    message.forwarded_from && el("div.forwarded", "Forwarded from ", bdi(message.forwarded_from)),
    message.reply_to && replyQuote(message.reply_to),
    media(message),
    message.poll && pollBlock(message.poll),
    message.text
      ? el("div", { class: `text ${big ? "big" : ""}`, id, dir: "auto" }, formatted(message.text, message.entities))
      : el("span.unseen", { id }, summary(message)),
    foot(message),
  );
}

function replyQuote({ id, name, text }) {
  return el("button.reply-quote", { data: { do: "go", message: id } }, bdi(name, "reply-name"), el("span.reply-text", { dir: "auto" }, text));
}

function foot(message) {
  const reactions = message.reactions.map(({ emoji, count, mine }) =>
    el("button.reaction", { "aria-pressed": String(mine), "aria-label": `${emoji} ${count}`, data: { do: "react", emoji } }, emoji, count > 1 && ` ${count}`),
  );
  const when = el("time", { datetime: new Date(message.date * 1000).toISOString(), title: full(message.date) }, time(message.date));
  const meta = el("span.meta", message.edited && el("span.edited", "edited"), when, message.mine && icon("check"));
  return el("div.foot", reactions.length > 0 && el("span.reactions", reactions), meta);
}

/** Whether a message goes on where the one before it stopped. */
export function follows(message, before) {
  if (!before || before.service || message.service) return false;
  return before.from?.id === message.from?.id && message.date - before.date < TOGETHER;
}
