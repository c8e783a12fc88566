"""Autoescaping replaces five characters: enough for text and quoted attributes, not for other places."""

from typing import Any

import pytest
from django.template import Context, Template

from tests.facts.needs import needs


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def test_five_characters_are_escaped() -> None:
    assert render("{{ v }}", v="<>&'\"") == "&lt;&gt;&amp;&#x27;&quot;"


@pytest.mark.parametrize("source", ["<p>{{ bio }}</p>", '<i value="{{ bio }}">', "<i title='{{ bio }}'>"])
def test_text_and_quoted_attributes_are_safe(source: str) -> None:
    attack = "\" ' onfocus=alert(1) <script>"
    html = render(source, bio=attack)
    assert html.count('"') == source.count('"')
    assert html.count("'") == source.count("'")
    assert html.count("<") == source.count("<")


def test_an_unquoted_attribute_and_a_link_are_not() -> None:
    assert render("<input value={{ v }}>", v="x onfocus=alert(1)") == "<input value=x onfocus=alert(1)>"
    assert "javascript:alert(1)" in render('<a href="{{ url }}">', url="javascript:alert(1)")


def test_json_script_escapes_angle_brackets() -> None:
    html = render("{{ data|json_script:'d' }}", data={"bio": "</script>"})
    assert html.count("</script>") == 1
    assert 'type="application/json"' in html


@pytest.mark.parametrize("source", ["{{ v|safe }}", "{% autoescape off %}{{ v }}{% endautoescape %}"])
def test_escaping_can_be_turned_off(source: str) -> None:
    assert render(source, v="<b>") == "<b>"


def test_dots_try_key_attribute_and_index_and_call_callables() -> None:
    assert render("{{ d.k }} {{ t.upper }} {{ l.0 }}{{ missing.thing }}", d={"k": 1}, t="a", l=[9]) == "1 A 9"
    assert render("{{ d.items }}", d={"items": "the key"}) == "the key"


@needs(django="6.0")
def test_a_partial_names_a_fragment() -> None:
    assert render("{% partialdef row %}{{ v }}{% endpartialdef %}{% partial row %}", v=1) == "1"
