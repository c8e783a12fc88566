"""What first answers say about topics: how much of a topic's fresh questions the user knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.learning import dials

_KEEP = 0.5 ** (1 / dials.EVIDENCE_HALF_LIFE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weights of known and missed first answers. Later answers say what the bot taught, so they do not count.

    Attributes:
        topics: topic -> (known, missed), the old fading with every new one.
        ok, no: the same over all topics, never fading, from a start of one each.
    """

    topics: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    ok: float = 1.0
    no: float = 1.0

    @property
    def overall(self) -> float:
        """Share of first answers that were known, over all topics: the belief about a topic never asked."""
        return self.ok / (self.ok + self.no)

    def weights(self, topic: str) -> tuple[float, float]:
        """The two weights of the topic's Beta distribution; the user's overall rate is the prior."""
        ok, no = self.topics.get(topic, (0.0, 0.0))
        overall = self.overall
        return ok + dials.PRIOR_WEIGHT * overall, no + dials.PRIOR_WEIGHT * (1 - overall)

    def estimate(self, topic: str) -> float:
        """Share of the topic's fresh questions that the user knows, as far as one can tell."""
        ok, no = self.weights(topic)
        return ok / (ok + no)

    def after(self, topic: str, *, known: bool, guess: float = 0.0) -> "Evidence":
        """The evidence after one more first answer.

        Args:
            topic: of the question.
            known: whether it was answered right.
            guess: chance of being right without knowing, 1 / options; 0 when there was nothing to guess.
                A right answer then counts as known with the weight p / (p + (1 - p) * guess).
        """
        weight = 0.0
        if known:
            estimate = self.estimate(topic)
            weight = estimate / (estimate + (1 - estimate) * guess)
        ok, no = self.topics.get(topic, (0.0, 0.0))
        pair = (ok * _KEEP + weight, no * _KEEP + 1 - weight)
        return replace(
            self, topics={**self.topics, topic: pair}, ok=self.ok + weight, no=self.no + 1 - weight
        )
