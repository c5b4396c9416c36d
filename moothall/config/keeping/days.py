"""What this hall does once a day, and who is told when it goes wrong."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moothall.config.invariants import offenders
from moothall.core import checkup, clock, daily
from moothall.core.checkup import WRONG
from moothall.core.daily import Outcome
from moothall.ideas.actions import bring_to_gates, tell_overdue, weigh_all
from moothall.outbox.actions import write
from moothall.people.models import Account

from . import backup, tidy

MOST = 3  # rows shown of one broken invariant
MAILED = ("check", "backup", "tidy")  # what `doctor` finds is on its page; a mail each day would soon be read by nobody


@daily.enrol("check", hour=3, what=gettext_lazy("Checks by SQL that books, stock and payments agree"))
def check() -> Outcome:
    found = offenders()
    said = [f"{name} — {len(rows)}: {'; '.join(str(row) for row in rows[:MOST])}" for name, rows in found.items()]
    return Outcome(not found, said or [_("Every invariant holds.")])


def has_folder() -> bool:
    return bool(settings.BACKUPS)


@daily.enrol(
    "backup",
    hour=2,
    what=gettext_lazy("Writes a backup into the folder that MOOTHALL_BACKUPS names"),
    may=has_folder,
)
def back_up() -> Outcome:
    made = backup.make(keep=settings.BACKUPS_KEEP)
    return Outcome(True, [made.sentence])


@daily.enrol(
    "tidy", hour=4, what=gettext_lazy("Removes old sessions, mails sent a week ago, and files that belong to nothing")
)
def tidy_up() -> Outcome:
    return Outcome(True, [tidy.old_sessions(), tidy.old_rows(), tidy.orphaned_files()])


@daily.enrol("doctor", hour=5, what=gettext_lazy("Asks mail server, payment provider and everything else how they are"))
def examine() -> Outcome:
    found = checkup.findings()
    wrong = [f"{one.what}: {one.said}" for one in found if one.state == WRONG]
    return Outcome(not wrong, wrong or [_("All is well.")], [one.kept() for one in found])


@daily.enrol(
    "voices",
    hour=4,
    what=gettext_lazy("Looks at who is known here, and weighs the voices of ideas anew"),
)
def look_at_voices() -> Outcome:
    number = weigh_all()
    said = ngettext("%(number)s idea is weighed.", "%(number)s ideas are weighed.", number)
    return Outcome(True, [said % {"number": number}])


@daily.enrol(
    "gates",
    hour=6,
    what=gettext_lazy("Brings ideas that have the voices to their gates; tells brands once of each overdue judgement"),
)
def look_at_gates() -> Outcome:
    brought, told = bring_to_gates(), tell_overdue()
    came = ngettext(
        "%(number)s idea was brought to its gate.", "%(number)s ideas were brought to their gates.", brought
    )
    said = ngettext("%(number)s judgement became overdue.", "%(number)s judgements became overdue.", told)
    return Outcome(True, [came % {"number": brought}, said % {"number": told}])


@daily.heard_by
def tell_stewards(name: str, outcome: Outcome) -> None:
    """One mail for each steward and day, as long as it goes wrong."""
    if outcome.well or name not in MAILED:
        return
    day = timezone.localtime(clock.now()).date()
    for account in Account.objects.filter(is_steward=True, is_active=True).order_by("pk"):
        write(
            key=f"trouble {name} {day} {account.pk}",
            to=account.email,
            subject=_("The hall's daily %(name)s went wrong") % {"name": name},
            template="outbox/mail/trouble",
            name=name,
            lines=outcome.said[:20],
            link=reverse("steward_health"),
        )
