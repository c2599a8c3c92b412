"""A cheap look for a sign saves trying a pattern where it cannot match: each way to match must hold a sign."""

import re
from re import _parser

import pytest

from pipelines import furniture, halves, jumps
from scraper.extraction import crumbs, dateforms, people, places, records


def always_holds(pattern: re.Pattern[str], signs: tuple[str, ...]) -> bool:
    """Whether every match of a pattern holds one of the signs; a digit of any kind is the sign ``\\d``."""
    return _holds(_parser.parse(pattern.pattern, pattern.flags), signs)


def _holds(items, signs) -> bool:
    written = ""
    for operation, value in items:
        name = str(operation)
        written = written + chr(value).lower() if name == "LITERAL" else ""
        if (
            any(sign in written for sign in signs)
            or (name == "IN" and all(_sign(member) in signs for member in value))
            or (name == "BRANCH" and all(_holds(branch, signs) for branch in value[1]))
            or (name == "SUBPATTERN" and _holds(value[-1], signs))
            or (name == "MAX_REPEAT" and value[0] and _holds(value[2], signs))
        ):
            return True
    return False


def _sign(member) -> str:
    name, value = str(member[0]), member[1]
    return chr(value) if name == "LITERAL" else r"\d" if str(value) == "CATEGORY_DIGIT" else name


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [
        (jumps._DEPARTURE, (jumps.PAGE_WORD,)),
        (jumps._DEPARTURE, ("转", "轉")),
        (jumps._ARRIVAL, (jumps.PAGE_WORD,)),
        (halves._ANY_MARK, (jumps.PAGE_WORD,)),
        (furniture._INLINE_END, ("责", "責", *furniture._BRACKETS)),
        (furniture._END_MARK, tuple(furniture._END_SIGNS)),
        (places._NOTICE, tuple(places._NOTICE_SIGNS)),
        (people._PRINTED_IN, ("》",)),
        (people._CLOSING, ("）", ")")),
        (people._CLOSING_SLASH, ("文",)),
        (people._SIGN_OFF, (" by ",)),
        (crumbs._KEYWORDS, (":", "：", ">>")),
        (dateforms._CLUE, (r"\d", "1", "20", "年", "년", "月", "월")),
        *((pattern, records._HINTS) for pattern in records._PATTERNS.values()),
    ],
)
def test_each_way_to_match_holds_what_is_looked_for_first(pattern, signs):
    assert always_holds(pattern, signs)


def test_a_way_to_match_without_the_sign_is_found_out():
    assert not always_holds(re.compile("下转.版|下转下页"), ("版",))
    assert not always_holds(re.compile("(?:版)?下转"), ("版",))
    assert not always_holds(re.compile("下转[版页]"), ("版",))
