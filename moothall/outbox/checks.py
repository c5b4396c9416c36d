"""Whether the mail server would take what the hall writes."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from moothall.core.checkup import HEED, WELL, WRONG, Finding, enrol
from moothall.core.hall import hall

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PATIENCE = 5  # seconds


@enrol("mail", quick=False)
def server_answers() -> Iterator[Finding]:
    """Connects, greets, signs in where that is set, and leaves: nothing is sent."""
    what = _("Mail")
    if hall().demo:
        yield Finding(what, WELL, _("It stays in the demo's mailbox."))
        return
    if settings.EMAIL_BACKEND != SMTP:
        yield Finding(what, HEED, _("It leaves by %(way)s, not by a mail server.") % {"way": settings.EMAIL_BACKEND})
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        _greet()
    except (OSError, smtplib.SMTPException) as error:
        said = _("%(where)s does not answer as a mail server should: %(error)s") % {"where": where, "error": error}
        yield Finding(what, WRONG, said, _("Look at MOOTHALL_EMAIL_HOST, _PORT, _TLS, _USER and _PASSWORD."))
    else:
        yield Finding(what, WELL, _("%(where)s answers.") % {"where": where})
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost") and not settings.LOOPBACK:
        said = _("It says to be from %(address)s.") % {"address": settings.DEFAULT_FROM_EMAIL}
        yield Finding(what, WRONG, said, _("Set MOOTHALL_EMAIL_FROM to an address of the hall's own domain."))


def _greet() -> None:
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
        code, said = server.ehlo()
        if code != 250:
            raise smtplib.SMTPResponseException(code, said)
        if settings.EMAIL_USE_TLS:
            server.starttls()
            server.ehlo()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
