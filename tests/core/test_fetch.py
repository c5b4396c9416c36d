"""A person's address never leads to a machine of ours, and never costs more than was allowed."""

import gzip
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moothall.core.fetch import STRICT, Fetched, Policy, Unreachable, fetch, is_public, system_dial
from moothall.core.refusals import Refusal

PUBLIC = "93.184.216.34"
LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
Route = Callable[[BaseHTTPRequestHandler], None]


class Site(ThreadingHTTPServer):
    """A web server on loopback that answers by path and counts who came."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.routes: dict[str, Route] = {}
        self.hits: list[str] = []
        self.hosts: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Silent: a fetch that has seen enough hangs up."""


class Visit(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = cast(Site, self.server)
        site.hits.append(self.path)
        site.hosts.append(self.headers.get("Host", ""))
        site.routes.get(self.path, page(b"hello"))(self)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def page(body: bytes, *headers: tuple[str, str], kind: str | None = "text/plain", status: int = 200) -> Route:
    def answer(visit: BaseHTTPRequestHandler) -> None:
        visit.send_response(status)
        if kind is not None:
            visit.send_header("Content-Type", kind)
        if "Content-Length" not in dict(headers):
            visit.send_header("Content-Length", str(len(body)))
        for header in headers:
            visit.send_header(*header)
        visit.end_headers()
        visit.wfile.write(body)

    return answer


def leading_to(location: str, status: int = 302) -> Route:
    return page(b"", ("Location", location), status=status)


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serving()


@pytest.fixture
def canary() -> Iterator[Site]:
    """A machine of ours that nobody outside may reach."""
    yield from serving()


def serving() -> Iterator[Site]:
    server = Site()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def home(site: Site) -> Policy:
    """A policy under which shop.example.org is the test site, and only it."""
    names = {"shop.example.org": ["127.0.0.1"]}
    return Policy(ports=frozenset({site.port}), opened=(LOOPBACK,), resolve=lambda host, port: names[host])


def get(
    site: Site, policy: Policy, path: str = "/", *, max_bytes: int = 1000, types: tuple[str, ...] = ("text/plain",),
    seconds: float = 5.0,
) -> Fetched:  # fmt: skip
    address = f"http://shop.example.org:{site.port}{path}"
    return fetch(address, max_bytes=max_bytes, types=types, seconds=seconds, policy=policy)


HOSTS = """
127.0.0.1 127.1 127.0.1 127.127.127.127 0 0.0.0.0 0.0.0.1 2130706433 017700000001 0x7f000001 0x7f.1 0x7f.0x0.0x0.0x1
0177.0.0.1 0177.1 00000177.0.0.1 127.0.0.01 127.0.0.0x1 3232235521 0xa9fea9fe 2852039166 127.0.0.1. 127.0.0.1..
①②⑦.⓪.⓪.① １２７.0.0.1 127。0。0。1 127．0．0．1 ⑯⑨。②⑤④。⑯⑨｡②⑤④ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ₁₂₇.₀.₀.₁ 𝟏𝟐𝟕.𝟎.𝟎.𝟏
localhost LOCALHOST localhost. ip6-localhost intranet db
10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 169.254.170.2 100.64.0.1 100.100.100.200
168.63.129.16 192.0.0.192 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.250
240.0.0.1 255.255.255.255
[::] [::1] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:0:127.0.0.1]
[64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:a9fe:a9fe::1]
[2001:0:7f00:1::] [2001:0:4136:e378:8000:63bf:80ff:fffe] [2001:10::1] [2001:20::1] [2001:db8::1] [3fff::1] [3ffe::1]
[100::1] [5f00::1] [fe80::1] [fe80::1%25lo] [fe80::1%lo] [febf::1] [fec0::1] [fc00::1] [fd00:ec2::254] [ff02::1]
[ff0e::1] [ff05::2] [4000::1] [::1%25lo] [127.0.0.1] [0177.0.0.1] %31%32%37.0.0.1 127%2e0.0.1 loc%61lhost
""".split()

SHAPES = [
    "", " ", "http", "http:", "http://", "http:///", "https://", "//{}", "{}", "http:{}", "http:/{}", "http:\\\\{}",
    "http://{}\\@example.com/", "http://example.com\\@{}/", "http://user@{}/", "http://user:secret@{}/", "http://@{}/",
    "http://:@{}/", "http://example.com@{}/", "http://example.com%40{}/", "http://example.com:80@{}/",
    "http://{}#@example.com/", "http://{}?@example.com/", "http://exa mple.com/", "http://{}\t/", "http://ex\nample.com/",
    "http://{}\x00.example.com/", "http://{}%00.example.com/", "http://{}/\r\nX-Evil: 1", "ht\ntp://{}/",
    "file:///etc/passwd", "file://{}/etc/passwd", "ftp://{}/", "gopher://{}/_GET", "dict://{}:11211/stat", "ws://{}/",
    "javascript:alert(1)", "data:text/plain,hi", "unix:///run/x.sock", "jar:http://{}!/", "ldap://{}/", "HTTP+UNIX://x/",
    "http://{}:22/", "http://{}:6379/", "http://{}:0/", "http://{}:-1/", "http://{}:65536/", "http://{}:80:80/",
    "http://{}:８０/", "http://[{}/", "http://{}]/", "http://[[::1]]/", "http://.{}/", "http://{}..com/",
    "http://-x.com@{}/", "http://" + "a." * 200 + "com/", "http://" + "a" * 64 + ".com:8/", "http://{}/" + "x" * 3000,
]  # fmt: skip


@pytest.mark.parametrize("shape", [f"{scheme}://{host}/" for host in HOSTS for scheme in ("http", "https")] + SHAPES)
def test_hostile_addresses_reach_nothing(shape: str, site: Site) -> None:
    """Ports stand open here and the system's own resolver answers, so that only the judging of hosts is left."""
    dialled: list[str] = []

    def dial(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
        dialled.append(ip)
        return system_dial("127.0.0.1", site.port, seconds)

    address = shape.replace("{}", "127.0.0.1")
    with pytest.raises(Unreachable) as refusal:
        fetch(address, max_bytes=1000, types=("text/plain",), seconds=3, policy=replace(STRICT, dial=dial))
    assert str(refusal.value).endswith(".")
    assert dialled == []
    assert site.hits == []


@pytest.mark.parametrize("host", HOSTS)
def test_hostile_hosts_with_the_canary_s_port_open(host: str, canary: Site) -> None:
    strict = replace(STRICT, ports=frozenset({canary.port}))
    with pytest.raises(Unreachable):
        fetch(f"http://{host}:{canary.port}/", max_bytes=1000, types=("text/plain",), seconds=3, policy=strict)
    assert canary.hits == []


@pytest.mark.parametrize("ip", [host.strip("[]") for host in HOSTS if ":" in host or host.count(".") == 3])
def test_names_that_resolve_to_closed_addresses(ip: str) -> None:
    with pytest.raises(Unreachable):
        fetch("http://evil.example.com/", max_bytes=9, types=("a/b",), policy=naming(ip))
    with pytest.raises(Unreachable):
        fetch("http://evil.example.com/", max_bytes=9, types=("a/b",), policy=naming(PUBLIC, ip))


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f.1", "0177.0.0.1", "127.1", "a.0x7f000001", "①②⑦.⓪.⓪.①", "intranet", "a..b"),
        *("me@www.example.com", "me:secret@www.example.com", "@www.example.com", ":@www.example.com"),
        *("www.example.com:22", "www.example.com:8080", "www.example.com:0"),
    ],
)
def test_odd_hosts_are_not_even_asked(host: str) -> None:
    asked: list[str] = []
    policy = Policy(resolve=lambda name, port: asked.append(name) or [PUBLIC])
    with pytest.raises(Unreachable):
        fetch(f"http://{host}/", max_bytes=9, types=("a/b",), policy=policy)
    assert asked == []


