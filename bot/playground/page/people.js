/** Who sits before the page: a switch between people, and new ones. */

import { post } from "./api.js";
import { avatar, byId, el } from "./dom.js";
import { field, openDialog } from "./dialog.js";
import { openMenu } from "./menu.js";
import { toast } from "./toast.js";
import { world } from "./world.js";

const LANGUAGES = [["en", "English"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"], ["pt-br", "Português"], ["uk", "Українська"], ["ar", "العربية"], ["he", "עברית"], ["ja", "日本語"]];

/** Let `become` take the page to another person. */
export function wirePeople(become) {
  byId("person").addEventListener("click", () => {
    const people = [...world.people.values()].map((person) => ({
      label: person.name,
      note: person.username ? `@${person.username}` : "",
      checked: person.id === world.me?.id,
      act: () => become(person.id),
    }));
    const more = { label: "New person", icon: "plus", act: () => newPerson(become) };
    openMenu(byId("person"), [...people, el("hr"), more], "Person");
  });
}

/** Ask for a name and become that person. */
export async function newPerson(become) {
  const input = (props = {}) => el("input", { type: "text", maxlength: 64, autocomplete: "off", dir: "auto", ...props });
  const first = input({ autofocus: true, required: true });
  const last = input();
  const username = input({ maxlength: 32, dir: "ltr", spellcheck: "false" });
  const language = el("select", LANGUAGES.map(([code, name]) => el("option", { value: code }, name)));
  const problem = el("p.problem", { role: "alert" });
  const person = await openDialog({
    title: "New person",
    body: [
      el("p.dim", avatar("new", "+", "small"), "Somebody else who uses the bot. Each sees only their own chats."),
      el("div.field-pair", field("First name", first), field("Last name (optional)", last)),
      el("div.field-pair", field("Username (optional)", username), field("Language of the app", language)),
      problem,
    ],
    actions: [{ label: "Cancel" }, { label: "Create" }],
    submit: async () => {
      if (!first.value.trim()) {
        problem.textContent = "A person needs a first name.";
        first.focus();
        return undefined;
      }
      try {
        const names = { first_name: first.value.trim(), last_name: last.value.trim() || null, username: username.value.trim().replace(/^@/, "") || null };
        return (await post("/api/person", { ...names, language_code: language.value })).person;
      } catch (error) {
        problem.textContent = error.message;
        return undefined;
      }
    },
  });
  if (!person) return;
  await become(person.id);
  toast(`You are ${person.name} now.`);
}
