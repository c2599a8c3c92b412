"""The command tree, and the one place where an exception becomes a sentence and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import scraper
from scraper.cli import (
    browse,
    crawl,
    dataset,
    demo,
    export,
    extract,
    harvest,
    history,
    learn,
    profile,
    rebuild,
    reextract,
    report,
    schedule,
    schema,
    sources,
    status,
    verify,
)
from scraper.cli.exits import CommandError, Exit

app = typer.Typer(
    name="scraper",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
for verb in (
    crawl.crawl,
    harvest.harvest,
    schedule.schedule,
    status.status,
    report.report,
    sources.sources,
    history.history,
    browse.browse,
    extract.extract,
    demo.demo,
    export.export,
    dataset.dataset,
    verify.verify,
    rebuild.rebuild,
    learn.learn,
    profile.profile,
    reextract.reextract,
    schema.schema,
):
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
        code = int(app(arguments, prog_name="scraper", standalone_mode=False) or 0)
        if sys.stdout is not None:  # as it is where a shell closed it: >&-
            sys.stdout.flush()
        return code
    except CommandError as error:
        return error.tell()
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        # A missing argument is said over several lines, a wrong choice in the words of a validator.
        said = " ".join(error.format_message().split()).replace(": Value error, ", ": ")
        sentence = said.removeprefix("Invalid value: ").rstrip(".")
        hint = f"see '{context.command_path} --help'" if context else ""
        hint = hint and (f" {hint.capitalize()}" if sentence.endswith("?") else f"; {hint}")
        return CommandError(Exit.USAGE, sentence + hint).tell()
    except OSError as error:
        return _tell_io_error(error)
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED


def _tell_io_error(error: OSError) -> Exit:
    # What is still in the buffer would fail once more when Python exits.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return Exit.LOOK  # whoever reads has enough, as in `scraper extract saved/ | head -n 1`; as click has it
    what = error.filename or "the output"
    return CommandError(Exit.IO, f"{what} cannot be read or written: {error.strerror or error}").tell()
