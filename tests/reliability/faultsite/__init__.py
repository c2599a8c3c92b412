"""A newspaper on loopback that breaks every rule, for the tests of reliability.

`python tests/reliability/serve.py` leaves it running. A new fault is one decorated function in the module of its kind:
see `faultsite.faults`.
"""

from faultsite import (  # noqa: F401  (importing a module registers its faults)
    in_the_charset,
    in_the_markup,
    in_the_sources,
    no_article,
    on_the_wire,
    out_of_breath,
    to_elsewhere,
    too_large,
    too_slow,
    without_end,
)
from faultsite.faults import FAULTS, NO_SUCH_HOST, TRAP_BUDGET, Fault, House, Kind
from faultsite.server import FaultSite, Request
from faultsite.stories import Story, write_story

__all__ = [
    "FAULTS",
    "NO_SUCH_HOST",
    "TRAP_BUDGET",
    "Fault",
    "FaultSite",
    "House",
    "Kind",
    "Request",
    "Story",
    "write_story",
]
