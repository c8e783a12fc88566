"""One call of the Bot API from start to end: who calls, trouble, the method, the record."""

from __future__ import annotations

import asyncio
import time

from bot.playground.emulator.errors import ApiError, ConnectionLost, NoAnswer
from bot.playground.emulator.faults import CUT_OFF, REFUSED, TIMED_OUT, Fault
from bot.playground.emulator.methods import MODULES
from bot.playground.emulator.parameters import Arguments
from bot.playground.emulator.registry import Request, perform
from bot.playground.emulator.signatures import SIGNATURES, doubts
from bot.playground.emulator.state import BotAccount, Json
from bot.playground.emulator.ticking import tick
from bot.playground.emulator.world import ApiCall, World

METHOD_MODULES = MODULES


async def call(world: World, token: str, method: str, arguments: Arguments) -> tuple[int, Json]:
    """Carry out a call: HTTP status and body. ConnectionLost or NoAnswer when a fault says so."""
    bot = world.bot_by_token(token)
    record = _record(world, bot, method, arguments)
    started = time.perf_counter()
    try:
        return await _answer(world, bot, record, arguments)
    except ConnectionLost as lost:
        record.description = str(lost)
        raise
    finally:
        record.milliseconds = round((time.perf_counter() - started) * 1000, 2)
        _keep(world, record)


async def _answer(
    world: World, bot: BotAccount | None, record: ApiCall, arguments: Arguments
) -> tuple[int, Json]:
    try:
        if bot is None:
            raise ApiError(401, "Unauthorized")
        tick(world)
        fault = _strike(world, record.method, arguments)
        if fault is not None and fault.kind == TIMED_OUT:
            await asyncio.sleep(fault.seconds)
            raise NoAnswer("no answer came")
        result = await perform(Request(world, bot, arguments, record.method))
    except ApiError as error:
        record.status, record.description = error.code, error.description
        return error.code, error.envelope()
    if fault is not None and fault.kind == CUT_OFF:
        raise ConnectionLost("the line was cut before the answer")
    record.status, record.ok, record.result = 200, True, result
    return 200, {"ok": True, "result": result}


def _record(world: World, bot: BotAccount | None, method: str, arguments: Arguments) -> ApiCall:
    spelling = SIGNATURES.get(method.lower(), (method,))[0]
    found = doubts(method.lower(), arguments)
    if not world.knows_ephemeral and arguments.has("ephemeral_message_parameters"):
        found.append(f"{spelling} has no parameter ephemeral_message_parameters")
    record = ApiCall(
        id=world.next_call_id,
        time=world.clock(),
        bot=bot.user.id if bot else None,
        method=spelling,
        parameters=arguments.plain(),
        files=sorted(arguments.files),
        doubts=found,
    )
    world.next_call_id += 1
    return record


def _keep(world: World, record: ApiCall) -> None:
    """Remember the call; a long poll that brought nothing is not worth a line."""
    if record.method == "getUpdates" and record.ok and not record.result:
        return
    world.calls.append(record)
    world.events.publish("call", {"call": record})


def _strike(world: World, method: str, arguments: Arguments) -> Fault | None:
    """The trouble that hits this call: a refusal is raised, other faults are returned."""
    chat_id = arguments.integer("chat_id")
    fault = world.faults.strike(method, chat_id)
    if fault is not None and fault.kind == REFUSED and fault.error is not None:
        raise fault.error
    if world.flood is not None:
        world.flood.count(method, chat_id, world.clock())
    return fault
