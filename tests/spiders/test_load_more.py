"""A listing that goes on in JSON, and search results, where the profile says so."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from difficult_site import Site, article, listing
from test_site import crawl


def test_a_listing_behind_a_button_is_walked_to_its_end_by_the_rule_of_the_profile(tmp_path: Path) -> None:
    with Site() as server:
        paths = [f"/news/20180105/{number}.html" for number in range(1001, 1006)]
        for number, path in enumerate(paths):
            server.answers[path] = article(f"第{number}篇文章", "春夏秋冬年"[number])
        server.answers["/"] = listing(paths[0])
        for page in (1, 2, 3):
            items = [{"href": path} for path in paths[2 * page - 2 : 2 * page]] if page < 3 else []
            answer = json.dumps({"data": items}).encode()
            server.answers[f"/api/{page}"] = lambda handler, answer=answer: handler.send(
                200, answer, ("Content-Type", "application/json")
            )
        profile = tmp_path / "example.toml"
        profile.write_text(
            f'name = "{server.url.removeprefix("http://").replace(":", "-")}"\nseeds = ["{server.url}/"]\n'
            f'allow_addresses = ["127.0.0.1"]\n[[load_more]]\nurl = "{server.url}/api/{{page}}"\n'
            'items = "data"\nlink = "href"\n'
        )
        over = crawl(server, tmp_path, f"profile={profile}")
        assert over.titles == [f"第{number}篇文章" for number in range(4)]
        assert [len(server.asked(f"/api/{page}")) for page in (1, 2, 3, 4)] == [1, 1, 1, 0]


def test_of_an_article_with_a_view_of_all_its_pages_only_that_is_joined(tmp_path: Path) -> None:
    with Site() as server:
        links = "<a href='1002_2.html'>下一页</a> <a href='1002_all.html'>全文</a>"
        server.answers["/"] = listing("/news/20180105/1002.html")
        server.answers["/news/20180105/1002.html"] = article("两页文章", "第一页", links)
        back = "<a href='1002.html'>上一页</a> <a href='1002.html'>1</a>"
        server.answers["/news/20180105/1002_2.html"] = article("两页文章", "第二页", back)
        both = article("两页文章", "第一页").partition("</div></body>")[0]
        rest = article("两页文章", "第二页").partition("<div class='content'>")[2]
        server.answers["/news/20180105/1002_all.html"] = both + rest
        (record,) = crawl(server, tmp_path).articles
        assert record["text"].count("第一页第0段") == record["text"].count("第二页第5段") == 1
        assert [page.rpartition("/")[2] for page in record["pages"]] == ["1002.html", "1002_all.html"]
