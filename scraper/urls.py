"""Addresses: their canonical form, the key of their site, and the one policy of what may be fetched at all.

Everything here is pure: no name is resolved. The resolver asks `UrlPolicy.permits_address` again once it knows
which address a name has.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

from scraper.reasons import Reason

__all__ = ["MAX_URL_CHARS", "UrlPolicy", "canonicalize", "host_of", "registrable_domain", "site_key"]

MAX_URL_CHARS = 2048
"""Longest address that is asked for. Sitemaps allow as much (sitemaps.org: less than 2,048 characters)."""

DEFAULT_PORTS = {"http": 80, "https": 443}

_TRACKING = re.compile(
    r"""(?xi)
    utm_\w+ | hmsr | hmpl | hmcu | hmkw | hmci             # campaign tags of Google and Baidu
    | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | twclid | ttclid | bd_vid
    | mc_cid | mc_eid | igshid | _ga | _gl | _hsenc | _hsmi | mkt_tok | oly_enc_id | oly_anon_id
    | spm | scm | isappinstalled | nsukey | share_token | wxshare_count | wxfid | ref_src | ref_url | cmpid | ito
    | phpsessid | jsessionid | aspsessionid\w* | sessionid | session_id | sid | cfid | cftoken
    """
)
_SHARED_FROM = re.compile(r"(?i)(?:singlemessage|groupmessage|timeline|weixin|wechat|qq|weibo|wx)$")
_SESSION_PATH = re.compile(r"(?i);(?:jsessionid|phpsessid|sid)=[^/?;]*|/\(S\([0-9a-z]{10,}\)\)")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@lru_cache(maxsize=20_000)
def canonicalize(url: str) -> str:
    """The canonical form of an http(s) address: two addresses of one page should have one.

    Scheme and host in lower case, IDNA for the host, no default port, no user information, no fragment; dot
    segments resolved and escapes normalized (RFC 3986 §6.2.2); session ids and tracking parameters off; the other
    parameters sorted by name, those without a name off. `www.` and the scheme stay: there are sites where they matter.

    Raises:
        ValueError: it has no host or cannot be read as a URL.
    """
    parts = _split(safe_url_string(url.strip()))
    path = _ESCAPE.sub(_normalize_escape, _SESSION_PATH.sub("", parts.path) or "/")
    if "/." in path:
        path = urlsplit(urljoin("http://h/", path)).path
    kept = [pair for pair in parts.query.split("&") if pair and pair[0] != "=" and not _is_tracking(pair)]
    query = "&".join(sorted(kept, key=lambda pair: pair.partition("=")[0])) if kept else ""
    return urlunsplit((parts.scheme, _netloc(parts), path, _ESCAPE.sub(_normalize_escape, query), ""))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if name.lower() == "from":
        # `from` says where a WeChat share came from, but is a page offset or a column elsewhere.
        return _SHARED_FROM.match(value) is not None
    return _TRACKING.fullmatch(name) is not None


def _normalize_escape(match: re.Match[str]) -> str:
    char = chr(int(match.group()[1:], 16))
    return char if char in _UNRESERVED else match.group().upper()


def _netloc(parts: SplitResult) -> str:
    host = _idna(parts.hostname or "")
    if ":" in host:
        host = f"[{host}]"
    return host if parts.port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


def _idna(host: str) -> str:
    host = host.rstrip(".")
    return host if host.isascii() else host.encode("idna").decode("ascii").lower()


def _split(url: str) -> SplitResult:
    parts = urlsplit(url)
    if not parts.hostname or "\\" in parts.netloc or re.search(r"[\x00-\x20\x7f]", parts.netloc):
        raise ValueError(f"{url[:200]!r} has no readable host, expected http(s)://host/path")
    _ = parts.port  # raises ValueError where it is no number
    return parts


def host_of(url: str) -> str:
    """Host in lower case, with its port where it is not the scheme's own: 127.0.0.1:8000. "" for a bad URL."""
    try:
        return _netloc(_split(url))
    except ValueError:
        return ""


@cache
def _suffixes() -> Any:
    import tldextract

    # The list that ships with the package: no network, the same answer every day.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(maxsize=10_000)
def _domain_of_host(host: str) -> str:
    if _literal_address(host) is None:
        found: str = _suffixes().extract_str(host).top_domain_under_public_suffix
        return found or host
    return host


def registrable_domain(url: str) -> str:
    """The domain that somebody registered: news.people.com.cn is of people.com.cn (publicsuffix.org).

    The host itself where there is none (an IP address, localhost), "" for a bad URL.
    """
    try:
        return _domain_of_host(_idna(_split(url).hostname or ""))
    except ValueError:
        return ""


