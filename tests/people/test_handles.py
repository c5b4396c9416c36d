"""Handles change, at most three times a month; the old ones lead to the new and are nobody else's."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moothall.core import clock
from moothall.core.refusals import Refusal
from moothall.people import actions
from moothall.people.models import Account, OldHandle, Profile
from tests.town import Town, acts, signed_in


def renamed(who: Profile, handle: str, by: Profile | None = None) -> None:
    actions.change_profile(by=by or who, profile=who, name=who.name, words="", handle=handle)


def test_an_old_address_leads_to_the_new_one_with_all_that_stands_behind_it(town: Town) -> None:
    town.product("Pot")
    renamed(town.brand, "tide-and-co", by=town.mira)
    renamed(town.ana, "ana-lima")
    for client in (Client(), signed_in(town.ben)):
        for old, new in (
            ("/@tidewater", "/@tide-and-co"),
            ("/@tidewater/pot?size=s", "/@tide-and-co/pot?size=s"),
            ("/@ana", "/@ana-lima"),
        ):
            answer = client.get(old)
            assert (answer.status_code, answer["Location"]) == (301, new)
            assert client.get(new).status_code == 200
            assert "no-store" in answer["Cache-Control"], "its owner may take it back"
    assert signed_in(town.mira).get("/desk/tidewater/team")["Location"] == "/desk/tide-and-co/team"
    assert Client().get("/@tidewater/nothing", follow=True).status_code == 404
    assert Client().post("/@ana").status_code == 405


def test_a_block_hides_where_an_old_address_leads(town: Town) -> None:
    renamed(town.ana, "ana-lima")
    actions.block(by=town.ana, whom=town.noor)
    assert signed_in(town.noor).get("/@ana").status_code == 404
    assert signed_in(town.ben).get("/@ana").status_code == 301


def test_a_handle_that_was_given_up_is_nobody_elses_and_may_be_taken_back(town: Town) -> None:
    renamed(town.ana, "ana-lima")
    for taking in (
        lambda: renamed(town.ben, "ana"),
        lambda: actions.join(account=Account(email="x@example.org"), name="Ana", handle="ana"),
        lambda: actions.open_brand(by=town.ben, name="Ana", handle="ana"),
    ):
        with pytest.raises(Refusal) as refused:
            taking()
        assert refused.value.field == "handle"
    assert actions.join(account=Account(email="y@example.org"), name="Ana").profile.handle == "ana-2"
    renamed(town.ana, "ana")
    assert list(OldHandle.objects.values_list("handle", flat=True)) == ["ana-lima"]
    assert Client().get("/@ana-lima")["Location"] == "/@ana"
    assert len(acts("profile.renamed", actor=town.ana)) == 2


def test_three_changes_a_month_are_enough_and_the_next_month_begins_anew(town: Town) -> None:
    clock.move(datetime(2040, 3, 30, tzinfo=UTC))
    for handle in ("ana-a", "ana-b", "ana-c"):
        renamed(town.ana, handle)
    with pytest.raises(Refusal):
        renamed(town.ana, "ana-d")
    assert Profile.objects.get(pk=town.ana.pk).handle == "ana-c"
    renamed(town.ben, "ben-b")
    clock.move(datetime(2040, 4, 1, tzinfo=UTC))
    renamed(Profile.objects.get(pk=town.ana.pk), "ana-d")
    assert Client().get("/@ana")["Location"] == Client().get("/@ana-b")["Location"] == "/@ana-d"


def test_a_refused_change_counts_for_nothing(town: Town) -> None:
    for _ in range(5):
        with pytest.raises(Refusal):
            renamed(town.ana, "ben")
    renamed(town.ana, "ana-lima")
    assert not OldHandle.objects.filter(handle="ben").exists()


def test_pages_that_exist_ask_nothing_of_old_handles(town: Town) -> None:
    with CaptureQueriesContext(connection) as asked:
        Client().get("/@ana")
    assert not [one["sql"] for one in asked if "oldhandle" in one["sql"]]
