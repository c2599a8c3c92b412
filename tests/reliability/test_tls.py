"""Encrypted hosts: a certificate that is trusted and fits is taken, any other is reported and nothing is read."""

from __future__ import annotations

import http.server
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from check import Harvested
from crawling import Crawl, site_folder
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from faultsite.stories import print_listing, print_page, write_story

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
PAGE = "/20250304/1001.html"


class Authority:
    """Signs certificates for addresses."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())

    def write(self, path: Path, *, address: str | None, until: datetime = NOW + DAY) -> Path:
        """A key with its certificate as PEM; that of the authority itself where there is no address."""
        key = ec.generate_private_key(ec.SECP256R1()) if address else self.key
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)]) if address else NAME
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(NAME)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - 10 * DAY)
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(ca=address is None, path_length=None), critical=True)
        )
        if address:
            names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))])
            builder = builder.add_extension(names, critical=False)
        certificate = builder.sign(self.key, hashes.SHA256())
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
        return path


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers what the server has."""

    def do_GET(self) -> None:
        page = self.server.pages.get(self.path)
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((page or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(address: str, pages: dict[str, str], certificate: Path | None = None) -> Iterator[str]:
    """A server on loopback, encrypted where it has a certificate; its origin."""
    server = http.server.ThreadingHTTPServer((address, 0), Handler)
    server.pages = pages
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The handshake is made by the thread of a connection, not by the one that accepts them all.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http{'s' if certificate else ''}://{address}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def harvested(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    authority, stranger = Authority(), Authority()
    trusted = authority.write(folder / "authority.pem", address=None)
    hosts = {
        "good": ("127.0.0.21", authority.write(folder / "good.pem", address="127.0.0.21")),
        "self-signed": ("127.0.0.22", stranger.write(folder / "stranger.pem", address="127.0.0.22")),
        "expired": ("127.0.0.23", authority.write(folder / "expired.pem", address="127.0.0.23", until=NOW - DAY)),
        "wrong-name": ("127.0.0.24", authority.write(folder / "wrong.pem", address="127.0.0.99")),
    }
    with ExitStack() as stack:
        stories = {name: write_story(f"tls/{name}") for name in hosts}
        origins = {
            name: stack.enter_context(served(address, {PAGE: print_page(stories[name])}, certificate))
            for name, (address, certificate) in hosts.items()
        }
        links = [(origin + PAGE, stories[name].title) for name, origin in origins.items()]
        start = stack.enter_context(served("127.0.0.20", {"/": print_listing("要闻", links)}))
        site = SimpleNamespace(url=start + "/")
        environment = {"SSL_CERT_FILE": str(trusted)}
        with Crawl(site, folder / "output", environment=environment) as crawl:
            code = crawl.wait(120)
        result = Harvested.read(site_folder(folder / "output"), code)
    titles = [record["title"] for record in result.records]

    return SimpleNamespace(titles=titles, stories=stories, origins=origins, reported=result.problems + result.left)


def test_a_trusted_certificate_is_taken(harvested):
    assert harvested.titles == [harvested.stories["good"].title]


@pytest.mark.parametrize("name", ["self-signed", "expired", "wrong-name"])
def test_a_certificate_that_does_not_hold_is_reported(name, harvested):
    url = harvested.origins[name] + PAGE
    assert [line["reason"] for line in harvested.reported if line["url"] == url] == ["tls"]
