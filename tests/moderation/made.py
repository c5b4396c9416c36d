"""What the tests of moderation begin with."""

from __future__ import annotations

from typing import Any

from moothall.moderation import actions
from moothall.moderation.models import Case
from moothall.people import actions as people
from moothall.people.models import Account, Profile
from tests.town import person


def steward(name: str = "Stella Ward", handle: str = "stella") -> Profile:
    one = person(name, handle)
    people.make_steward(account=Account.objects.get(profile=one))
    return one


def reported(by: Profile, thing: Any, sort: str = "spam", words: str = "") -> Case:
    return actions.report(by=by, kind=thing.kind, id=thing.pk, sort=sort, words=words).case
