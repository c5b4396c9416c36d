"""The one way to open an address that a person gave: never to a machine of our own, never for long, never too much."""

import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx
from django.utils.translation import gettext as _

from moothall.core.refusals import BadInput

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], list[str]]
Dial = Callable[[str, int, float], httpcore.NetworkStream]

AGENT = "Moothall/1"
MAX_ADDRESS = 2048
MAX_ANSWERS = 4

# Of IPv6 only what is handed out to the public, less the parts that reach IPv4 by another name (Teredo, 6to4).
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED: tuple[IPNetwork, ...] = tuple(
    ipaddress.ip_network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # Azure's machine service, inside public space
        *("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3ffe::/16", "3fff::/20"),
    )
)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+)\s*(?:;(.*))?", re.DOTALL)
_CHARSET = re.compile(r"charset\s*=\s*\"?([a-z0-9_.:-]{1,40})")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_REDIRECTS = {301, 302, 303, 307, 308}


class Unreachable(BadInput):
    """The address is not one we open, or did not answer as it should."""


@dataclass(frozen=True)
class Fetched:
    """What lay at an address: the last address, its type without parameters, its bytes unpacked, its charset or ""."""

    address: str
    content_type: str
    body: bytes
    charset: str = ""


@dataclass(frozen=True)
class Target:
    """An address taken apart once, so that nothing reads it a second time in another way."""

    url: httpx.URL
    scheme: str
    host: str
    port: int


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as this machine's resolver gives them."""
    return [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def system_dial(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A connection to that very IP address."""
    return httpcore.SyncBackend().connect_tcp(ip, port, timeout=seconds)


@dataclass(frozen=True)
class Policy:
    """Where a fetch may go; the default is the public web, and only tests and the demo open more."""

    ports: frozenset[int] = frozenset({80, 443})
    opened: tuple[IPNetwork, ...] = ()
    redirects: int = 4
    resolve: Resolve = system_resolve
    dial: Dial = system_dial
    tls: ssl.SSLContext | None = None


STRICT = Policy()


def fetch(
    address: str, *, max_bytes: int, types: tuple[str, ...], seconds: float = 10.0, policy: Policy = STRICT
) -> Fetched:
    """What lies at an address, in one of the media `types` ("text/html", "image/*"), at most `max_bytes` unpacked.

    `seconds` bound everything together: names, redirects, the last byte. All that fails is an Unreachable.
    """
    clock = _Clock(seconds)
    target = _target(address.strip(), policy)
    for _hop in range(policy.redirects + 1):
        try:
            answer = _ask(target, clock, policy, max_bytes, types)
        except httpcore.TimeoutException as error:
            raise Unreachable(_too_slow()) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise Unreachable(_no_connection(error)) from error
        if isinstance(answer, Fetched):
            return answer
        target = _followed(target, answer, policy)
    raise Unreachable(_("This address leads on to too many others."))


def is_public(ip: IPAddress) -> bool:
    """Whether an address belongs to the public internet, and to nothing that reaches elsewhere through it."""
    if isinstance(ip, ipaddress.IPv6Address) and (ip.scope_id or ip not in _PUBLIC_V6):
        return False
    return not any(ip in net for net in _CLOSED if net.version == ip.version)


class _Clock:
    """The time that is left, of one sum for everything."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        left = self.end - time.monotonic()
        if left <= 0:
            raise Unreachable(_too_slow())
        return left


class _Stream(httpcore.NetworkStream):
    """A connection each of whose waits ends with the clock, however slowly the other side drips."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self.inner = inner
        self.clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.clock.left())

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self.inner.start_tls(ssl_context, server_hostname, self.clock.left()), self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Pinned(httpcore.NetworkBackend):
    """Connects to the addresses that were judged, whatever name it is asked for; the name stays for TLS and Host."""

    def __init__(self, ips: list[str], clock: _Clock, dial: Dial) -> None:
        self.ips = ips
        self.clock = clock
        self.dial = dial

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        for rest in range(len(self.ips) - 1, 0, -1):
            try:
                return self._to(self.ips[-rest - 1], port, share=rest + 1)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._to(self.ips[-1], port, share=1)

    def _to(self, ip: str, port: int, share: int) -> httpcore.NetworkStream:
        return _Stream(self.dial(ip, port, self.clock.left() / share), self.clock)


def _target(address: str, policy: Policy) -> Target:
    if len(address) > MAX_ADDRESS or _UNFIT.search(address):
        raise Unreachable(_("This is not a web address."))
    try:
        url = httpx.URL(address).copy_with(fragment=None)
        host = url.raw_host.decode("ascii").lower().removesuffix(".")
    except (httpx.InvalidURL, ValueError) as error:
        raise Unreachable(_("This is not a web address.")) from error
    if url.scheme not in ("http", "https"):
        raise Unreachable(_("A web address starts with https:// or http://."))
    authority = re.split(r"[/?#]", address.partition("//")[2], maxsplit=1)[0]
    if url.userinfo or "@" in authority:
        raise Unreachable(_("A web address with a name or a password in it is not opened."))
    port = url.port if url.port is not None else (443 if url.scheme == "https" else 80)
    if port not in policy.ports:
        raise Unreachable(_("A web address with a port of its own is not opened."))
    if not _is_plain_host(host):
        raise Unreachable(_("This is not the name of a public website."))
    return Target(url, url.scheme, host, port)


def _is_plain_host(host: str) -> bool:
    """A name of several labels, or an IP address in its usual writing; not the octal, decimal or hex ones."""
    if ":" in host:
        return _as_ip(host) is not None
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _as_ip(host) is not None
    return len(host) <= 253 and len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels)


def _as_ip(text: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _judged(target: Target, clock: _Clock, policy: Policy) -> list[str]:
    """The addresses of the host, asked once; refused altogether if one of them is not public."""
    literal = _as_ip(target.host)
    answers = [target.host] if literal else _resolved(target, clock, policy.resolve)
    ips = [_as_ip(answer) for answer in dict.fromkeys(answers)]
    if not ips:
        raise Unreachable(_("There is no website of this name."))
    for ip in ips:
        if ip is None or not (is_public(ip) or any(ip in net for net in policy.opened)):
            raise Unreachable(_("This address does not lie on the public web."))
    return [str(ip) for ip in ips[:MAX_ANSWERS]]


def _resolved(target: Target, clock: _Clock, resolve: Resolve) -> list[str]:
    """The resolver's answer in time; it knows no time limit itself, so a thread is left behind if it hangs."""
    box: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            box.put(resolve(target.host, target.port))
        except Exception as error:  # whatever it is, the one who waits must hear of it
            box.put(error)

    threading.Thread(target=run, daemon=True, name="resolve").start()
    try:
        answer = box.get(timeout=clock.left())
    except queue.Empty as error:
        raise Unreachable(_too_slow()) from error
    if isinstance(answer, Exception):
        raise Unreachable(_("There is no website of this name.")) from answer
    return answer


def _ask(target: Target, clock: _Clock, policy: Policy, max_bytes: int, types: tuple[str, ...]) -> Fetched | str:
    """One request: what came, or the address it leads on to."""
    backend = _Pinned(_judged(target, clock, policy), clock, policy.dial)
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = target.port == (443 if target.scheme == "https" else 80)
    headers = [
        ("Host", host if usual else f"{host}:{target.port}"),
        ("User-Agent", AGENT),
        ("Accept", ", ".join(types)),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.url.raw_path)
    tls = policy.tls or _tls()
    with (
        httpcore.ConnectionPool(ssl_context=tls, max_connections=1, network_backend=backend) as pool,
        pool.stream("GET", url, headers=headers) as response,
    ):
        said = _Headers(response.headers)
        if response.status in _REDIRECTS and said.one("location"):
            return said.one("location")
        if response.status != 200:
            raise Unreachable(_("This address answered with the error %(status)d.") % {"status": response.status})
        kind, charset = _kind(said.one("content-type"), types)
        body = _body(response.iter_stream(), said, clock, max_bytes)
        return Fetched(str(target.url), kind, body, charset)


class _Headers:
    """Headers of an answer by lower-case name; one that is said twice differently counts as unsaid."""

    def __init__(self, raw: list[tuple[bytes, bytes]]) -> None:
        self.values: dict[str, set[str]] = {}
        for key, value in raw:
            self.values.setdefault(key.decode("latin-1").lower(), set()).add(value.decode("latin-1").strip())

    def one(self, key: str) -> str:
        values = self.values.get(key, set())
        return next(iter(values)) if len(values) == 1 else ""


def _kind(header: str, types: tuple[str, ...]) -> tuple[str, str]:
    match = _TYPE.fullmatch(header.lower())
    kind = match[1] if match else ""
    if not kind or (kind not in types and kind.partition("/")[0] + "/*" not in types):
        raise Unreachable(_("What lies at this address is not of the right type."))
    charset = _CHARSET.search(match[2] or "") if match else None
    return kind, charset[1] if charset else ""


def _body(chunks: Iterator[bytes], said: _Headers, clock: _Clock, max_bytes: int) -> bytes:
    encodings = said.values.get("content-encoding", {""})
    if len(encodings) != 1 or not encodings <= {"", "identity", "gzip", "x-gzip"}:
        raise Unreachable(_("What lies at this address is packed in a way we do not open."))
    length = said.one("content-length")
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise Unreachable(_too_large())
    raw = _counted(chunks, clock, max_bytes)
    if encodings <= {"", "identity"}:
        return b"".join(raw)
    return _unpacked(raw, max_bytes)


def _counted(chunks: Iterator[bytes], clock: _Clock, max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        clock.left()
        size += len(chunk)
        if size > max_bytes:
            raise Unreachable(_too_large())
        yield chunk


def _unpacked(chunks: Iterator[bytes], max_bytes: int) -> bytes:
    """Gunzip that stops one byte after `max_bytes`, so that a bomb never unfolds."""
    gunzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    body = bytearray()
    try:
        for chunk in chunks:
            body += gunzip.decompress(chunk, max_bytes + 1 - len(body))
            if len(body) > max_bytes:
                raise Unreachable(_too_large())
            if gunzip.eof:
                return bytes(body)
    except zlib.error as error:
        raise Unreachable(_("What came from this address is broken.")) from error
    raise Unreachable(_("What came from this address is broken."))


def _followed(target: Target, location: str, policy: Policy) -> Target:
    if len(location) > MAX_ADDRESS or _UNFIT.search(location):
        raise Unreachable(_("This address leads on to something that is no web address."))
    try:
        return _target(str(target.url.join(location)), policy)
    except (httpx.InvalidURL, ValueError) as error:
        raise Unreachable(_("This address leads on to something that is no web address.")) from error


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _no_connection(error: Exception) -> str:
    cause = error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLError) or "CERTIFICATE" in str(error).upper():
        return _("This website could not prove that it is who it says.")
    return _("This website does not answer as it should.")


def _too_slow() -> str:
    return _("This website took too long to answer.")


def _too_large() -> str:
    return _("What lies at this address is too large.")
