"""Redirects and other ways to lead a crawler in circles, to files, or to the internal host."""

from __future__ import annotations

from faultsite.faults import Fault, addresses
from faultsite.server import Call
from faultsite.stories import print_page
from scraper.reasons import Reason

UTF8 = '<meta charset="utf-8">'
NO_ADDRESS = (
    Reason.BAD_URL,
    Reason.SCHEME,
    Reason.BLOCKED_ADDRESS,
    Reason.BAD_HTTP,
    Reason.REDIRECT_LOOP,
    Reason.EMPTY,
)


@addresses.good()
def redirect_once(call: Call) -> None:
    """An ordinary permanent redirect to the story, with a relative Location."""
    if call.query == "moved":
        call.reply_story()
    else:
        call.redirect(f"{call.path}?moved", "301 Moved Permanently")


@addresses.good()
def redirect_thrice(call: Call) -> None:
    """Three redirects, then the story."""
    hop = int(call.query or 0)
    if hop == 3:
        call.reply_story()
    else:
        call.redirect(f"{call.origin}{call.path}?{hop + 1}")


@addresses.bad(Reason.REDIRECT_LOOP)
def redirect_loop(call: Call) -> None:
    """Two addresses redirect to each other."""
    call.redirect(call.path if call.query else f"{call.path}?other")


@addresses.bad(Reason.REDIRECT_LOOP)
def redirect_to_itself(call: Call) -> None:
    """The address redirects to itself."""
    call.redirect(call.path)


@addresses.bad(Reason.REDIRECT_LOOP)
def redirect_without_end(call: Call) -> None:
    """Each address redirects to one that was never seen."""
    call.redirect(f"{call.path}?{int(call.query or 0) + 1}")


def _leads(name: str, location: str, about: str, *reasons: Reason) -> Fault:
    """A redirect to something that must not be followed. `{internal}` and `{bait}` are filled in."""

    def serve(call: Call) -> None:
        call.redirect(
            location.format(path=f"{call.site.port}/{name}/20250304/admin.html", bait=call.site.bait(name).as_uri())
        )

    return addresses.forbidden(*reasons, name=name, about=about)(serve)


_leads("redirect-to-file", "{bait}", "The Location is a file of the crawler's machine.", Reason.SCHEME)
_leads("redirect-to-script", "javascript:alert(1)", "The Location is javascript:.", *NO_ADDRESS)
_leads("redirect-to-data", "data:text/html,<h1>hi</h1>", "The Location is data:.", *NO_ADDRESS)
_leads("redirect-to-nothing", "", "The Location is empty.", *NO_ADDRESS)
_leads("redirect-to-brackets", "http://[", "The Location cannot be read.", *NO_ADDRESS)
_leads("redirect-to-ftp", "ftp://127.0.0.66/x", "The Location is ftp:.", *NO_ADDRESS)

INTERNAL_FORMS = {
    "plain": "127.0.0.66",
    "decimal": "2130706498",
    "hex": "0x7f000042",
    "octal": "0177.0.0.0102",
    "short": "127.66",
    "mapped": "[::ffff:127.0.0.66]",
    "userinfo": "127.0.0.24@127.0.0.66",
    "fullwidth": "１２７.０.０.６６",
    "localhost": "localhost",
    "ipv6": "[::1]",
}
"""The internal host in the notations that resolvers understand."""

for _form, _host in INTERNAL_FORMS.items():
    _location = f"http://{_host}:{{path}}".encode().decode("latin-1")
    _leads(
        f"redirect-to-internal-{_form}",
        _location,
        f"The Location is the internal host as {_host}.",
        Reason.BLOCKED_ADDRESS,
        Reason.BAD_URL,
    )

_leads(
    "redirect-to-metadata",
    "http://169.254.169.254/latest/meta-data/",
    "The Location is the metadata service of cloud machines.",
    Reason.BLOCKED_ADDRESS,
)


@addresses.forbidden(*NO_ADDRESS, Reason.NO_TEXT, Reason.NO_TITLE, Reason.SOFT_404)
def refresh_to_internal(call: Call) -> None:
    """A meta refresh leads to the internal host."""
    target = call.site.internal("refresh-to-internal")
    call.reply(f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head><body></body></html>')


@addresses.forbidden(*NO_ADDRESS, Reason.NO_TEXT, Reason.NO_TITLE, Reason.SOFT_404)
def refresh_to_file(call: Call) -> None:
    """A meta refresh leads to a file of the crawler's machine."""
    target = call.site.bait("refresh-to-file").as_uri()
    call.reply(f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head><body></body></html>')


@addresses.forbidden()
def canonical_to_internal(call: Call) -> None:
    """The canonical link and og:url name the internal host."""
    target = call.site.internal("canonical-to-internal")
    head = f'{UTF8}<link rel="canonical" href="{target}"><meta property="og:url" content="{target}">'
    call.reply(print_page(call.story, head=head))


@addresses.forbidden()
def links_to_internal(call: Call) -> None:
    """Links behind the article lead to the internal host in all notations."""
    name = "links-to-internal"
    links = [call.site.internal(name, host) for host in INTERNAL_FORMS.values()]
    call.reply_story(after="".join(f'<a href="{link}">内部新闻一则</a>' for link in links))


@addresses.forbidden()
def next_page_to_internal(call: Call) -> None:
    """The link to the next page of the article leads to the internal host."""
    target = call.site.internal("next-page-to-internal")
    head = f'{UTF8}<link rel="next" href="{target}">'
    call.reply(print_page(call.story, head=head, after=f'<a href="{target}">下一页</a>'))


@addresses.forbidden()
def links_to_files(call: Call) -> None:
    """Links, frames and pictures behind the article are files of the crawler's machine."""
    target = call.site.bait("links-to-files").as_uri()
    call.reply_story(after=f'<a href="{target}">文件新闻一则</a><iframe src="{target}"></iframe><img src="{target}">')
