"""The live crawl, against a loopback site that misbehaves."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import (  # noqa: E402
    Site,
    announced_too_long,
    article,
    bomb,
    endless_headers,
    first_then,
    half_gzip,
    hang_up,
    listing,
    redirect,
)


@dataclass
class Crawl:
    """A crawl that is over."""

    folder: Path
    log: str
    exit_code: int

    @property
    def articles(self) -> list[dict[str, Any]]:
        return read_lines(self.folder / "articles.jsonl")

    @property
    def titles(self) -> list[str]:
        return sorted(record["title"] for record in self.articles)

    @property
    def problems(self) -> dict[str, str]:
        """Reason by path."""
        lines = read_lines(self.folder / "problems.jsonl")
        return {re.sub(r"https?://[^/]+", "", line["url"]): line["reason"] for line in lines}

    def states(self) -> dict[str, int]:
        with sqlite3.connect(self.folder / "ledger.sqlite") as db:
            return dict(db.execute("SELECT state, count(*) FROM url GROUP BY state"))


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


SETTINGS = (
    "DOWNLOAD_DELAY=0",
    "RETRY_FIRST_S=0.1",
    "DOWNLOAD_TIMEOUT=15",
    "READER_PROCESSES=1",
    "STORE_MAX_WAIT_S=0.05",
)


def crawl(site: Site, output: Path, *arguments: str) -> Crawl:
    command = [sys.executable, "-m", "scrapy", "crawl", "site", "-a", f"url={site.url}/", "-a", f"output={output}"]
    for setting in SETTINGS:
        command += ["-s", setting]
    for argument in ("learn=0", *arguments):
        command += ["-a", argument]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "NO_COLOR": "1"}
    )
    folder = output / site.url.removeprefix("http://").replace(":", "-")
    return Crawl(folder, done.stderr, done.returncode)


@pytest.fixture(scope="module")
def inside() -> Iterator[Site]:
    """A host of the private network that nobody allowed."""
    with Site("127.0.0.2") as server:
        server.other = lambda path: article("内部页面", "内部")
        yield server


@pytest.fixture(scope="module")
def site(inside: Site) -> Iterator[Site]:
    with Site() as server:
        answers: dict[str, Any] = {
            "/robots.txt": lambda handler: handler.send(
                200, f"User-agent: *\nDisallow: /private/\nSitemap: {server.url}/map.xml\n".encode()
            ),
            "/map.xml": lambda handler: handler.send(
                200,
                f"<urlset><url><loc>{server.url}/news/20180105/1003.html</loc></url><url><loc>file:///etc/passwd</loc>"
                f"</url><url><loc>{inside.url}/news/20180105/9001.html</loc></url></urlset>".encode(),
                ("Content-Type", "text/xml"),
            ),
            "/news/20180105/1001.html": article("一号文章", "杜鹃花"),
            "/news/20180105/1002.html": article("三页文章", "第一页", "<a href='1002_2.html'>下一页</a>"),
            "/news/20180105/1002_2.html": article(
                "三页文章", "第二页", "<a href='1002.html'>上一页</a><a href='1002_3.html'>下一页</a>"
            ),
            "/news/20180105/1002_3.html": article("三页文章", "第三页", "<a href='1002_2.html'>上一页</a>"),
            "/news/20180105/1003.html": article("地图上的文章", "地图"),
            "/news/20180105/1004.html": first_then(503, article("第二次才有的文章", "白鹭")),
            "/news/20180105/1005.html": first_then(429, article("要等一会儿的文章", "水库"), ("Retry-After", "1")),
            "/news/20180105/1006.html": announced_too_long(article("长度写错的文章", "石桥")),
            "/news/20180105/1007.html": announced_too_long(article("只有半页的文章", "雨伞")[:400]),
            "/news/20180105/1008.html": half_gzip(article("压缩断了的文章", "火车")),
            "/news/20180105/1009.html": bomb,
            "/news/20180105/1010.html": redirect("/news/20180105/1011.html"),
            "/news/20180105/1011.html": redirect("/news/20180105/1010.html"),
            "/news/20180105/1012.html": redirect(f"{inside.url}/admin/1.html"),
            "/news/20180105/1013.html": f"<meta http-equiv='refresh' content='0; url={inside.url}/admin/2.html'>",
            "/news/20180105/1014.html": endless_headers,
            "/news/20180105/1015.html": hang_up,
            "/news/20180105/1016.html": lambda handler: handler.send(410, b"gone"),
            "/news/20180105/1017.html": lambda handler: handler.send(
                200, b"\x89PNG\r\n\x1a\n", ("Content-Type", "image/png")
            ),
            "/news/20180105/1018.html": lambda handler: handler.send(200, b""),
            "/news/20180105/1019.html": redirect("/news/20180105/1020.html"),
            "/news/20180105/1020.html": article("搬了家的文章", "码头"),
            "/news/20180105/1021.html": article("缺一页的文章", "木桥", "<a href='1021_2.html'>下一页</a>"),
            "/news/20180105/1021_2.html": lambda handler: handler.send(410, b"gone"),
            "/private/20180105/1.html": article("不许看的文章", "密室"),
        }
        pages = [
            path
            for path in answers
            if path.startswith(("/news/", "/private/")) and "_3" not in path and "1021_2" not in path
        ]
        answers["/"] = listing(
            *(path for path in pages if "1003" not in path),
            "/news/20180105/1001.html?utm_source=weixin#top",
            f"{inside.url}/news/20180105/9002.html",
            "http://2130706434/news/20180105/9003.html",
            "file:///etc/passwd",
            "javascript:void(0)",
            "http://[broken/",
            "/calendar/1",
            "a/a/",
        )
        server.answers = answers
        server.other = trap
        yield server


def trap(path: str) -> str | None:
    """A calendar without end, and a path that grows."""
    if match := re.fullmatch(r"/calendar/(\d+)", path):
        day = int(match[1])
        return listing(f"/calendar/{day + 1}", f"/calendar/{day + 2}", f"/calendar/{day + 3}")
    if path.endswith("/a/"):
        return listing("a/", "b/a/")
    return None


@pytest.fixture(scope="module")
def done(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    return crawl(site, tmp_path_factory.mktemp("output"), "learn=1")


def test_every_good_article_is_there_once(done: Crawl) -> None:
    assert done.titles == sorted(
        [
            "一号文章",
            "三页文章",
            "地图上的文章",
            "第二次才有的文章",
            "要等一会儿的文章",
            "长度写错的文章",
            "搬了家的文章",
            "缺一页的文章",
        ]
    ), done.log[-3000:]


def test_nothing_is_left_to_do(done: Crawl) -> None:
    assert done.exit_code == 0
    assert set(done.states()) <= {"done", "failed", "gone"}


def test_an_article_over_three_pages_is_one_record(done: Crawl, site: Site) -> None:
    (record,) = [record for record in done.articles if record["title"] == "三页文章"]
    parts = [record["text"].index(words) for words in ("第一页第0段", "第二页第0段", "第三页第0段")]
    assert parts == sorted(parts)
    assert record["text"].count("第一页第0段") == 1
    assert [page.rpartition("/")[2] for page in record["pages"]] == ["1002.html", "1002_2.html", "1002_3.html"]
    assert "下一页" not in record["text"]


def test_the_target_of_a_redirect_that_is_also_linked_is_asked_once(done: Crawl, site: Site) -> None:
    assert len(site.asked("/news/20180105/1020.html")) == 1


def test_a_record_tells_how_it_was_had(done: Crawl) -> None:
    (record,) = [record for record in done.articles if record["title"] == "搬了家的文章"]
    assert record["requested_url"].endswith("/1019.html")
    assert record["url"].endswith("/1020.html")
    assert record["crawl"]["status"] == 200
    assert record["crawl"]["discovered_via"] in ("listing", "link")
    assert record["crawl"]["fetched_at"].endswith("Z")
    assert record["crawl"]["warc"]["file"].startswith("archive/")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("1007", "truncated"),
        ("1008", "truncated"),
        ("1009", "bomb"),
        ("1010", "redirect_loop"),
        ("1012", "blocked_address"),
        ("1013", "blocked_address"),
        ("1014", "too_large"),
        ("1015", "reset"),
        ("1016", "gone"),
        ("1017", "not_html"),
        ("1018", "empty"),
    ],
)
def test_a_bad_page_is_a_problem_with_its_reason(done: Crawl, page: str, reason: str) -> None:
    assert done.problems[f"/news/20180105/{page}.html"] == reason


def test_an_article_without_its_second_page_is_kept_and_the_page_is_a_problem(done: Crawl) -> None:
    assert "缺一页的文章" in done.titles
    assert done.problems["/news/20180105/1021_2.html"] == "gone"


def test_what_robots_txt_forbids_is_not_asked(done: Crawl, site: Site) -> None:
    assert done.problems["/private/20180105/1.html"] == "robots"
    assert site.asked("/private/20180105/1.html") == []


def test_no_private_address_is_asked_by_link_redirect_refresh_or_sitemap(done: Crawl, inside: Site) -> None:
    assert inside.hits == []


def test_a_page_with_tracking_parameters_is_asked_once(done: Crawl, site: Site) -> None:
    assert len(site.asked("/news/20180105/1001.html")) == 1


def test_the_host_rests_as_long_as_it_asks(done: Crawl, site: Site) -> None:
    refused, answered = site.asked("/news/20180105/1005.html")
    assert answered - refused >= 1.0
    assert [path for path, moment in site.hits if refused + 0.05 < moment < refused + 1.0] == []


def test_a_calendar_without_end_ends(done: Crawl, site: Site) -> None:
    asked = [path for path, _ in site.hits if path.startswith("/calendar/")]
    assert 0 < len(asked) <= 200
    assert "trap" in done.problems.values()


def test_a_path_that_grows_ends(done: Crawl, site: Site) -> None:
    assert len([path for path, _ in site.hits if path.endswith("/a/")]) <= 200


def test_a_second_crawl_adds_nothing_and_asks_no_article_again(done: Crawl, site: Site) -> None:
    before, known = len(done.articles), len(site.hits)
    again = crawl(site, done.folder.parent)
    assert again.exit_code == 0
    assert len(again.articles) == before
    asked = {path for path, _ in site.hits[known:]}
    assert not {f"/news/20180105/{number}.html" for number in (1001, 1002, 1003, 1004, 1005, 1020)} & asked


def test_nothing_is_asked_of_a_host_whose_robots_txt_fails(tmp_path: Path) -> None:
    with Site() as server:
        server.answers = {
            "/robots.txt": lambda handler: handler.send(500, b"down"),
            "/": listing("/news/20180105/1.html"),
        }
        over = crawl(server, tmp_path)
        assert {path for path, _ in server.hits} == {"/robots.txt"}
        assert over.states() == {"new": 1}


def newspaper(server: Site) -> None:
    """Four pages of a listing, each with two articles, a month apart."""
    for month in range(1, 5):
        links = [f"/2018/{month:02}/05/{number}.html" for number in (10001, 10002)]
        for number, link in enumerate(links):
            title = f"{month}月的第{number}篇"
            page = article(title, f"{title}说的是{'春夏秋冬'[month - 1]}天")
            server.answers[link] = page.replace("2018-01-05", f"2018-{month:02}-05")
        following = f"<a href='index_{6 - month}.html'>下一页</a>" if month > 1 else ""
        path = "/" if month == 4 else f"/index_{5 - month}.html"
        server.answers[path] = listing(*links).replace("</body>", f"{following}</body>")


def test_later_pages_of_a_listing_are_asked_again_as_far_as_something_is_new(tmp_path: Path) -> None:
    def asked_again() -> set[str]:
        known = len(server.hits)
        crawl(server, tmp_path)
        return {path for path, _ in server.hits[known:]} - {"/robots.txt", "/sitemap.xml"}

    with Site() as server:
        newspaper(server)
        last = server.answers["/index_4.html"]
        server.answers["/index_4.html"] = last.replace("</body>", "<a href='index_3.html'>上一页</a></body>")
        assert len(crawl(server, tmp_path).articles) == 8
        assert asked_again() == {"/"}
        new = "/2018/05/05/10001.html"
        server.answers[new] = article("5月的第0篇", "5月的第0篇说的是立夏").replace("2018-01-05", "2018-05-05")
        server.answers["/"] = server.answers["/"].replace("</body>", f"<a href='{new}'>5月的第0篇报道</a></body>")
        assert asked_again() == {"/", new, "/index_2.html"}


def test_since_stops_the_walk_where_everything_is_older(tmp_path: Path) -> None:
    with Site() as server:
        newspaper(server)
        over = crawl(server, tmp_path, "since=2018-03-01")
        assert over.titles == ["3月的第0篇", "3月的第1篇", "4月的第0篇", "4月的第1篇"]
        asked = {path for path, _ in server.hits}
        assert "/index_3.html" in asked
        assert "/index_4.html" not in asked
        assert "/2018/02/05/10001.html" not in asked


def unless_known(page: str) -> Callable[[Any], None]:
    """A page with an ETag that answers 304 to who knows it."""

    def answer(handler: Any) -> None:
        if handler.headers.get("If-None-Match") == '"1"':
            handler.send(304, b"")
        else:
            handler.send(200, page.encode(), ("ETag", '"1"'))

    return answer


def test_not_modified_does_not_hide_what_an_earlier_run_left_out(tmp_path: Path) -> None:
    with Site() as server:
        newspaper(server)
        server.answers = {path: unless_known(str(page)) for path, page in server.answers.items()}
        assert len(crawl(server, tmp_path, "since=2018-03-01").articles) == 4
        assert len(crawl(server, tmp_path).articles) == 8


def test_max_articles_stops_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with Site() as server:
        newspaper(server)
        first = crawl(server, tmp_path, "max_articles=3")
        assert len(first.articles) == 3
        assert first.exit_code == 0
        rest = crawl(server, tmp_path)
        assert len(rest.articles) == 8
        assert set(rest.states()) <= {"done", "failed", "gone"}


def test_on_a_connection_that_is_kept_each_address_is_asked_once(tmp_path: Path) -> None:
    # Small answers, together more than the bound of all headers: it is one of each answer, not of a connection.
    paths = [f"/news/20180105/{number}.html" for number in range(1001, 1013)]
    with Site() as server:
        filler = f"<!--{'茶' * 4000}-->"
        server.answers = {path: article(f"{path[-9:-5]}号文章", path[-9:-5], filler) for path in paths}
        server.answers["/"] = listing(*paths)
        assert len(crawl(server, tmp_path).articles) == 12
        asked = [path for path, _ in server.hits]
    assert sorted(asked) == sorted(set(asked))
