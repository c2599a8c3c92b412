"""The guard of names: addresses that the policy does not permit are never handed on."""

from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.endpoints import HostnameEndpoint
from twisted.internet.error import DNSLookupError
from twisted.internet.protocol import Factory
from twisted.internet.testing import MemoryReactorClock

from scraper.fetching.policy import _GuardedResolver
from scraper.urls import UrlPolicy


class Fixed:
    """A resolver with fixed answers."""

    def __init__(self, *addresses: Any) -> None:
        self.addresses = addresses

    def resolveHostName(self, receiver: Any, name: str, *_: Any) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for address in self.addresses:
            receiver.addressResolved(address)
        receiver.resolutionComplete()


class Taken:
    """A receiver that keeps what it is given."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


def resolve(policy: UrlPolicy, *addresses: Any) -> Taken:
    taken = Taken()
    _GuardedResolver(Fixed(*addresses), policy).resolveHostName(taken, "news.example.com", 80)
    return taken


def test_only_public_addresses_of_a_name_are_handed_on() -> None:
    taken = resolve(
        UrlPolicy(["http://news.example.com/"]),
        IPv4Address("TCP", "10.0.0.1", 80),
        IPv4Address("TCP", "93.184.216.34", 80),
        IPv6Address("TCP", "::1", 80),
        IPv6Address("TCP", "::ffff:127.0.0.1", 80),
    )
    assert taken.addresses == ["93.184.216.34"]
    assert taken.complete


def test_a_name_that_points_inside_has_no_address() -> None:
    taken = resolve(UrlPolicy(["http://news.example.com/"]), IPv4Address("TCP", "169.254.169.254", 80))
    assert taken.addresses == []
    assert taken.complete


def test_an_address_that_was_allowed_is_handed_on() -> None:
    policy = UrlPolicy(["http://news.example.com/"], ["10.0.0.0/24"])
    assert resolve(policy, IPv4Address("TCP", "10.0.0.1", 80)).addresses == ["10.0.0.1"]


@pytest.mark.parametrize(
    "address",
    [
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "2001:0:4136:e378:8000:63bf:80ff:fffe",
        "2001:db8::1",
        "100::1",
    ],
)
def test_no_form_of_ipv6_leads_inside(address: str) -> None:
    taken = resolve(UrlPolicy(["http://news.example.com/"]), IPv6Address("TCP", address, 80))
    assert taken.addresses == []


def test_a_public_ipv6_address_is_handed_on() -> None:
    taken = resolve(UrlPolicy(["http://news.example.com/"]), IPv6Address("TCP", "2606:2800:220:1::1", 80))
    assert taken.addresses == ["2606:2800:220:1::1"]


class Rebinding:
    """A resolver whose first answer is public, and every later one is inside."""

    def __init__(self) -> None:
        self.asked = 0

    def resolveHostName(self, receiver: Any, name: str, *_: Any) -> None:  # noqa: N802
        self.asked += 1
        address = "93.184.216.34" if self.asked == 1 else "127.0.0.1"
        Fixed(IPv4Address("TCP", address, 80)).resolveHostName(receiver, name)


def test_a_name_that_is_pointed_elsewhere_afterwards_opens_what_was_checked() -> None:
    # The same way that Scrapy goes: an endpoint for a name, on a reactor with the guard in its resolver.
    names = Rebinding()
    reactor = MemoryReactorClock()
    reactor.nameResolver = _GuardedResolver(names, UrlPolicy(["http://news.example.com/"]))
    for _ in range(3):
        connected = HostnameEndpoint(reactor, b"news.example.com", 80).connect(Factory())
        connected.addErrback(lambda failure: failure.trap(DNSLookupError))
        reactor.advance(1)
    assert names.asked == 3
    assert [host for host, *_ in reactor.tcpClients] == ["93.184.216.34"]
