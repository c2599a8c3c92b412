"""Learning a site from its pages, and reading with what was learned."""

from __future__ import annotations

import random
import re
from datetime import date

import pytest
from littlesite import article, prose

from pipelines import normalize
from scraper.extraction import read_page
from scraper.profiles import Profile
from scraper.profiles.learning import Learned, Observed, learn_templates, observe_page


def observed(pages: list[tuple[str, str]]) -> list[Observed]:
    return [page for url, html in pages if (page := observe_page(html, url)) is not None]


def learn(pages: list[tuple[str, str]]) -> Learned:
    return learn_templates(observed(pages))


def profile(learned: Learned) -> Profile:
    return Profile(name="post", boilerplate=learned.boilerplate, templates=tuple(learned.templates))


@pytest.fixture(scope="module")
def news() -> Learned:
    return learn([article(number) for number in range(8)])


def test_the_region_of_the_text_is_found(news: Learned) -> None:
    [template] = news.templates
    assert template.body == ("div#text",)
    assert template.title in {("h1",), ("h1.headline",)}
    assert template.learned_from is not None
    assert template.learned_from.pages == 8
    assert template.learned_from.agreement > 0.95


def test_places_are_learned_with_their_labels(news: Learned) -> None:
    [template] = news.templates
    assert template.source[0].at == "div.info"
    assert template.source[0].label == "Source"
    assert template.date[0].at == "div.info"


def test_a_page_not_learned_from_is_read_with_the_template(news: Learned) -> None:
    url, html = article(99)
    reading = read_page(html, url, profile=profile(news))
    assert reading.template == "template 1"
    assert [block.text for block in reading.blocks] == html.partition("<div id='text'><p>")[2].partition("</p><p>Subs")[
        0
    ].split("</p><p>")
    assert reading.reason is None
    assert reading.candidates["source"][0].raw == "Source: Valley News Agency"
    assert any(one.method == "template" for one in reading.candidates["title"])


def test_the_record_says_which_template_read_it(news: Learned) -> None:
    url, html = article(98)
    reading = read_page(html, url, profile=profile(news))
    assert "Subscribe" not in " ".join(block.text for block in reading.blocks)


def test_links_are_those_of_the_whole_page(news: Learned) -> None:
    url, html = article(97)
    assert read_page(html, url, profile=profile(news)).links == read_page(html, url).links


def test_two_systems_of_one_site_give_two_templates_with_their_addresses() -> None:
    learned = learn([article(number) for number in range(6)] + [article(number, "magazine") for number in range(5)])
    by_body = {template.body[0]: template for template in learned.templates}
    assert set(by_body) == {"div#text", "div.essay"}
    assert by_body["div#text"].urls == ("/news/#.html",)
    assert by_body["div.essay"].urls == ("/magazine/*.html",)


def test_the_same_pages_in_any_order_give_the_same() -> None:
    pages = [article(number) for number in range(6)] + [article(number, "magazine") for number in range(5)]
    first = learn(pages)
    for seed in range(2):
        random.Random(seed).shuffle(pages)
        assert learn(pages) == first


def test_so_do_pages_whose_address_nobody_knows() -> None:
    pages = [html for number in range(8) for _, html in [article(number)]]
    pages += [html.replace("Valley News", "River News").replace(" - River", " | River") for html in pages[:3]]
    told = {repr(learn([("", html) for html in random.Random(seed).sample(pages, len(pages))])) for seed in range(6)}
    assert len(told) == 1


def test_lines_that_recur_are_boilerplate_and_articles_printed_twice_are_not() -> None:
    pages = [article(number) for number in range(6)]
    copies = [(f"http://post.example/news/{900 + number}.html", pages[0][1]) for number in range(4)]
    learned = learn(pages + copies)
    assert learned.pages == 6
    [template] = learned.templates
    first_paragraph = pages[0][1].partition("<div id='text'><p>")[2].partition("</p>")[0]
    assert first_paragraph not in template.boilerplate


@pytest.mark.parametrize(("pages", "about_it", "is_boilerplate"), [(5, 3, False), (8, 3, False), (8, 8, True)])
def test_what_each_article_about_a_running_story_repeats_is_no_boilerplate(
    pages: int, about_it: int, is_boilerplate: bool
) -> None:
    background = (
        "The old bridge was carried off by the flood of the last winter, when fourteen houses at the river were lost, "
        "and the council has met nine times since to find out who had to look after it."
    )
    printed = [article(number) for number in range(pages)]
    for number in range(about_it):
        url, html = printed[number]
        printed[number] = (url, html.replace("<p>Subscribe", f"<p>{background}</p><p>Subscribe"))
    assert (background in learn(printed).boilerplate) is is_boilerplate


def test_from_four_pages_nothing_is_learned() -> None:
    assert learn([article(number) for number in range(4)]).templates == []


