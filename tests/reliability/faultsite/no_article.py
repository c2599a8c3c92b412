"""Answers that hold no article: statuses, wrong types, pages that say sorry."""

from __future__ import annotations

import random
import zlib

from faultsite.faults import Fault, answers
from faultsite.server import Call
from scraper.reasons import Reason

NO_PAGE = (Reason.NOT_HTML, Reason.CHARSET, Reason.EMPTY)


def _status(status: str, *reasons: Reason) -> Fault:
    """A fault that answers its story with an error status."""
    code, _, words = status.partition(" ")

    def serve(call: Call) -> None:
        call.reply(call.page, status)

    about = f"The status is {code} {words}, the body is a page."
    return answers.bad(*reasons, name=f"status-{code}", about=about)(serve)


for _line, _reasons in {
    "400 Bad Request": (Reason.HTTP_4XX,),
    "401 Unauthorized": (Reason.HTTP_4XX,),
    "402 Payment Required": (Reason.HTTP_4XX,),
    "403 Forbidden": (Reason.HTTP_4XX,),
    "404 Not Found": (Reason.GONE, Reason.HTTP_4XX),
    "410 Gone": (Reason.GONE,),
    "418 I'm a teapot": (Reason.HTTP_4XX,),
    "451 Unavailable For Legal Reasons": (Reason.HTTP_4XX,),
    "500 Internal Server Error": (Reason.HTTP_5XX,),
    "502 Bad Gateway": (Reason.HTTP_5XX,),
    "503 Service Unavailable": (Reason.HTTP_5XX, Reason.RATE_LIMITED),
    "504 Gateway Timeout": (Reason.HTTP_5XX, Reason.TIMEOUT),
    "520 Web Server Error": (Reason.HTTP_5XX,),
    "999 Request Denied": (Reason.BAD_HTTP, Reason.HTTP_4XX, Reason.HTTP_5XX),
    "304 Not Modified": (Reason.EMPTY, Reason.BAD_HTTP),
    "302 Found": (Reason.BAD_HTTP, Reason.REDIRECT_LOOP, Reason.BAD_URL, Reason.EMPTY),
}.items():
    _status(_line, *_reasons)


@answers.bad(Reason.EMPTY)
def status_204(call: Call) -> None:
    """The status is 204 No Content."""
    call.start("204 No Content", content_type=None)


@answers.either()
def status_206(call: Call) -> None:
    """The status is 206 Partial Content, though nobody asked for a part."""
    call.reply(call.page, "206 Partial Content", headers=[f"Content-Range: bytes 0-99/{len(call.page)}"])


@answers.bad(Reason.EMPTY)
def empty(call: Call) -> None:
    """The status is 200 and there is no body."""
    call.reply(b"")


@answers.bad(Reason.EMPTY)
def blank(call: Call) -> None:
    """The body is white space."""
    call.reply(b" \r\n\t" * 50)


@answers.bad(Reason.EMPTY, Reason.NO_TEXT, Reason.NO_TITLE)
def hollow(call: Call) -> None:
    """HTML without a word in it."""
    call.reply("<!DOCTYPE html><html><head></head><body><div></div></body></html>")


@answers.bad(*NO_PAGE)
def png_as_html(call: Call) -> None:
    """text/html that is a PNG image."""
    noise = zlib.compress(random.Random(3).randbytes(20_000))
    call.reply(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise)


@answers.bad(*NO_PAGE, Reason.NO_TEXT, Reason.NO_TITLE)
def noise_as_html(call: Call) -> None:
    """text/html that is random bytes."""
    call.reply(random.Random(4).randbytes(20_000))


@answers.bad(Reason.NOT_HTML)
def pdf(call: Call) -> None:
    """A PDF under the address of an article."""
    call.reply(b"%PDF-1.7\n" + random.Random(5).randbytes(2000), content_type="application/pdf")


@answers.bad(Reason.NOT_HTML, Reason.NO_TEXT, Reason.NO_TITLE)
def json_as_html(call: Call) -> None:
    """text/html that is JSON."""
    call.reply('{"code": 0, "data": {"list": [1, 2, 3], "message": "ok"}}')


@answers.good()
def html_without_type(call: Call) -> None:
    """A page without a Content-Type."""
    call.reply(call.page, content_type=None)


@answers.either()
def html_as_text(call: Call) -> None:
    """A page under text/plain."""
    call.reply(call.page, content_type="text/plain; charset=utf-8")


SOFT_404 = (Reason.SOFT_404, Reason.NO_TEXT, Reason.NO_TITLE)


@answers.bad(*SOFT_404)
def soft_404(call: Call) -> None:
    """An error message in Chinese with status 200."""
    call.reply(
        '<html><head><meta charset="utf-8"><title>404 页面不存在</title></head><body><div class="content">'
        "<h1>抱歉，您访问的页面不存在</h1><p>您要查看的文章可能已被删除、更名或暂时不可用。请检查您输入的网址是否正确，"
        '或者返回<a href="/">首页</a>浏览其他内容。系统将在5秒后自动跳转。</p></div></body></html>'
    )


@answers.bad(*SOFT_404)
def soft_404_english(call: Call) -> None:
    """An error message in English with status 200."""
    call.reply(
        '<html lang="en"><head><meta charset="utf-8"><title>Page not found - The Ring Road Daily</title></head><body>'
        "<main><h1>Page not found</h1><p>Sorry, the page you are looking for does not exist or has been moved. Please "
        'check the address for typing errors, use the search, or go back to the <a href="/">home page</a>.</p></main>'
        "</body></html>"
    )


@answers.bad(*SOFT_404)
def deleted_article(call: Call) -> None:
    """The frame of an article page, with a line in place of the text: the article has been taken down."""
    call.reply(
        '<html lang="zh-CN"><head><meta charset="utf-8"><title>提示信息_环城日报</title></head><body>'
        '<div class="article"><h1>提示信息</h1><div class="content"><p>该文章已被删除或正在审核中。</p></div></div>'
        "</body></html>"
    )
