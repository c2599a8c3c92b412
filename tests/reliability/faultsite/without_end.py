"""Traps: places that go on for as long as somebody follows."""

from __future__ import annotations

from datetime import date, timedelta

from faultsite.faults import front, traps
from faultsite.server import Call
from faultsite.stories import print_listing


def _list(call: Call, title: str, links: list[str]) -> None:
    """A listing with the stories of the trap and the given links."""
    assert call.fault is not None
    stories = [(call.fault.path(at), story.title) for at, story in enumerate(call.fault.stories, 1)]
    call.reply(print_listing(title, [*stories, *((link, link.rpartition("/")[2] or "更多") for link in links)]))


@traps.trap(entry="2025-03-04/", pages=2)
def calendar(call: Call) -> None:
    """Each day links to the day before and the day after."""
    try:
        day = date.fromisoformat(call.rest.strip("/"))
    except ValueError:
        day = date(2025, 3, 4)
    _list(call, f"{day} 活动日历", [f"/calendar/{day + timedelta(days=step)}/" for step in (-1, 1)])


@traps.trap(entry="a/", pages=2)
def growing_path(call: Call) -> None:
    """A relative link makes the path longer each time it is followed."""
    _list(call, "栏目导航", ["a/", "b/"])


@traps.trap(entry="list", pages=2)
def facets(call: Call) -> None:
    """Every combination of six filters is a page of its own."""
    chosen = set(filter(None, call.query.split("&")))
    wanted = [f"{name}={value}" for name in ("color", "size", "year", "town", "topic", "sort") for value in range(4)]
    links = ["/facets/list?" + "&".join(sorted(chosen | {pair})) for pair in wanted if pair not in chosen]
    _list(call, "筛选结果", links[:12])


@traps.trap(entry="list", pages=2)
def endless_pages(call: Call) -> None:
    """A list has a next page for ever, always with the same two stories."""
    number = int(call.query.partition("=")[2] or 1)
    _list(call, f"滚动新闻 第{number}页", [f"/endless-pages/list?page={number + 1}"])


@traps.trap(entry="list", pages=2)
def session_ids(call: Call) -> None:
    """Every link carries a fresh session id under a name that no list of session parameters has."""
    assert call.fault is not None
    if call.rest.endswith(".html"):
        call.reply_story(after=f'<a href="/session-ids/list?visitor={_fresh(call)}">返回列表</a>')
        return
    links = [f"{call.fault.path(at)}?visitor={_fresh(call, at)}" for at in (1, 2)]
    titled = list(zip(links, (story.title for story in call.fault.stories), strict=True))
    call.reply(print_listing("会话列表", [*titled, (f"/session-ids/list?visitor={_fresh(call)}", "更多")]))


def _fresh(call: Call, salt: int = 0) -> str:
    """A number that no other answer has."""
    return f"{abs(hash((len(call.site.requests), salt))):020x}"


@front.good(
    entry=None,
    links=tuple(
        f"/twins/20250304/1001.html{variant}"
        for variant in (
            "",
            "?utm_source=rss&utm_medium=feed",
            "?fbclid=IwAR0abc",
            "?PHPSESSID=0123456789abcdef",
            "#top",
        )
    ),
)
def twins(call: Call) -> None:
    """One story under five addresses that differ in tracking parameters, a known session id and a fragment."""
    call.reply_story()


@front.good(links=("/print-twin/20250304/1001.html", "/print-twin/20250304/1001_print.html"))
def print_twin(call: Call) -> None:
    """One story and its print version, which names the first as canonical."""
    canonical = call.origin + "/print-twin/20250304/1001.html"
    call.reply_story(head=f'<meta charset="utf-8"><link rel="canonical" href="{canonical}">')
