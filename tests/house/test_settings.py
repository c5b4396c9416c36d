"""A page runs nothing but our own files and asks nobody else for anything."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.house.plan import HOUSE, place, templates

# Where a person may be sent, not what a page loads.
DESTINATIONS = {"form-action"}
# Names of languages, which no browser opens.
NAMES = ("http://www.w3.org/", "https://schema.org")
ADDRESS = re.compile(r"https?://[^\s\"'<>)]+|(?<=[\"'(])//\w[^\s\"'<>)]+")


def directives() -> dict[str, str]:
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return {name: " ".join(values) for name, values in policy.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/login/", "/nowhere", "/static/moothall.js", "/api/v1/products"])
def test_policy_is_enforced(client: Client, address: str) -> None:
    said = client.get(address).headers["Content-Security-Policy"]
    assert all(f"{name} {values}" in said for name, values in directives().items())
    assert "default-src 'none'" in said


def test_policy_allows_nothing_inline() -> None:
    assert not [name for name, values in directives().items() if "unsafe-" in values]


def test_pages_load_from_this_house_only() -> None:
    loads = {name: values for name, values in directives().items() if name not in DESTINATIONS}
    assert not [name for name, values in loads.items() if re.search(r"//|\w\.\w|\*|https?:", values)]


def test_templates_and_styles_name_no_other_host() -> None:
    files = [*templates().values(), *sorted(HOUSE.rglob("*.css"))]
    foreign = [
        f"{place(path)}: {address}"
        for path in files
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not address.startswith(NAMES)
    ]
    assert not foreign
