"""Updates wait here for each bot until it confirms them."""

from __future__ import annotations

from bot.playground.emulator.state import BotAccount, Json
from bot.playground.emulator.world import Delivery, World

_KINDS = (
    "message edited_message channel_post edited_channel_post business_connection business_message"
    " edited_business_message deleted_business_messages message_reaction message_reaction_count inline_query"
    " chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media poll"
    " poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost"
)
KINDS = frozenset(_KINDS.split())
ONLY_ON_DEMAND = frozenset(("chat_member", "message_reaction", "message_reaction_count"))
NEW_UPDATE = "new update"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "terminated by setWebhook request"


def push(world: World, bot: BotAccount, kind: str, payload: Json) -> None:
    """Queue an update for the bot, unless it does not want this kind, and wake its poll."""
    wanted = kind in bot.allowed_updates if bot.allowed_updates else kind not in ONLY_ON_DEMAND
    if not wanted:
        return
    update = {"update_id": bot.next_update_id, kind: payload}
    bot.next_update_id += 1
    bot.updates.append(update)
    world.delivered.append(Delivery(world.clock(), bot.user.id, kind, payload))
    poll = world.polling.get(bot.user.id)
    if poll is not None and not poll.done():
        poll.set_result(NEW_UPDATE)
    for wake in list(world.wake[bot.user.id]):
        wake()


def end_poll(world: World, bot: BotAccount, *, by_webhook: bool) -> None:
    """End the bot's running long poll with 409."""
    poll = world.polling.pop(bot.user.id, None)
    if poll is not None and not poll.done():
        poll.set_result(WEBHOOK_SET if by_webhook else OTHER_POLL)