def test_pages_that_vary_wildly_give_no_template() -> None:
    learned = learn([article(number, "wild") for number in range(10)])
    assert learned.templates == []


def test_a_page_without_the_region_is_read_in_the_general_way_and_says_so(news: Learned) -> None:
    url, html = article(96)
    moved = html.replace("id='text'", "class='elsewhere'")
    reading = read_page(moved, url, profile=profile(news))
    assert reading.template is None
    assert reading.misfits == ["template 1: no div#text"]
    assert len(reading.blocks) >= 6


def test_a_page_whose_region_is_nearly_empty_is_read_in_the_general_way(news: Learned) -> None:
    url, html = article(95)
    text = "".join(f"<p>{one}</p>" for one in prose(random.Random(1), 8))
    emptied = html.replace("<div id='text'>", f"<div class='new'>{text}</div><div id='text'></div><div hidden>")
    reading = read_page(emptied, url, profile=profile(news))
    assert reading.template is None
    assert reading.misfits[0].startswith("template 1: 0 letters of text at div#text")


def poisoned(number: int) -> tuple[str, str]:
    """A page that hides its article and prints long prose of another kind in the footer."""
    url, html = article(number)
    lure = "".join(f"<p>{one}</p>" for one in prose(random.Random(f"lure {number}"), 12))
    hidden = html.replace("<div id='text'>", "<div id='text'><ul><li>").replace(
        "<div class='foot'>", f"<div class='foot article-content'>{lure}"
    )
    return url, hidden.replace("<p>", "<li>", 6).replace("</p>", "</li>", 6)


def test_a_region_that_holds_something_else_on_other_pages_is_not_used() -> None:
    pages = [article(number) for number in range(5)]
    for number in range(5, 11):
        url, html = article(number)
        lure = "".join(f"<p>{one}</p>" for one in prose(random.Random(f"lure {number}"), 6))
        # The same element holds the article on five pages, and on six a list of teasers beside it.
        html = html.replace("<div id='text'>", f"<div id='text'>{lure}</div><div class='b{number}'>", 1)
        pages.append((url, html))
    learned = learn(pages)
    for url, html in pages:
        general, by_profile = read_page(html, url), read_page(html, url, profile=profile(learned))
        assert by_profile.template is None or by_profile.blocks == general.blocks


def test_a_footer_that_lures_the_general_way_on_some_pages_does_not_become_the_template() -> None:
    pages = [article(number) for number in range(5)] + [poisoned(number) for number in range(5, 12)]
    learned = learn(pages)
    assert all("foot" not in locator for template in learned.templates for locator in template.body)
    for number in range(20, 25):
        url, html = article(number)
        general, by_profile = read_page(html, url), read_page(html, url, profile=profile(learned))
        wanted = {block.text for block in general.blocks if not block.text.startswith("Subscribe")}
        assert {block.text for block in by_profile.blocks} == wanted


def test_a_paragraph_between_headline_and_region_can_be_the_first_of_the_text(news: Learned) -> None:
    url, html = article(94)
    lead = " ".join(prose(random.Random(5), 1))
    with_lead = html.replace("<div id='text'>", f"<div class='summary'><p>{lead}</p></div><div id='text'>")
    reading = read_page(with_lead, url, profile=profile(news))
    assert reading.template == "template 1"
    assert reading.blocks[0].text == lead


def test_the_caption_of_a_picture_in_the_region_stays_out(news: Learned) -> None:
    url, html = article(93)
    caption = "<div class='article_img'><img src='/a.jpg'>Workers at the bridge on Monday. Picture: A. Baker</div>"
    reading = read_page(html.replace("<div id='text'>", f"<div id='text'>{caption}"), url, profile=profile(news))
    assert reading.template == "template 1"
    assert "Workers at the bridge" not in " ".join(block.text for block in reading.blocks)


def with_slides(number: int, words: str) -> tuple[str, str]:
    url, html = article(number)
    return url, html.replace("<div id='text'>", f"<div class='slides'><div>{words}</div></div><div id='text'>")


def test_a_box_above_the_text_that_held_a_credit_is_not_dropped_with_the_paragraph_it_holds_elsewhere() -> None:
    learned = learn([with_slides(number, f"Town desk {number}") for number in range(8)])
    lead = " ".join(prose(random.Random(5), 1))
    url, html = with_slides(94, f"<p>{lead}</p>")
    reading = read_page(html, url, profile=profile(learned))
    assert reading.template == "template 1"
    assert reading.blocks[0].text == lead


def test_a_box_of_links_above_the_text_is_dropped() -> None:
    learned = learn([with_slides(number, f"<a href='/{number}'>Story number {number}</a>") for number in range(8)])
    assert "slides" in str(learned.templates[0].drop)


