"""What somebody bought as a guest becomes theirs, once they have proved the mail address it was bought with."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from moothall.core.refusals import NotAllowed, Refusal
from moothall.people import queries as people
from moothall.people.actions import adopt_guest
from moothall.people.models import GUEST, Profile

from ..models import Purchase


@transaction.atomic
def adopt_guests(*, by: Profile, email: str) -> int:
    """Guests all of whose purchases carry this address become this person; says how many. Refuses an address that the
    person has not proved.

    A guest who bought with another address too stays: a browser may serve several people."""
    if people.who_proved(email) != by:
        raise NotAllowed(_("Prove this mail address first."))
    bought = Purchase.objects.filter(email__iexact=email, buyer__sort=GUEST, buyer__became=None)
    # Who buys as this guest at the same moment, perhaps with another address, waits for the same row.
    guests = Profile.objects.select_for_update().filter(pk__in=list(bought.values_list("buyer", flat=True)))
    found = 0
    for guest in list(guests.order_by("pk")):
        if not Purchase.objects.filter(buyer=guest).exclude(email__iexact=email).exists():
            found += adopt_guest(by=by, guest=guest)
    return found


def still_a_guest(by: Profile) -> None:
    """Who became a member buys as one: this browser may be in other hands by now. Waits for who adopts the guest."""
    if by.sort == GUEST and Profile.objects.select_for_update().get(pk=by.pk).became_id:
        raise Refusal(_("This guest has an account by now. Sign in, or open the basket again."))
