"""What a process keeps of the memory that it freed."""

import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library, which is left alone")

_HEAP = """
def heap_mb():
    lines = [line for line in open("/proc/self/maps") if "[heap]" in line]
    return sum(int(b, 16) - int(a, 16) for a, b in (line.split()[0].split("-") for line in lines)) / 1e6
def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
from scraper.allocator import give_back_free_memory, limit_free_memory
"""


def figure_of(program: str) -> float:
    """What a program prints in a process of its own."""
    return float(
        subprocess.run([sys.executable, "-c", _HEAP + program], capture_output=True, text=True, check=True).stdout
    )


AFTER_A_LARGE_BLOCK = (
    "bytearray(20_000_000); before = heap_mb(); kept = bytearray(10_000_000); print(heap_mb() - before)"
)
A_HEAP_OF_HOLES = """
blocks = [bytes(1000) for _ in range(50_000)]
blocks[:-1] = []
"""


def test_a_large_block_stays_out_of_the_heap_after_a_larger_one():
    assert figure_of("limit_free_memory()\n" + AFTER_A_LARGE_BLOCK) < 5 < figure_of(AFTER_A_LARGE_BLOCK)


def test_free_memory_below_a_block_in_use_is_given_back():
    program = A_HEAP_OF_HOLES + "before = resident_mb(); give_back_free_memory(); print(before - resident_mb())"
    assert figure_of(program) > 30
