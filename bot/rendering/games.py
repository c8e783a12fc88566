"""A group's game on the screen: the lobby, the reason after a round, the podium."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.bank import Bank, Question
from bot.db.answers import Named
from bot.db.group_tables import Quiz
from bot.db.tables import Ask
from bot.rendering import callback_data as taps
from bot.rendering.game_notes import pace
from bot.rendering.screen import Button, Keyboard, Screen
from bot.rendering.words import count, listing, no_level
from bot.services.lobbies import ROUNDS, SECONDS, most_rounds
from bot.services.picks import level_there
from bot.services.scores import Standing, short, standings

SHOWN_PLAYERS = 8
SHOWN_PLACES = 10
SOMEONE = "someone"
"""In place of a hidden member's name."""

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}


def person(name: str | None) -> str:
    """Write a name for a group: cut, escaped, and kept from turning the sentence around it."""
    shown = short(name or "")
    return f"\u2068{escape(shown, quote=False)}\u2069" if shown else SOMEONE


def lobby(bank: Bank, quiz: Quiz, players: Sequence[str | None]) -> Screen:
    """Show who is in and what will be played."""
    if quiz.page == "topics" and quiz.status == "lobby":
        return _topics(bank, quiz)
    lines = [f"🎮 <b>{_title(bank, quiz)}</b>", pace(quiz), *_instead(bank, quiz), "", _who(players)]
    if quiz.status != "lobby":
        return Screen("\n".join([*lines, "", "The quiz is on."]))
    how = "Everyone in the group can answer."
    if quiz.mode == "card":
        how = "You talk, then each looks at the answer and rates for themselves; no points."
    lines += ["", f"<i>{how} Start when you are ready.</i>"]
    return Screen("\n".join(lines), _steer(quiz))


def _title(bank: Bank, quiz: Quiz) -> str:
    names = {topic.slug: topic.name for topic in bank.topics}
    topic = escape(names.get(quiz.topic or "", "All topics"), quote=False)
    level = level_there(bank, quiz.topic, quiz.level, quiz.mode)
    return f"Quiz: {topic}{f', {level}' if level else ''}"


def _instead(bank: Bank, quiz: Quiz) -> list[str]:
    """Say in a line what is not as it may have been asked for: of any level, or no longer."""
    notes = []
    if quiz.level and not level_there(bank, quiz.topic, quiz.level, quiz.mode):
        notes.append(f"{no_level(quiz.level)}, so this quiz asks any level.")
    there = most_rounds(bank, quiz)
    if quiz.rounds >= there:
        are, what = ("is" if there == 1 else "are"), ("cards" if quiz.mode == "card" else "rounds")
        notes.append(f"There {are} {there} of these, so there are no more {what}.")
    return [f"<i>{' '.join(notes)}</i>"] if notes else []


def _who(players: Sequence[str | None]) -> str:
    if not players:
        return "Nobody is in yet."
    names = [person(name) for name in players[:SHOWN_PLAYERS]]
    rest = len(players) - len(names)
    return "In: " + listing([*names, f"{rest} more"] if rest else names)


def _steer(quiz: Quiz) -> Keyboard:
    def wish(label: str, name: str, value: object) -> Button:
        return Button(label, taps.GameWish(quiz.id, name, str(value)).encode())

    # Words beside the signs: a screen reader tells the rows apart by them.

    return (
        (
            Button("✋ I'm in", taps.GameJoin(quiz.id).encode()),
            Button("▶️ Start", taps.GameStart(quiz.id).encode(), style="success"),
        ),
        (
            wish("➖ Fewer", "rounds", _step(ROUNDS, quiz.rounds, -1)),
            wish(count(quiz.rounds, "card" if quiz.mode == "card" else "round"), "rounds", quiz.rounds),
            wish("➕ More", "rounds", _step(ROUNDS, quiz.rounds, 1)),
        ),
        (
            wish("➖ Shorter", "seconds", _step(SECONDS, quiz.seconds, -1)),
            wish(f"⏱ {quiz.seconds} s", "seconds", quiz.seconds),
            wish("➕ Longer", "seconds", _step(SECONDS, quiz.seconds, 1)),
        ),
        (
            wish("📚 Topic", "page", "topics"),
            wish("🃏 As cards", "mode", "card")
            if quiz.mode == "quiz"
            else wish("🗳 As polls", "mode", "quiz"),
            Button("✖️ Cancel", taps.GameStop(quiz.id).encode()),
        ),
    )


def _step(steps: Sequence[int], now: int, by: int) -> int:
    """Give the next value up or down; the last one stays."""
    further = [step for step in steps if (step - now) * by > 0]
    return min(further, key=lambda step: abs(step - now)) if further else now


def _topics(bank: Bank, quiz: Quiz) -> Screen:
    buttons = [
        Button(topic.name, taps.GameWish(quiz.id, "topic", topic.slug).encode())
        for topic in bank.topics
        if bank.ids(topic.slug)
    ]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    every = Button("🎲 All topics", taps.GameWish(quiz.id, "topic", "any").encode())
    back = Button("↩️ Back", taps.GameWish(quiz.id, "page", "main").encode())
    return Screen("🎮 <b>Quiz</b>\nWhich topic?", (*rows, (every, back)))


