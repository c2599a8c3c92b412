"""Profiles as files: the same bytes for the same pages, and what a person wrote stays."""

from __future__ import annotations

import datetime
import random
import re

import pytest
from littlesite import article

from scraper.profiles import parse_profile
from scraper.profiles.learning import Learned, learn_templates, observe_page
from scraper.profiles.saving import Change, learn_again, print_profile, print_template
from scraper.profiles.template import Template


def learn(template: str = "news", count: int = 6, first: int = 0) -> Learned:
    pages = [article(number, template) for number in range(first, first + count)]
    return learn_templates([page for url, html in pages if (page := observe_page(html, url)) is not None])


@pytest.fixture(scope="module")
def learned() -> Learned:
    return learn()


@pytest.fixture(scope="module")
def written(learned: Learned) -> str:
    return print_profile("post.example", learned, ("http://post.example/",))


def test_a_profile_is_read_back_as_it_was_learned(learned: Learned, written: str) -> None:
    profile = parse_profile(written)
    [template] = profile.templates
    assert template.model_copy(update={"mark": None}) == learned.templates[0]
    assert profile.article_urls == ("/news/#.html",)
    assert profile.learned is not None
    assert profile.learned.pages == 6


def test_the_same_pages_give_the_same_bytes(written: str) -> None:
    assert print_profile("post.example", learn(), ("http://post.example/",)) == written


def test_learning_the_same_again_changes_nothing(learned: Learned, written: str) -> None:
    assert learn_again(written, learned) == written


def test_learning_a_site_of_two_templates_again_changes_nothing() -> None:
    pages = [article(number, template) for template in ("news", "magazine") for number in range(5)]
    learned = learn_templates([page for url, html in pages if (page := observe_page(html, url)) is not None])
    written = print_profile("post.example", learned)
    assert len(learned.templates) == 2
    assert learn_again(written, learned) == written


def test_the_evidence_stands_beside_the_template(written: str) -> None:
    assert "# 6 pages; on pages left out the body agrees to " in written


def test_a_template_that_a_person_changed_stays(written: str) -> None:
    mine = written.replace('body = ["div#text"]', 'body = ["div#text"]  # I looked\ndrop = ["div.ad"]', 1)
    if mine.count("drop =") > 1:
        mine = mine.replace("# I looked\ndrop", "# I looked\nname = 'mine'\n#drop", 1)
    again = learn_again(mine, learn(count=8))
    assert "# I looked" in again
    assert len(parse_profile(again).templates) == 1
    assert parse_profile(again).templates[0] == parse_profile(mine).templates[0]


def test_a_key_that_a_person_changed_stays_and_others_are_learned_again(written: str) -> None:
    mine = written.replace('article_urls = ["/news/#.html"]', 'article_urls = ["/news/**"]  # mine')
    again = learn_again(mine, learn(count=8))
    assert 'article_urls = ["/news/**"]  # mine' in again
    profile = parse_profile(again)
    assert profile.learned is not None
    assert profile.learned.pages == 8
    assert profile.templates[0].learned_from is not None
    assert profile.templates[0].learned_from.pages == 8


def test_keys_and_comments_of_a_person_stay(written: str) -> None:
    mine = written.replace("seeds =", "# our paper\ntimezone = 'Europe/Athens'\nseeds =")
    again = learn_again(mine, learn(count=8))
    assert "# our paper\ntimezone = 'Europe/Athens'\n" in again


def test_a_key_that_a_person_took_out_stays_out(written: str) -> None:
    mine = written.replace('article_urls = ["/news/#.html"]\n', "")
    assert parse_profile(learn_again(mine, learn(count=8))).article_urls == ()


def test_a_new_template_is_a_new_version_from_the_day_of_the_change(written: str) -> None:
    again = learn_again(written, learn("magazine"), change=Change(datetime.date(2026, 3, 1), ["template 1"]))
    old, new = parse_profile(again).templates
    assert old.body == ("div#text",)
    assert old.valid_until == datetime.date(2026, 3, 1)
    assert new.valid_from == datetime.date(2026, 3, 1)
    assert learn_again(again, learn("magazine"), change=Change(datetime.date(2026, 3, 9), ["template 1"])) == again


