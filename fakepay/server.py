"""The HTTP server: reads requests whole, keeps connections alive, and sends each answer as its faults demand."""

import ipaddress
import socket
import sqlite3
import sys
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from fakepay.api import Api
from fakepay.doors import Doors
from fakepay.faults import Faults
from fakepay.pages import Pages
from fakepay.store import Store
from fakepay.webhooks import Messenger
from fakepay.wire import Answer, Refusal, Request, refused

MOST_BYTES = 1_000_000
IDLE_S = 120
PARTING_S = 2.0


class Server(ThreadingHTTPServer):
    """Everything of one till; binds to loopback or not at all."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, host: str, port: int, store: Store, webhook: str | None, secret: str, key: str) -> None:
        if not is_loopback(host):
            raise ValueError(f"fakepay only listens on loopback, not on {host}")
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Conversation)
        shown = f"[{host}]" if ":" in host else host
        self.base = f"http://{shown}:{self.server_address[1]}"
        faults = Faults()
        self.pages = Pages(store, faults)
        self.api = Api(store, faults, self.base, key)
        self.doors = Doors(store, faults, self.pages, self.base)
        self.messenger = Messenger(store, faults, webhook, secret)
        self.messenger.start()

    def server_bind(self) -> None:
        # HTTPServer would ask the name service for our own name, which may take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "fakepay", int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)

    def answer(self, request: Request) -> Answer:
        if not _is_ours(request.headers.get("host", "")):
            return refused(Refusal("This till only answers on loopback names.", status=421))
        if request.path.startswith("/v1/"):
            answer = self.api.answer(request)
        elif request.path.startswith("/_"):
            answer = self.doors.answer(request)
        else:
            answer = self.pages.answer(request)
        if request.method == "POST":
            self.messenger.news.set()
        return answer


class Conversation(BaseHTTPRequestHandler):
    """One connection and the requests that follow each other on it."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "fakepay", ""
    timeout = IDLE_S
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._talk()

    def do_HEAD(self) -> None:
        self._talk()

    def do_POST(self) -> None:
        self._talk()

    def do_DELETE(self) -> None:
        self._talk()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: addresses may hold what a shopper typed."""

    def _talk(self) -> None:
        try:
            self._send(self.server.answer(self._request()))
        except Refusal as refusal:
            # The body was not read, so that nothing more on this connection can be understood.
            self.close_connection = True
            self._send(refused(refusal))
            self._part()
        except sqlite3.Error:
            traceback.print_exc()
            self._send(refused(Refusal("The till is out of order.", status=500, kind="api_error")))

    def _request(self) -> Request:
        if "transfer-encoding" in self.headers:
            raise Refusal("Please send a Content-Length.", status=411)
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > MOST_BYTES:
            raise Refusal("The body is too large.", status=413)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Refusal("The body ended too early.")
        headers = {name.lower(): value for name, value in self.headers.items()}
        path, _, query = self.path.partition("?")
        method = "GET" if self.command == "HEAD" else self.command
        return Request(method, path, query, headers, body)

    def _send(self, answer: Answer) -> None:
        if answer.delay_s:
            self._hold(answer.delay_s)
        if answer.ending == "hang":
            self.close_connection = True
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if answer.ending == "cut":
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.close_connection = True
        elif self.command != "HEAD":
            self.wfile.write(answer.body)
        self.wfile.flush()

    def _part(self) -> None:
        """Lets the client finish speaking: closing on unread bytes could destroy the refusal on its way."""
        self.connection.shutdown(socket.SHUT_WR)
        until = time.monotonic() + PARTING_S
        while (left := until - time.monotonic()) > 0:
            self.connection.settimeout(left)
            if not self.connection.recv(65536):
                return

    def _hold(self, delay_s: float) -> None:
        """Waits, but not for a client that has hung up."""
        until = time.monotonic() + delay_s
        while (left := until - time.monotonic()) > 0:
            self.connection.settimeout(left)
            try:
                if not self.connection.recv(1, socket.MSG_PEEK):
                    break
                time.sleep(min(left, 0.1))
            except TimeoutError:
                break
        self.connection.settimeout(self.timeout)


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_ours(host: str) -> bool:
    """Whether a Host header names this machine; another name means that a web page tries to reach us by a trick."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or name.endswith(".localhost") or is_loopback(name)
