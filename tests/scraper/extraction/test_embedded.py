"""Bodies that stand in embedded data only."""

from __future__ import annotations

import json

import pytest
from lxml import html

from scraper.extraction.embedded import embedded_text

FIRST = "The last field of the valley was cut on Thursday evening, and nobody complained about the weather. " * 3
SECOND = "On Friday the barns stood full, and the mill began to turn at six in the morning as it always has."


def page(script: str, kind: str = "") -> object:
    return html.document_fromstring(f"<body><div id=root></div><script {kind}>{script}</script></body>")


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        (
            json.dumps({"props": {"pageProps": {"article": {"body": f"<p>{FIRST}</p><p>{SECOND}</p>"}}}}),
            'id="__NEXT_DATA__" type="application/json"',
        ),
        (
            "window.__INITIAL_STATE__=" + json.dumps({"news": {"content": f"{FIRST}\n{SECOND}"}}) + ";(function(){})()",
            "",
        ),
        (
            "window.Fusion=window.Fusion||{};Fusion.globalContent="
            + json.dumps(
                {"content_elements": [{"type": "text", "content": FIRST}, {"type": "text", "content": SECOND}]}
            )
            + ";Fusion.x=1",
            "",
        ),
        (json.dumps({"@type": "NewsArticle", "articleBody": f"{FIRST}\n{SECOND}"}), 'type="application/ld+json"'),
    ],
)
def test_the_body_is_read_where_scripts_keep_it(script: str, kind: str) -> None:
    assert embedded_text(page(script, kind)) == [FIRST.strip(), SECOND]


def test_pictures_and_embeds_between_the_paragraphs_are_left_out() -> None:
    parts = [{"type": "text", "content": FIRST}, {"type": "image", "content": "A barn"}]
    script = "Fusion.globalContent=" + json.dumps({"content_elements": parts})
    assert embedded_text(page(script)) == [FIRST.strip()]


@pytest.mark.parametrize(
    "script",
    [
        "window.__INITIAL_STATE__={a:1}" + " " * 300,
        "window.__INITIAL_STATE__=" + json.dumps({"content": "A short teaser."}) + " " * 300,
        "window.__INITIAL_STATE__=" + '{"content":' * 5000,
        "var x = 'nothing here';" * 30,
    ],
)
def test_a_page_without_a_body_in_its_data_gives_none(script: str) -> None:
    assert embedded_text(page(script)) is None