def test_only_what_has_stopped_ends(written: str) -> None:
    two = learn_again(written, learn("magazine"))
    again = learn_again(two, learn(first=20), change=Change(datetime.date(2026, 3, 1), ["template 1"]))
    news, magazine, fresh = parse_profile(again).templates
    assert (news.valid_until, fresh.valid_from) == (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))
    assert news.body == fresh.body
    assert magazine == parse_profile(two).templates[1]


def test_after_a_change_the_addresses_of_the_other_pages_stay(written: str) -> None:
    again = learn_again(written, learn("magazine"), change=Change(datetime.date(2026, 3, 1), ["template 1"]))
    assert parse_profile(again).article_urls == ("/news/#.html", "/magazine/*.html")


def test_a_part_of_the_site_that_nobody_looked_at_before_is_added_for_any_day(written: str) -> None:
    again = learn_again(written, learn("magazine"), change=Change(datetime.date(2026, 3, 1), ()))
    news, magazine = parse_profile(again).templates
    assert news == parse_profile(written).templates[0]
    assert (magazine.body, magazine.valid_from) == (("div.essay",), None)
    assert learn_again(again, learn("magazine"), change=Change(datetime.date(2026, 3, 9), ())) == again


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_template_of_earlier_years_is_not_the_one_that_is_found_today(written: str, is_edited: bool) -> None:
    ended = Template.model_validate(
        parse_profile(written).templates[0].model_dump() | {"valid_until": "2020-12-31", "mark": None}
    )
    shipped = 'name = "post.example"\n\n' + print_template(ended)
    if is_edited:
        shipped = shipped.replace("[[template]]\n", '[[template]]\nname = "mine"\n')
    today = datetime.date(2026, 3, 1)
    again = learn_again(shipped, learn(), [today])
    old, new = parse_profile(again).templates
    assert old.valid_until == datetime.date(2020, 12, 31)
    assert new.covers(None, today)
    assert new.body == old.body
    assert learn_again(again, learn(), [today]) == again


def test_what_a_person_changed_stays_where_it_stops_and_gets_a_successor(written: str) -> None:
    mine = written.replace("[[template]]\n", '[[template]]\nname = "mine"\n')
    again = learn_again(mine, learn("magazine"), change=Change(datetime.date(2026, 3, 1), ["mine"]))
    old, new = parse_profile(again).templates
    assert old == parse_profile(mine).templates[0]
    assert new.valid_from == datetime.date(2026, 3, 1)


def test_a_profile_without_templates_gets_those_that_were_learned(learned: Learned) -> None:
    again = learn_again('name = "post.example"\n# mine\ndelay_s = 3\n', learned)
    assert again.startswith('name = "post.example"\n# mine\ndelay_s = 3\n')
    assert len(parse_profile(again).templates) == 1


def bodies(text: str) -> list[str]:
    return [locator for template in parse_profile(text).templates for locator in template.body]


def test_comments_stay_where_they_stand_in_a_template_that_is_learned_anew(written: str) -> None:
    mine = written.replace("[[template]]\n", "# the news\n[[template]]\n# seen in March\n")
    mine = mine.replace('body = ["div#text"]\n', '# not div.t\nbody = ["div#text"]  # "#" is an id\n')
    mine = mine.replace("learned_from = {", "# my own count\nlearned_from = {") + "\n# the end\n"
    again = learn_again(mine, learn(count=8))
    assert "# 8 pages; on pages left out" in again
    assert "# 6 pages; on pages left out" not in again
    assert "# the news\n[[template]]\n" in again
    assert "# seen in March\n" in again
    assert '# not div.t\nbody = ["div#text"]  # "#" is an id\n' in again
    assert "# my own count\nlearned_from = { pages = 8" in again
    assert again.endswith("\n\n# the end\n")
    assert learn_again(again, learn(count=8)) == again


def test_a_comment_in_a_list_that_is_learned_anew_stands_above_it(written: str) -> None:
    mine = written.replace("pages = 6\n", "pages = 6 # of ours\n", 1)
    mine = mine.replace('bodies = ["div#text"]', 'bodies = [\n    "div#text", # the first\n]')
    again = learn_again(mine, learn("magazine", 8))
    assert "pages = 8 # of ours\n" in again
    assert '# the first\nbodies = ["div.story", "div#text"]\n' in again or "# the first\nbodies = [" in again


