/**
 * One way through many things by keyboard: arrows move between them, Tab goes into the one at hand and out.
 * In the conversation Tab reaches the current message's buttons only: five hundred messages are no obstacle.
 */

import { byId } from "./dom.js";

const STOPS = "article, button, a[href], [role=button]";

export const currentRow = (list) => list.querySelector(".row.current") ?? [...list.querySelectorAll(".row")].at(-1);

export function setCurrent(row) {
	const list = row.parentElement;
	list.querySelector(".row.current")?.classList.remove("current");
	row.classList.add("current");
	settleStops(list);
}

/** Let Tab stop at the current row and what is in it, and nowhere else in the list. */
export function settleStops(list) {
	if (!list.contains(document.activeElement)) list.querySelector(".row.current")?.classList.remove("current");
	const current = currentRow(list);
	for (const row of list.querySelectorAll(".row")) {
		const open = row === current;
		if (row.dataset.stops === String(open)) continue;
		row.dataset.stops = open;
		for (const control of row.querySelectorAll(STOPS)) control.tabIndex = open ? 0 : -1;
	}
}

export function controlOf(node) {
	const row = node?.closest?.(".row");
	if (!row) return null;
	const { do: does, row: y, column } = node.dataset;
	return { id: Number(row.dataset.id), does, y, column };
}

/** Give the focus back to what had it, or to the writing field (where that opens no keyboard over the page). */
export function refocus(node) {
	if (node?.isConnected && node !== document.body) return node.focus({ preventScroll: true });
	const found = returnTo(controlOf(node));
	if (!found && matchMedia("(hover: hover)").matches) byId("draft").focus({ preventScroll: true });
}

/** Put the focus back after its row was made anew: on the same button, the first one, or the message. */
export function returnTo(control) {
	const { id, does, y, column } = control ?? {};
	const row = document.querySelector(`#messages .row[data-id="${id}"]`);
	if (!row) return false;
	const same = does && row.querySelector(`[data-do="${does}"]${y ? `[data-row="${y}"][data-column="${column}"]` : ""}`);
	const first = does === "callback" || does === "vote" ? row.querySelector(".key, .poll-option") : null;
	setCurrent(row);
	(same || first || row.firstElementChild).focus({ preventScroll: true });
	return true;
}

/** Arrow keys for a list whose items are `selector` inside `box`; `axis` is "y" or "x". */
export function arrows(box, selector, axis = "y") {
	const [back, on] = axis === "y" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
	box.addEventListener("keydown", (event) => {
		const all = [...box.querySelectorAll(selector)].filter((one) => one.offsetParent !== null);
		const at = all.indexOf(document.activeElement);
		if (at < 0) return;
		const next = { [back]: at - 1, [on]: at + 1, Home: 0, End: all.length - 1 }[event.key];
		if (next === undefined) return;
		event.preventDefault();
		all[Math.max(0, Math.min(next, all.length - 1))].focus();
	});
}