def with_links_below(html: str, count: int) -> str:
    """The page with headlines of other articles right below its text, in the same element."""
    title = "The old bridge at the mill is closed until the river falls below the mark, say visitors"
    links = "".join(f"<b><a href='/news/{one}.html'>{title} of day {one}</a></b><br>" for one in range(count))
    return re.sub(r"(<div id='text'>.*?)</div>", rf"\1<br>{links}</div>", html, flags=re.S)


@pytest.mark.parametrize(("count", "stay"), [(2, True), (3, False), (8, False)])
def test_headlines_of_other_articles_below_the_text_stay_out(news: Learned, count: int, stay: bool) -> None:
    url, html = article(91)
    reading = read_page(with_links_below(html, count), url, profile=profile(news))
    texts = [block.text for block in reading.blocks]
    assert reading.template == "template 1"
    assert len(texts) >= 6
    assert stay is any("the mill is closed until" in text for text in texts)


def test_recurring_lines_go_where_no_template_reads_the_page(news: Learned) -> None:
    url, html = article(92)
    moved = html.replace("id='text'", "class='elsewhere'")
    with_profile = [block.text for block in read_page(moved, url, profile=profile(news)).blocks]
    without = [block.text for block in read_page(moved, url).blocks]
    assert [text for text in without if text not in with_profile] == list(news.boilerplate)


def dated(number: int, day: str) -> tuple[str, str]:
    url, html = article(number)
    return url, re.sub(r"Published: [\d-]+ [\d:]+", f"Published: {day}", html)


def test_which_number_is_the_day_is_learned_from_dates_that_show_it() -> None:
    days = ["03/02/2026", "14/02/2026", "25/02/2026", "04/03/2026", "05/03/2026"]
    learned = learn([dated(number, day) for number, day in enumerate(days)])
    assert learned.templates[0].date_format == "%d/%m/%Y"
    url, html = dated(90, "06/03/2026")
    reading = read_page(html, url, profile=profile(learned))
    assert normalize(reading).article.date_published == "2026-03-06"


def test_dates_that_do_not_show_which_number_is_the_day_give_no_form() -> None:
    learned = learn([dated(number, f"0{number + 1}/02/2026") for number in range(5)])
    assert learned.templates[0].date_format is None


def test_a_single_date_does_not_show_which_number_is_the_day() -> None:
    days = ["03/02/2026", "14/02/2026", "05/02/2026", "04/03/2026", "05/03/2026"]
    assert learn([dated(number, day) for number, day in enumerate(days)]).templates[0].date_format is None


@pytest.mark.parametrize(("told", "form"), [("2026-02-0{}", "%d/%m/%Y"), ("2026-0{}-02", "%m/%d/%Y")])
def test_the_meta_data_show_which_number_is_the_day(told: str, form: str) -> None:
    pages = []
    for number in range(3, 9):
        url, html = dated(number, f"0{number}/02/2026")
        meta = f"<meta property='article:published_time' content='{told.format(number)}T08:00:00Z'>"
        pages.append((url, html.replace("<head>", f"<head>{meta}")))
    assert learn(pages).templates[0].date_format == form


def test_the_form_of_dates_and_the_end_of_window_titles_are_learned(news: Learned) -> None:
    [template] = news.templates
    assert template.date_format == "%Y-%m-%d %H:%M"
    assert template.title_suffix == " - River Post"


def test_licences_in_the_footer_and_the_next_page_are_read_with_a_template_too() -> None:
    def page(number: int) -> tuple[str, str]:
        url, html = article(number)
        return url, html.replace("<p>© 2026", "<p>赣ICP备00001234号-1</p><p>© 2026")

    learned = learn([page(number) for number in range(6)])
    url, html = page(91)
    pager = "</div><div class='pager'><a href='/news/91_2.html'>Next</a></div></body>"
    reading = read_page(html.replace("</div></body>", pager), url, profile=profile(learned))
    assert reading.template == "template 1"
    assert [one.raw for one in reading.candidates["site_records"]] == ["赣ICP备00001234号-1"]
    assert reading.next_page == "http://post.example/news/91_2.html"


def test_a_line_above_the_headline_in_the_same_cell_is_no_part_of_it(news: Learned) -> None:
    url, html = article(89)
    title = html.partition("<title>")[2].partition(" - River")[0]
    framed = html.replace(f"'headline'>{title}", f"'headline'>The old bridge<br>{title}")
    titles = read_page(framed, url, profile=profile(news)).candidates["title"]
    assert [one.raw for one in titles if one.method == "template"] == [title]


def test_a_newer_version_goes_before_the_older_on_days_of_both(news: Learned) -> None:
    url, html = article(90)
    older = profile(news).templates[0]
    newer = older.model_copy(update={"valid_from": date(2026, 3, 1)})
    both = Profile(name="post", templates=(older, newer))
    assert read_page(html, url, profile=both, day=date(2026, 3, 1)).template == "template 2"
    assert read_page(html, url, profile=both, day=date(2026, 2, 28)).template == "template 1"
