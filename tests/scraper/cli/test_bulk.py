import base64
import io
import json
import subprocess
import sys
from typing import Any

from scraper.cli.bulk import parse_lines
from scraper.cli.readers import Page
from tests.scraper.cli.conftest import LIST_PAGE, Run, article_page


def line(line_id: Any, html: bytes, url: str | None = None) -> bytes:
    return json.dumps({"id": line_id, "url": url, "html_b64": base64.b64encode(html).decode()}).encode() + b"\n"


def answers(stdout: bytes) -> list[dict[str, Any]]:
    return [json.loads(answer) for answer in stdout.splitlines()]


def test_every_line_is_answered_in_its_order_with_its_id(scraper: Run) -> None:
    pages = [line(n, article_page(f"春耕时节农事忙之{n}") if n % 3 else LIST_PAGE) for n in range(20)]
    done = scraper("extract", "--jsonl", input=b"".join(pages))
    found = answers(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [list(answer) for answer in found] == [["id", "article", "reason"]] * 20
    assert [answer["id"] for answer in found] == list(range(20))
    assert [answer["article"] and answer["article"]["title"] for answer in found] == [
        f"春耕时节农事忙之{n}" if n % 3 else None for n in range(20)
    ]
    assert all((answer["article"] is None) == (answer["reason"] is not None) for answer in found)


def test_a_broken_line_is_answered_and_the_next_one_is_read(scraper: Run) -> None:
    broken = [b"{not json\n", b"[1]\n", b'{"id":7,"html_b64":"%%%"}\n', b'{"id":8}\n', b"\xff\xfe\n"]
    done = scraper("extract", "--jsonl", input=b"".join(broken) + b"\n" + line("last", article_page()))
    found = answers(done.stdout)
    assert done.returncode == 1
    assert [answer["id"] for answer in found] == [None, None, 7, 8, None, "last"]
    assert all(answer["article"] is None and answer["reason"].startswith("bad_line: ") for answer in found[:5])
    assert found[5]["article"]["title"] == "春耕时节农事忙"


def test_the_url_of_a_line_is_the_url_of_its_article(scraper: Run) -> None:
    done = scraper("extract", "--jsonl", input=line(1, article_page(), "https://www.example.com/2018/1.html"))
    assert answers(done.stdout)[0]["article"]["url"] == "https://www.example.com/2018/1.html"


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    command = [sys.executable, "-m", "scraper.cli", "extract", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for n in range(2):
            process.stdin.write(line(n, article_page()))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == n
        process.stdin.close()
        assert process.wait(60) == 0


def test_a_line_without_end_is_not_kept_in_memory() -> None:
    class Endless(io.RawIOBase):
        """100 MB without a line end, then one line."""

        left = 100

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.left == 0:
                return 0
            self.left -= 1
            content = b"x" * min(len(buffer), 1_000_000) if self.left else b'\n{"id":1,"html_b64":""}\n'
            buffer[: len(content)] = content
            return len(content)

    parsed = list(parse_lines(io.BufferedReader(Endless(), 1_000_000)))
    assert parsed[0] == ((None, "bad_line: longer than 30,000,000 bytes"), None)
    assert parsed[1] == ((1, None), Page(b"", None))
