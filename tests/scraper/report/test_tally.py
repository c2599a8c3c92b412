"""What is counted of a run."""

from scraper.article import Article, Crawl
from scraper.outcome import PageOutcome
from scraper.report.tally import Tally


def outcome(article: Article) -> PageOutcome:
    return PageOutcome(url=article.url, state="done", article=article)


def test_an_article_that_was_met_twice_and_written_once_counts_once() -> None:
    tally = Tally()
    tally.add(outcome(Article(url="https://a.com/1", title="A", crawl=Crawl(run="1"))))
    tally.add(outcome(Article(url="https://a.com/1", title="A", crawl=Crawl(run=None))))
    assert (tally.addresses, tally.articles, tally.filled["title"]) == (2, 1, 1)


def test_an_address_that_leads_to_a_known_page_is_asked_and_is_no_source() -> None:
    tally = Tally()
    tally.add(PageOutcome(url="https://a.com/old", state="done"))
    tally.add(PageOutcome(url="https://a.com/news/", state="done", kind="listing"))
    assert (tally.addresses, dict(tally.sources)) == (2, {"listing": 1})
