"""Finding the sites that `scraper status` is about, and showing how they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scraper.cli.collection import load_collection
from scraper.cli.exits import CommandError, Exit, worst
from scraper.cli.folders import site_folder
from scraper.ledger import SiteError
from scraper.report.drift import list_templates
from scraper.report.gates import MIN_SAMPLES
from scraper.report.history import Harvested, Run, load_runs, share
from scraper.report.status import Status, read_status
from scraper.report.tally import SHOWN_FIELDS

WIDTH = 80


def find_statuses(collection: Path | None, output: Path, site: str | None) -> list[Status]:
    """How the sites of a collection or of an output folder stand.

    Args:
        collection: a sites.toml; its sites are shown, those that were never harvested among them.
        output: where site folders are, without a collection.
        site: only this one.

    Raises:
        CommandError: there is none, or its data cannot be read.
    """
    try:
        if collection is not None:
            known = load_collection(collection).sites
            picked = [each for each in known if site in (None, each.name)]
            if picked:
                return [read_status(each.folder, name=each.name, every=each.every) for each in picked]
        if site is not None:
            return [read_status(site_folder(site, output))]
        folders = sorted(path.parent for path in output.glob("*/ledger.sqlite"))
        if not folders:
            raise CommandError(Exit.BROKEN_INPUT, f"no harvested site in {output}; crawl one, or name it with --output")
        return [read_status(folder) for folder in folders]
    except SiteError as error:
        raise CommandError(Exit.IO, str(error)) from error


def print_table(statuses: list[Status]) -> None:
    """One line a site, 80 columns."""
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold", width=WIDTH)
    table.add_column("site", ratio=1, no_wrap=True)
    table.add_column("last run", no_wrap=True)
    for name in ("new", "changed", "gone", "failed"):
        table.add_column(name, justify="right", no_wrap=True)
    now = datetime.now(UTC)
    is_any_due = any(_due(status, now) for status in statuses)
    if is_any_due:
        table.add_column("next due", no_wrap=True)
    table.add_column("health", no_wrap=True, max_width=16)
    for status in statuses:
        run = status.run
        brought = run.harvested if run else None
        counts = [brought.new, brought.changed, brought.gone, brought.problems] if brought else [None] * 4
        table.add_row(
            status.site,
            _last_run(status),
            *("" if count is None else f"{count}" for count in counts),
            *([_due(status, now)] if is_any_due else []),
            Text(status.health, style="" if status.health in ("", "ok", "learning") else "yellow"),
        )
    Console(width=WIDTH, highlight=False, markup=False).print(table)


def print_details(status: Status) -> None:
    """Everything about one site, 80 columns."""
    console = Console(width=WIDTH, highlight=False, markup=False)
    console.rule(Text(status.site, style="bold"), align="left", style="dim")
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    run = status.run
    table.add_row("last run", _last_run(status))
    table.add_row("next due", _due(status, datetime.now(UTC)) or "whenever it is harvested")
    table.add_row("folder", str(status.folder))
    if run is not None:
        brought = run.harvested
        if status.state != "ended":
            table.add_row("the one before", f"{run.started.astimezone():%m-%d %H:%M}, which brought what follows")
        table.add_row("ended with", f"{run.exit_code}, {Exit(run.exit_code).describe}")
        table.add_row(
            "articles",
            f"{brought.new} new, {brought.changed} changed; {status.articles} in the file",
        )
        table.add_row("pages", f"{brought.pages} in {run.seconds:.0f} s; {brought.gone} gone, {run.left} left")
        table.add_row("problems", _problems(run) or "none")
        if templates := _templates(run):
            table.add_row("templates", templates)
        table.add_row("health", _health(status))
        if brought.articles:
            table.add_row("fields", _fields(run, load_runs(status.folder)[:-1]))
    console.print(table)


def _last_run(status: Status) -> str:
    if status.started is None:
        return "never"
    when = f"{status.started.astimezone():%m-%d %H:%M}"
    if status.state != "ended":
        return f"{when} {status.state}"
    return when if not status.exit_code else f"{when} {worst([status.exit_code]).word}"


def _due(status: Status, now: datetime) -> str:
    if status.state == "running" or (status.due is None and status.started is not None):
        return ""
    if status.due is None or status.due <= now:
        return "now"
    return f"{status.due.astimezone():%m-%d %H:%M}"


def _problems(run: Run) -> str:
    return ", ".join(f"{count} {reason}" for reason, count in run.harvested.count_reasons(problems=True).items())


def _health(status: Status) -> str:
    assert status.run is not None
    if status.run.breaches:
        return "\n".join(breach["sentence"] for breach in status.run.breaches)
    if status.health == "templates":
        return "a template of the profile has stopped matching, see above"
    if status.health == "learning":
        return f"learning: {MIN_SAMPLES} portions of history are needed to compare with, {status.samples} are there"
    return "as usual"


def _templates(run: Run) -> str:
    """Each template with the articles that it read, and since when it does not fit; empty without a profile's."""
    lines = []
    for template in list_templates(run):
        stopped = f", stopped matching on {template['stopped_on']}" if template["stopped_on"] else ""
        if stopped and template["last"]:
            stopped += f", {template['last_missed']} of its last {template['last']} pages"
        why = f" ({template['why']})" if stopped and template["why"] else ""
        lines.append(f"{template['name']} read {template['read']}{stopped}{why}")
    if run.harvested.misfits:
        lines.append(f"{run.harvested.misfits} pages fit none")
    lines += [sentence for sentence in run.manifest.get("learning", []) if " stopped matching on " not in sentence]
    return "\n".join(lines)


def _fields(run: Run, earlier: list[Run]) -> Table:
    before = sum((each.harvested for each in earlier), Harvested())
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name in SHOWN_FIELDS:
        now = share(run.harvested.fields.get(name, 0), run.harvested.articles)
        usual = f"before {share(before.fields.get(name, 0), before.articles):.0%}" if before.articles else ""
        grid.add_row(name, f"{now:4.0%}", Text(usual, style="dim"))
    return grid
