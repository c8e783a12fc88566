"""Native polls: votes, closing, and the updates about them."""

from __future__ import annotations

from bot.playground.emulator.errors import NotPossible
from bot.playground.emulator.inbox import push
from bot.playground.emulator.render import CHANNEL_BOT, chat_json, poll_json, user_json
from bot.playground.emulator.state import Poll
from bot.playground.emulator.world import World


def vote(world: World, poll: Poll, person_id: int, options: list[int], *, as_chat: bool = False) -> None:
    """A person votes; an empty list takes the vote back. NotPossible where the app has no button.

    `as_chat` is the vote of an anonymous administrator.
    """
    before = poll.votes.get(person_id, [])
    if poll.closed:
        raise NotPossible("the poll is closed")
    if any(not 0 <= option < len(poll.options) for option in options):
        raise NotPossible("the poll has no such option")
    if len(options) > 1 and not poll.multiple:
        raise NotPossible("one option only")
    if before and not poll.revoting:
        raise NotPossible("a vote in this poll cannot be changed")
    if before == options:
        return
    poll.votes[person_id] = sorted(set(options))
    if not options:
        del poll.votes[person_id]
    bot = world.state.bots[poll.bot_id]
    if not poll.anonymous:
        voter = {"user": user_json(world.user(person_id))}
        if as_chat:
            voter = {"user": CHANNEL_BOT, "voter_chat": chat_json(world, world.state.chats[poll.chat])}
        answer = {
            "poll_id": poll.id,
            **voter,
            "option_ids": sorted(set(options)),
            "option_persistent_ids": [
                poll.options[option]["persistent_id"] for option in sorted(set(options))
            ],
        }
        push(world, bot, "poll_answer", answer)
    push(world, bot, "poll", poll_json(poll))
    _tell(world, poll)


def close_poll(world: World, poll: Poll) -> None:
    """End the voting; the bot gets the final state."""
    poll.closed = True
    push(world, world.state.bots[poll.bot_id], "poll", poll_json(poll))
    _tell(world, poll)


def _tell(world: World, poll: Poll) -> None:
    message = world.state.chats[poll.chat].messages.get(poll.message)
    if message is not None:
        world.tell("poll", message)
