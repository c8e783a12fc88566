/** Links: which may be followed, and those that lead to a bot of this playground. */

import { act } from "./api.js";
import { chooseGroup } from "./people.js";
import { openChat } from "./place.js";
import { world } from "./world.js";

const SAFE = ["http:", "https:", "mailto:", "tel:"];

/**
 * The address of a link as a browser may follow it, or null.
 * Telegram shows `docs.python.org` without a scheme as a link, too.
 */
export function safeUrl(spelling) {
	const spelled = /^[a-z][a-z0-9+.-]*:/i.test(spelling) ? spelling : `https://${spelling}`;
	try {
		const url = new URL(spelled);
		return SAFE.includes(url.protocol) ? url.href : null;
	} catch {
		return null;
	}
}

/** The bot, and the wish, of a link such as `https://t.me/gotit_bot?start=quiz_orm`; null for others. */
export function botLink(spelling) {
	const url = safeUrl(spelling);
	if (!url) return null;
	const { hostname, pathname, searchParams } = new URL(url);
	if (!["t.me", "telegram.me"].includes(hostname)) return null;
	const name = pathname.slice(1).toLowerCase();
	const bot = [...world.bots.values()].find((one) => one.username?.toLowerCase() === name);
	return bot ? { bot, start: searchParams.get("start"), startgroup: searchParams.get("startgroup") } : null;
}

export function followBotLink(spelling) {
	const link = botLink(spelling);
	if (!link) return false;
	const chat = [...world.chats.values()].find((one) => one.bot === link.bot.id);
	if (link.startgroup !== null) chooseGroup(link.bot, link.startgroup);
	else if (chat) {
		openChat(chat.id);
		if (link.start !== null) act("start", { chat: chat.id, ...(link.start && { payload: link.start }) });
	}
	return true;
}
