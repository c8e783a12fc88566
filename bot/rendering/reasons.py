"""Why this question? One sentence, with the policy's own numbers."""

from __future__ import annotations

from html import escape

from bot.bank import Bank
from bot.learning import Kind, Reason
from bot.rendering.words import count


def sentence(reason: Reason, bank: Bank) -> str:
    """Say why a question was chosen."""
    topic = next((topic.title for topic in bank.topics if topic.slug == reason.topic), reason.topic)
    title = escape(topic, quote=False)
    match reason.kind:
        case Kind.MISSED:
            ago = count(reason.days or 0, "day") + " ago" if reason.days else "today"
            return f"Why this one: you missed it {ago}."
        case Kind.FADED:
            ago = count(reason.days or 0, "day") + " ago" if reason.days else "today"
            recall = f", and recall is down to about {reason.recall:.0%}" if reason.recall else ""
            return f"Why this one: you knew it {ago}{recall}."
        case Kind.NEW if reason.share is not None:
            return f"Why this one: new to you; you know about {reason.share:.0%} of fresh {title} questions."
        case _:
            return f"Why this one: new to you, from {title}. I am still learning where you are strong."
