"""The articles of a dataset over time, drawn as SVG: one file, no script, nothing from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

WIDTH, HEIGHT = 760, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 34, 30

_MAX_BARS = 120


def draw_coverage(days: Mapping[str, int]) -> str:
    """Bars of articles a day, a month or a year, whichever gives fewer than 120.

    Args:
        days: articles by YYYY-MM-DD.
    """
    unit, bars = _bars(days)
    highest = max(bars.values(), default=1)
    room_x, room_y = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    step = room_x / max(len(bars), 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12">',
        f"<title>Articles by {unit} of publication</title>",
        "<style>.ink{fill:#333}.bar{fill:#2a6f97}.line{stroke:#ccc}.back{fill:#fff}"
        "@media(prefers-color-scheme:dark){.ink{fill:#ddd}.bar{fill:#61a5c2}.line{stroke:#444}.back{fill:#16191d}}"
        "</style>",
        f'<rect class="back" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="ink" x="{_LEFT}" y="20">Articles by {unit} of publication</text>',
    ]
    for share in (0.0, 0.5, 1.0):
        y = _TOP + room_y * (1 - share)
        parts.append(f'<line class="line" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if share in (0.0, 1.0) or highest % 2 == 0:
            label = f"{round(highest * share):,}"
            parts.append(f'<text class="ink" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    labelled = {0, len(bars) // 2, len(bars) - 1} if len(bars) > 2 else set(range(len(bars)))
    for index, (name, number) in enumerate(bars.items()):
        x, height = _LEFT + index * step, room_y * number / highest
        parts.append(
            f'<rect class="bar" x="{x:.1f}" y="{_TOP + room_y - height:.1f}" width="{max(step * 0.85, 0.5):.1f}" '
            f'height="{height:.1f}"><title>{name}: {number:,}</title></rect>'
        )
        if index in labelled:
            anchor = (
                "start" if index == 0 and len(bars) > 2 else "end" if index and index == len(bars) - 1 else "middle"
            )
            at = {"start": x, "middle": x + step * 0.42, "end": x + step * 0.85}[anchor]
            parts.append(f'<text class="ink" x="{at:.1f}" y="{HEIGHT - 10}" text-anchor="{anchor}">{name}</text>')
    return "\n".join([*parts, "</svg>\n"])


def _bars(days: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """The unit, and for each day, month or year from first to last how many; none is left out."""
    if not days:
        return "day", {}
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    if (last - first).days < _MAX_BARS:
        names = [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]
        return "day", {name: days.get(name, 0) for name in names}
    months = [
        f"{number // 12:04}-{number % 12 + 1:02}"
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    unit, length, names = (
        ("month", 7, months)
        if len(months) <= _MAX_BARS
        else ("year", 4, [f"{year:04}" for year in range(first.year, last.year + 1)])
    )
    sums: Counter[str] = Counter()
    for day, number in days.items():
        sums[day[:length]] += number
    return unit, {name: sums[name] for name in names}
