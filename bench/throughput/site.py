"""A loopback site made of saved pages: lists of 100 links, and pages that link to one another.

Every link of a page leads to a page of the site, always the same for the same address, so that a page has as many
links as it had, and a crawler as much work with them. What would be asked besides (stylesheets, refreshes) is out.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import re
import zlib
from pathlib import Path
from typing import Any

LINKS_A_LIST = 100
"""Links of one list page."""

PAGE_NAMES = (".html", ".htm", ".html.gz", ".htm.gz")
"""How the files of saved pages end."""

_ANY_LINK = re.compile(rb"(?i)\b(href|http-equiv)\s*=")
_LINK = re.compile(rb"""(?i)(<a\s(?:[^<>]*?\s)?)data-href=\s*("[^"]*"|'[^']*'|[^\s>]+)""")


def find_pages(folder: Path, limit: int) -> list[Path]:
    """The saved pages of a folder, at most `limit` of them, evenly chosen."""
    found = sorted(path for path in folder.rglob("*") if path.name.lower().endswith(PAGE_NAMES))
    return found[:: max(1, len(found) // limit)][:limit]


def load_page(path: Path) -> bytes:
    """A saved page as it was served."""
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def build_site(folder: Path, pages: list[Path]) -> dict[str, bytes]:
    """Bodies by path, all made beforehand, so that serving them takes nothing from the crawls.

    The addresses look like those of news: /<folder>/20250101/story-bc.html.
    """
    names = [f"/{path.parent.relative_to(folder).as_posix()}/20250101/" for path in pages]
    paths = [f"{name.replace('/./', '/')}story-{_letters(number)}.html" for number, name in enumerate(names)]

    def lead_within(match: re.Match[bytes]) -> bytes:
        target = paths[zlib.crc32(match[2].strip(b"'\"")) % len(paths)]
        return match[1] + b'href="' + target.encode() + b'"'

    bodies = {
        path: _LINK.sub(lead_within, _ANY_LINK.sub(rb"data-\1=", load_page(file)))
        for path, file in zip(paths, pages, strict=True)
    }
    lists = ["/", *(f"/list-{_letters(number)}.html" for number in range(1, -(-len(pages) // LINKS_A_LIST)))]
    more = [f"<a href='{other}'>List {other[1:-5]}</a>" for other in lists]
    for number, path in enumerate(lists):
        links = [
            f"<li><a href='{link}'>What happened at {link[-8:-5]} today, told in full</a></li>"
            for link in paths[number * LINKS_A_LIST : (number + 1) * LINKS_A_LIST]
        ]
        page = f"<html><title>List</title><body><ul>{''.join(links)}</ul>{' '.join(more)}</body></html>"
        bodies[path] = page.encode()
    return bodies


def serve(site: dict[str, bytes], ready: Any) -> None:
    """Serve a site on loopback until ended; sends the port when it listens."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = site.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ready.send(server.server_address[1])
    server.serve_forever(0.05)


def _letters(number: int) -> str:
    """A number in letters: digits at the end of an address look like pages of one article."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}")
