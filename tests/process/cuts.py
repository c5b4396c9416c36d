"""A bad line: a proxy that hands every request on and loses some of the answers."""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Cuts:
    """Stands before a port of this machine; of every `every` requests the last one's answer is cut off."""

    def __init__(self, port: int, *, every: int = 0) -> None:
        self.port, self.every = port, every
        self.asked = self.cut = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Line", (_Line,), {"cuts": self}))
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Cuts:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def is_cut(self) -> bool:
        with self.lock:
            self.asked += 1
            cut = bool(self.every) and self.asked % self.every == 0
            self.cut += cut
            return cut


class _Line(BaseHTTPRequestHandler):
    cuts: Cuts

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        there = http.client.HTTPConnection("127.0.0.1", self.cuts.port, timeout=60)
        there.request(self.command, self.path, body, dict(self.headers.items()))
        said = there.getresponse()
        content = said.read()
        there.close()
        if self.cuts.is_cut():
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in said.getheaders():
            if name.lower() not in ("transfer-encoding", "connection", "content-length", "date", "server"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = answer  # noqa: N815 — so the standard library calls it

    def log_message(self, format: str, *args: Any) -> None: ...
