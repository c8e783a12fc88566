"""Which question next: the policy "two lanes".

Four of five daily questions are new, one of five returns; near the interview three of five return.
A choice costs O(topics x log bank + waiting): no history is read, and the clock is an argument.
"""

from bot.learning import dials
from bot.learning.choice import Choice
from bot.learning.new_lane import fresh
from bot.learning.return_lane import last_resort, returning
from bot.learning.state import State

_ROUNDING = 1e-9
"""Credit is a sum of fifths: four of them and a fifth are one, whatever binary fractions say."""


def choose(state: State, day: int) -> str | None:
    """The next daily question; None if there is none left today (an empty or a very small bank).

    It changes nothing: to choose twice gives the same answer.

    Args:
        state: of the user.
        day: the user's local date, as an ordinal.
    """
    choice = choose_with_reason(state, day)
    return None if choice is None else choice.question


def choose_with_reason(state: State, day: int) -> Choice | None:
    """The same as `choose`, with the lane and the reason."""
    worn = _worn(state)
    if worn is not None and len(state.pool.shelves) > 1:
        choice = _from_lanes(state, day, worn)
        if choice is not None:
            return choice
    return _from_lanes(state, day, None) or last_resort(state, day)


def _worn(state: State) -> str | None:
    """The topic of the last questions, if they all share one: it may not be asked a third time in a row."""
    last = [state.pool.topic_of.get(question) for question in state.learner.recent[-dials.RUN :]]
    return last[0] if len(last) == dials.RUN and len(set(last)) == 1 else None


def _from_lanes(state: State, day: int, shut: str | None) -> Choice | None:
    """A return if one is owed and something waits, or if nothing is unseen; else a new one."""
    owed = state.learner.credit + state.return_share(day) >= 1 - _ROUNDING
    if owed:
        return returning(state, day, shut) or fresh(state, day, shut)
    return fresh(state, day, shut) or returning(state, day, shut)
