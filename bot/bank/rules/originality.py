"""E28 to W30: own words, no near duplicates, and English that is easy to read."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from bot.bank.draft import Draft
from bot.bank.markup import without_code
from bot.bank.mistakes import Finding, Place, RuleGroup
from bot.bank.model import Status
from bot.bank.registers import Registers

originality = RuleGroup()

RUN = 7
"""So many words in a row are no accident any more."""
HASH_DIGITS = 10
"""40 bits: over 200,000 runs of a full bank, one false alarm in about 1,400 banks."""
SEED_HASHES = Path(__file__).parent.parent / "seed_ngrams.txt"

ALIKE = 0.6
"""Cosine of two TF-IDF vectors from which on two texts are listed together."""
SENTENCE, PARAGRAPH = 30, 90
"""Most words in a sentence, and in a paragraph."""

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@originality.entry("E28", mend="say it in your own words")
def words_are_our_own(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No seven words in a row stand in the seed document too, code aside."""
    for piece in draft.prose():
        for run in runs_of(without_code(piece.rich.html, " ")):
            if fingerprint(run) in seed_hashes():
                yield Finding(piece.number, f"the seed's words: {run!r}")
                break


@originality.bank("W29", mend="merge them, or ask for another angle")
def no_near_duplicates(drafts: list[Draft], registers: Registers) -> Iterator[Place]:
    """No question and no answer is much like another's."""
    live = [draft for draft in drafts if draft.entry.word("status") != Status.RETIRED]
    questions = [draft.prompt.text for draft in live]
    answers = [draft.answer.rich.text for draft in live]
    for name, texts in (("question", questions), ("answer", answers)):
        for one, other, likeness in alike(texts):
            line = live[other].prompt.number if name == "question" else live[other].answer.number
            twin = f"{live[one].entry.path.parent.name}/{live[one].entry.path.stem}"
            yield Place(live[other].entry.path, Finding(line, f"the {name} is {likeness:.0%} like {twin}'s"))


@originality.entry("W30", mend="cut it in two")
def sentences_are_short(draft: Draft, registers: Registers) -> Iterator[Finding]:
    """No sentence has more than 30 words, no paragraph more than 90; code counts as one."""
    for piece in draft.prose():
        for paragraph in without_code(piece.rich.html, "code").split("\n"):
            if (size := len(paragraph.split())) > PARAGRAPH:
                yield Finding(piece.number, f"a paragraph of {size} words, {paragraph[:30]!r} …")
            for sentence in re.split(r"(?<=[.!?])\s", paragraph):
                if (size := len(sentence.split())) > SENTENCE:
                    yield Finding(piece.number, f"a sentence of {size} words, {sentence[:30]!r} …")


def runs_of(text: str) -> Iterator[str]:
    """Yield every run of seven words."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])


def fingerprint(run: str) -> str:
    """Hash a run of words, so that the bank can be compared with a text that it must not hold."""
    return hashlib.blake2b(run.encode(), digest_size=HASH_DIGITS // 2).hexdigest()


@cache
def seed_hashes() -> frozenset[str]:
    """Read the fingerprints of the seed document's runs."""
    return frozenset(SEED_HASHES.read_text("ascii").split())


def alike(texts: list[str]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of texts with a TF-IDF cosine above `ALIKE`: two indices and the cosine.

    Words that a fifth of the texts share weigh little and cost most: they are left out.
    """
    counts = [Counter(_WORD.findall(text.lower())) for text in texts]
    spread = Counter(word for count in counts for word in count)
    common = max(20, len(texts) // 5)
    weight = {word: math.log(1 + len(texts) / docs) for word, docs in spread.items() if docs <= common}
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, count in enumerate(counts):
        vector = _normal({word: times * weight[word] for word, times in count.items() if word in weight})
        products: dict[int, float] = defaultdict(float)
        for word, part in vector.items():
            for other, other_part in index[word]:
                products[other] += part * other_part
            index[word].append((number, part))
        yield from (
            (other, number, product) for other, product in sorted(products.items()) if product > ALIKE
        )


def _normal(vector: dict[str, float]) -> dict[str, float]:
    size = math.sqrt(sum(part * part for part in vector.values()))
    return {word: part / size for word, part in vector.items()} if size else {}


def hashed(texts: Iterable[str]) -> str:
    """Make the text of seed_ngrams.txt from a document's passages, twelve hashes a line."""
    hashes = sorted({fingerprint(run) for text in texts for run in runs_of(text)})
    return "".join(" ".join(hashes[start : start + 12]) + "\n" for start in range(0, len(hashes), 12))