def naming(*ips: str) -> Policy:
    def dial(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
        raise AssertionError(f"dialled {ip}")

    return Policy(resolve=lambda host, port: list(ips), dial=dial)


@pytest.mark.parametrize("ip", ["93.184.216.34", "8.8.8.8", "172.32.0.1", "2606:2800:220:1::1", "2001:4860:4860::8888"])
def test_public_addresses_are_public(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@given(st.ip_addresses(v=4))
def test_nothing_python_calls_private_is_public(ip: ipaddress.IPv4Address) -> None:
    assert ip.is_global or not is_public(ip)
    for embedding in (f"::ffff:{ip}", f"::{ip}", f"64:ff9b::{ip}"):
        assert not is_public(ipaddress.ip_address(embedding))
    assert not is_public(ipaddress.IPv6Address(0x2002 << 112 | int(ip) << 80))


@given(st.text() | st.text().map("http://{}".format) | st.text("0123456789abcdefx.:[]@%/\\①。").map("http://{}".format))
def test_any_text_is_refused_in_words(address: str) -> None:
    with pytest.raises(Refusal):
        fetch(address, max_bytes=9, types=("a/b",), seconds=2, policy=Policy(resolve=lambda host, port: []))


def test_it_fetches(site: Site, home: Policy) -> None:
    site.routes["/a?b=c"] = page(b"Hi", kind="Text/Plain; Charset=ISO-8859-1")
    fetched = get(site, home, "/a?b=c#d")
    assert fetched == Fetched(f"http://shop.example.org:{site.port}/a?b=c", "text/plain", b"Hi", "iso-8859-1")
    assert site.hosts == [f"shop.example.org:{site.port}"]


def test_the_same_site_is_closed_without_the_opened_policy(site: Site, home: Policy) -> None:
    with pytest.raises(Unreachable, match="public web"):
        get(site, replace(home, opened=()))
    with pytest.raises(Unreachable, match="port"):
        get(site, replace(home, ports=STRICT.ports))
    assert site.hits == []


def test_proxies_of_the_environment_are_not_used(
    site: Site, home: Policy, canary: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(key, f"http://127.0.0.1:{canary.port}")
    assert get(site, home).body == b"hello"
    assert canary.hits == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_it_follows(site: Site, home: Policy, status: int) -> None:
    site.routes["/"] = leading_to("/next", status)
    assert get(site, home).address.endswith("/next")


def test_it_follows_four_times_and_not_five(site: Site, home: Policy) -> None:
    for hop in range(5):
        site.routes[f"/{hop}"] = leading_to(f"/{hop + 1}")
    assert get(site, home, "/1").body == b"hello"
    with pytest.raises(Unreachable, match="too many"):
        get(site, home, "/0")


@pytest.mark.parametrize("host", HOSTS)
def test_redirects_to_closed_hosts(host: str, site: Site, home: Policy, canary: Site) -> None:
    only_site = ipaddress.ip_network("127.0.0.9/32")
    policy = replace(
        home,
        ports=frozenset({site.port, canary.port}),
        opened=(only_site,),
        resolve=lambda name, port: ["127.0.0.9"] if name == "shop.example.org" else ["127.0.0.1"],
        dial=lambda ip, port, seconds: system_dial("127.0.0.1" if ip == "127.0.0.9" else ip, port, seconds),
    )
    raw = f"http://{host}:{canary.port}/".encode().decode("latin-1")
    site.routes["/"] = leading_to(raw.replace("\r", "").replace("\n", ""))
    with pytest.raises(Unreachable):
        get(site, policy)
    assert site.hits == ["/"]
    assert canary.hits == []


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "//127.0.0.1/", "http://a:b@shop.example.org/", "http://[", "x:y"]
)
def test_redirects_to_other_things(location: str, site: Site, home: Policy) -> None:
    site.routes["/"] = leading_to(location)
    with pytest.raises(Unreachable):
        get(site, replace(home, opened=(LOOPBACK,)))
    assert site.hits == ["/"]


def test_a_name_is_asked_once_and_stays_pinned(site: Site, canary: Site) -> None:
    """Rebinding: the second answer would be loopback, and nobody asks for it."""
    asked, dialled = [], []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    def dial(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
        dialled.append(ip)
        return system_dial("127.0.0.1", site.port if ip == PUBLIC else canary.port, seconds)

    policy = Policy(resolve=resolve, dial=dial)
    assert fetch("http://re.example.com/", max_bytes=99, types=("text/plain",), policy=policy).body == b"hello"
    assert (asked, dialled) == (["re.example.com"], [PUBLIC])


def test_a_redirect_to_itself_is_judged_anew(site: Site, canary: Site) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    policy = Policy(
        resolve=lambda host, port: next(answers),
        dial=lambda ip, port, seconds: system_dial("127.0.0.1", (site if ip == PUBLIC else canary).port, seconds),
    )
    site.routes["/"] = leading_to("/again")
    with pytest.raises(Unreachable, match="public web"):
        fetch("http://re.example.com/", max_bytes=99, types=("text/plain",), policy=policy)
    assert (site.hits, canary.hits) == (["/"], [])


def test_a_dead_first_address_gives_way_to_the_second(site: Site) -> None:
    def dial(ip: str, port: int, seconds: float) -> httpcore.NetworkStream:
        if ip == PUBLIC:
            raise httpcore.ConnectError
        return system_dial("127.0.0.1", site.port, seconds)

    policy = Policy(resolve=lambda host, port: [PUBLIC, "8.8.8.8"], dial=dial)
    assert fetch("http://two.example.com/", max_bytes=99, types=("text/plain",), policy=policy).body == b"hello"


@pytest.mark.parametrize("error", [socket.gaierror("no"), UnicodeError("no"), OSError("no"), RuntimeError("no")])
def test_a_resolver_that_fails(error: Exception) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise error

    with pytest.raises(Unreachable, match="no website of this name"):
        fetch("http://no.example.com/", max_bytes=9, types=("a/b",), policy=Policy(resolve=resolve))


def test_a_resolver_that_hangs() -> None:
    def resolve(host: str, port: int) -> list[str]:
        time.sleep(3)
        return [PUBLIC]

    start = time.monotonic()
    with pytest.raises(Unreachable, match="too long"):
        fetch("http://slow.example.com/", max_bytes=9, types=("a/b",), seconds=0.3, policy=Policy(resolve=resolve))
    assert time.monotonic() - start < 2


def dripping(start: bytes, drop: bytes) -> Route:
    def answer(visit: BaseHTTPRequestHandler) -> None:
        visit.wfile.write(start)
        for _drop in range(100):
            visit.wfile.write(drop)
            time.sleep(0.05)

    return answer


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@pytest.mark.parametrize(
    "route",
    [
        dripping(b"", b""),
        dripping(b"HTTP/1.1 200 OK\r\nX: ", b"a"),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping(OK + b"Content-Length: 900\r\n\r\n", b"a"),
        dripping(OK + b"\r\n", b"a"),
        dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        dripping(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\x00\x00\x00\xff\xff"),
        dripping(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\r\n\r\n", b""),
    ],
)
def test_drips_end_with_the_clock(route: Route, site: Site, home: Policy) -> None:
    site.routes["/"] = route
    start = time.monotonic()
    with pytest.raises(Unreachable):
        get(site, home, seconds=0.4)
    assert time.monotonic() - start < 2


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)) + packer.flush()


@pytest.mark.parametrize(
    "route",
    [
        page(b"a" * 1001),
        page(b"", ("Content-Length", "1001")),
        page(b"", ("Content-Length", "9" * 30)),
        dripping(OK + b"\r\n", b"a" * 1001),
        dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"3e9\r\n" + b"a" * 1001 + b"\r\n"),
        page(gzip.compress(b"a" * 1001), ("Content-Encoding", "gzip")),
        page(gzip.compress(b"a" * 900_000), ("Content-Encoding", "gzip")),
    ],
)
def test_too_large(route: Route, site: Site, home: Policy) -> None:
    site.routes["/"] = route
    with pytest.raises(Unreachable, match=r"too large|does not answer"):
        get(site, home)


def test_a_gzip_bomb_does_not_unfold(site: Site, home: Policy) -> None:
    packed = bomb(200_000_000)
    site.routes["/"] = page(packed, ("Content-Encoding", "gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(Unreachable, match="too large"):
            get(site, home, max_bytes=1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_exactly_as_large_as_allowed(site: Site, home: Policy) -> None:
    site.routes["/"] = page(b"a" * 1000)
    site.routes["/z"] = page(gzip.compress(b"a" * 1000), ("Content-Encoding", "gzip"))
    assert get(site, home).body == get(site, home, "/z").body == b"a" * 1000


@pytest.mark.parametrize(
    "route",
    [
        page(b"x", ("Content-Encoding", "br")),
        page(b"x", ("Content-Encoding", "gzip, gzip")),
        page(b"x", ("Content-Encoding", "gzip")),
        page(gzip.compress(b"hello")[:-9], ("Content-Encoding", "gzip")),
        page(b"", ("Content-Encoding", "gzip")),
        page(b"x", ("Content-Encoding", "identity"), ("Content-Encoding", "gzip")),
        page(b"short", ("Content-Length", "9")),
        dripping(b"nonsense\r\n\r\n", b""),
        dripping(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40_000, b""),
        page(b"x", status=404),
        page(b"x", status=206),
        page(b"x", status=500),
        page(b"", status=302),
        leading_to("/a\x7fb"),
    ],
)
def test_broken_answers(route: Route, site: Site, home: Policy) -> None:
    site.routes["/"] = route
    with pytest.raises(Unreachable):
        get(site, home, seconds=2)


@pytest.mark.parametrize(
    "kind", ["text/html", "image/svg+xml", "text/plain2", "text/plain, text/html", "text", "", None, "text/*", "*/*"]
)
def test_wrong_types(kind: str | None, site: Site, home: Policy) -> None:
    site.routes["/"] = page(b"x", kind=kind)
    with pytest.raises(Unreachable, match="right type"):
        get(site, home)


def test_a_family_of_types(site: Site, home: Policy) -> None:
    site.routes["/"] = page(b"x", kind="image/webp")
    assert get(site, home, types=("image/*",)).content_type == "image/webp"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and certificate for shop.example.org, made for this run."""
    pem = tmp_path_factory.mktemp("tls") / "shop.pem"
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=shop.example.org", "-addext", "subjectAltName=DNS:shop.example.org"),
            *("-keyout", str(pem), "-out", f"{pem}.crt"),
        ],
        capture_output=True,
        check=True,
    )
    assert made.returncode == 0
    pem.write_bytes(pem.read_bytes() + Path(f"{pem}.crt").read_bytes())
    return pem


def test_the_certificate_is_checked_against_the_name(site: Site, home: Policy, certificate: Path) -> None:
    names: list[str | None] = []
    serving_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving_tls.load_cert_chain(certificate)
    serving_tls.sni_callback = lambda sock, name, context: names.append(name)
    site.socket = serving_tls.wrap_socket(site.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=certificate)
    policy = replace(home, tls=trusting, resolve=lambda host, port: ["127.0.0.1"])

    def fetched(host: str, policy: Policy) -> bytes:
        return fetch(f"https://{host}:{site.port}/", max_bytes=99, types=("text/plain",), policy=policy).body

    assert fetched("shop.example.org", policy) == b"hello"
    with pytest.raises(Unreachable, match="prove"):
        fetched("other.example.org", policy)
    with pytest.raises(Unreachable, match="prove"):
        fetched("shop.example.org", replace(policy, tls=None))
    assert names == ["shop.example.org", "other.example.org", "shop.example.org"]
    assert site.hits == ["/"]
