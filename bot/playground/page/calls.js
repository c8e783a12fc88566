/** The panel "API calls": the last calls of the Bot API with their parameters, for those who work on the bot. */

import { get } from "./api.js";
import { byId, el, fill, icon } from "./dom.js";
import { timeWithSeconds } from "./format.js";
import { isShown } from "./side.js";
import { on } from "./world.js";

const KEPT = 100;
const list = byId("calls");
const filter = byId("calls-filter");
const failed = byId("calls-failed");
let calls = [];
let asked = false;

async function read() {
  try {
    ({ calls } = await get(`/api/calls?limit=${KEPT}`));
    asked = true;
  } catch {
    // The live line brings the next ones.
  }
  draw();
}

const fits = (call) =>
  call.method.toLowerCase().includes(filter.value.trim().toLowerCase()) && (!failed.checked || !call.ok || call.doubts?.length > 0);

function draw() {
  if (!isShown("panel-calls")) return;
  const standing = new Map([...list.children].map((node) => [node.dataset.id, node]));
  const wanted = calls.filter(fits).map((call) => standing.get(String(call.id)) ?? row(call));
  const keep = new Set(wanted);
  for (const node of [...list.children]) if (!keep.has(node)) node.remove();
  wanted.forEach((node, index) => list.children[index] !== node && list.insertBefore(node, list.children[index] ?? null));
  byId("calls-none").hidden = wanted.length > 0;
}

function row(call) {
  const note = call.ok ? (call.doubts?.length ? "odd" : "") : "bad";
  const state = call.ok ? "OK" : call.status || "cut";
  const detail = el("div.call-detail");
  const details = el(
    "details",
    { class: `call ${note}` },
    el("summary", icon("next", "fold-mark"), el("span.call-method", call.method), el("span.call-about", about(call)), el("span.call-state", String(state)), el("time", timeWithSeconds(call.time))),
    detail,
  );
  details.addEventListener("toggle", () => details.open && fill(detail, parts(call)));
  return el("li", { data: { id: call.id } }, details);
}

function about({ parameters }) {
  const words = parameters.text ?? parameters.caption ?? parameters.question ?? parameters.action ?? parameters.callback_query_id ?? "";
  return String(words).replace(/<[^>]*>/g, "").replace(/\s+/g, " ").slice(0, 60);
}

function parts(call) {
  const json = (value) => (typeof value === "string" ? value : JSON.stringify(value, null, 2));
  const block = (title, value) => [el("h4", title), el("pre", { tabindex: "0", "aria-label": title }, json(value))];
  const answer = call.ok ? block("Answer", call.result) : [el("h4", "Refused"), el("p.problem", `${call.status}: ${call.description}`)];
  return [
    el("p.dim", `bot${call.bot ?? "?"}:●●●●/${call.method}, ${call.milliseconds} ms`),
    call.doubts?.length > 0 && [el("h4", "Odd"), call.doubts.map((doubt) => el("p.problem", doubt))],
    block("Parameters", call.parameters),
    call.files.length > 0 && block("Files", call.files),
    answer,
  ];
}

on("call", (call) => {
  calls = [call, ...calls].slice(0, KEPT);
  draw();
});
on("side", () => (asked ? draw() : isShown("panel-calls") && read()));
on("loaded", () => {
  asked = false;
  list.replaceChildren();
  if (isShown("panel-calls")) read();
});
filter.addEventListener("input", draw);
failed.addEventListener("change", draw);
