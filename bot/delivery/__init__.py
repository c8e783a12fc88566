"""From due rows to sent questions: claim, prepare, send, mark.

In:  a tick.
Out: messages, and what became of each. No transaction is open while Telegram is talked to; a crash
between a send and its mark repeats that question once, with the same ask behind its buttons. At most
`window_of(rate)` messages are in that state.

    rounds    one round: claims ahead, sends many at once
    dispatch  hands out what is prepared, as long as the window has places
    held      what this process has in hand, and its leases
    courier   one message: drawn, sent, and what became of it
    marks     what became of them, written in batches
    tally     what was counted, for the metrics
"""

from bot.delivery.rounds import Delivery, window_of
from bot.delivery.tally import Tally

__all__ = ["Delivery", "Tally", "window_of"]
