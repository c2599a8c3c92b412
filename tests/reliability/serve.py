"""Leave the misbehaving newspaper running, to look at it or to crawl it by hand: python tests/reliability/serve.py"""

from __future__ import annotations

import contextlib
import sys
import threading

from faultsite import FAULTS, FaultSite


def main(names: list[str]) -> None:
    """Serve the faults of these names, or all, until Ctrl-C."""
    with FaultSite([FAULTS[name] for name in names] or None) as site:
        for fault in site.faults:
            print(f"{fault.kind:10}{fault.name:32}{fault.about}")
        print(f"\n{site.url}  (counts: {site.url}__stats)", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
