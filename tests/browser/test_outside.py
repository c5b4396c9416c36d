"""What leaves the hall and what comes over the wire: nothing to others, nothing personal kept, nothing heavy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Response

from tests.process.hall import HallProcess

from .conftest import Visit
from .places import LOOKED_AT, a_word_in_passing, at

pytestmark = [pytest.mark.browser, pytest.mark.once]
PAGE_KB, HTML_KB = 100, 30
FOR_ALL = ("/static/", "/media/")


@pytest.mark.parametrize("who", LOOKED_AT, ids=lambda who: who or "guest")
def test_pages_keep_to_themselves(full_hall: HallProcess, visit: Visit, who: str) -> None:
    """No request goes to another host and no policy is broken: the visitor's browser would have told."""
    visitor = visit(full_hall, who)
    for address in LOOKED_AT[who]:
        visitor.go(at(visitor, address))
    assert len(visitor.pages) >= len(LOOKED_AT[who])
    for answer in visitor.answers:
        kept = answer.headers.get("cache-control", "")
        if answer.url.removeprefix(full_hall.address).startswith(FOR_ALL):
            assert "public" in kept, answer.url
        else:
            assert {"private", "no-store"} <= set(kept.split(", ")), (answer.url, kept)
            assert_strict(answer.headers["content-security-policy"])
        assert answer.headers["x-content-type-options"] == "nosniff", answer.url


def test_cookies_are_for_the_hall_alone(full_hall: HallProcess, visit: Visit) -> None:
    """Of a guest with a basket, who then walks in as a member."""
    guest = visit(full_hall)
    a_word_in_passing(guest)
    seen = {cookie["name"]: cookie for cookie in guest.context.cookies()}
    guest.go("/cast")
    guest.press("Walk in as Ana Lima")
    seen |= {cookie["name"]: cookie for cookie in guest.context.cookies()}
    assert {"session", "csrf"} <= set(seen)
    for cookie in seen.values():
        assert cookie["httpOnly"], cookie
        assert cookie["sameSite"] in ("Lax", "Strict"), cookie
        assert cookie["domain"] == "127.0.0.1", cookie


def assert_strict(policy: str) -> None:
    assert "unsafe" not in policy, policy
    assert "*" not in policy, policy
    for word in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert word in policy, policy


def test_breaking_the_policy_is_noticed(full_hall: HallProcess, visit: Visit) -> None:
    """So that the silence of the other tests says something."""
    guest = visit(full_hall)
    guest.go("/market")
    guest.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">Look</p>')")
    guest.page.evaluate("new Promise((done) => { setTimeout(done) })")
    assert any("Content Security Policy" in wrong for wrong in guest.wrong), guest.wrong
    guest.wrong.clear()


@pytest.mark.parametrize(("who", "address"), [("", "{pages[bowl]}"), ("", "/market"), ("", "/hall"), ("ben", "/")])
def test_page_is_light(full_hall: HallProcess, visit: Visit, who: str, address: str) -> None:
    """As it comes over the wire the first time, without pictures."""
    visitor = visit(full_hall, who)
    visitor.go(at(visitor, address))
    visitor.page.wait_for_load_state("networkidle")
    sizes = {one.url: one.request.sizes()["responseBodySize"] for one in visitor.answers if not is_picture(one)}
    told = "\n".join(f"{size:>8} {url}" for url, size in sizes.items())
    assert len(sizes) > 3, told
    assert sizes[visitor.page.url] <= HTML_KB * 1000, told
    assert sum(sizes.values()) <= PAGE_KB * 1000, told


def is_picture(answer: Response) -> bool:
    return bool(re.match("image/", answer.headers.get("content-type", "")))
