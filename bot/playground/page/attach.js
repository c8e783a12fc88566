/** What else can be sent: pictures, files, a place, a sticker; also by pasting and by dropping. */

import { sendFile, sendLocation, sendSticker } from "./acts.js";
import { bdi, byId, el } from "./dom.js";
import { field, openDialog } from "./dialog.js";
import { bytes } from "./format.js";
import { choiceRow, openMenu } from "./menu.js";
import { openedChat } from "./place.js";
import { toast } from "./toast.js";

const LARGEST = 50_000_000;
const STICKERS = ["🙂", "🎓", "🚀", "🐍", "🤔", "😅", "👏", "💪"];
const CITIES = [
  ["Berlin", 52.52, 13.405], ["London", 51.5074, -0.1278], ["Kyiv", 50.4501, 30.5234], ["Tbilisi", 41.7151, 44.8271],
  ["Mumbai", 19.076, 72.8777], ["Kathmandu", 27.7172, 85.324], ["Singapore", 1.3521, 103.8198], ["Sydney", -33.8688, 151.2093],
  ["Auckland", -36.8509, 174.7645], ["São Paulo", -23.5505, -46.6333], ["New York", 40.7128, -74.006], ["Honolulu", 21.3069, -157.8583],
];

function menu() {
  openMenu(
    byId("attach"),
    [
      { label: "Picture", icon: "photo", act: () => pick("image/*") },
      { label: "File", icon: "file", act: () => pick("") },
      { label: "Location", icon: "pin", act: locationBox },
      choiceRow("Stickers", STICKERS.map((emoji) => [emoji, `Sticker ${emoji}`, () => sendSticker(emoji)])),
    ],
    "Attach",
  );
}

function pick(accept) {
  const input = byId("file");
  input.accept = accept;
  input.value = "";
  input.onchange = () => input.files[0] && fileBox(input.files[0], accept !== "");
  input.click();
}

async function fileBox(file, asPhoto = file.type.startsWith("image/")) {
  if (file.size > LARGEST) return toast(`${file.name} has ${bytes(file.size)}; Telegram's bots take 50 MB.`, "trouble");
  const url = asPhoto ? URL.createObjectURL(file) : null;
  const caption = el("input", { type: "text", maxlength: 1024, autofocus: true, autocomplete: "off", dir: "auto" });
  const body = [
    url && el("img.dialog-picture", { src: url, alt: "The picture to send" }),
    el("p", bdi(file.name), el("small", ` ${bytes(file.size)}`)),
    field("Caption (optional)", caption),
  ].filter(Boolean);
  const actions = [{ label: "Cancel" }, { label: "Send", value: true }];
  const wish = await openDialog({ title: asPhoto ? "Send a picture" : "Send a file", body, actions });
  if (url) URL.revokeObjectURL(url);
  return wish && sendFile(asPhoto ? "photo" : "document", file, caption.value);
}

/** Ask for a place. */
export async function locationBox() {
  const city = el("select", { autofocus: true }, CITIES.map(([name], index) => el("option", { value: index }, name)));
  const wish = await openDialog({ title: "Send a location", body: field("City", city), actions: [{ label: "Cancel" }, { label: "Send", value: true }] });
  if (wish) sendLocation(...CITIES[city.value].slice(1));
}

const mayDrop = (event) => event.dataTransfer?.types.includes("Files") && openedChat()?.can_send;

byId("attach").addEventListener("click", menu);
byId("draft").addEventListener("paste", (event) => {
  const file = event.clipboardData?.files[0];
  if (!file) return;
  event.preventDefault();
  fileBox(file);
});
byId("conversation").addEventListener("dragover", (event) => mayDrop(event) && event.preventDefault());
byId("conversation").addEventListener("drop", (event) => {
  if (!mayDrop(event)) return;
  event.preventDefault();
  fileBox(event.dataTransfer.files[0]);
});
