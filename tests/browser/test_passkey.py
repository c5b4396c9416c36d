"""Passkeys, for real: Chromium with an authenticator of its own registers one, signs out, and signs in with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.process.hall import HallProcess

pytestmark = [pytest.mark.browser, pytest.mark.once]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.parametrize("keyed", [True, False], ids=["with-its-device", "without"])
def test_a_passkey_is_added_and_signs_in(own_hall: HallProcess, browser: Browser, keyed: bool) -> None:
    # A passkey belongs to the name of a site; the number of a machine is none.
    address = own_hall.address.replace("127.0.0.1", "localhost")
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": "session", "value": own_hall.scene["sessions"]["ben"], "url": address}])
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    page.goto("/you/security/passkeys/new")
    page.locator("[name=name]").fill("Laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("status").first).to_contain_text("The passkey is kept")
    expect(page.get_by_role("link", name="Change Laptop")).to_be_visible()
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    if not keyed:
        device.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    _by_passkey(page)
    if keyed:
        page.wait_for_url(f"{address}/you/circles")
        expect(page.get_by_role("heading", level=1)).to_have_text("Circles")
    else:
        expect(page.locator("form[data-passkey] [role=status]")).to_contain_text("No passkey came", timeout=90_000)
        page.goto("/you")
        assert page.url.startswith(f"{address}/account/login/")
    context.close()


def _by_passkey(page: Page) -> None:
    page.goto("/account/login/?next=/you/circles")
    page.get_by_role("button", name="Use a passkey").click()


def test_where_no_script_runs_the_other_ways_stand(own_hall: HallProcess, browser: Browser) -> None:
    context = browser.new_context(base_url=own_hall.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/account/login/")
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
    expect(page.get_by_role("link", name="Mail me a code instead")).to_be_visible()
    context.close()
