"""Try the bot in a browser, without a token: a Telegram in memory, the real bot, and a clock that jumps.

In:  presses on a chat page, jumps of the clock.
Out: the bot, unchanged, talking to `emulator` over HTTP on loopback.
Kept: everything, in `playground.db` of the working folder, until *Start afresh*.

The top layer: nothing imports it. `emulator` knows Telegram and nothing of this bot.
"""
