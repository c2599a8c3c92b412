from collections.abc import Callable
from typing import Any

import pytest

from scraper.article import Article
from scraper.export import FilterError, parse_filter

MakeArticle = Callable[..., Article]


@pytest.fixture
def record(article: MakeArticle) -> dict[str, Any]:
    return article(17, keywords=["大桥", "Bridge"], title='He said "no" and left').to_dict()


@pytest.mark.parametrize(
    "text",
    [
        "section=要闻",
        "section != 体育",
        "source.name=云岫日报",
        "source.is_reprint=false",
        "version=1",
        "version<10",
        "crawl.status >= 200",
        "text~第二段",
        "keywords~bridge",
        "text!~洪水",
        "authors=何苗",
        "authors!=邹远",
        "credits.role=responsible_editor",
        "images.caption=图",
        "evidence.title.confidence>0.9",
        "edition=null",
        "edition.page=null",
        "pages=null",
        "source!=null",
        "evidence!=null",
        "date_published>=2026-11-18 and date_published<=2026-11-18",
        "date_published=2026-11",
        "date_published>2025",
        "crawl.fetched_at=2026-11-23",
        "section=要闻 and version=1 and text~第二段",
        'title~"said \\"no\\" and left"',
        "title~no",
    ],
)
def test_a_record_is_wanted(record: dict[str, Any], text: str) -> None:
    assert parse_filter(text)(record)


@pytest.mark.parametrize(
    "text",
    [
        "section=体育",
        "section!=要闻",
        "source.is_reprint=true",
        "version>1",
        "authors!=何苗",
        "keywords!~大桥",
        "edition!=null",
        "section=null",
        "date_published<2026-11-18",
        "date_published>2026-11-18",
        "date_modified>=1900",
        "section=要闻 and version=2",
    ],
)
def test_a_record_is_not_wanted(record: dict[str, Any], text: str) -> None:
    assert not parse_filter(text)(record)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the filter is empty"),
        ("section", "cannot be read at 'section'; expected FIELD OPERATOR VALUE"),
        ("section=要闻 or version=2", "'or' is no part of a value without quotes; filters are joined by `and` alone"),
        ("section=要闻 and", "behind `and` stands another FIELD OPERATOR VALUE"),
        ("section==要闻", "expected one = alone"),
        ('section="要闻', 'a quote is not closed in section="要闻'),
        ("date_published>=2026-02-30", "found '2026-02-30'"),
        ("sektion=要闻", "no field 'sektion'; did you mean section"),
        ("source.nam=x", "did you mean source.name"),
        ("title.x=1", "no field 'title.x'"),
        ("source=云岫日报", "say one of source.name"),
        ("evidence.title~h1", "say one of evidence.title.method"),
        ("version=two", "version is a number, found 'two'"),
        ("source.is_reprint=1", "true or false"),
        ("date_published>=1.11.2026", "YYYY-MM-DD, found '1.11.2026'"),
        ("section~null", "null is compared by = or !="),
        ("section=", "section=null"),
        ("section=要闻; import os", "^$"),
    ],
)
def test_a_filter_that_cannot_be_used_says_what_is_expected(record: dict[str, Any], text: str, sentence: str) -> None:
    if sentence == "^$":  # words of other languages are text like any other: nothing is ever executed
        assert not parse_filter(text)(record)
        return
    with pytest.raises(FilterError, match=sentence):
        parse_filter(text)
