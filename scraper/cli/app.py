"""The command tree, and the one place where an exception becomes a sentence and an exit code."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import Annotated

import typer

import scraper
from scraper.cli import extract, schema
from scraper.cli.exits import CommandError, Exit

app = typer.Typer(
    name="scraper",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
for verb in (extract.extract, schema.schema):
    app.command()(verb)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"scraper {scraper.__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def about(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Point it at a news site and it brings home every article as one clean record.

    \b
    Try it on the newspaper that ships with it, then on a site of yours:
      scraper demo
      scraper crawl https://www.example.com/ --max-articles 20
      scraper extract saved-page.html
    """
    if context.invoked_subcommand is None:
        print(context.get_help())
        raise typer.Exit(Exit.USAGE)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; whatever a user can act on is one sentence on stderr."""
    try:
        return int(app(arguments, prog_name="scraper", standalone_mode=False) or 0)
    except CommandError as failure:
        return _say(failure.sentence, failure.code)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f"; see '{context.command_path} --help'" if context else ""
        sentence = error.format_message().removeprefix("Invalid value: ").rstrip(".")
        return _say(sentence + hint, Exit.USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away, as `| head` does: die as any Unix filter does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + signal.SIGPIPE
    except OSError as error:
        if error.errno in _OUTPUT_ERRORS:
            return _say(f"cannot write {error.filename or 'the output'}: {error.strerror}", Exit.IO)
        raise


_OUTPUT_ERRORS = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.ENOTDIR}


def _say(sentence: str, code: Exit) -> Exit:
    print(f"scraper: {sentence}", file=sys.stderr)
    return code
