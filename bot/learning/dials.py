"""The numbers of the policy, each with its reason.

They were tuned on a simulator of learners, not on people, and most of them are flat: a return share of .15
to .25, a gap of 3, 5 or 7 days and a half-life of 4 to 20 answers made no difference that could be measured.
"""

RETURN_SHARE = 0.20
"""Share of daily questions that return. One look at something new teaches more than a second look, mostly."""

NEAR_RETURN_SHARE = 0.60
"""The same near the interview: what was missed is checked once more."""

NEAR_FRACTION = 0.20
"""The last part of the time between setting the date and the interview counts as near."""

NEAR_DAYS = (3, 10)
"""Near is never shorter and never longer than this, in days."""

CREDIT_CAP = 1.5
"""Returns that could not be asked add up to this many questions at most."""

CREDIT_FLOOR = -1.0
"""So many questions may be owed to the new lane.

Once everything was seen each question is a return. Without a floor that debt grows for ever, and a bank
that then gains fifty questions would bring fifty new ones in a row.
"""

GAP = 7
"""Days before a question may be asked again. Best is 20 to 40 % of a delay of a week, 5 to 10 % of one of
a year (Cepeda 2008): for an interview in 30 to 60 days, a week is in range."""

NEAR_GAP = 3
"""The same near the interview."""

STUBBORN_MISSES, STUBBORN_GAP = 3, 14
"""A question missed this often waits so many days: asking it faster does not help, and crowds others out."""

LEECH_MISSES = 4
"""A question missed this often, and missed last time, is a leech: show its sources and follow-ups instead.

Anki waits for eight lapses, with many reviews a day. At one return in five questions, four misses are a
month or two of trying.
"""

FADED_DAYS, FADED_RECALL = 10, 0.85
"""A known question may return after so many days, once its chance of recall is below this."""

RUN = 2
"""So many questions in a row may share a topic."""

RECENT = 4
"""So many of the last questions are remembered for the rule above."""

EVIDENCE_HALF_LIFE = 6
"""First answers in a topic after which an earlier one counts half: people learn outside the bot too."""

PRIOR_WEIGHT = 4.0
"""The user's overall rate counts as this many answers in each topic."""

DRAW_WEIGHT = 3.0
"""Draws are made as if there were this many times the evidence: a third of Thompson's spread, so that the
choice explores without looking erratic."""

TARGET = 0.25
"""The new lane wants the question whose chance of being known is nearest this."""

DIFFICULTY_SLOPE = 0.8
"""How much of a question's difficulty, learned from everyone, is believed for one user."""

ZONE = 0.5
"""Worth of a new question is (1 - p) * (ZONE + p): probably not known, yet learnable in one look. Without
the second factor the policy asks what cannot be learned in one look, and lost to round robin where hard
means slow to learn."""
