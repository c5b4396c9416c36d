"""The sorts of notices a person chooses for: their words, and what holds until somebody chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from moothall.activity.tells import DESK, HALL, IDEAS, ORDERS, PEOPLE, SHARES, TALK

from .models import AT_ONCE, DAILY, WEEKLY


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether notices stand in the page, and whether and when they are mailed: never, at_once, daily or weekly."""

    page: bool
    mail: str


@dataclass(frozen=True, slots=True)
class Sort:
    name: str
    title: Any
    words: Any
    icon: str
    default: Wish


SORTS = {
    one.name: one
    for one in (
        Sort(
            ORDERS,
            _("What you buy"),
            _("Sent, refunded or cancelled. The mails that belong to an order always come, once."),
            "parcel",
            Wish(True, AT_ONCE),
        ),
        Sort(DESK, _("Your desk"), _("Sales, refunds that failed, imports, your team."), "house", Wish(True, AT_ONCE)),
        Sort(PEOPLE, _("People"), _("Who follows you or your shop."), "follow", Wish(True, WEEKLY)),
        Sort(SHARES, _("Shares"), _("What people who are close to you bought."), "share", Wish(True, DAILY)),
        Sort(IDEAS, _("Ideas"), _("What becomes of ideas you lead, shape or follow."), "idea", Wish(True, DAILY)),
        Sort(
            TALK,
            _("What is said"),
            _("Who answers you, calls you by name, or says something about what is yours."),
            "talk",
            Wish(True, DAILY),
        ),
        Sort(HALL, _("The hall"), _("What those who keep the hall have to tell you."), "key", Wish(True, AT_ONCE)),
    )
}
MAIL_WORDS = {
    "never": _("No mail"),
    "at_once": _("At once"),
    "daily": _("Once a day"),
    "weekly": _("Once a week"),
}
