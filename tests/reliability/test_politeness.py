"""The pace that a host asks for."""

from __future__ import annotations

import dataclasses
import itertools

from crawling import Crawl
from faultsite import FAULTS, FaultSite
from faultsite.server import Call

DELAY_S = 1.0


def test_a_crawl_delay_is_kept_between_any_two_requests(tmp_path):
    plain = dataclasses.replace(FAULTS["plain"], pages=4)
    with SlowDown([plain]) as site, Crawl(site, tmp_path, "-s", "DOWNLOAD_DELAY=0", delay=None) as crawl:
        assert crawl.wait(120) == 0, crawl.stderr
    # The rule holds from the answer of robots.txt on.
    times = sorted(request.at for request in site.requests if request.target != "/robots.txt")
    assert len(times) >= 5
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    # They were sent a second apart; on a busy machine one may be seen later than the next.
    assert min(gaps) >= DELAY_S / 2, gaps
    assert sum(gaps) >= len(gaps) * DELAY_S - DELAY_S / 2, gaps


class SlowDown(FaultSite):
    """Asks for a second between two requests."""

    def _answer_robots(self, call: Call) -> None:
        call.reply(f"User-agent: *\nCrawl-delay: {DELAY_S:g}\n", content_type="text/plain")
