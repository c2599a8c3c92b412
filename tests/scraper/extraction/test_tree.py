"""What is a page at all, and its tree."""

import pytest

from scraper.extraction import read_page
from scraper.extraction.elements import Elements
from scraper.extraction.tree import find_base, flatten, parse
from scraper.reasons import Reason

PARAGRAPH = "云岫镇的姜农今年多收了三成，镇上新开的作坊把碎姜做成姜糖和姜粉，一点也没有浪费。"


@pytest.mark.parametrize("data", [b"", b"  \r\n ", b"<html><body><script>1</script></body></html>"])
def test_nothing_printed_is_empty(data):
    assert read_page(data).reason is Reason.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"%PDF-1.7 whatever",
        bytes(range(1, 32)) * 20,
        b'{"title": "x"}',
        b'<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>',
    ],
)
def test_what_is_no_html_says_so(data):
    assert read_page(data).reason is Reason.NOT_HTML


def test_bytes_that_fit_no_character_set_say_so():
    assert read_page("<p>" + "\ufffd" * 300 + "</p>").reason is Reason.CHARSET


def test_an_article_behind_three_hundred_nested_elements_is_read():
    body = "".join(f"<p>{PARAGRAPH}</p>" for _ in range(5))
    page = f"<html><body>{'<div>' * 300}<h1>今年的姜</h1>{body}{'</div>' * 300}</body></html>"
    assert [block.text for block in read_page(page.encode()).blocks if block.kind == "paragraph"] == [PARAGRAPH] * 5


@pytest.mark.parametrize("wrapper", ["div", "span"])
def test_an_article_behind_five_thousand_nested_elements_is_read(wrapper):
    body = "".join(f"<p>{PARAGRAPH}</p>" for _ in range(5))
    page = f"<html><body>{f'<{wrapper}>' * 5000}<h1>今年的姜</h1>{body}{f'</{wrapper}>' * 5000}</body></html>"
    assert [block.text for block in read_page(page.encode()).blocks if block.text == PARAGRAPH] == [PARAGRAPH] * 5


def test_paragraphs_stay_apart_where_their_elements_stand_too_deep():
    assert flatten("<div>" * 600 + "甲<div>乙</div>" + "</div>" * 600).endswith("甲<br>乙<br>" + "</div>" * 512)


def test_an_xml_declaration_does_not_stop_the_parser():
    assert parse('<?xml version="1.0" encoding="gb2312"?><html><body><p>云</p></body></html>').findtext(".//p") == "云"


def test_comments_stay_because_some_systems_print_metadata_there():
    tree = parse("<html><body><!--enpproperty x--><p>a</p></body></html>")
    assert [node.text for node in tree.iter() if not isinstance(node.tag, str)] == ["enpproperty x"]


def test_a_broken_base_is_ignored():
    tree = parse('<html><head><base href="http://[broken"></head><body><p>a</p></body></html>')
    assert find_base(Elements(tree), "http://news.example/a/1.html") == "http://news.example/a/1.html"


def test_a_relative_base_is_resolved():
    tree = parse('<html><head><base href="/b/"></head><body><p>a</p></body></html>')
    assert find_base(Elements(tree), "http://news.example/a/1.html") == "http://news.example/b/"


def test_a_million_characters_without_a_tag_are_no_text():
    page = f"<html><body><p>a</p><div>{'word ' * 200_000}</div>b</body></html>"
    assert parse(page).text_content() == "ab"


def test_a_long_text_below_a_million_characters_stays():
    page = f"<html><body><pre>{'word ' * 199_999}</pre></body></html>"
    assert len(parse(page).text_content()) == 999_995


def test_a_long_script_stays_because_some_systems_keep_the_article_there():
    page = f"<html><head><script type='application/json'>\"{'x' * 2_000_000}\"</script></head><body>a</body></html>"
    assert len(parse(page).findtext(".//script")) == 2_000_002
