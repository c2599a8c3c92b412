"""Small plots as inline SVG: shapes alone, stretched by the page to its width; what is to be read stands beside them.

Text within a drawing that shrinks to the width of a phone could not be read there.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

HEIGHT = 100
"""Of the coordinates; the page sets the size."""

SVG = '<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" role="img" aria-label="{label}">{shapes}</svg>'


def draw_bars(values: Sequence[tuple[str, int]], label: str) -> Markup:
    """A column for each value, named in its tooltip; zero is a hair's breadth, so that the day is seen to be there.

    Args:
        values: names and numbers, in order.
        label: what is shown, for those who cannot see it.
    """
    top = max([value for _, value in values] or [0]) or 1
    shapes = []
    for place, (name, value) in enumerate(values):
        height = max(value / top * HEIGHT, 0.8)
        shapes.append(
            f'<rect class="{"bar" if value else "bar none"}" x="{place * 10 + 1}" y="{HEIGHT - height:.2f}" width="8" '
            f'height="{height:.2f}"><title>{escape(name)}: {value}</title></rect>'
        )
    return _svg(len(values) * 10, label, shapes)


def draw_line(shares: Sequence[float], label: str) -> Markup:
    """How a share went, from 0 at the bottom to 1 at the top; one value alone is a level line."""
    points = list(shares) * 2 if len(shares) == 1 else list(shares)
    step = 100 / max(1, len(points) - 1)
    path = " ".join(f"{place * step:.1f},{(1 - share) * 92 + 4:.1f}" for place, share in enumerate(points))
    return _svg(100, label, [f'<polyline class="line" points="{path}"/>'])


def draw_parts(parts: Sequence[tuple[str, int]], label: str) -> Markup:
    """One bar, cut into parts; the first six have a colour of their own, `part0` to `part5`."""
    total = sum(count for _, count in parts) or 1
    shapes, start = [], 0.0
    for place, (name, count) in enumerate(parts):
        width = count / total * 100
        shapes.append(
            f'<rect class="part{min(place, 5)}" x="{start:.2f}" y="0" width="{width:.2f}" height="{HEIGHT}">'
            f"<title>{escape(name)}: {count}</title></rect>"
        )
        start += width
    return _svg(100, label, shapes)


def _svg(width: int, label: str, shapes: Sequence[str]) -> Markup:
    return Markup(SVG.format(width=max(width, 1), height=HEIGHT, label=escape(label), shapes="".join(shapes)))
