"""Pages that arrive well and are written badly."""

from __future__ import annotations

from faultsite.faults import answers, front
from faultsite.server import Call
from faultsite.stories import print_page

UTF8 = '<meta charset="utf-8">'


def _with_reference(call: Call, reference: str) -> str:
    """The page with a reference between the sentences of every paragraph; no reader prints it."""
    return call.html.replace("。</p>", f"。{reference}</p>")


@front.good()
def form_feed_reference(call: Call) -> None:
    """`&#12;` stands in the text; lxml refuses it when the text is built again."""
    call.reply(_with_reference(call, "&#12;"))


@front.good()
def control_reference(call: Call) -> None:
    """`&#1;` stands in the text."""
    call.reply(_with_reference(call, "&#1;"))


@front.good()
def noncharacter_reference(call: Call) -> None:
    """`&#xFFFF;` stands in the text."""
    call.reply(_with_reference(call, "&#xFFFF;"))


@front.good()
def reference_beyond_unicode(call: Call) -> None:
    """`&#x110000;` and a reference of 400 digits stand in the footer."""
    call.reply_story(after=f"<div>&#x110000; &#{'9' * 400};</div>")


@front.good()
def nul_bytes(call: Call) -> None:
    """NUL bytes stand between the elements and in the text."""
    call.reply(call.page.replace(b"<p>", b"\x00<p>\x00"))


@front.good()
def control_bytes(call: Call) -> None:
    """The control characters 1 to 8 stand in the text."""
    call.reply(call.page.replace("。</p>".encode(), "。".encode() + bytes(range(1, 9)) + b"</p>"))


@front.good()
def invalid_utf8(call: Call) -> None:
    """The footer has bytes that are no UTF-8."""
    call.reply(call.page.replace(b"</body>", b"<p>\xff\xfe\xc3\x28\xf0\x28</p></body>"))


@front.good()
def half_a_surrogate(call: Call) -> None:
    """The footer has a surrogate in UTF-8 and one as a reference."""
    call.reply(call.page.replace(b"</body>", b"<p>\xed\xa0\x80 &#xD800;</p></body>"))


@front.good(titles=("分行\u2028的标题 惠及全镇居民",))
def line_separators(call: Call) -> None:
    """U+2028 stands in the title, U+2028, U+2029 and U+0085 in the text: one JSON line must stay one line."""
    call.reply(_with_reference(call, "\u2028\u2029\u0085"))


@front.good()
def broken_base(call: Call) -> None:
    """`<base>` holds an address that cannot be read."""
    call.reply_story(head=UTF8 + '<base href="http://[broken">')


@front.good()
def base_of_another_scheme(call: Call) -> None:
    """`<base>` is `javascript:`."""
    call.reply_story(head=UTF8 + '<base href="javascript:void(0)">')


BAD_LINKS = (
    "http://[",
    "http://[::1",
    "http://",
    "https://",
    "http:///path",
    "//",
    "http://:80/",
    "http://host:port/",
    "http://host:99999/",
    "http://%zz/",
    "http://a b/",
    "http://\x01/",
    "mailto:editor@example.com",
    "tel:110",
    "data:text/html,<h1>hi</h1>",
    "blob:x",
    "about:blank",
    "intent://x#Intent;end",
    "?&&&=%",
    "#",
    "\\\\server\\share",
    "ht!tp://x/",
    "http://xn--a.invalid-/",
)


@front.good()
def bad_links(call: Call) -> None:
    """Links of many kinds that are no addresses stand behind the article."""
    call.reply_story(after="".join(f'<a href="{link}">链接</a>\n' for link in BAD_LINKS))


@front.good()
def script_links(call: Call) -> None:
    """`javascript:` links in odd spellings stand behind the article."""
    links = ("javascript:go()", "JaVaScRiPt:go()", " javascript:go()", "java\nscript:go()", "vbscript:go()")
    call.reply_story(after="".join(f'<a href="{link}">下一篇</a>' for link in links))


@front.good()
def long_link(call: Call) -> None:
    """A link of 20,000 characters stands behind the article."""
    call.reply_story(after=f'<a href="/{"a" * 20_000}">很长</a>')


def _with_jsonld(call: Call, script: str) -> str:
    return print_page(call.story, head=f'{UTF8}<script type="application/ld+json">{script}</script>')


@answers.good()
def jsonld_garbage(call: Call) -> None:
    """JSON-LD is broken off after a wrong headline."""
    call.reply(_with_jsonld(call, '{"@type": "NewsArticle", "headline": "x y", "author": {"name": '))


@answers.good()
def jsonld_of_other_types(call: Call) -> None:
    """JSON-LD is valid JSON with numbers, lists and nulls where text belongs."""
    script = '{"@type": ["NewsArticle", 7], "headline": {"a": [1]}, "author": 5, "datePublished": [], "image": null}'
    call.reply(_with_jsonld(call, script))


@answers.good()
def jsonld_3000_deep(call: Call) -> None:
    """JSON-LD nests 3,000 objects."""
    call.reply(_with_jsonld(call, '{"a":' * 3000 + "1" + "}" * 3000))


@answers.good()
def jsonld_100000_brackets(call: Call) -> None:
    """JSON-LD is 100,000 opening brackets."""
    call.reply(_with_jsonld(call, "[" * 100_000))


ABSURD_DATES = ("0000-00-00", "9999-12-31", "2025-02-31", "-1", "1" * 400)


@answers.good(pages=len(ABSURD_DATES))
def absurd_dates(call: Call) -> None:
    """The meta date is year 0, year 9999, February 31, negative, or has 400 digits."""
    date = ABSURD_DATES[call.number - 1]
    call.reply_story(head=f'{UTF8}<meta property="article:published_time" content="{date}">')


@answers.good(
    titles=(
        '=HYPERLINK("http://example.com","看这里")',
        "+cmd|' /C calc'!A0 办事指南发布",
        "-2+3+cmd 三条新线路开通",
        "@SUM(1+1)*cmd 统计公报发布",
    )
)
def formula_titles(call: Call) -> None:
    """Headlines that a spreadsheet would run; they stay as they are in JSON Lines."""
    call.reply_story()


@answers.good(titles=("../../etc/passwd", "..\\..\\windows\\system32 目录说明", "/etc/cron.d/x 一条路径的故事"))
def path_titles(call: Call) -> None:
    """Headline and site name are paths; no file is named by a page."""
    call.reply_story(
        head=UTF8 + '<meta property="og:site_name" content="../../../tmp/faultsite-was-here">',
        site_name="../../../tmp/faultsite-was-here",
    )


@answers.good()
def entities_in_xhtml(call: Call) -> None:
    """An XHTML page whose DTD defines exploding entities, one of which stands behind the article."""
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    page = print_page(call.story, after="<div>&i;</div>").replace("<!DOCTYPE html>", f"<!DOCTYPE html [{entities}]>")
    call.reply(page, content_type="application/xhtml+xml; charset=utf-8")


@answers.good()
def unclosed_everything(call: Call) -> None:
    """No paragraph, no division, nothing around them is closed."""
    page = call.html
    for name in ("p", "div", "body", "html"):
        page = page.replace(f"</{name}>", "")
    call.reply(page)
