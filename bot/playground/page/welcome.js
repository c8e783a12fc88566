/** The head of a conversation: what this place is, and what the bot says of itself before it is started. */

import { avatar, el } from "./dom.js";
import { world } from "./world.js";

let made = { key: "", node: null };

/** The first row of a private chat; null in groups and when older messages were left out. */
export function welcome(chat) {
  const bot = world.bots.get(chat.bot);
  if (!bot || chat.messages.length >= 500) return null;
  const key = JSON.stringify([chat.id, bot.name, chat.description, chat.started]);
  if (made.key !== key) made = { key, node: draw(chat, bot) };
  return made.node;
}

function draw(chat, bot) {
  const description = chat.description || bot.description;
  return el("li.welcome",
    el("p.welcome-line", "A Telegram in memory. Nothing leaves this machine."),
    !chat.started &&
      el("div.welcome-card",
        avatar(bot.id, bot.name, "large"),
        el("h3", { dir: "auto" }, bot.name),
        description && el("p", { dir: "auto" }, description),
      ),
  );
}
