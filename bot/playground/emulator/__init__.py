"""A Telegram in memory that speaks the Bot API; it knows Telegram and nothing of this bot.

In:    a bot calls `Telegram.call` (or over HTTP, `web.routes`); a person acts through `Person`
Out:   updates wait in `inbox`, events go to the page, the state is plain data that can be stored
Words: `errors` has Telegram's refusals, `registry` finds the function of a method
"""

from bot.playground.emulator.errors import ApiError, ConnectionLost, NotPossible
from bot.playground.emulator.groups import Group
from bot.playground.emulator.people import Person
from bot.playground.emulator.seen import Seen
from bot.playground.emulator.telegram import Telegram
from bot.playground.emulator.uploads import UploadedFile

__all__ = ["ApiError", "ConnectionLost", "Group", "NotPossible", "Person", "Seen", "Telegram", "UploadedFile"]
