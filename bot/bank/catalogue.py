"""The bank in memory: every look-up that the bot needs, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process, utils

from bot.bank.model import Level, Question, Status, Topic


@dataclass(frozen=True, slots=True)
class Bank:
    """All topics and questions.

    `topics` stand in the order of /topics; `questions` holds the published ones by id, in the
    order of topics; `topic_of` gives each one's primary topic.
    """

    topics: tuple[Topic, ...]
    questions: Mapping[str, Question]
    topic_of: Mapping[str, str]
    _old_ids: Mapping[str, str]
    _retired: Mapping[str, Question]
    _ids: Mapping[tuple[str | None, Level | None], tuple[str, ...]]
    _names: Mapping[str, Topic]

    @classmethod
    def of(cls, topics: Iterable[Topic], questions: Iterable[Question]) -> Bank:
        """Shelve questions of any status under their topics."""
        topics = tuple(topics)
        rank = {topic.slug: number for number, topic in enumerate(topics)}
        ordered = sorted(questions, key=lambda question: (rank[question.topic], question.id))
        published = {question.id: question for question in ordered if question.status is Status.PUBLISHED}
        retired = {question.id: question for question in ordered if question.status is Status.RETIRED}
        return cls(
            topics=topics,
            questions=MappingProxyType(published),
            topic_of=MappingProxyType({question.id: question.topic for question in published.values()}),
            _old_ids={old: question.id for question in ordered for old in question.aliases},
            _retired=retired,
            _ids=_shelves(published.values()),
            _names={_normal(name): topic for topic in topics for name in _names_of(topic)},
        )

    def get(self, question_id: str) -> Question | None:
        """Find a published question by its id or an id that it had once."""
        return self.questions.get(self._old_ids.get(question_id, question_id))

    def retired(self, question_id: str) -> Question | None:
        """Find a question that left the pool; its `replaced_by` names its successor."""
        return self._retired.get(self._old_ids.get(question_id, question_id))

    def ids(self, topic: str | None = None, level: Level | None = None) -> tuple[str, ...]:
        """List published questions of a topic, of a level, of both, or all.

        A topic's list starts with its own questions; those whose `also` names it follow.
        """
        return self._ids.get((topic, level), ())

    def find_topic(self, words: str) -> Topic | None:
        """Find a topic by its slug, an alias or its title, with or without emoji, in any case."""
        return self._names.get(_normal(words))

    def nearest_topics(self, words: str, limit: int = 3) -> tuple[Topic, ...]:
        """List the topics whose slug, alias or title is most like the words, the nearest first."""
        scored = process.extract(_normal(words[:64]), self._names.keys(), scorer=fuzz.WRatio, limit=None)
        return tuple(dict.fromkeys(self._names[name] for name, _, _ in scored))[:limit]


def _names_of(topic: Topic) -> tuple[str, ...]:
    return (topic.slug, topic.title, topic.name, *topic.aliases)


def _normal(words: str) -> str:
    """Fold case, punctuation, emoji and spaces: "🐍 Core Python" and "core-python" are one name."""
    return " ".join(utils.default_process(words.casefold().replace("_", " ")).split())


def _shelves(questions: Iterable[Question]) -> dict[tuple[str | None, Level | None], tuple[str, ...]]:
    shelves: dict[tuple[str | None, Level | None], list[str]] = {}
    own = [(question, (question.topic, None)) for question in questions]
    also = [(question, question.also) for question, _ in own]
    for question, topics in own + also:
        for topic in topics:
            for level in (None, question.level):
                shelves.setdefault((topic, level), []).append(question.id)
    return {key: tuple(ids) for key, ids in shelves.items()}
