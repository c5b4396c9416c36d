"""Write a mail in the transaction that decides on it; send it afterwards."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from moothall.activity.actions import is_replaying
from moothall.core import clock, work
from moothall.core.hall import hall

from .models import Mail


class Way(NamedTuple):
    """A small link at the end of a mail: its words, and where it leads from the hall's own address on."""

    words: str
    link: str


def write(
    *,
    key: str,
    to: str,
    subject: str,
    template: str,
    headers: Mapping[str, str] | None = None,
    ways: Sequence[Way] = (),
    **context: Any,
) -> None:
    """Put a mail into the outbox, once for each key: `template`.txt and `template`.html are its two faces. `ways` stand
    small at its end: where one may change that such mails come."""
    text, html = _faces(template, context | {"subject": subject, "ways": ways})
    put(key=key, to=to, subject=subject, text=text, html=html, headers=headers)


def write_alike(*, to: Mapping[str, str], subject: str, template: str, **context: Any) -> None:
    """The same mail to many, each by a key of its own: drawn once, so that writing takes no longer than the rows."""
    text, html = _faces(template, context | {"subject": subject, "ways": ()})
    mails = [_mail(key, one, subject, text, html, {}) for key, one in to.items()]
    Mail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=100)


def _faces(template: str, context: dict[str, Any]) -> tuple[str, str]:
    context |= {"hall": hall(), "address": settings.ADDRESS}
    return render_to_string(f"{template}.txt", context), render_to_string(f"{template}.html", context)


def put(
    *, key: str, to: str, subject: str, text: str, html: str = "", headers: Mapping[str, str] | None = None
) -> None:
    """Put a finished mail into the outbox, once for each key. Of an act that is read anew it is noted and never
    sent. Refuses a header of more than one line."""
    said = dict(headers or {})
    if any("\n" in word or "\r" in word for pair in said.items() for word in pair):
        raise ValueError("a header of a mail is one line")
    Mail.objects.bulk_create([_mail(key, to, subject, text, html, said)], ignore_conflicts=True)


def _mail(key: str, to: str, subject: str, text: str, html: str, headers: dict[str, str]) -> Mail:
    one_line = " ".join(subject.split())[:200]
    due = work.NEVER if is_replaying() else clock.now()
    return Mail(key=key, to=to, subject=one_line, text=text[:20_000], html=html[:60_000], headers=headers, due=due)


def deliver(mail: Mail) -> None:
    """Hand one mail to the mail server and mark it sent. May send twice if killed between the two, never not at all."""
    if hall().demo:
        _put_into_mailbox(mail)
    else:
        letter = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
        letter.extra_headers["Message-ID"] = f"<{'.'.join(mail.key.split())}@{settings.ALLOWED_HOSTS[0]}>"
        letter.extra_headers |= mail.headers
        if mail.html:
            letter.attach_alternative(mail.html, "text/html")
        letter.send()
    Mail.objects.filter(pk=mail.pk).update(sent=clock.now(), due=work.NEVER)


def _put_into_mailbox(mail: Mail) -> None:
    """The demo's mailbox takes all that is sent, save to a domain that RFC 2606 keeps from existing."""
    if mail.to.endswith(".invalid"):
        raise smtplib.SMTPRecipientsRefused({mail.to: (550, b"5.1.2 there is no such domain")})


work.enrol("mail", Mail, lease=120)(deliver)
