"""From what pages, feeds and sitemaps list to addresses."""

from __future__ import annotations

from datetime import date

from scraper.discovery.dayrange import DayRange
from scraper.discovery.feeds import FeedEntry
from scraper.discovery.sitemaps import Sitemap, SitemapEntry
from scraper.discovery.traps import FRUITLESS_PER_PATTERN, TrapBudget
from scraper.extraction.reading import Link, PageReading
from scraper.outcome import Address
from scraper.profiles import parse_profile
from scraper.profiles.forms import AddressForms
from scraper.urls import UrlPolicy
from spiders.choosing import PORTION, LinkChooser

HOME = "http://news.example.com/"


def chooser(since: date | None = None, traps: TrapBudget | None = None, profile: str = "") -> LinkChooser:
    forms = AddressForms(parse_profile(f'name = "a"\n{profile}'))
    return LinkChooser(UrlPolicy([HOME]), traps or TrapBudget(), DayRange(since), forms=forms)


def page(*urls: str, **more: object) -> PageReading:
    return PageReading(url=HOME, kind="listing", links=[Link(url=url) for url in urls], **more)  # type: ignore[arg-type]


def urls(addresses: list[Address]) -> list[str]:
    return [address.url for address in addresses]


def test_links_are_canonical_in_scope_and_handed_on_once() -> None:
    choose = chooser()
    listed = page(HOME + "20180105/1.html?utm_source=x", HOME + "20180105/1.html", "http://other.org/20180105/2.html")
    assert urls(choose.from_reading(listed, 0)) == [HOME + "20180105/1.html"]
    assert choose.from_reading(listed, 0) == []


def test_an_address_tells_how_it_was_found_and_how_deep() -> None:
    (address,) = chooser().from_reading(page(HOME + "20180105/1.html"), 2)
    assert (address.kind, address.via, address.depth) == ("page", "listing", 3)


def test_forms_of_a_profile_say_what_is_asked_first_and_what_for_its_links() -> None:
    choose = chooser(profile='article_urls = ["/a/*"]\nlisting_urls = ["/l/*"]')
    found = choose.from_reading(page(HOME + "20180105/1.html", HOME + "l/town", HOME + "a/town", HOME + "x"), 0)
    assert [(one.url.removeprefix(HOME), one.kind, one.priority) for one in found] == [
        ("20180105/1.html", "page", 20),
        ("a/town", "page", 20),
        ("l/town", "listing", 10),
        ("x", "page", 10),
    ]


def test_later_pages_that_a_profile_names_are_listings_on_the_same_level() -> None:
    choose = chooser(profile='paging = ["/more/*"]')
    found = choose.from_reading(page(HOME + "more/k7f3", HOME + "20180105/1.html"), 3)
    assert [(one.url.removeprefix(HOME), one.kind, one.depth) for one in found] == [
        ("more/k7f3", "listing", 3),
        ("20180105/1.html", "page", 4),
    ]


def test_later_pages_of_a_list_that_has_left_the_range_are_not_asked() -> None:
    choose = chooser(since=date(2018, 2, 1), profile='paging = ["/more/*"]')
    found = choose.from_reading(page(HOME + "more/k7f3", *(f"{HOME}20180105/{number}.html" for number in range(9))), 0)
    assert found == []


def test_the_next_page_of_a_listing_is_a_listing() -> None:
    (address,) = chooser().from_reading(page(next_page=HOME + "index_2.html"), 0)
    assert (address.url, address.kind) == (HOME + "index_2.html", "listing")


def test_a_listing_that_is_all_older_is_not_followed() -> None:
    listed = page(HOME + "2018/01/05/10001.html", HOME + "index_2.html", next_page=HOME + "index_2.html")
    assert chooser(since=date(2018, 2, 1)).from_reading(listed, 0) == []
    assert len(chooser(since=date(2018, 1, 5)).from_reading(listed, 0)) == 2


def test_feeds_of_pages_far_from_the_start_are_left_out() -> None:
    listed = page(feeds=[HOME + "rss.xml"])
    assert urls(chooser().from_reading(listed, 1)) == [HOME + "rss.xml"]
    assert chooser().from_reading(listed, 2) == []


def test_a_form_that_is_exhausted_is_left_out() -> None:
    traps = TrapBudget()
    for day in range(FRUITLESS_PER_PATTERN):
        traps.record(f"{HOME}calendar/{day}", gave_new=False)
    assert chooser(traps=traps).from_reading(page(HOME + "calendar/999"), 0) == []


def test_a_calendar_does_not_pass_its_own_pages_off_as_articles() -> None:
    choose = chooser()
    calendar = page(HOME + "events/2018-01-06/10001", HOME + "events/2018-01-07/10002")
    calendar.url = HOME + "events/2018-01-05/10000"
    choose.from_reading(calendar, 1)
    assert not choose.found_articles
    choose.from_reading(page(HOME + "20180105/1.html"), 1)
    assert choose.found_articles


def test_feed_entries_are_pages_found_by_the_feed() -> None:
    entries = [FeedEntry(url=HOME + "20180105/1.html"), FeedEntry(url="http://127.0.0.1/20180105/2.html")]
    (address,) = chooser().from_feed(entries)
    assert (address.kind, address.via) == ("page", "feed")


