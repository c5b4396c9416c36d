"""What the outbox does when others have acted: tell who has no page of the hall left to be told on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core.hall import hall
from moothall.people import verbs
from moothall.people.models import Suspension

from .actions import write


@reads("mail person: suspended", verbs.SUSPENDED)
def tell_suspended(act: Act) -> None:
    found = Suspension.objects.select_related("account").get(pk=act.data["suspension"])
    write(
        key=f"suspended {found.pk}",
        to=found.account.email,
        subject=_("Your account at %(hall)s is suspended") % {"hall": hall().name},
        template="outbox/mail/suspended",
        reason=found.reason,
        link="",
    )


@reads("mail person: restored", verbs.RESTORED)
def tell_restored(act: Act) -> None:
    found = Suspension.objects.select_related("account").get(pk=act.data["suspension"])
    write(
        key=f"restored {found.pk}",
        to=found.account.email,
        subject=_("Your account at %(hall)s is open again") % {"hall": hall().name},
        template="outbox/mail/restored",
        link="",
    )
