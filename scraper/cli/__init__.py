"""The command line: one module a verb. Data goes to files or stdout, progress and messages to stderr.

Nothing heavy is imported at the top of a verb's module, so that every `--help` answers at once.
"""

import gc

__all__ = ["main"]


def main() -> int:
    """Entry point of the command `scraper`; the exit code is one of `scraper.cli.exits.Exit`."""
    from scraper.cli.app import run

    code = run()
    gc.freeze()  # or Python looks through all that is loaded once more before it ends: a quarter of a second
    return code
