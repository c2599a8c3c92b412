"""`scraper history` on a folder with two versions, a loss and a return."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.duplicates import settle_version
from scraper.article import Article, article_id, hash_text
from scraper.outcome import Exchange, PageOutcome
from scraper.reasons import Reason
from scraper.storage import Store
from tests.scraper.cli.conftest import Run

URL = "http://paper.example/1.html"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    store = Store(tmp_path / "output" / "paper", min_free_bytes=0, archive=False)

    def commit(day: int, text: str | None) -> None:
        at = f"2026-11-{day}T08:00:00Z"
        outcome = PageOutcome(url=URL + "?from=rss", state="done", is_revisit=True)
        outcome.exchanges = [Exchange(url=URL, request=b"", response_head=b"", body=b"", fetched_at=at)]
        if text is None:
            outcome.state, outcome.reason, outcome.detail = "gone", Reason.GONE, "status 410"
        else:
            article = Article(id=article_id(URL), canonical_url=URL, requested_url=outcome.url, title="停气通知")
            article.text, article.text_hash, article.crawl.fetched_at = text, hash_text(text), at
            outcome.article = article
        store.commit([outcome], settle_version)

    commit(20, "城南停气时间为22时至6时。\n\n请关好灶前阀门。")
    commit(21, None)
    commit(22, "城南停气时间为23时至6时。\n\n请关好灶前阀门。")
    store.close()
    return tmp_path


EXPECTED = """\
停气通知 ───────────────────────────────────────────────────────────────────────
http://paper.example/1.html

2026-11-20 08:00:00 UTC  version 1
    2 paragraphs, published on a day that is not known

2026-11-21 08:00:00 UTC  gone (status 410)

2026-11-22 08:00:00 UTC  back again

2026-11-22 08:00:00 UTC  version 2
  - 城南停气时间为22时至6时。
  + 城南停气时间为23时至6时。
    … 1 paragraph as before
"""


@pytest.mark.parametrize("name", [URL, URL + "?from=rss", URL + "?utm_source=x", article_id(URL)])
def test_an_article_is_named_by_any_of_its_addresses_or_its_id(name: str, site: Path, scraper: Run) -> None:
    assert scraper("history", "paper", name).stdout.decode() == EXPECTED


def test_json_has_versions_and_changes_as_they_stand(site: Path, scraper: Run) -> None:
    found = json.loads(scraper("history", "paper", URL, "--json").stdout)
    assert [record["version"] for record in found["versions"]] == [1, 2]
    assert [change["what"] for change in found["changes"]] == ["gone", "returned", "version"]


def test_an_article_that_is_not_stored_is_told_in_a_sentence(site: Path, scraper: Run) -> None:
    done = scraper("history", "paper", "http://paper.example/2.html")
    assert done.returncode == 65
    assert done.stderr.decode().count("\n") == 1
    assert "has no article of http://paper.example/2.html" in done.stderr.decode()
