"""Mails about accounts: an invitation, what came of it, a call into a team, and whatever changed how one signs in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core.hall import hall
from moothall.outbox.actions import write
from moothall.people import queries, verbs
from moothall.people.models import Invitation, Profile, TeamInvitation

from .stops import stops

CHANGED = {
    verbs.PASSWORD_CHANGED: gettext_lazy("Your password was changed"),
    verbs.FACTOR_ON: gettext_lazy("A second step was turned on"),
    verbs.FACTOR_OFF: gettext_lazy("The second step was turned off"),
    verbs.CODES_MADE: gettext_lazy("New recovery codes were made"),
    verbs.PASSKEY_ADDED: gettext_lazy("A passkey was added"),
    verbs.PASSKEY_REMOVED: gettext_lazy("A passkey was removed"),
}
SAID = {
    verbs.PASSWORD_CHANGED: gettext_lazy("The password of your account was changed; other browsers are signed out."),
    verbs.FACTOR_ON: gettext_lazy("From now on a code of your app is asked for when you sign in."),
    verbs.FACTOR_OFF: gettext_lazy("No code of an app is asked for any more, and the recovery codes are void."),
    verbs.CODES_MADE: gettext_lazy("The recovery codes you had before are void."),
    verbs.PASSKEY_ADDED: gettext_lazy("Your account can be opened with a new passkey."),
    verbs.PASSKEY_REMOVED: gettext_lazy("One passkey no longer opens your account."),
}


@reads("mail: account changed", *CHANGED)
def tell_change(act: Act) -> None:
    account = queries.account_of(act.actor)
    if account:
        verb = next(verb for verb in CHANGED if verb.name == act.verb)
        write(
            key=f"account {act.pk}",
            to=account.email,
            subject=str(CHANGED[verb]),
            template="pages/mail/account",
            sentence=str(SAID[verb]),
            link=reverse("security"),
        )


@reads("mail: invitation", verbs.INVITED)
def send_invitation(act: Act) -> None:
    """Nothing is sent to who wants no invitations, or is parted from the inviter, who does not learn of it."""
    invitation = Invitation.objects.select_related("by").get(pk=act.subject_id)
    if invitation.is_open and queries.may_write_to(invitation):
        write(
            key=f"invitation {invitation.public}",
            to=invitation.email,
            subject=_("%(name)s invites you to %(hall)s") % {"name": invitation.by.name, "hall": hall().name},
            template="pages/mail/invitation",
            invitation=invitation,
            link=reverse("invitation", kwargs={"public": invitation.public}),
            stop=reverse("no_mail", kwargs={"signed": stops.sign(invitation.public)}),
        )


@reads("mail: invitation taken", verbs.INVITATION_TAKEN)
def tell_inviter(act: Act) -> None:
    invitation = Invitation.objects.select_related("by").get(pk=act.subject_id)
    account, person = queries.account_of(invitation.by), act.actor
    if account and queries.visible_ids(invitation.by, [person.pk]):
        write(
            key=f"invitation taken {invitation.public} {person.public}",
            to=account.email,
            subject=_("%(name)s came by your invitation") % {"name": person.name},
            template="pages/mail/taken",
            person=person,
            link=reverse("profile", kwargs={"handle": person.handle}),
        )


@reads("mail: into a team", verbs.TEAM_INVITED)
def ask_into_team(act: Act) -> None:
    """Not where it was taken back, answered or parted by a block before."""
    asked = TeamInvitation.objects.filter(pk=act.data["invitation"]).select_related("brand", "person", "by").first()
    account = queries.account_of(asked.person) if asked else None
    if asked and account and _is_seen(asked.person, asked.brand) and _is_seen(asked.person, asked.by):
        write(
            key=f"team {asked.public}",
            to=account.email,
            subject=_("%(brand)s wants you in its team") % {"brand": asked.brand.name},
            template="pages/mail/team",
            asked=asked,
            link=reverse("you"),
        )


def _is_seen(viewer: Profile, other: Profile) -> bool:
    return bool(queries.visible_ids(viewer, [other.pk]))
