"""Methods for polls: sendPoll with all its checks, stopPoll.

Sources: `Client::process_send_poll_query`; TDLib's `MessageContent.cpp`, `PollManager.cpp` and
`PollOption.cpp` for the limits and words; the limits that only the server checks are those of the
Bot API's reference.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from bot.playground.emulator.access import EDIT, chat_of, message_of
from bot.playground.emulator.entities import Formatted, cleaned, formatted, given
from bot.playground.emulator.errors import ApiError, bad_request, not_modelled
from bot.playground.emulator.markup import inline_only
from bot.playground.emulator.messages import LONGEST_CAPTION
from bot.playground.emulator.parameters import Arguments, text_field
from bot.playground.emulator.polls import close_poll
from bot.playground.emulator.registry import Request, method
from bot.playground.emulator.render import poll_json
from bot.playground.emulator.sending import send, sent
from bot.playground.emulator.state import Json, Poll

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
MOST_OPTIONS = 12
LONGEST_EXPLANATION = 200
MOST_LINE_FEEDS = 2
SHORTEST_PERIOD, LONGEST_PERIOD = 5, 2_628_000
OLD_LONGEST_PERIOD = 600
"""Before Bot API 9.6, which made no difference of a longer one and this."""


@method("sendPoll")
def send_poll(request: Request) -> Json:
    """A poll or a quiz."""
    args = request.args
    is_new = request.world.knows_descriptions
    poll = _poll(args if is_new else _without_news(args))
    poll.bot_id = request.bot.user.id
    now = request.world.date()
    _set_end(args, poll, now, LONGEST_PERIOD if is_new else OLD_LONGEST_PERIOD)
    poll.id = str(5_000_000_000_000_000_000 + request.world.state.next_poll_id)
    request.world.state.polls[poll.id] = poll
    try:
        message = send(request, {"poll_id": poll.id}, "can_send_polls")
    except ApiError:
        del request.world.state.polls[poll.id]
        raise
    request.world.state.next_poll_id += 1
    poll.chat, poll.message = message.chat, message.id
    return sent(request, message)


def _poll(args: Arguments) -> Poll:
    """The poll that the parameters describe, without its place."""
    question = cleaned(given(args, "question", "question_parse_mode", "question_entities"), find=False)
    if len(question.text) > LONGEST_QUESTION:
        raise bad_request(f"Poll question length must not exceed {LONGEST_QUESTION}")
    for name in ("media", "explanation_media"):
        if args.text(name):
            raise not_modelled("media in polls")
    options = _options(args)
    description = cleaned(
        given(args, "description", "description_parse_mode", "description_entities"), allow_empty=True
    )
    if len(description.text) > LONGEST_CAPTION:
        raise bad_request("Message caption is too long")
    kind = args.text("type")
    if kind not in ("", "regular", "quiz"):
        raise bad_request("Unsupported poll type specified")
    quiz = kind == "quiz"
    poll = Poll(
        id="",
        chat="",
        message=0,
        bot_id=0,
        question=_visible(question),
        options=[_visible(option) | {"persistent_id": str(index)} for index, option in enumerate(options)],
        anonymous=not args.has("is_anonymous") or args.flag("is_anonymous"),
        quiz=quiz,
        multiple=args.flag("allows_multiple_answers"),
        revoting=args.flag("allows_revoting") if args.has("allows_revoting") else not quiz,
        description=description.plain(),
        closed=args.flag("is_closed"),
        hides_results=args.flag("hide_results_until_closes"),
    )
    if quiz:
        poll.correct = _correct(args, len(options))
        poll.explanation = _explanation(args).plain()
        if len(poll.correct) > 1 and not poll.multiple:
            raise bad_request("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    if args.flag("members_only") or args.strings("country_codes", MOST_OPTIONS):
        raise bad_request("Poll voters can be restricted only in channel chats")
    return poll


def _without_news(args: Arguments) -> Arguments:
    """What a server before Bot API 9.6 looks at: one right option, and no description."""
    if args.text("type") == "quiz" and not args.has("correct_option_id"):
        raise bad_request("Wrong correct option ID specified")
    news = {"correct_option_ids", "description", "description_parse_mode", "description_entities"}
    return Arguments({name: value for name, value in args.plain().items() if name not in news}, args.files)


def _visible(text: Formatted) -> Json:
    """Question and options keep custom emoji only."""
    return {"text": text.text, "entities": [one for one in text.entities if one["type"] == "custom_emoji"]}


def _options(args: Arguments) -> list[Formatted]:
    value = args.decoded("options", "Can't parse options JSON object")
    if value is None:
        raise bad_request("Can't parse options JSON object")
    if not isinstance(value, list):
        raise bad_request("Expected an Array of String as options")
    texts = [_option(one) for one in value]
    if not texts:
        raise bad_request("Poll must have at least one answer option")
    if len(texts) > MOST_OPTIONS:
        raise bad_request(f"Poll can't have more than {MOST_OPTIONS} options")
    options = [cleaned(text, find=False) for text in texts]
    if any(len(option.text) > LONGEST_OPTION for option in options):
        raise bad_request(f"Poll options length must not exceed {LONGEST_OPTION}")
    if len({option.text for option in options}) < len(options):
        raise bad_request("POLL_OPTION_DUPLICATE")
    return options


def _option(value: Any) -> Formatted:
    if isinstance(value, str):
        return Formatted(value)
    if not isinstance(value, dict):
        raise bad_request("Expected an option to be of type String")
    if value.get("media"):
        raise not_modelled("media in polls")
    text = text_field(value, "text", required=True)
    return formatted(text, text_field(value, "text_parse_mode"), value.get("text_entities"))


def _correct(args: Arguments, options: int) -> list[int]:
    """The right options: increasing, at least one; the older `correct_option_id` still counts."""
    if args.has("correct_option_ids"):
        value = args.decoded("correct_option_ids", "Can't parse correct option identifiers JSON object")
        if not isinstance(value, list):
            raise bad_request("Expected an Array of correct option identifiers")
        if any(isinstance(one, bool) or not isinstance(one, int | float) for one in value):
            raise bad_request("Correct option identifier must be of type Number")
        if any(not isinstance(one, int) for one in value):
            raise bad_request("Invalid correct option identifier specified")
    elif args.has("correct_option_id"):
        value = [args.integer("correct_option_id", -1)]
    else:
        value = []
    if not value:
        raise bad_request("Correct quiz option list must be non-empty")
    if any(first >= second for first, second in pairwise(value)):
        raise bad_request("Correct quiz option list must be increasing")
    if any(not 0 <= one < options for one in value):
        raise bad_request("Wrong quiz correct_option_id")
    return list(value)


def _explanation(args: Arguments) -> Formatted:
    text = given(args, "explanation", "explanation_parse_mode", "explanation_entities")
    explanation = cleaned(text, allow_empty=True)
    if len(explanation.text) > LONGEST_EXPLANATION or explanation.text.count("\n") > MOST_LINE_FEEDS:
        raise bad_request("POLL_EXPLANATION_TOO_LONG")
    return explanation


def _set_end(args: Arguments, poll: Poll, now: int, longest: int) -> None:
    """When the poll closes by itself; `open_period` goes before `close_date`, and is cut to the longest."""
    period = args.integer("open_period", 0, 0, longest)
    date = args.integer("close_date")
    if not period and not date:
        return
    length = period or date - now
    if not SHORTEST_PERIOD <= length <= longest:
        raise bad_request("POLL_CLOSE_DATE_INVALID")
    poll.open_period, poll.close_date = length, now + length


@method("stopPoll")
def stop_poll(request: Request) -> Json:
    """Close a poll that the bot sent; its buttons change with it."""
    markup = inline_only(request.args, private=True)
    chat = chat_of(request, EDIT)
    message = message_of(request, chat, "message with poll to stop")
    poll = request.world.state.polls.get(str(message.content.get("poll_id")))
    if poll is None:
        raise bad_request(
            "message with poll to stop not found" if message.service else "Message is not a poll"
        )
    if message.sender != request.bot.user.id or message.forward is not None:
        raise bad_request("Poll can't be stopped")
    if poll.closed:
        raise bad_request("Poll has already been closed")
    message.markup = markup
    close_poll(request.world, poll)
    return poll_json(poll)
