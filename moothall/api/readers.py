"""What the API does when others have acted: tells by mail that a token was made."""

from __future__ import annotations

from django.utils.translation import gettext as _

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.outbox.actions import write
from moothall.people import verbs
from moothall.people.models import Token
from moothall.people.tokens import SCOPES


@reads("mail owner: token made", verbs.TOKEN_MADE)
def tell_owner(act: Act) -> None:
    """Whoever did not make it themselves learns of it."""
    token = Token.objects.select_related("account").get(pk=act.subject_id)
    write(
        key=f"token {token.public}",
        to=token.account.email,
        subject=_("A new token for your account: %(name)s") % {"name": token.name},
        template="api/mail/token",
        token=token,
        scopes=[SCOPES[word] for word in token.words],
        link="/you/tokens",
    )