def test_a_comment_above_the_next_template_stays_there(written: str) -> None:
    mine = written + "\n# my own\n[[template]]\nname = 'mine'\nbody = 'div.mine'\n"
    again = learn_again(mine, learn(count=8))
    assert "\n\n# my own\n[[template]]\nname = 'mine'\n" in again


def test_comments_stay_in_a_template_that_has_ended(written: str) -> None:
    mine = written.replace("[[template]]\n", "[[template]]\n# seen in March\n")
    again = learn_again(mine, learn("magazine"), change=Change(datetime.date(2026, 3, 1), ["template 1"]))
    assert "# seen in March\n" in again
    assert "valid_until = 2026-03-01\n" in again


def test_a_template_that_a_person_took_out_stays_out() -> None:
    pages = [article(number, template) for template in ("news", "magazine") for number in range(6)]
    both = learn_templates([page for url, html in pages if (page := observe_page(html, url)) is not None])
    text = print_profile("post.example", both)
    assert bodies(learn_again(text.partition("\n[[template]]")[0], both)) == []
    head, first, _ = text.split("[[template]]\n")
    mine = f"{head}[[template]]\n{first}".rstrip() + "\n"
    assert len(bodies(mine)) == 1
    assert learn_again(mine, both) == mine
    assert bodies(learn_again(mine, both, change=Change(datetime.date(2026, 3, 1), ()))) == bodies(mine)
    # After a change of the site it may come back: that is another design.
    assert len(bodies(learn_again(mine, both, change=Change(datetime.date(2026, 3, 1), ["template 1"])))) > 1


def test_a_template_that_a_person_gave_another_region_has_no_twin(written: str) -> None:
    mine = written.replace('body = ["div#text"]', 'body = ["div.mine"]')
    assert bodies(learn_again(mine, learn(count=8))) == ["div.mine"]


def test_templates_that_a_person_wrote_as_a_list_stay(written: str) -> None:
    again = learn_again('name = "post.example"\ntemplate = [{ name = "mine", body = "div.mine" }]\n', learn())
    assert bodies(again) == ["div.mine", "div#text"]


def test_a_profile_without_templates_stays_without_an_empty_list() -> None:
    assert learn_again('name = "post.example"\n', learn(count=3)).startswith('name = "post.example"\n\n[learned]\n')


def test_why_there_is_no_template_stands_in_the_profile() -> None:
    profile = parse_profile(print_profile("post.example", learn(count=3)))
    assert profile.learned is not None
    assert profile.learned.refused == ("3 articles are too few to learn from, 5 are needed",)


def test_a_list_of_the_site_with_a_remark_in_it_stays_as_it_is(written: str) -> None:
    mine = written.replace('article_urls = ["/news/#.html"]', 'article_urls = [\n    "/news/#.html", # all of it\n]')
    again = learn_again(mine, learn("magazine"))
    assert 'article_urls = [\n    "/news/#.html", # all of it\n]\n' in again


@pytest.fixture(scope="module")
def known() -> list[Learned]:
    return [learn(), learn("magazine"), learn(count=8), learn(first=20)]


@pytest.mark.parametrize("seed", range(40))
def test_no_comment_is_lost_wherever_it_stands(seed: int, known: list[Learned]) -> None:
    chance = random.Random(seed)
    lines: list[str] = []
    for line in print_profile("post.example", known[seed % 2], ("http://post.example/",)).splitlines():
        lines += [f"# remark {len(lines)}."] * (chance.random() < 0.3)
        is_whole = line and not line.startswith("#") and not line.endswith("[")
        lines.append(f"{line} # remark {len(lines)}." if is_whole and chance.random() < 0.2 else line)
    text = "\n".join([*lines, "# remark at the end."]) + "\n"
    remarks = set(re.findall(r"# remark [^.]*\.", text))
    for _ in range(3):
        taught = chance.choice(known)
        change = Change(datetime.date(2026, 3, 1), ["template 1"]) if chance.random() < 0.3 else None
        text = learn_again(text, taught, change=change)
        assert set(re.findall(r"# remark [^.]*\.", text)) == remarks
        assert parse_profile(text).templates
