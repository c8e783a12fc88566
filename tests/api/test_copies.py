"""One message to many: each copy equals the message drawn for itself alone."""

from __future__ import annotations

import orjson
import pytest

from bot.api.copies import STAND_IN, Copy, Template
from bot.api.markup import payload
from bot.rendering.screen import Button, Screen


def test_a_copy_carries_its_own_number() -> None:
    screen = Screen("Hi", ((Button("Go", f"1:x:{STAND_IN}:3"), Button("No", f"1:y:{STAND_IN}")),))
    own = Screen("Hi", ((Button("Go", "1:x:17:3"), Button("No", "1:y:17")),))
    assert orjson.loads(Copy(Template(screen), 17).encoded()) == payload(own)


@pytest.mark.parametrize(
    "screen",
    [
        Screen(f"Is it {STAND_IN}?", ((Button("Go", f"1:x:{STAND_IN}"),),)),
        Screen("Hi", ((Button("Go", "1:x:5"),),)),
        Screen("Hi", ((Button("Go", f"1:x:{STAND_IN}:{STAND_IN}"),),)),
    ],
    ids=["in the text", "not in a button", "twice in one"],
)
def test_a_number_elsewhere_is_refused(screen: Screen) -> None:
    with pytest.raises(ValueError, match="number of its own"):
        Template(screen)
