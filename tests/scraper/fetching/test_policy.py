"""The guard of names: addresses that the policy does not permit are never handed on."""

from __future__ import annotations

from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address

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
