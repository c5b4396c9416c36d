"""A small HTTP client that costs next to nothing, so that what is measured is the server."""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes


class Door:
    """One connection that is kept, and the cookies of one browser."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self.port, self.cookies = port, dict(cookies or {})
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self.ask("POST", path, urlencode(fields).encode())

    def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        self.socket.sendall(self.words(method, path, body))
        answer = self.read()
        self.cookies |= answer.cookies
        return answer

    def words(self, method: str, path: str, body: bytes = b"") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def read(self) -> Answer:
        read = b""
        while b"\r\n\r\n" not in read:
            read += self._more()
        head, _gap, body = read.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = [tuple(line.split(": ", 1)) for line in lines]
        headers = {name.lower(): value for name, value in pairs}
        sent = (value.split(";")[0].partition("=") for name, value in pairs if name.lower() == "set-cookie")
        cookies = {name: value for name, _is, value in sent}
        while len(body) < int(headers.get("content-length", 0)):
            body += self._more()
        return Answer(int(first.split()[1]), headers, cookies, body)

    def _more(self) -> bytes:
        more = self.socket.recv(262_144)
        if not more:
            raise ConnectionError("the server closed the door")
        return more

    def close(self) -> None:
        self.socket.close()


def requests_a_second(port: int, path: str, cookies: dict[str, str], seconds: float, doors: int = 4) -> float:
    """How many times a page is answered by 200 in a second, with so many asking at once."""
    waiting = selectors.DefaultSelector()
    for _n in range(doors):
        door = Door(port, cookies)
        waiting.register(door.socket, selectors.EVENT_READ, door)
        door.socket.sendall(door.words("GET", path))
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        for key, _event in waiting.select(10):
            door = key.data
            answer = door.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            done += 1
            door.socket.sendall(door.words("GET", path))
    spent = time.perf_counter() - begun
    for key in list(waiting.get_map().values()):
        key.data.close()
    return done / spent
