"""Crawl the misbehaving newspaper once and print what was got wrong.

python tests/reliability/run_faults.py [--slow] [--output DIR] [FAULT…]
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from pathlib import Path

from check import Harvested, check
from crawling import HASTE, Crawl, site_folder, slowest_loop_s
from faultsite import FAULTS, FaultSite


def main() -> None:
    """Run, print the findings by kind of failure, then the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="*", help="names; all quick ones where none is given")
    parser.add_argument("--slow", action="store_true", help="the slow ones too")
    parser.add_argument("--output", type=Path, help="keep the output here")
    parser.add_argument("--timeout", type=float, default=900, help="seconds")
    arguments = parser.parse_args()
    chosen = [FAULTS[name] for name in arguments.faults] or [
        fault for fault in FAULTS.values() if arguments.slow or not fault.slow
    ]
    output = arguments.output or Path(tempfile.mkdtemp(prefix="faults-"))
    with FaultSite(chosen) as site, Crawl(site, output, *HASTE) as crawl:
        code = crawl.wait(arguments.timeout)
        print(crawl.stderr.strip())
        findings = check(Harvested.read(site_folder(output), code), site)
        for finding in sorted(findings, key=lambda finding: finding.failure):
            print(finding)
        print(f"\n{len(chosen)} faults, {len({finding.fault for finding in findings})} with findings")
        print(dict(Counter(finding.failure for finding in findings)))
        print(f"exit {code}, {crawl.seconds:.0f} s, {len(site.requests)} requests, {crawl.peak}")
        print(f"event loop held up for {slowest_loop_s(site_folder(output)):.2f} s at most")
        print(output)


if __name__ == "__main__":
    main()
