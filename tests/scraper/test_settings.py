"""The Scrapy settings: what is unsafe or impolite by default is changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from scraper.demo import serve

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def settings() -> Settings:
    found = Settings()
    found.setmodule("scraper.settings", priority="project")
    return found


def test_the_crawl_is_polite(settings: Settings) -> None:
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert settings.getfloat("DOWNLOAD_DELAY") == 1.0
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") == 0
    assert "obeys robots.txt" in settings["USER_AGENT"]


def test_answers_are_bounded(settings: Settings) -> None:
    assert settings.getint("DOWNLOAD_TIMEOUT") == 60
    assert settings.getint("DOWNLOAD_MAXSIZE") == 10 << 20
    assert settings.getint("MAX_DECODED_BYTES") == 20 << 20
    assert settings.getint("MAX_HEADER_BYTES") == 64 << 10
    assert settings.getint("REDIRECT_MAX_TIMES") == 5


def test_nothing_but_http_is_fetched_and_nobody_can_steer_the_crawl(settings: Settings) -> None:
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    assert not settings.getbool("COOKIES_ENABLED")
    assert not settings.getbool("HTTPPROXY_ENABLED")


@pytest.mark.parametrize("group", ["DOWNLOADER_MIDDLEWARES", "EXTENSIONS", "DOWNLOAD_HANDLERS"])
def test_every_class_that_is_named_exists(settings: Settings, group: str) -> None:
    for name in settings[group]:
        if str(name).startswith("scraper."):
            assert load_object(name)


def scrapy(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=240, check=True
    )
    return done.stdout


def test_scrapy_list_knows_the_spider() -> None:
    assert scrapy("list").split() == ["site"]


def test_scrapy_shell_fetches_a_page() -> None:
    with serve() as server:
        assert "200" in scrapy("shell", "--nolog", server.url + "/", "-c", "response.status")
