/** What is wrong with the line or the bot, said above the messages; and the two ways to start again. */

import { post } from "./api.js";
import { trial } from "./acts.js";
import { byId, el, fill } from "./dom.js";
import { confirmBox } from "./dialog.js";
import { openedChat } from "./place.js";
import { isAlive } from "./stream.js";
import { toast } from "./toast.js";
import { on, tell, world } from "./world.js";

const RESTART_PATIENCE = 60_000;
const GRACE = 900;
const others = new BroadcastChannel("playground-restart");
let restarting = false;
let lost = false;
let timer = 0;

function words() {
  if (lost) return ["Reconnecting…", "What you write is kept."];
  if (restarting) return ["The bot is restarting…", "Messages wait for it, nothing is lost."];
  const chat = openedChat();
  const bot = world.bots.get(chat?.bot);
  if (bot && !bot.online) return [`${bot.name} is away.`, "What you send waits until it is back."];
  return null;
}

function draw() {
  const said = words();
  const banner = byId("banner");
  const key = said?.join(" ") ?? "";
  if (banner.dataset.key === key) return;
  banner.dataset.key = key;
  banner.hidden = !said;
  fill(banner, said && el("span.spinner", { "aria-hidden": "true" }), said && el("span", el("strong", said[0]), ` ${said[1]}`));
}

function onLine({ alive }) {
  clearTimeout(timer);
  const was = lost;
  if (alive) lost = false;
  else timer = setTimeout(() => draw((lost = !isAlive())), GRACE);
  if (alive && was) toast("Connected again.");
  draw();
}

/** End the bot and start it again, as an operator would. */
export async function restartBot() {
  setRestarting(true);
  others.postMessage(true);
  const done = await trial(() => post("/playground/restart", {}, RESTART_PATIENCE));
  others.postMessage(false);
  setRestarting(false);
  if (done) toast("The bot has restarted.");
}

function setRestarting(value) {
  restarting = value;
  draw();
}

/** Delete everything, after a question. */
export async function startAfresh() {
  const text = "All people, chats and groups of this playground, and everything the bot knows, will be deleted. The clock goes back to now.";
  if (!(await confirmBox("Start afresh?", text, "Delete everything"))) return;
  setRestarting(true);
  const done = await trial(() => post("/playground/afresh", {}, RESTART_PATIENCE));
  setRestarting(false);
  if (done) tell("afresh");
}

on("line", onLine);
on("loaded bots place chats", draw);
others.addEventListener("message", ({ data }) => setRestarting(data));
