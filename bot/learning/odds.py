"""Chances as log odds, where a difficulty can be taken off them."""

import math

_EDGE = 1e-6


def logit(chance: float) -> float:
    """Log odds of a chance; chances of 0 and 1 are taken a hair inside, so that the result is finite."""
    inside = min(max(chance, _EDGE), 1 - _EDGE)
    return math.log(inside / (1 - inside))


def sigmoid(log_odds: float) -> float:
    """The chance with these log odds."""
    return 1 / (1 + math.exp(-log_odds))


def beta_moments(ok: float, no: float) -> tuple[float, float]:
    """Mean and variance of the Beta distribution with these two weights."""
    weight = ok + no
    mean = ok / weight
    return mean, mean * (1 - mean) / (weight + 1)
