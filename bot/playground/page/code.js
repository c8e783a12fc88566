/** Colours for code: comments, strings, numbers and key words of the few languages that interviews are about. */

import { el } from "./dom.js";

const words = (list) => new Set(list.split(" "));

const PYTHON = words(
  "and as assert async await break case class continue def del elif else except False finally for from global if import in is lambda match None nonlocal not or pass raise return self True try while with yield",
);
const SQL = words(
  "add all alter analyze and as asc begin between by case check commit constraint create cross default delete desc distinct drop else end exists explain false for foreign from full group having if in index inner insert into is isolation join key lateral left level like limit locked not null offset on or order outer over partition primary references repeatable returning right rollback row savepoint select serializable set skip table then transaction true union unique update using values view when where with",
);
const SHELL = words("case cd do done echo elif else esac exit export fi for function if in pip python set source sudo then while docker git curl");
const SCRIPT = words("async await break case catch class const continue else export false finally for function if import in let new null of return switch this throw true try typeof undefined var while");

const LANGUAGES = {
  python: { key: PYTHON, comment: "#", triple: true },
  sql: { key: SQL, comment: "--", anyCase: true },
  bash: { key: SHELL, comment: "#" },
  javascript: { key: SCRIPT, comment: "//" },
  yaml: { key: words("true false null"), comment: "#" },
  json: { key: words("true false null") },
};
const ALIASES = { py: "python", python3: "python", pycon: "python", sh: "bash", shell: "bash", console: "bash", dockerfile: "bash", js: "javascript", ts: "javascript", postgresql: "sql", yml: "yaml", toml: "yaml", ini: "yaml" };

const escaped = (text) => text.replace(/[/\-]/g, "\\$&");

function pattern({ comment, triple }) {
  const strings = [triple && `[rbfRBF]{0,2}(?:"""[\\s\\S]*?(?:"""|$)|'''[\\s\\S]*?(?:'''|$))`, `[rbfRBF]{0,2}(?:"(?:\\\\.|[^"\\\\\\n])*"?|'(?:\\\\.|[^'\\\\\\n])*'?)`];
  const parts = [
    comment && `(?<c>${escaped(comment)}[^\\n]*)`,
    `(?<s>${strings.filter(Boolean).join("|")})`,
    `(?<d>(?<=^|\\n)[ \\t]*@[\\w.]+)`,
    `(?<n>\\b\\d[\\w.]*)`,
    `(?<w>[A-Za-z_]\\w*)`,
  ];
  return new RegExp(parts.filter(Boolean).join("|"), "g");
}

/**
 * The code as nodes; of an unknown language it is plain text.
 * @param {string} code
 * @param {string} [language]
 */
export function coloured(code, language = "") {
  const name = language.toLowerCase();
  const known = LANGUAGES[ALIASES[name] ?? name];
  if (!known) return code;
  const nodes = [];
  let at = 0;
  for (const found of code.matchAll(pattern(known))) {
    const kind = kindOf(found, code, known);
    if (!kind) continue;
    nodes.push(code.slice(at, found.index), el("span", { class: `code-${kind}` }, found[0]));
    at = found.index + found[0].length;
  }
  return [...nodes, code.slice(at)].filter((node) => node !== "");
}

function kindOf(found, code, { key, anyCase }) {
  const { c, s, d, n, w } = found.groups;
  if (c) return "c";
  if (s) return "s";
  if (d) return "d";
  if (n) return "n";
  if (key.has(anyCase ? w.toLowerCase() : w)) return "k";
  return code[found.index + w.length] === "(" ? "f" : null;
}
