"""The benchmark runs, is the same for the same seed, and draws a picture that can be read."""

from statistics import fmean
from xml.etree import ElementTree as ET

import pytest

from benchmarks import learning as benchmark
from benchmarks.learning_laws import LAWS
from benchmarks.learning_people import person, share_known
from benchmarks.learning_picture import Bar, draw


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("policy", benchmark.POLICIES)
def test_every_policy_under_every_law(policy, law):
    outcome = benchmark.live(policy, law, person(1, 20), 2, 20)
    assert outcome.lift > 0
    assert outcome == benchmark.live(policy, law, person(1, 20), 2, 20)


@pytest.mark.parametrize("law", LAWS)
def test_a_law_teaches_and_forgets(law):
    mind = LAWS[law](person(3, 60))
    questions = [f"topic00-{number:02}" for number in range(40)]
    before = fmean(mind.recall(question, 0) for question in questions)
    for question in questions:
        mind.show(question, 0, False)
    soon, late = (fmean(mind.recall(question, day) for question in questions) for day in (1, 50))
    assert before < late < soon


def test_people_know_a_good_part_of_the_bank_but_not_their_weak_topics():
    crowd = [person(seed, 60) for seed in range(60)]
    assert 0.39 <= fmean(map(share_known, crowd)) <= 0.49
    one = crowd[0]
    weak = fmean(one.prior[question] for question, topic in one.topic_of.items() if topic in one.weak)
    assert weak < fmean(one.prior.values()) - 1


def test_the_picture_is_readable(tmp_path):
    path = tmp_path / "bars.svg"
    draw(
        path,
        "Points & more",
        "note",
        [Bar("two lanes", 14.0, 0.1, ours=True), Bar("random", 12.1, 0.2, ours=False)],
    )
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")]
    assert texts == ["Points & more", "two lanes", "14.0", "random", "12.1", "note"]
    widths = [float(element.get("width")) for element in root.iter() if element.tag.endswith("rect")]
    assert widths[0] > widths[1] > 0
