"""The mails of notices: one act in the words of its app, or several by sort; each says how to stop its sort."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from moothall.outbox.actions import Way, write
from moothall.people.models import Profile

from .queries import Item, subject_of
from .sorts import SORTS
from .stopping import word_for

STOP, CHOICES, PAGE = "/notices/stop", "/you/notices/choices", "/you/notices"  # pages stand above: a test compares


def send(*, who: Profile, to: str, items: Sequence[Item]) -> None:
    """Put one mail with all of these into the outbox. Each notice is mailed once, so the first one's id is the key."""
    first = items[0]
    key = f"notice {first.notice.pk}"
    sorts = [name for name in SORTS if name in {item.notice.sort for item in items}]
    headers = {
        # RFC 8058: a mail program may offer one button that stops these, without asking for a sign-in.
        "List-Unsubscribe": f"<{settings.ADDRESS}{_stop(who, sorts)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    ways = [Way(_("Choose what to hear of"), CHOICES)]
    no_more = _("No more mails like this: %(sort)s")
    ways += [Way(no_more % {"sort": SORTS[sort].title}, _stop(who, [sort])) for sort in sorts]
    if len(items) == 1 and first.tell.letter:
        letter = first.tell.letter(first.act)
        write(
            key=key,
            to=to,
            subject=letter.subject,
            template=letter.template,
            headers=headers,
            ways=ways,
            **letter.context,
        )
        return
    groups = [(SORTS[sort], [item for item in items if item.notice.sort == sort]) for sort in sorts]
    link = first.card.address if len(items) == 1 else PAGE
    subject = subject_of(items)
    write(
        key=key,
        to=to,
        subject=subject,
        template="notices/mail/letter",
        headers=headers,
        ways=ways,
        groups=groups,
        alone=first if len(items) == 1 else None,
        link=link,
    )


def _stop(who: Profile, sorts: Sequence[str]) -> str:
    return f"{STOP}/{word_for(who, sorts)}"
