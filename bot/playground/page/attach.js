/** What else can be sent: pictures, files, a place, a sticker; also by pasting and by dropping. */

import { sendFile, sendLocation, sendSticker } from "./api.js";
import { choiceRow, chooser, field, openDialog, openMenu, textInput, toast } from "./boxes.js";
import { bdi, byId, el, onClick } from "./dom.js";
import { bytes } from "./format.js";
import { openedChat } from "./place.js";

const LARGEST = 50_000_000;
const STICKERS = ["🙂", "🎓", "🚀", "🐍", "🤔", "😅", "👏", "💪"];
/** Places whose clocks differ in every way: half hours, quarter hours, both sides of the date line. */
const CITIES = [
	["Berlin", 52.52, 13.405], ["London", 51.5074, -0.1278], ["Tbilisi", 41.7151, 44.8271], ["Mumbai", 19.076, 72.8777], ["Kathmandu", 27.7172, 85.324],
	["Sydney", -33.8688, 151.2093], ["Auckland", -36.8509, 174.7645], ["São Paulo", -23.5505, -46.6333], ["New York", 40.7128, -74.006], ["Honolulu", 21.3069, -157.8583],
];

function menu() {
	const items = [
		{ label: "Picture", icon: "photo", act: () => pick("image/*") },
		{ label: "File", icon: "file", act: () => pick("") },
		{ label: "Location", icon: "pin", act: locationBox },
		choiceRow("Stickers", STICKERS.map((emoji) => [emoji, `Sticker ${emoji}`, () => sendSticker(emoji)])),
	];
	openMenu(byId("attach"), items, "Attach");
}

function pick(accept) {
	const input = byId("file");
	Object.assign(input, { accept, value: "", onchange: () => fileBox(input.files[0], accept !== "") });
	input.click();
}

async function fileBox(file, asPhoto = file.type.startsWith("image/")) {
	if (file.size > LARGEST) return toast(`${file.name} has ${bytes(file.size)}; Telegram's bots take 50 MB.`, "trouble");
	const url = asPhoto && URL.createObjectURL(file);
	const caption = textInput({ maxlength: 1024, autofocus: true });
	const body = [url && el("img.dialog-picture", { src: url, alt: "The picture to send" }), el("p", bdi(file.name), el("small", ` ${bytes(file.size)}`)), field("Caption (optional)", caption)];
	const wish = await openDialog(asPhoto ? "Send a picture" : "Send a file", body, "Send");
	if (url) URL.revokeObjectURL(url);
	return wish && sendFile(asPhoto ? "photo" : "document", file, caption.value);
}

export async function locationBox() {
	const city = chooser(CITIES.map(([name], index) => [index, name]), { autofocus: true });
	if (await openDialog("Send a location", field("City", city), "Send")) sendLocation(...CITIES[city.value].slice(1));
}

/** Take the file of a paste or a drop, when there is one and it may be sent. */
function take(event, data) {
	if (!data?.types.includes("Files") || !openedChat()?.can_send) return;
	event.preventDefault();
	if (data.files[0]) fileBox(data.files[0]);
}

onClick("attach", menu);
byId("draft").addEventListener("paste", (event) => take(event, event.clipboardData));
for (const kind of ["dragover", "drop"]) byId("conversation").addEventListener(kind, (event) => take(event, event.dataTransfer));
