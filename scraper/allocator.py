"""What the allocator of the C library keeps of freed memory, for processes that live long.

glibc moves its limits with what is freed: once a page of 20 MB came, blocks up to that size are cut from the heap, and
40 MB of it are kept when they are free. Fixed limits give large blocks back at once. Where the library is another one,
nothing is done.
"""

from __future__ import annotations

import contextlib
import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Of ``mallopt(3)``."""

LARGE_BYTES = 1 << 20
"""From this size on a block is mapped by itself, and unmapped when it is freed."""

ARENAS = 2
"""Heaps that the threads of a process share: each keeps free memory of its own."""


def limit_free_memory() -> None:
    """Have this process and those that are forked from it keep little of what they free."""
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
        mallopt(_TRIM_THRESHOLD, LARGE_BYTES)
        mallopt(_ARENA_MAX, ARENAS)


def give_back_free_memory() -> None:
    """Give the system what of the heap is free."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
