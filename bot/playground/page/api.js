/** Requests to the playground. What is refused comes as an `Error` with a sentence for people. */

const PATIENCE = 30_000;
const SILENCE = "The playground does not answer. Is it still running?";

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { signal: AbortSignal.timeout(PATIENCE), ...options });
  } catch {
    throw Object.assign(new Error(SILENCE), { silent: true });
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) return body;
  throw Object.assign(new Error(sentence(body.error) || `The playground answered ${answer.status}.`), {
    status: answer.status,
  });
}

function sentence(words) {
  if (!words) return "";
  const first = words[0].toUpperCase() + words.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** Read. */
export const get = (path) => ask(path);

/** Act: a JSON object in, one out. A long jump of the clock may take its time. */
export function post(path, body = {}, patience = PATIENCE) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
}

/** Send a file with its fields; empty fields stay at home. */
export function upload(path, fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== "") form.set(name, value);
  form.set("file", file, file.name);
  return ask(path, { method: "POST", body: form });
}
