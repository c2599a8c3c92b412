from __future__ import annotations

from datetime import date

import pytest

from scraper.profiles import ProfileError, parse_profile
from scraper.profiles.paperforms import front_on, parse_address

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("url", "kind", "root", "is_page", "page"),
    [
        ("http://e.example/yxrb/html/2026-11/20/node_2.htm", "founder", "e.example/yxrb/", True, None),
        ("http://e.example/html/2026-11/20/content_48300.htm", "founder", "e.example/", False, None),
        ("http://e.example/2026-11/20/node_3.html", "founder", "e.example/", True, None),
        ("http://e.example/yxrb/html/2026-11/20/nbs.D110000yxrb_02.htm", "nbs", "e.example/yxrb/", True, "02"),
        ("http://e.example/rb/html/2026-11/20/nw.D110000rb_20261120_3-02.htm", "nbs", "e.example/rb/", False, "02"),
        ("http://e.example/yxrb/pc/layout/202611/20/node_A01.html", "layout", "e.example/yxrb/", True, "A01"),
        ("http://e.example/yxrb/pc/content/202611/20/content_48300.html", "layout", "e.example/yxrb/", False, None),
        ("http://e.example/pc/layout/202611/20/col01.html", "layout", "e.example/", True, "01"),
        ("http://e.example/pc/con/202611/20/c48300.html", "layout", "e.example/", False, None),
        ("http://e.example/shtml/yxrb/20261120/vA1.shtml", "shtml", "e.example/yxrb", True, "A1"),
        ("http://e.example/shtml/yxrb/20261120/index.shtml", "shtml", "e.example/yxrb", True, None),
        ("http://e.example/shtml/yxrb/20261120/90837.shtml", "shtml", "e.example/yxrb", False, None),
    ],
)  # fmt: skip
def test_an_address_tells_system_day_and_page(url: str, kind: str, root: str, is_page: bool, page: str | None):
    address = parse_address(url)
    assert address is not None
    assert (address.kind, address.day, address.is_page, address.page) == (kind, DAY, is_page, page)
    assert address.root.rstrip("/") == root.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example/news/2026-11/20/content_48300.shtml?x=1",
        "http://www.example/a/202611/20/48300.html",
        "http://e.example/html/2026-13/20/node_2.htm",
        "http://e.example/html/2026-11/20/",
    ],
)
def test_other_addresses_are_no_page_of_an_e_paper(url: str):
    address = parse_address(url)
    assert address is None or not address.is_page


def test_a_page_of_one_day_leads_to_that_of_another():
    assert front_on("http://e.example/html/2026-11/20/node_2.htm", date(2025, 1, 3)) == (
        "http://e.example/html/2025-01/03/node_2.htm"
    )
    assert front_on("http://e.example/shtml/yxrb/20261120/v01.shtml", date(2025, 1, 3)) == (
        "http://e.example/shtml/yxrb/20250103/v01.shtml"
    )


def test_an_address_of_another_form_is_refused_with_an_example():
    with pytest.raises(ValueError, match=r"such as html/2026-11/20/node_1\.htm"):
        front_on("http://e.example/today.html", DAY)


def profile(text: str) -> str:
    return f'name = "example"\nseeds = ["http://www.example/"]\n{text}'


def test_a_profile_has_the_systems_of_an_e_paper_with_their_days():
    found = parse_profile(
        profile(
            '[[epaper]]\nkind = "nbs"\nfront = "http://e.example/rb/html/2020-01/01/nbs.D110000rb_01.htm"\n'
            'until = 2024-11-30\n[[epaper]]\nkind = "layout"\n'
            'front = "http://e.example/rb/pc/layout/202501/01/node_01.html"\nsince = 2024-12-01\n'
        )
    )
    fronts = [
        paper.front_on(day) for day in (date(2024, 11, 30), DAY) for paper in found.epapers if paper.is_valid(day)
    ]
    assert fronts == [
        "http://e.example/rb/html/2024-11/30/nbs.D110000rb_01.htm",
        "http://e.example/rb/pc/layout/202611/20/node_01.html",
    ]


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("http://e.example/html/2026-11/20/node_2.htm", "front has the form of founder, kind is layout"),
        ("http://e.example/index.html", "expected the address of a page of an e-paper"),
    ],
)
def test_a_front_that_is_of_no_use_is_told(front: str, message: str):
    with pytest.raises(ProfileError, match=message):
        parse_profile(profile(f'[[epaper]]\nkind = "layout"\nfront = "{front}"\n'))
