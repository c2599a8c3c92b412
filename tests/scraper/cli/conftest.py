import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]

ARTICLE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_要闻_云山日报</title></head>
<body><div class="crumbs"><a href="/">首页</a> &gt; <a href="/yw/">要闻</a> &gt; 正文</div>
<h1>{title}</h1><p>2018-03-12 09:15　来源：云山日报　作者：李明</p>
<div class="content"><p>三月的云山，田间地头一派繁忙景象，农民们抢抓农时，翻耕土地，播撒希望的种子。</p>
<p>在青溪镇的万亩稻田里，十几台旋耕机来回穿梭，新翻的泥土散发着清香，村民们正忙着修整田埂、疏通水渠。</p>
<p>镇农技站派出技术人员到田间指导，帮助农户选种育秧，确保今年粮食稳产增收，带动更多乡亲走上致富路。</p>
<p>（责任编辑：王芳）</p></div></body></html>"""


def article_page(title: str = "春耕时节农事忙") -> bytes:
    """A page with one article."""
    return ARTICLE.format(title=title).encode()


LIST_PAGE = (
    "<!doctype html><html><head><meta charset='utf-8'><title>要闻_云山日报</title></head><body><h1>要闻</h1><ul>"
    + "".join(f"<li><a href='/2018/{n}.html'>云山新闻标题之第{n}条消息</a> 2018-03-{n:02}</li>" for n in range(1, 30))
    + "</ul></body></html>"
).encode()


@pytest.fixture
def scraper(tmp_path: Path) -> Run:
    """Runs the command as a user does: `scraper("extract", "a.html", input=b"…")`, in a directory of its own."""

    def run(
        *arguments: str | Path, input: bytes | None = b"", timeout: float = 240
    ) -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", "scraper.cli", *map(str, arguments)]
        return subprocess.run(command, input=input, capture_output=True, timeout=timeout, cwd=tmp_path, check=False)

    return run
