import unicodedata

from scraper.cli.beforeafter import WIDTH, show
from scraper.export.differences import Difference


def shown(**fields: tuple[object, object]) -> list[str]:
    found = list(show(Difference(id="1" * 32, url="https://news.example.com/1.html", what="changed", fields=fields)))
    assert found[0] == "changed  https://news.example.com/1.html"
    for line in found:
        assert sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line) <= WIDTH
    return found[1:]


def test_values_that_fit_into_a_line_are_shown_whole() -> None:
    assert shown(date_published=("2026-11-19T16:05:00+08:00", "2026-11-19T16:05:00+09:00"), section=(None, "要闻")) == [
        "  date_published",
        "    - 2026-11-19T16:05:00+08:00",
        "    + 2026-11-19T16:05:00+09:00",
        "  section",
        "    - nothing",
        "    + 要闻",
    ]


def test_of_an_object_what_differs_within_it_is_shown() -> None:
    before = {"name": "云岫新闻网", "domain": "example.com"}
    assert shown(publisher=(before, {**before, "name": "云岫日报"})) == [
        "  publisher.name",
        "    - 云岫新闻网",
        "    + 云岫日报",
    ]


def test_of_a_list_what_is_not_in_both_is_shown() -> None:
    one, other = {"name": "林晚舟", "role": "reporter", "role_raw": None}, {"name": "何苗", "role": "author"}
    assert shown(credits=([one], [one, other]), authors=(["林晚舟"], ["林晚舟", "何苗"])) == [
        "  credits",
        "    - nothing",
        "    + 何苗 author",
        "  authors",
        "    - nothing",
        "    + 何苗",
    ]


def test_another_order_shows_the_whole_list() -> None:
    assert shown(authors=(["甲", "乙"], ["乙", "甲"])) == ["  authors", "    - 甲; 乙", "    + 乙; 甲"]


def test_a_long_text_is_shown_from_shortly_before_its_change() -> None:
    start, end = "春耕时节农事忙。" * 20, "青溪镇的万亩稻田里。" * 20
    name, before, after = shown(text=(start + end, f"{start}新的一句。\n\n{end}"))
    assert name == "  text"
    assert before.startswith("    - …")
    assert before.endswith("…")
    assert "农事忙。青溪镇" in before
    assert "农事忙。新的一句。⏎⏎青溪镇" in after