def test_a_sitemap_gives_pages_and_sitemaps_of_the_range() -> None:
    sitemap = Sitemap(
        pages=[
            SitemapEntry(loc=HOME + "a/10001.html", lastmod="2018-01-05"),
            SitemapEntry(loc=HOME + "a/10002.html", lastmod="2018-03-05T08:00:00Z"),
            SitemapEntry(loc=HOME + "a/10003.html"),
            SitemapEntry(loc=HOME + "a/10004.jpg"),
        ],
        sitemaps=[
            SitemapEntry(loc=HOME + "old.xml.gz", lastmod="2017-12-31"),
            SitemapEntry(loc=HOME + "new.xml.gz", lastmod="2018-03-01"),
        ],
    )
    (found,) = chooser(since=date(2018, 2, 1)).from_sitemap(sitemap)
    assert [(address.url.removeprefix(HOME), address.kind) for address in found] == [
        ("new.xml.gz", "sitemap"),
        ("a/10002.html", "page"),
        ("a/10003.html", "page"),
    ]


def test_a_large_sitemap_comes_in_portions() -> None:
    sitemap = Sitemap(
        pages=[SitemapEntry(loc=f"{HOME}a/{number}.html") for number in range(10_000, 10_000 + PORTION + 1)]
    )
    assert [len(portion) for portion in chooser().from_sitemap(sitemap)] == [PORTION, 1]


def test_the_first_page_of_an_article_is_asked_when_a_later_one_was_found() -> None:
    later = PageReading(url=HOME + "a/1_2.html", kind="article", first_page=HOME + "a/1.html", page_number=2)
    assert urls(chooser().from_continuation(later, 1)) == [HOME + "a/1.html"]


def test_a_link_of_a_form_that_was_exhausted_is_handed_on_when_an_article_has_opened_the_form_again() -> None:
    traps = TrapBudget()
    choose = chooser(traps=traps)
    listed = page(HOME + "day/story-77.html")
    for number in range(FRUITLESS_PER_PATTERN):
        traps.record(f"{HOME}day/story-{number}.html", gave_new=False)
    assert choose.from_reading(listed, 0) == []
    traps.record(HOME + "day/story-1.html", gave_new=True)
    assert urls(choose.from_reading(listed, 0)) == [HOME + "day/story-77.html"]


def test_a_feed_that_stands_among_the_links_first_is_still_taken_as_a_feed() -> None:
    choose = chooser()
    assert choose.from_reading(page(HOME + "rss.xml"), 0) == []
    assert urls(choose.from_reading(page(HOME + "rss.xml", feeds=[HOME + "rss.xml"]), 0)) == [HOME + "rss.xml"]


def test_a_sitemap_hands_on_when_each_page_changed_in_utc() -> None:
    entries = [
        SitemapEntry(loc=f"{HOME}20180105/{n}.html", lastmod="2018-01-05T18:00:00+08:00") for n in (10001, 10002)
    ]
    (found,) = chooser().from_sitemap(Sitemap(pages=entries))
    assert {address.lastmod for address in found} == {"2018-01-05T10:00:00Z"}


def test_a_time_that_the_whole_sitemap_shares_is_not_handed_on() -> None:
    entries = [
        SitemapEntry(loc=f"{HOME}20180105/{n}.html", lastmod="2018-01-05T18:00:00Z") for n in range(10001, 10041)
    ]
    (found,) = chooser().from_sitemap(Sitemap(pages=entries))
    assert {address.lastmod for address in found} == {None}


def test_an_address_that_a_page_led_to_is_handed_on_once_more_with_its_time() -> None:
    choose = chooser()
    choose.from_reading(page(HOME + "20180105/10001.html"), 0)
    (found,) = choose.from_sitemap(
        Sitemap(pages=[SitemapEntry(loc=HOME + "20180105/10001.html", lastmod="2018-01-05")])
    )
    assert [(address.url, address.lastmod) for address in found] == [(HOME + "20180105/10001.html", "2018-01-05")]


def test_entries_of_a_feed_that_came_out_before_the_range_are_left_out() -> None:
    entries = [
        FeedEntry(url=HOME + "a/10001.html", published="Fri, 05 Jan 2018 08:00:00 +0800"),
        FeedEntry(
            url=HOME + "a/10002.html", published="Mon, 05 Feb 2018 08:00:00 +0800", updated="2018-02-06T01:00:00Z"
        ),
    ]
    entries[1].title = "二月的事"
    (found,) = chooser(since=date(2018, 2, 1)).from_feed(entries)
    assert (found.told_title, found.told_date) == ("二月的事", "2018-02-05T08:00:00+08:00")
    assert (found.url, found.lastmod) == (HOME + "a/10002.html", "2018-02-06T01:00:00Z")


def test_later_pages_are_asked_behind_first_pages_but_a_later_sitemap_is_a_source_like_the_first() -> None:
    found = chooser().from_reading(page(HOME + "a/10001_2.html", HOME + "a/10001.html"), 0)
    later, first = (next(a.priority for a in found if a.url.endswith(end)) for end in ("_2.html", "10001.html"))
    assert later < first
    index = Sitemap(sitemaps=[SitemapEntry(loc=HOME + f"map{part}.xml") for part in ("", "_2")])
    (sitemaps,) = chooser().from_sitemap(index)
    assert {address.priority for address in sitemaps} == {70}
