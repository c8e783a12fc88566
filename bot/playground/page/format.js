/** Times, spans and sizes in words. Moments are Unix seconds on the playground's clock. */

const format = (style) => new Intl.DateTimeFormat("en-GB", style);
const TIME = format({ timeStyle: "short" });
const SECONDS = format({ timeStyle: "medium" });
const DAY = format({ weekday: "long", day: "numeric", month: "long" });
const DAY_YEAR = format({ dateStyle: "long" });
const SHORT = format({ weekday: "short", day: "numeric", month: "short" });
const FULL = format({ dateStyle: "full", timeStyle: "medium" });
export const DAY_SECONDS = 86400;

const at = (unix) => new Date(unix * 1000);

export const time = (unix) => TIME.format(at(unix));

export const timeWithSeconds = (unix) => SECONDS.format(at(unix));

export const shortDay = (unix) => SHORT.format(at(unix)).replace(",", "");

export const full = (unix) => FULL.format(at(unix));

/** The number of a local day: equal for two moments of the same day. */
export function dayNumber(unix) {
	const date = at(unix);
	return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 1000 / DAY_SECONDS);
}

/** "Today", "Yesterday", "Monday 23 November", "23 November 2025". */
export function day(unix, now) {
	const ago = dayNumber(now) - dayNumber(unix);
	if (ago === 0) return "Today";
	if (ago === 1) return "Yesterday";
	if (ago === -1) return "Tomorrow";
	return at(unix).getFullYear() === at(now).getFullYear() ? DAY.format(at(unix)).replace(",", "") : DAY_YEAR.format(at(unix));
}

/** When, as short as a chat list needs it: "14:05" today, "Mon" this week, else "23 Nov". */
export function brief(unix, now) {
	const ago = dayNumber(now) - dayNumber(unix);
	if (ago === 0) return time(unix);
	const words = shortDay(unix).split(" ");
	return ago > 0 && ago < 7 ? words[0] : words.slice(1).join(" ");
}

/** A span of time in its largest unit: "40 s", "5 min", "21 h", "3 days". */
export function span(seconds) {
	const minutes = Math.round(seconds / 60);
	if (minutes < 1) return `${Math.round(seconds)} s`;
	if (minutes < 60) return `${minutes} min`;
	return minutes < 36 * 60 ? `${Math.round(minutes / 60)} h` : count(Math.round(minutes / 1440), "day");
}

export const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

export const bytes = (size) => (size < 1000 ? count(size, "byte") : size < 1e6 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1e6).toFixed(1)} MB`);

/** "1:05", "19:59:05" until a moment; "0:00" when it has passed. */
export function countdown(unix, now) {
	const left = Math.max(0, Math.ceil(unix - now));
	return new Date(left * 1000).toISOString().slice(11, 19).replace(/^0(0:0?)?/, "");
}
