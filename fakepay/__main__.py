"""Starts the till: `python -m fakepay --db till.sqlite3 --webhook http://127.0.0.1:8000/payments/webhook`."""

import argparse
import contextlib
from pathlib import Path
from urllib.parse import urlsplit

from fakepay.server import Server, is_loopback
from fakepay.store import Store


def main() -> None:
    asked = _parser().parse_args()
    server = Server(asked.host, asked.port, Store(asked.db), asked.webhook, asked.secret, asked.key)
    print(f"fakepay listening on {server.base}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever(poll_interval=0.1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fakepay", description="A test till, speaking a part of Stripe's interface.")
    parser.add_argument("--host", type=_loopback, default="127.0.0.1", help="an address of loopback, no other")
    parser.add_argument("--port", type=int, default=0, help="0 takes any free one")
    parser.add_argument("--db", type=Path, required=True, metavar="PATH", help="the SQLite file, made if missing")
    parser.add_argument("--webhook", type=_address, metavar="URL", help="where events are posted; none if left out")
    parser.add_argument("--secret", default="whsec_fakepay", help="signs the webhooks")
    parser.add_argument("--key", default="sk_test_fakepay", help="the API key that shops must show")
    return parser


def _loopback(host: str) -> str:
    if not is_loopback(host):
        raise argparse.ArgumentTypeError(f"fakepay only listens on loopback, not on {host}")
    return host


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise argparse.ArgumentTypeError(f"{url} is not a web address")
    return url


if __name__ == "__main__":
    main()
