"""A group's game: /quiz and /stop, and the lobby's buttons."""

from __future__ import annotations

from telegram import Update

from bot.db.group_tables import Quiz
from bot.handlers.context import BotContext
from bot.handlers.presses import answered, chat_id_of, data_of, place_of
from bot.handlers.replies import alert, reply
from bot.handlers.rights import is_admin, is_stranger, speaker
from bot.rendering import game_notes as words
from bot.rendering.callback_data import (
    BadData,
    GameAgain,
    GameJoin,
    GameOpen,
    GameStart,
    GameStop,
    GameWish,
)
from bot.rendering.screen import Screen
from bot.services import games, lobbies
from bot.services.lobbies import NothingFits, Personal
from bot.services.practices import BadSize, OneOnly, UnknownTopic, Wanted


async def quiz(update: Update, context: BotContext) -> None:
    """Open a lobby as the words say."""
    await open_by_words(update, context, " ".join(context.args or []))


async def open_tap(update: Update, context: BotContext) -> None:
    """Open a lobby by a button."""
    await open_by_words(update, context, GameOpen.parse(data_of(update)).choice)


async def open_by_words(
    update: Update, context: BotContext, text: str, *, message_id: int | None = None
) -> None:
    """Read what is wanted and open the lobby; `message_id` is a message to turn into it."""
    if is_stranger(update):
        await reply(update, Screen(words.NO_CHANNELS))
        return
    try:
        wish = lobbies.wanted(context.bank, text)
    except UnknownTopic as fault:
        near = context.bank.nearest_topics(fault.words)
        await _say(update, words.no_such_topic(fault.words, near, fault.understood))
    except OneOnly as fault:
        await _say(update, words.one_only(fault.what))
    except Personal as fault:
        await _say(update, words.personal(fault.mode, context.bot.username))
    except BadSize as fault:
        await _say(update, words.rounds_wrong(fault.words, lobbies.MOST_ROUNDS, fault.understood))
    else:
        await _open(update, context, wish, message_id=message_id)


async def again(update: Update, context: BotContext) -> None:
    """Open a lobby like the last one."""
    tap = GameAgain.parse(data_of(update))
    async with context.house.database.reading() as session:
        before = await games.look_up(session, tap.quiz_id, chat_id_of(update))
    await _open(update, context, lobbies.again(before), like=before)


async def _open(
    update: Update,
    context: BotContext,
    wish: Wanted,
    *,
    message_id: int | None = None,
    like: Quiz | None = None,
) -> None:
    try:
        async with context.transaction() as session:
            found, is_new = await lobbies.open_lobby(
                session,
                context.bank,
                place_of(update),
                wish,
                speaker(update),
                message_id=message_id,
                seconds=like.seconds if like else lobbies.USUAL_SECONDS,
                mode=like.mode if like else "quiz",
                now=context.now(),
            )
    except NothingFits:
        await _say(update, words.nothing_fits())
        return
    if not is_new:
        await _already(update, context, found)
        return
    await answered(update)
    await context.house.games.play(found.id)


async def join(update: Update, context: BotContext) -> None:
    """Note who is in; the message follows, at its own pace."""
    tap = GameJoin.parse(data_of(update))
    player = speaker(update)
    if player is None:
        return
    async with context.rating() as session:
        new = await lobbies.join(session, tap.quiz_id, chat_id_of(update), player, now=context.now())
    await answered(update, words.IN if new else words.IN_ALREADY)
    await context.house.games.play(tap.quiz_id)


async def start(update: Update, context: BotContext) -> None:
    """Start the rounds, or go on after a pause: then anyone may say that they are there."""
    tap = GameStart.parse(data_of(update))
    async with context.house.database.reading() as session:
        found = await games.look_up(session, tap.quiz_id, chat_id_of(update))
    if found.status != "paused" and not await _steers(update, context, found):
        return
    async with context.transaction() as session:
        games.begin(await games.find(session, tap.quiz_id, chat_id_of(update)), now=context.now())
    await answered(update)
    await context.house.games.play(tap.quiz_id)


async def wish(update: Update, context: BotContext) -> None:
    """Change a wish of the lobby."""
    tap = GameWish.parse(data_of(update))
    async with context.house.database.reading() as session:
        found = await games.look_up(session, tap.quiz_id, chat_id_of(update))
    if not await _steers(update, context, found):
        return
    async with context.transaction() as session:
        found = await games.find(session, tap.quiz_id, chat_id_of(update))
        try:
            lobbies.change(found, context.bank, tap.name, tap.value, now=context.now())
        except ValueError as fault:
            raise BadData(tap.value) from fault
    await answered(update, words.pace(found) if tap.name != "page" else None)
    await context.house.games.play(tap.quiz_id)


async def stop_tap(update: Update, context: BotContext) -> None:
    """End a game by a button."""
    await _stop(update, context, GameStop.parse(data_of(update)).quiz_id)


async def stop(update: Update, context: BotContext) -> None:
    """End the game that runs here."""
    async with context.house.database.reading() as session:
        found = await games.running(session, place_of(update))
    if found is None:
        await reply(update, words.no_quiz())
    else:
        await _stop(update, context, found.id)


async def _stop(update: Update, context: BotContext, quiz_id: int) -> None:
    async with context.house.database.reading() as session:
        found = await games.look_up(session, quiz_id, chat_id_of(update))
    if not await _steers(update, context, found):
        return
    async with context.transaction() as session:
        games.stop(await games.find(session, quiz_id, chat_id_of(update)), now=context.now())
    await answered(update)
    await context.house.games.play(quiz_id)


async def _steers(update: Update, context: BotContext, found: Quiz) -> bool:
    """Tell whether who speaks may steer a game: who opened it, or an admin. Others are told."""
    player = speaker(update)
    if player is not None and player.user_id == found.starter_id:
        return True
    if await is_admin(update, context):
        return True
    if update.callback_query is not None:
        await alert(update, words.STEERS)
    else:
        await reply(update, Screen(words.STEERS))
    return False


async def _already(update: Update, context: BotContext, found: Quiz) -> None:
    if update.callback_query is not None:
        await alert(update, words.RUNNING)
        return
    async with context.house.database.reading() as session:
        message_id = await games.newest_message(session, found)
    chat = update.effective_chat
    link = None
    if chat is not None and message_id is not None and chat.id < -(10**12):
        link = f"https://t.me/c/{-chat.id - 10**12}/{message_id}"
    await reply(update, words.running(link))


async def _say(update: Update, screen: Screen) -> None:
    await answered(update)
    await reply(update, screen)
