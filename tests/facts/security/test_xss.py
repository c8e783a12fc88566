"""Autoescaping covers HTML text and quoted attributes; links, bare attributes and the like remain open."""

from html.parser import HTMLParser

import django.middleware
import pytest
from django.template import Context, Template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from tests.facts.needs import needs


def render(source: str, value: str) -> str:
    return Template(source).render(Context({"value": value}))


def attributes(html: str) -> dict[str, str | None]:
    """The attributes of the first element as a browser would read them."""
    seen: list[dict[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(dict(attrs))

    Reader().feed(html)
    return seen[0]


def test_five_characters_are_escaped() -> None:
    assert render("{{ value }}", "<>&\"'a/`=") == "&lt;&gt;&amp;&quot;&#x27;a/`="


def test_javascript_link_gets_through() -> None:
    assert (
        attributes(render('<a href="{{ value }}">', "javascript:alert(1)"))["href"] == "javascript:alert(1)"
    )


def test_unquoted_attribute_lets_a_second_one_in() -> None:
    hostile = "x onerror=alert(1)"
    assert attributes(render("<img alt={{ value }}>", hostile)) == {"alt": "x", "onerror": "alert(1)"}
    assert attributes(render('<img alt="{{ value }}">', hostile)) == {"alt": hostile}


def test_quoted_attribute_cannot_be_ended() -> None:
    hostile = '" onclick="alert(1)'
    assert attributes(render('<p title="{{ value }}">', hostile)) == {"title": hostile}


def test_linebreaks_escapes_its_input() -> None:
    assert "<script>" not in render("{{ value|linebreaks }}", "<script>alert(1)</script>")


def test_json_script_encodes_the_tag_characters() -> None:
    html = render('{{ value|json_script:"homepage" }}', "</script><b>&")
    assert attributes(html) == {"id": "homepage", "type": "application/json"}
    assert "\\u003C/script\\u003E\\u003Cb\\u003E\\u0026" in html


@pytest.mark.parametrize("source", ["{{ value|safe }}", "{% autoescape off %}{{ value }}{% endautoescape %}"])
def test_protection_can_be_switched_off(source: str) -> None:
    assert render(source, "<b>") == "<b>"


def test_mark_safe_is_not_escaped_and_format_html_escapes_arguments() -> None:
    assert render("{{ value }}", mark_safe("<b>")) == "<b>"
    assert format_html('<b title="{}">{}</b>', '"', "<i>") == '<b title="&quot;">&lt;i&gt;</b>'


@needs(django="6.0")
def test_csp_middleware_is_built_in() -> None:
    from django.middleware.csp import ContentSecurityPolicyMiddleware

    assert ContentSecurityPolicyMiddleware.__module__.startswith(django.middleware.__name__)
