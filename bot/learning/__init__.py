"""Which question next, and what the user remembers: pure values and functions.

In go days (ordinals of the user's local date, `date.toordinal()`) and outcomes, out come question ids. There
is no clock, no database and no Telegram in here.

    state = new_state(topic_of, seed=user_id)
    question = choose(state, day)
    record(state, question, True, day)

A bot keeps the state in rows: it builds one `Pool` per bank and difficulty snapshot, `narrow`s it to the
user's topics, and makes a `State` of the user's cards and `Learner`. `record` returns the `Change`, one card
and one learner, to be written.

    dials       the numbers of the policy, with their reasons
    policy      choose: new_lane, return_lane, choice (the reason in numbers)
    recording   record and mark_asked
    replay      cards and evidence out of the log; corrections
    demand      orders for /quiz
    state, pool, evidence, memory, rating     what is known; FSRS lives in memory
    difficulty  of questions, from everyone's first answers
    readiness   the share of the topics that the user would probably answer
"""

from bot.learning.choice import Choice, Kind, Lane, Reason
from bot.learning.demand import missed, on_demand, weak, weakest_topics
from bot.learning.difficulty import Count, difficulties
from bot.learning.evidence import Evidence
from bot.learning.memory import UNSEEN, Card, retrievability
from bot.learning.policy import choose, choose_with_reason
from bot.learning.pool import Pool
from bot.learning.rating import Got, Rating, rating_of
from bot.learning.readiness import Readiness, Share, readiness
from bot.learning.recording import Change, mark_asked, record
from bot.learning.replay import Review, correct, rebuild, replay, standing
from bot.learning.return_lane import due_day, explain, is_leech
from bot.learning.state import Learner, State, new_state

__all__ = [
    "UNSEEN",
    "Card",
    "Change",
    "Choice",
    "Count",
    "Evidence",
    "Got",
    "Kind",
    "Lane",
    "Learner",
    "Pool",
    "Rating",
    "Readiness",
    "Reason",
    "Review",
    "Share",
    "State",
    "choose",
    "choose_with_reason",
    "correct",
    "difficulties",
    "due_day",
    "explain",
    "is_leech",
    "mark_asked",
    "missed",
    "new_state",
    "on_demand",
    "rating_of",
    "readiness",
    "rebuild",
    "record",
    "replay",
    "retrievability",
    "standing",
    "weak",
    "weakest_topics",
]
