"""Joining, handles, brands, and one's own face."""

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.http import HttpRequest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from moothall.activity.models import Act
from moothall.core import text
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import actions, queries
from moothall.people.models import Account, Member, Profile
from tests.town import PASSWORD, Town, acts, signed_in


def test_joining_opens_an_account_with_a_face(town: Town) -> None:
    account = Account.objects.get(profile=town.ana)
    assert (account.email, town.ana.name, town.ana.handle, town.ana.sort) == (
        "ana@example.org",
        "Ana Lima",
        "ana",
        "person",
    )
    assert check_password(PASSWORD, account.password)
    act = acts("person.joined", actor=town.ana)[0]
    assert (act.reach, act.audience, act.subject_id) == ("public", "subject", town.ana.pk)


def test_without_a_handle_one_is_made_from_the_name(town: Town) -> None:
    handles = [_joined(f"x{n}@example.org", "Ana Lima") for n in range(3)]
    assert handles == ["ana-lima", "ana-lima-2", "ana-lima-3"]
    assert _joined("y@example.org", "Ó") == "o-here"
    assert _joined("z@example.org", "Home") == "home-2"


def _joined(email: str, name: str) -> str | None:
    return actions.join(account=Account(email=email), name=name).profile.handle


@pytest.mark.django_db
@given(st.text(min_size=1, max_size=60))
def test_any_name_that_can_be_seen_gets_a_handle(name: str) -> None:
    with transaction.atomic():
        try:
            made = actions.join(account=Account(email="n@example.org"), name=name).profile
        except BadInput:
            assert not text.tidy(name)
        else:
            assert made.handle
            assert 3 <= len(made.handle) <= 30
        transaction.set_rollback(True)


@pytest.mark.parametrize("handle", ["an", "a" * 31, "Ana Lima", "ana_lima", "-ana", "ana-", "änna", "ana/x", "ana.l"])
def test_an_odd_handle_is_refused_and_nothing_is_made(town: Town, handle: str) -> None:
    before = Profile.objects.count(), Act.objects.count()
    with pytest.raises(BadInput) as refused:
        actions.join(account=Account(email="o@example.org"), name="Odd", handle=handle)
    assert refused.value.field == "handle"
    assert (Profile.objects.count(), Act.objects.count()) == before


@pytest.mark.parametrize("handle", ["ana", "ANA ", "tidewater", "basket", "you", "hall"])
def test_a_taken_or_reserved_handle_is_refused(town: Town, handle: str) -> None:
    with pytest.raises(Refusal) as refused:
        actions.join(account=Account(email="o@example.org"), name="Ana too", handle=handle)
    assert refused.value.field == "handle"
    with pytest.raises(Refusal):
        actions.open_brand(by=town.ana, name="Ana too", handle=handle)
    assert not Account.objects.filter(email="o@example.org").exists()


def test_a_name_is_needed(town: Town) -> None:
    with pytest.raises(BadInput):
        actions.join(account=Account(email="o@example.org"), name=" \u200b ")


def test_only_people_open_brands(town: Town) -> None:
    guest = actions.make_guest(name="Gus")
    for stranger in (guest, town.brand):
        with pytest.raises(NotAllowed):
            actions.open_brand(by=stranger, name="New", handle="new-brand")
    made = actions.open_brand(by=town.noor, name="New", handle="new-brand", words="Things")
    assert (made.sort, made.words, queries.role_of(town.noor, made)) == ("brand", "Things", "owner")
    assert acts("brand.opened", actor=made)[0].hand == town.noor


def test_a_guest_has_no_page_and_no_handle(town: Town) -> None:
    guest = actions.make_guest(name="Gus")
    assert guest.handle is None
    assert guest not in queries.visible_to(town.ana)
    assert guest not in queries.people(None)


def test_the_hall_is_made_once(town: Town) -> None:
    assert actions.the_hall() == actions.the_hall()
    assert queries.visible_to(town.ana).filter(sort="hall").count() == 1


def test_one_changes_ones_own_face_and_owners_their_brands(town: Town) -> None:
    actions.change_profile(by=town.ana, profile=town.ana, name="Ana L.", words="I cook", handle="ana-l")
    actions.change_profile(by=town.mira, profile=town.brand, name="Tidewater", words="Pots")
    assert {"Ana L.", "Tidewater"} <= set(Profile.objects.values_list("name", flat=True))
    assert acts("profile.changed")[1].hand == town.mira


def test_strangers_change_no_face(town: Town) -> None:
    Member.objects.create(brand=town.brand, person=town.ben, role="seller")
    for by, profile in ((town.noor, town.ana), (town.noor, town.brand), (town.ben, town.brand)):
        with pytest.raises(NotAllowed):
            actions.change_profile(by=by, profile=profile, name="Mine", words="")
        with pytest.raises(NotAllowed):
            actions.change_picture(by=by, profile=profile, picture=None)
    assert not Profile.objects.filter(name="Mine").exists()
    assert not acts("profile.changed")


def test_a_change_to_a_taken_handle_or_long_words_is_refused(town: Town) -> None:
    with pytest.raises(Refusal):
        actions.change_profile(by=town.ana, profile=town.ana, name="Ana", words="", handle="ben")
    with pytest.raises(BadInput):
        actions.change_profile(by=town.ana, profile=town.ana, name="Ana", words="x" * 401)
    assert Profile.objects.get(pk=town.ana.pk).handle == "ana"


def test_signing_out_everywhere_ends_every_session(town: Town) -> None:
    browsers = [signed_in(town.ana), signed_in(town.ana)]
    other = signed_in(town.ben)
    actions.sign_out_everywhere(account=Account.objects.get(profile=town.ana))
    for browser in browsers:
        assert not _is_in(browser)
    assert _is_in(other)
    assert len(acts("account.signed_out", actor=town.ana)) == 1


def _is_in(browser: Client) -> bool:
    request = HttpRequest()
    request.session = browser.session
    return get_user(request).is_authenticated


def test_a_steward_is_made_and_recorded(town: Town) -> None:
    actions.make_steward(account=Account.objects.get(profile=town.ana))
    assert Account.objects.get(profile=town.ana).is_steward
    assert len(acts("steward.made")) == 1
