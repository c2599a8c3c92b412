"""Who becomes an author, an editor, a credit."""

from datetime import UTC, datetime

from pipelines.draft import Draft
from pipelines.people import normalize_people
from pipelines.source import normalize_source
from scraper.extraction.reading import Block, Candidate, PageReading

CHINESE = "云岭县的早稻昨天全部收割完毕，全县三十二个村的晒谷场上铺满了新谷。"
ENGLISH = "The last field of the valley was cut on Thursday evening."


def people(text, *candidates):
    reading = PageReading(url="http://www.fenmoor.example/1.html", blocks=[Block(text=text)])
    for field, candidate in candidates:
        reading.add(field, candidate)
    draft = Draft(reading=reading, fetched_at=datetime(2026, 11, 21, tzinfo=UTC))
    normalize_source(draft)
    normalize_people(draft)
    return draft.article


def said(field, raw, method="label", label=None, confidence=0.9, locator=None):
    return field, Candidate(raw=raw, method=method, label=label, confidence=confidence, locator=locator)


def test_an_editor_is_never_an_author():
    article = people(
        CHINESE, said("editor", "责任编辑：何苗", label="责任编辑"), said("author", "记者丁澜", method="dateline")
    )
    assert (article.authors, article.responsible_editors) == (["丁澜"], ["何苗"])
    assert [(credit.name, credit.role) for credit in article.credits] == [
        ("丁澜", "reporter"),
        ("何苗", "responsible_editor"),
    ]


def test_a_site_may_bear_the_name_of_the_person_who_writes_it():
    named = said("publisher", "Emma Marsh", method="meta"), said("author", "Emma Marsh", method="jsonld")
    assert people(ENGLISH, *named).authors == ["Emma Marsh"]


def test_a_house_that_names_itself_as_author_is_nobody():
    named = said("publisher", "Fenmoor Orchard", method="meta"), said("author", "Fenmoor Orchard", method="jsonld")
    assert people(ENGLISH, *named).authors == []


def test_beside_a_declared_login_an_unlabelled_byline_has_to_be_a_known_name():
    login = said("author", "fm_admin", method="meta", confidence=0.55)
    assert people(ENGLISH, login, said("author", "Garden Tools", method="byline", confidence=0.6)).authors == []
    assert people(ENGLISH, login, said("author", "Emma Marsh", method="byline", confidence=0.6)).authors == [
        "Emma Marsh"
    ]


def test_a_byline_that_names_whom_the_page_declares_is_not_extended_by_that_of_a_teaser():
    declared = said("author", "Emma Marsh", method="meta", confidence=0.55)
    own = said("author", "Emma Marsh", method="byline", confidence=0.9, locator="line 12")
    teaser = said("author", "Tom Alder and Emma Marsh", method="byline", confidence=0.75, locator="line 4")
    assert people(ENGLISH, declared, teaser, own).authors == ["Emma Marsh"]
    assert people(ENGLISH, declared, teaser).authors == ["Tom Alder", "Emma Marsh"]


def test_highwire_and_dublin_core_put_the_family_name_in_front():
    tags = [
        said("author", raw, method="meta", locator="meta[@name='citation_author']")
        for raw in ("Marsh, Ada", "Alder, Tom")
    ]
    assert people(ENGLISH, *tags).authors == ["Ada Marsh", "Tom Alder"]
    tag = said("author", "Marsh, Ada", method="meta", locator="meta[@name='DC.creator']")
    assert people(ENGLISH, tag).authors == ["Ada Marsh"]


def test_the_meta_author_of_a_chinese_page_is_not_used():
    assert people(CHINESE, said("author", "何苗", method="meta")).authors == []


def test_one_person_can_write_and_edit():
    article = people(CHINESE, said("author", "记者何苗", method="dateline"), said("editor", "编辑：何苗", label="编辑"))
    assert (article.authors, article.responsible_editors) == (["何苗"], ["何苗"])


def test_a_labelled_author_who_is_the_editor_gives_way_to_the_closing_byline():
    article = people(
        CHINESE,
        said("author", "作者：何苗", label="作者"),
        said("editor", "责任编辑：何苗", label="责任编辑"),
        said("author", "作者：丁澜北京大学教授", method="byline"),
    )
    assert article.authors == ["丁澜"]


def test_a_login_is_printed_as_editor_but_is_nobody_in_the_credits():
    article = people(CHINESE, said("editor", "责任编辑：HN666", label="责任编辑"))
    assert (article.responsible_editors, article.credits) == (["HN666"], [])


