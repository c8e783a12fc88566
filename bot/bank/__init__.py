"""The question bank: `load(folder)` reads `data/` once, at the start, and gives a `Bank`.

An entry is a Markdown file. On its way in it passes
`entry` (front matter and headings) → `draft` (parts, rendered by `markdown`) → `rules` (what is wrong
with it) → `loading` (a `Question` of `model`) → `catalogue` (the `Bank` and its look-ups).
`python -m bot.bank check` runs all rules; a start runs those of form. Authors read data/README.md.
"""

from bot.bank.catalogue import Bank
from bot.bank.loading import load
from bot.bank.markup import escape, length, plain
from bot.bank.mistakes import BankError, Mistake
from bot.bank.model import Choice, FollowUp, Kind, Level, Option, Question, Source, Status, Topic

__all__ = [
    "Bank",
    "BankError",
    "Choice",
    "FollowUp",
    "Kind",
    "Level",
    "Mistake",
    "Option",
    "Question",
    "Source",
    "Status",
    "Topic",
    "escape",
    "length",
    "load",
    "plain",
]
