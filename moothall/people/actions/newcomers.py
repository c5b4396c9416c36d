"""What newcomers may do less often: whoever writes in public asks here, so that the rule stands in one place."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from moothall.core import clock
from moothall.core.refusals import Refusal

from ..models import Profile
from . import limits

NEW = timedelta(days=3)  # for so long an account is new


def is_new(person: Profile) -> bool:
    return person.since > clock.now() - NEW


def take(person: Profile, what: str, *, new: int, known: int) -> None:
    """Count one more of what somebody does today. Refuses the `known`-th and one, of a newcomer the `new`-th and one.
    Undone with its transaction."""
    if limits.take(person, what, limits.today(), new if is_new(person) else known):
        return
    if is_new(person):
        said = _("You are new here: in your first three days there are %(most)s of these a day. Go on tomorrow.")
        raise Refusal(said % {"most": new})
    raise Refusal(_("%(most)s of these a day are the most. Go on tomorrow.") % {"most": known})
