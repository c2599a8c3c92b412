"""Days on which nothing ran are made up for by the next run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scraper.cli.conftest import Run, article_page
from tests.scraper.cli.test_crawl import Site, crawl, records

PER_PAGE = 5


def listing(newest: int, page: int) -> bytes:
    """A page of the list of a paper whose stories have numbers, the newest first."""
    first = newest - page * PER_PAGE
    items = "".join(
        f"<li><a href='/2018/{n}.html'>春耕时节农事忙之第{n}条消息</a> 03-12</li>"
        for n in range(first, max(first - PER_PAGE, 0), -1)
    )
    following = f"<a href='/index_{page + 1}.html'>下一页</a>" if first > PER_PAGE else ""
    channels = "".join(f"<a href='/#{n}'>频道{n}</a>" for n in range(5))
    return (
        f"<html><head><meta charset='utf-8'><title>云山日报</title></head><body><p>{channels}</p>"
        f"<ul>{items}</ul><div class='page'>{following}</div></body></html>"
    ).encode()


def paper(newest: int) -> dict[str, tuple[str, bytes]]:
    """The whole site when so many stories have appeared."""
    pages = {
        "/" if page == 0 else f"/index_{page}.html": ("text/html", listing(newest, page))
        for page in range(-(-newest // PER_PAGE))
    }
    for number in range(1, newest + 1):
        day = f"第{number}天，云山的第{number}个村庄里，乡亲们正忙着第{number}件农活，"
        body = article_page(f"春耕时节农事忙之第{number}条消息").decode().replace("三月的云山，", day * 3)
        pages[f"/2018/{number}.html"] = ("text/html; charset=utf-8", body.encode())
    return pages


@pytest.mark.full
def test_what_has_left_the_first_page_of_a_list_meanwhile_is_found(scraper: Run, tmp_path: Path) -> None:
    site = Site(paper(newest=6))
    try:
        assert crawl(scraper, site.url, "-q").returncode == 0
        assert len({record["url"] for record in records(tmp_path, site)}) == 6
        site.pages = paper(newest=27)  # five pages of a list, of which the day before knew two
        assert crawl(scraper, site.url, "-q").returncode == 0
        assert len({record["url"] for record in records(tmp_path, site)}) == 27
    finally:
        site.shutdown()