def test_the_label_of_a_site_editor_leaves_no_name_behind():
    assert people(CHINESE, said("editor", "云岭网编辑：何苗", label="云岭网编辑")).responsible_editors == ["何苗"]


def test_the_publisher_is_no_author():
    article = people(
        ENGLISH,
        said("publisher", "Fenmoor Echo", method="meta"),
        said("author", "Fenmoor Echo", method="jsonld", locator="$.author(Person)"),
    )
    assert article.authors == []


def test_an_organization_of_structured_data_is_no_author():
    article = people(ENGLISH, said("author", "Fenmoor Farmers", method="jsonld", locator="$.author(Organization)"))
    assert article.authors == []


def test_a_byline_in_print_may_name_more_than_the_declared_author():
    article = people(
        ENGLISH,
        said("author", "Ada Marsh", method="meta"),
        said("author", "By Ada Marsh and Tom Alder", method="byline"),
    )
    assert article.authors == ["Ada Marsh", "Tom Alder"]


def test_structured_data_win_over_another_name_near_the_headline():
    article = people(
        ENGLISH, said("author", "Ada Marsh", method="jsonld"), said("author", "Tom Alder", method="byline")
    )
    assert article.authors == ["Ada Marsh"]


def test_the_evidence_is_kept():
    article = people(CHINESE, said("author", "（记者何苗）", method="dateline", locator="line 7"))
    assert article.evidence["authors"].raw == "（记者何苗）"
    assert article.evidence["authors"].locator == "line 7"


def sureness(*candidates):
    reading = PageReading(url="http://www.fenmoor.example/1.html", blocks=[Block(text=ENGLISH)])
    for field, candidate in candidates:
        reading.add(field, candidate)
    draft = Draft(reading=reading, fetched_at=datetime(2026, 11, 21, tzinfo=UTC))
    normalize_people(draft)
    return draft.article.evidence["authors"].confidence


def test_authors_that_two_kinds_of_places_name_are_surer_than_those_of_one():
    declared = said("author", "Ada Marsh", method="jsonld", confidence=0.95)
    printed = said("author", "By Ada Marsh", method="byline", confidence=0.85)
    assert sureness(declared, printed) > sureness(declared) > sureness(printed)


def test_a_declared_author_whom_the_page_prints_as_its_editor_gives_way_to_the_byline():
    declared = said("author", "Paul Keel", method="jsonld", locator="$.author(Person)")
    editor = said("editor", "Editor : Paul Keel", label="Editor")
    byline = said("author", "Emma Marsh", method="byline", confidence=0.65, locator="line 4, div.author")
    assert people(ENGLISH, declared, editor, byline).authors == ["Emma Marsh"]
    assert people(ENGLISH, declared, editor).authors == ["Paul Keel"]


def test_a_blogger_may_sign_with_the_given_name_that_the_site_begins_with():
    site = said("publisher", "Emma's Kitchen", method="meta")
    assert people(ENGLISH, site, said("author", "Emma", method="meta")).authors == ["Emma"]
    assert people(ENGLISH, site, said("author", "Emmas", method="meta")).authors == []


def test_a_full_name_declared_in_small_letters_gets_its_capitals():
    assert people(ENGLISH, said("author", "emma marsh", method="jsonld")).authors == ["Emma Marsh"]
    assert people(ENGLISH, said("author", "web desk", method="jsonld")).authors == []


def test_a_declared_author_who_is_printed_too_stands_against_another_byline():
    declared = said("author", "Emma Marsh", method="jsonld", confidence=0.6)
    other = said("author", "Paul Keel", method="byline", label="by", confidence=0.85, locator="line 3")
    printed = said("author", "Emma Marsh", method="byline", confidence=0.75, locator="line 5, span.author-name")
    assert people(ENGLISH, declared, other).authors == ["Paul Keel"]
    assert people(ENGLISH, declared, other, printed).authors == ["Emma Marsh"]


def test_one_full_name_in_the_box_about_the_author_is_the_writer():
    box = said("author", "Emma Marsh", method="byline", confidence=0.35, locator="line 90, h3.author-name")
    other = said("author", "Paul Keel", method="byline", confidence=0.35, locator="line 96, h3.author-name")
    assert people(ENGLISH, box).authors == ["Emma Marsh"]
    assert people(ENGLISH, box, other).authors == []
