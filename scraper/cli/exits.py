"""How a command ends: exit codes and the failures that carry one.

The numbers follow sysexits.h where it has one, and the shell's 128 + signal for a stop by signal. They are
part of the interface: cron jobs and scripts branch on them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command. `describe` says it in a sentence."""

    OK = 0
    LOOK = 1
    USAGE = 2
    BROKEN_INPUT = 65
    UNREACHABLE = 69
    UNBALANCED = 70
    IO = 74
    LOCKED = 75
    CONFIG = 78
    INTERRUPTED = 130
    TERMINATED = 143

    @property
    def describe(self) -> str:
        """The code as a sentence for people."""
        return SENTENCES[self]

    @property
    def word(self) -> str:
        """The code in one word, for a line of a table."""
        return WORDS[self]


SENTENCES: dict[Exit, str] = {
    Exit.OK: "all well, nothing left to do",
    Exit.LOOK: "finished, but something needs a look: no article at all, addresses left to the next run, "
    "a site that is not as usual, or an input that was none",
    Exit.USAGE: "the command line cannot be understood",
    Exit.BROKEN_INPUT: "the input cannot be read, is empty or is no HTML",
    Exit.UNREACHABLE: "nothing could be reached: no host name, no connection, no usable robots.txt",
    Exit.UNBALANCED: "the books do not balance, or an error of the program itself",
    Exit.IO: "the disk is full, or the output cannot be written or lost what was committed",
    Exit.LOCKED: "another run is at work on the same site folder",
    Exit.CONFIG: "a setting or a site profile is wrong",
    Exit.INTERRUPTED: "stopped by SIGINT (Ctrl-C); what was done is kept, the same command goes on",
    Exit.TERMINATED: "stopped by SIGTERM; what was done is kept, the same command goes on",
}

WORDS: dict[Exit, str] = {
    Exit.OK: "well",
    Exit.LOOK: "look",
    Exit.USAGE: "usage",
    Exit.BROKEN_INPUT: "input",
    Exit.UNREACHABLE: "no reach",
    Exit.UNBALANCED: "failed",
    Exit.IO: "disk",
    Exit.LOCKED: "locked",
    Exit.CONFIG: "config",
    Exit.INTERRUPTED: "stopped",
    Exit.TERMINATED: "stopped",
}


BY_WEIGHT = (
    Exit.OK,
    Exit.LOOK,
    Exit.LOCKED,
    Exit.UNREACHABLE,
    Exit.BROKEN_INPUT,
    Exit.USAGE,
    Exit.CONFIG,
    Exit.IO,
    Exit.UNBALANCED,
    Exit.TERMINATED,
    Exit.INTERRUPTED,
)
"""From the best to the worst: what passes by itself, what a person must put right, what may touch the data, and what
was stopped and says nothing of the rest."""


def worst(codes: Iterable[int]) -> Exit:
    """The exit code of several pieces of work: the worst of theirs in the order of `BY_WEIGHT`; OK for none.

    A code that is none of ours, as of a process that the kernel killed, counts as UNBALANCED.
    """
    known = [Exit(code) if code in set(Exit) else Exit.UNBALANCED for code in codes]
    return max(known, key=BY_WEIGHT.index, default=Exit.OK)


class CommandError(Exception):
    """What a user can act on: one sentence on stderr and an exit code, no traceback."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    def tell(self) -> Exit:
        """Print the sentence, of several one a line, and return the code."""
        for line in self.sentence.splitlines():
            print(f"scraper: {line}", file=sys.stderr)
        return self.code
