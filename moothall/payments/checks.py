"""Whether the payment provider answers, and takes the hall's key."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from moothall.core.checkup import HEED, WELL, WRONG, Finding, enrol

from .provider import ProviderRefused, ProviderSilent, greet


@enrol("payment", quick=False)
def provider_answers() -> Iterator[Finding]:
    what, where = _("Payment"), {"where": settings.STRIPE_API}
    if not settings.STRIPE_KEY:
        yield Finding(what, HEED, _("There is no key: nothing can be paid."), _("Set MOOTHALL_STRIPE_KEY."))
        return
    if not settings.STRIPE_WEBHOOK_SECRET:
        said = _("There is no webhook secret: the hall learns of payments late, when it looks by itself.")
        yield Finding(what, HEED, said, _("Set MOOTHALL_STRIPE_WEBHOOK_SECRET."))
    try:
        greet()
    except ProviderSilent:
        said = _("%(where)s does not answer, or not as it should.") % where
        yield Finding(what, WRONG, said, _("Nobody can pay until it does; nothing is lost."))
    except ProviderRefused as error:
        said = _("%(where)s refuses the hall: %(error)s") % {**where, "error": error}
        yield Finding(what, WRONG, said, _("Look at MOOTHALL_STRIPE_KEY."))
    else:
        yield Finding(what, WELL, _("%(where)s answers and takes the key.") % where)
