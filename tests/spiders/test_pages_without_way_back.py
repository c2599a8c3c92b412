"""Articles over several pages whose pager is 下一页 alone, and whose later pages are listed beside the first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import Site, article, listing
from test_site import crawl

ONWARD = "<a href='{}'>下一页</a>"


def pages_of(name: str, title: str, between: str = "_", end: str = ".html") -> dict[str, str]:
    """Three pages of an article; the last leads nowhere."""
    paths = [f"{name}{end}", f"{name}{between}2{end}", f"{name}{between}3{end}"]
    onward = [ONWARD.format(paths[1]), ONWARD.format(paths[2]), ""]
    words = [f"{title}的第{number}页" for number in "一二三"]
    return {path: article(title, word, after) for path, word, after in zip(paths, words, onward, strict=True)}


@pytest.mark.parametrize("order", [1, pytest.param(-1, marks=pytest.mark.full)])
def test_listed_one_by_one_they_are_one_article(order: int, tmp_path: Path) -> None:
    stories = [
        pages_of(f"/news/20180105/{number}", f"{name}三页文章")
        for number, name in ((1001, "水库的"), (1002, "码头的"), (1003, "石桥的"))
    ]
    with Site() as site:
        answers: dict[str, Any] = {path: page for story in stories for path, page in story.items()}
        site.answers = {**answers, "/": listing(*list(answers)[::order])}
        done = crawl(site, tmp_path)
    assert [len(record["pages"]) for record in done.articles] == [3, 3, 3]
    assert all(f"{word}页第5段" in record["text"] for record in done.articles for word in ("第一", "第二", "第三"))
    assert sorted(path for path, _ in site.hits if path in answers) == sorted(answers)