def expired(quiz: Quiz) -> Screen:
    """Show a lobby that was closed, by someone or by time."""
    if quiz.status == "stopping":
        return Screen("🎮 The quiz was called off. /quiz opens another one.")
    return Screen("🎮 Nobody started this quiz, so I closed it. /quiz opens another one.")


def reason(
    bank: Bank,
    quiz: Quiz,
    ask: Ask,
    asked: Question | None,
    answers: Sequence[Named],
    *,
    pauses: bool,
    in_place: bool = False,
) -> Screen:
    """Tell after a round what was right and why, who knew it, and who leads.

    Args:
        pauses: nobody is there, so it asks whether to go on.
        in_place: it takes the place of the question, which is therefore repeated.
    """
    given = [one for one in answers if one.number == ask.number]
    lines = [f"<b>{ask.number} of {ask.of}</b> · {_verdict(given)}", ""]
    choice = asked.choice if asked else None
    if in_place and choice is not None:
        lines += [*filter(None, [choice.snippet_html]), f"<b>{escape(choice.stem, quote=False)}</b>", ""]
    if choice is None:
        lines += ["This question has been retired meanwhile: it no longer stands up."]
    else:
        lines += [f"✅ <b>{escape(choice.options[0].text, quote=False)}</b>", choice.explanation]
        trap = _trap(given)
        if trap is not None and (why := choice.options[trap].why):
            lines += ["", f"❌ {escape(choice.options[trap].text, quote=False)}", why]
    if leaders := _leaders(standings(answers)):
        lines += ["", leaders]
    if not pauses:
        return Screen("\n".join(lines))
    lines += ["", "<b>Nobody has answered two rounds in a row.</b> Is anyone there?"]
    go_on = Button("▶️ Go on", taps.GameStart(quiz.id).encode(), style="success")
    return Screen("\n".join(lines), ((go_on, Button("⏹ End it", taps.GameStop(quiz.id).encode())),))


def _verdict(given: Sequence[Named]) -> str:
    if not given:
        return "nobody answered"
    right = sum(one.answer.option == 0 for one in given)
    return f"{right} of {len(given)} knew it"


def _trap(given: Sequence[Named]) -> int | None:
    """Find the wrong option that most people took."""
    wrong = [one.answer.option for one in given if one.answer.option != 0]
    return max(sorted(set(wrong)), key=wrong.count) if wrong else None


def _leaders(ranked: Sequence[Standing]) -> str:
    best = [one for one in ranked if one.points][:3]
    return " · ".join(f"{MEDALS.get(one.place, '')} {person(one.name)} {one.points}" for one in best)


def podium(bank: Bank, quiz: Quiz, answers: Sequence[Named], missed: str | None, username: str) -> Screen:
    """Close a game: who got how far, the round that stumped all, and where to go from here."""
    if quiz.mode == "card":
        return _cards_over(bank, quiz, answers, username)
    ranked = standings(answers)
    stopped = quiz.status == "stopping"
    lines = [f"🏁 <b>{_title(bank, quiz)}{', stopped' if stopped else ''}</b>", ""]
    lines += [_place(one, len(quiz.asked)) for one in ranked[:SHOWN_PLACES]]
    if not ranked:
        lines += ["Nobody answered this time."]
    if len(ranked) > SHOWN_PLACES:
        lines += [f"and {len(ranked) - SHOWN_PLACES} more"]
    question = bank.get(missed) if missed else None
    if question is not None:
        asked = question.choice.stem if question.choice else question.prompt  # as they have seen it
        lines += ["", f"🤔 Everyone missed: <i>{escape(asked, quote=False)}</i>"]
    return Screen("\n".join(lines), _after(quiz, question, username, played=bool(ranked)))


def _cards_over(bank: Bank, quiz: Quiz, answers: Sequence[Named], username: str) -> Screen:
    """Close a game of cards with counts alone: how each did is theirs."""
    got = sum(one.answer.option == 0 for one in answers)
    rated = count(len(answers), "rating")
    lines = [
        f"🏁 <b>{_title(bank, quiz)}</b>",
        "",
        f"{count(len(quiz.asked), 'card')}, {rated}: {got} got it.",
    ]
    return Screen("\n".join(lines), _after(quiz, None, username, played=bool(answers)))


def _place(one: Standing, rounds: int) -> str:
    streak = f", {one.streak} in a row" if one.streak > 2 else ""
    mark = MEDALS.get(one.place, f"{one.place}.") if one.points else "·"
    return f"{mark} {person(one.name)}: <b>{one.points}</b> ({one.right} of {rounds}{streak})"


def _after(quiz: Quiz, missed: Question | None, username: str, *, played: bool) -> Keyboard:
    link = f"https://t.me/{username}?start="
    rows = [(Button("🔁 Play again", taps.GameAgain(quiz.id).encode(), style="primary"),)]
    if played:
        rows.append((Button("📖 Review my misses", url=f"{link}quiz_missed"),))
    if missed is not None:
        rows.append((Button("🤔 The one that all missed", url=f"{link}q_{missed.id}"),))
    return tuple(rows)
