"""Write a mail in the transaction that decides on it; send it afterwards."""

from __future__ import annotations

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from moothall.activity.actions import is_replaying
from moothall.core import clock, work
from moothall.core.hall import hall

from .models import Mail


def write(*, key: str, to: str, subject: str, template: str, **context: Any) -> None:
    """Put a mail into the outbox, once for each key: `template`.txt and `template`.html are its two faces."""
    context |= {"hall": hall(), "address": settings.ADDRESS, "subject": subject}
    text = render_to_string(f"{template}.txt", context)
    html = render_to_string(f"{template}.html", context)
    put(key=key, to=to, subject=subject, text=text, html=html)


def put(*, key: str, to: str, subject: str, text: str, html: str = "") -> None:
    """Put a finished mail into the outbox, once for each key. Of an act that is read anew it is noted and never
    sent."""
    one_line = " ".join(subject.split())[:200]
    due = work.NEVER if is_replaying() else clock.now()
    mail = Mail(key=key, to=to, subject=one_line, text=text[:20_000], html=html[:60_000], due=due)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def deliver(mail: Mail) -> None:
    """Hand one mail to the mail server and mark it sent. May send twice if killed between the two, never not at all."""
    if hall().demo:
        _put_into_mailbox(mail)
    else:
        letter = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to])
        letter.extra_headers["Message-ID"] = f"<{'.'.join(mail.key.split())}@{settings.ALLOWED_HOSTS[0]}>"
        if mail.html:
            letter.attach_alternative(mail.html, "text/html")
        letter.send()
    Mail.objects.filter(pk=mail.pk).update(sent=clock.now(), due=work.NEVER)


def _put_into_mailbox(mail: Mail) -> None:
    """The demo's mailbox takes all that is sent, save to a domain that RFC 2606 keeps from existing."""
    if mail.to.endswith(".invalid"):
        raise smtplib.SMTPRecipientsRefused({mail.to: (550, b"5.1.2 there is no such domain")})


work.enrol("mail", Mail, lease=120)(deliver)