def site_key(url: str) -> str:
    """Name of the site's folder: its registrable domain; host and port where it has none, as 127.0.0.1-8000.

    Only a-z, 0-9, dot, dash and underscore, never a dot in front.

    Raises:
        ValueError: the address has no readable host.
    """
    parts = _split(url)
    host = _idna(parts.hostname or "")
    domain = _domain_of_host(host)
    if "." not in domain or _literal_address(host) is not None:
        domain = _netloc(parts).replace(":", "-")
    return re.sub(r"[^a-z0-9._-]", "", domain.lower()).lstrip(".-") or "site"


Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@lru_cache(maxsize=10_000)
def _literal_address(host: str) -> Address | None:
    """The IP address that a host spells, in any notation that a resolver would accept; None for a name.

    Covers decimal, hexadecimal, octal and short forms (2130706433, 0x7f.1, 0177.0.0.1, 127.1), full-width digits,
    and names under localhost (RFC 6761 §6.3).
    """
    host = unicodedata.normalize("NFKC", host).strip("[]").rstrip(".").lower().partition("%")[0]
    if host == "localhost" or host.endswith(".localhost"):
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    if re.fullmatch(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}", host):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except OSError:
            # Over-long numbers: some resolvers wrap them round. Unspecified is never permitted.
            return ipaddress.IPv4Address(0)
    return None


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and int(address) >> 32 == 0:  # ::a.b.c.d, deprecated by RFC 4291 §2.5.5.1
            inner = ipaddress.IPv4Address(int(address))
        if inner is not None:
            return _is_public(inner)
        if address in _LOCAL_NAT64:
            return False
    return address.is_global and not address.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215; early releases of Python call it global
_RANGE = re.compile(r"(\d+\.\d+\.\d+\.)(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class _Allowed:
    """A host name, or a range of addresses, on one port or on any."""

    port: int | None
    name: str = ""
    low: Address | None = None
    high: Address | None = None

    def covers_name(self, host: str, port: int) -> bool:
        named = bool(self.name) and (host == self.name or host.endswith("." + self.name))
        return named and self.port in (None, port)

    def covers_address(self, address: Address, port: int) -> bool:
        if self.low is None or self.high is None or self.port not in (None, port):
            return False
        return self.low.version == address.version and int(self.low) <= int(address) <= int(self.high)


def _parse_allowed(text: str) -> _Allowed:
    host, port = text.strip().lower(), None
    if "://" in host:
        host = urlsplit(host).netloc
    if match := re.fullmatch(r"([^:]+|\[.*\]):(\d+)", host):
        host, port = match[1], int(match[2])
    host = host.strip("[]").removeprefix("*.")
    low: Address | None
    high: Address | None
    if match := _RANGE.fullmatch(host):
        low, high = ipaddress.ip_address(match[1] + match[2]), ipaddress.ip_address(match[1] + match[3])
    elif "/" in host:
        network = ipaddress.ip_network(host, strict=False)
        low, high = network[0], network[-1]
    else:
        low = high = _literal_address(host)
    if low is not None:
        return _Allowed(port, low=low, high=high)
    if not re.fullmatch(r"[^\s/\\:@?#]+", host):
        raise ValueError(f"{text!r} is not a host, expected news.example.com, host:port, 127.0.0.20-29 or 10.0.0.0/24")
    return _Allowed(port, name=_idna(host))


class UrlPolicy:
    """What may be fetched: asked for every seed, link, redirect, refresh, canonical, sitemap, feed and robots entry.

    In scope are the registrable domains of the starts with their subdomains, and what is allowed besides. A private,
    loopback, link-local or reserved address is out in every notation, unless it was typed as a start (then with its
    port only) or is allowed by address. A name never opens a private address: names can be made to point anywhere.

    Args:
        starts: URLs that the user typed.
        allowed: host names (subdomains included), `host:port`, IP addresses, ranges such as 127.0.0.20-29, networks.

    Raises:
        ValueError: an entry of `allowed` is none of these.
    """

    def __init__(self, starts: Iterable[str], allowed: Iterable[str] = ()) -> None:
        self._domains: set[str] = set()
        self._allowed = [_parse_allowed(text) for text in allowed]
        for start in starts:
            try:
                parts = _split(start)
                address = _literal_address(parts.hostname or "")
            except ValueError:
                continue  # judged as BAD_URL when it is asked for
            if address is None:
                self._domains.add(registrable_domain(start))
            else:
                self._allowed.append(_Allowed(_port(parts), low=address, high=address))

    def judge(self, url: str) -> Reason | None:
        """Why an address may not be fetched; None where it may."""
        if len(url) > MAX_URL_CHARS:
            return Reason.BAD_URL
        scheme, colon, _ = url.partition(":")
        if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
            return Reason.BAD_URL
        if scheme.lower() not in DEFAULT_PORTS:
            return Reason.SCHEME
        try:
            parts = _split(url)
            host, port = _idna((parts.hostname or "").lower()), _port(parts)
        except ValueError:
            return Reason.BAD_URL
        address = _literal_address(host)
        if address is not None:
            if any(entry.covers_address(address, port) for entry in self._allowed):
                return None
            return Reason.OFF_SITE if _is_public(address) else Reason.BLOCKED_ADDRESS
        if _domain_of_host(host) in self._domains or any(entry.covers_name(host, port) for entry in self._allowed):
            return None
        return Reason.OFF_SITE

    def permits_address(self, address: str, port: int) -> bool:
        """Whether a connection to this IP address may be opened. False for what is no address."""
        try:
            parsed = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return _is_public(parsed) or any(entry.covers_address(parsed, port) for entry in self._allowed)


def _port(parts: SplitResult) -> int:
    return parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
