"""What is counted of a run."""

from datetime import date

from scraper.article import Article, Crawl
from scraper.outcome import PageOutcome, TemplateLook
from scraper.report.tally import Tally


def outcome(article: Article) -> PageOutcome:
    return PageOutcome(url=article.url, state="done", article=article)


def test_an_article_that_was_met_twice_and_written_once_counts_once() -> None:
    tally = Tally()
    tally.add(outcome(Article(url="https://a.com/1", title="A", crawl=Crawl(run="1"))))
    tally.add(outcome(Article(url="https://a.com/1", title="A", crawl=Crawl(run=None))))
    assert (tally.addresses, tally.articles, tally.filled["title"]) == (2, 1, 1)


def test_an_article_that_changed_is_not_published_once_more() -> None:
    tally = Tally()
    for version in (1, 2):
        article = Article(url="https://a.com/1", date_published="2026-11-20", version=version, crawl=Crawl(run="1"))
        tally.add(outcome(article))
    assert (tally.articles, dict(tally.published)) == (2, {"2026-11-20": 1})


def test_the_shortest_and_the_longest_texts_are_kept_as_examples() -> None:
    tally = Tally()
    for number, length in enumerate([500, 90, 700, 20, 300, 90]):
        article = Article(url=f"https://a.com/{number}", text="文" * length, crawl=Crawl(run="1"))
        tally.add(outcome(article))
    short, long = (
        [example["url"] for example in tally.examples.by_topic[topic]] for topic in ("short text", "long text")
    )
    assert short == ["https://a.com/3", "https://a.com/1", "https://a.com/5"]
    assert long == ["https://a.com/2", "https://a.com/0", "https://a.com/4"]


def test_a_page_that_a_template_misses_is_an_example() -> None:
    tally = Tally()
    missed = TemplateLook(template="news", missed_on=date(2026, 3, 1), why="no div#text")
    tally.add(PageOutcome(url="https://a.com/1", state="done", looks=[TemplateLook(template="news")]))
    tally.add(PageOutcome(url="https://a.com/2", state="done", looks=[missed]))
    assert tally.examples.by_topic["templates"] == [{"url": "https://a.com/2", "note": "news: no div#text"}]


def test_an_address_that_leads_to_a_known_page_is_asked_and_is_no_source() -> None:
    tally = Tally()
    tally.add(PageOutcome(url="https://a.com/old", state="done"))
    tally.add(PageOutcome(url="https://a.com/news/", state="done", kind="listing"))
    assert (tally.addresses, dict(tally.sources)) == (2, {"listing": 1})
