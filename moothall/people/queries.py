"""Who may be seen, who may do what for a brand, and who is tied to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from moothall.core import clock, hot, search
from moothall.core.kinds import Card, Doc, Inside

from .models import (
    BRAND,
    GUEST,
    MAKER,
    OWNER,
    PERSON,
    SELLER,
    Account,
    Block,
    Circle,
    CircleMember,
    Follow,
    Invitation,
    Member,
    Mute,
    NoMail,
    OldHandle,
    Profile,
    SignIn,
    Taking,
    TeamInvitation,
)

Viewer = Profile | None
# What a face in a row shows of a person.
FACE = (
    "handle",
    "name",
    "words",
    "palette",
    "sort",
    *(f"portrait__{name}" for name in ("hash", "width", "height", "widths")),
)
MAILS_A_MONTH = 3  # invitations that one address gets, whoever invites


def blocked(viewer: Viewer) -> set[int]:
    """Ids of all whom the viewer blocked or who blocked the viewer."""
    if viewer is None:
        return set()
    pairs = Block.objects.filter(Q(by=viewer) | Q(whom=viewer)).values_list("by_id", "whom_id")
    return {id for pair in pairs for id in pair} - {viewer.pk}


def is_parted(viewer: Viewer) -> bool:
    """Whether a block stands between the viewer and anybody."""
    return viewer is not None and bool(_some_block(viewer))


@hot.read
def _some_block(viewer: Profile) -> QuerySet[Block, int]:
    return Block.objects.filter(Q(by=viewer) | Q(whom=viewer)).values_list("pk", flat=True)[:1]


def visible_to(viewer: Viewer) -> QuerySet[Profile]:
    """Profiles that have a page and are not parted from the viewer by a block."""
    return Profile.objects.filter(seen(viewer))


def seen(viewer: Viewer, link: str = "") -> Q:
    """The same as a condition on rows that link to a profile. (A subquery of all profiles would be gathered whole.)"""
    at = f"{link}__" if link else ""
    here = Q(**{f"{at}gone": None}) & ~Q(**{f"{at}sort": GUEST})
    return here & not_parted(viewer, link or "pk")


def not_parted(viewer: Viewer, link: str) -> Q:
    """No block stands between the viewer and whom the rows link to."""
    if viewer is None:
        return Q()
    by_viewer = Q(**{f"{link}__in": Block.objects.filter(by=viewer).values("whom")})
    by_them = Q(**{f"{link}__in": Block.objects.filter(whom=viewer).values("by")})
    return ~by_viewer & ~by_them


def people(viewer: Viewer) -> QuerySet[Profile]:
    return visible_to(viewer).filter(sort=PERSON).select_related("portrait")


def brands(viewer: Viewer) -> QuerySet[Profile]:
    return visible_to(viewer).filter(sort=BRAND).select_related("portrait")


def role_of(person: Viewer, brand: Profile) -> str:
    """The person's role in the brand's team, or nothing."""
    if person is None:
        return ""
    return Member.objects.filter(brand=brand, person=person).values_list("role", flat=True).first() or ""


def desks_of(person: Profile) -> QuerySet[Profile]:
    """Brands whose team the person is in."""
    return Profile.objects.filter(pk__in=Member.objects.filter(person=person).values("brand"), gone=None).order_by(
        "name"
    )


def team_of(brand: Profile) -> QuerySet[Member]:
    return Member.objects.filter(brand=brand).select_related("person", "person__portrait").order_by("since", "id")


def faces_of(viewer: Viewer, brand: Profile) -> list[Profile]:
    """Those of the brand's team whom the viewer may see."""
    return [member.person for member in team_of(brand).filter(seen(viewer, "person"))]


def may_sell(person: Viewer, brand: Profile) -> bool:
    """Owners and sellers write the shop: products, orders, prices."""
    return role_of(person, brand) in (OWNER, SELLER)


def may_make(person: Viewer, brand: Profile) -> bool:
    """Owners and makers say what is made, and how."""
    return role_of(person, brand) in (OWNER, MAKER)


def may_own(person: Viewer, brand: Profile) -> bool:
    return role_of(person, brand) == OWNER


def follows(viewer: Viewer, source: Profile, channel: str = "") -> bool:
    return viewer is not None and Follow.objects.filter(follower=viewer, source=source, channel=channel).exists()


def circles_of(owner: Profile) -> QuerySet[Circle]:
    return Circle.objects.filter(owner=owner, ended=None).order_by("name")


def members_of(circles: Iterable[Circle]) -> dict[int, list[Profile]]:
    """Who is in each circle, by the circle's id."""
    found: dict[int, list[Profile]] = {circle.pk: [] for circle in circles}
    rows = CircleMember.objects.filter(circle__in=found).select_related("person", "person__portrait").order_by("id")
    for row in rows:
        found[row.circle_id].append(row.person)
    return found


def account_of(profile: Profile) -> Account | None:
    return Account.objects.filter(profile=profile).first()


def who_proved(email: str) -> Profile | None:
    """Whose proved mail address this is, however it is spelt; nobody's if two should claim it."""
    rows = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True)
    found = list(Profile.objects.filter(pk__in=rows.values("user__profile"), sort=PERSON, gone=None)[:2])
    return found[0] if len(found) == 1 else None


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    seen = visible_to(viewer).filter(pk__in=list(ids)).select_related("portrait")
    return {one.pk: Card(one.name, f"/@{one.handle}", "people/_card.html", one) for one in seen}


def documents(ids: Iterable[int]) -> dict[int, Doc]:
    """What people and brands are found by: name, handle, and what they say of themselves."""
    seen = visible_to(None).filter(pk__in=list(ids), sort__in=(PERSON, BRAND))
    return {one.pk: Doc(one.name, {search.STRONG: one.handle or "", search.BODY: one.words}) for one in seen}


def all_ids() -> Iterable[int]:
    return Profile.objects.exclude(sort=GUEST).values_list("pk", flat=True)


def named(handle: str) -> int | None:
    return Profile.objects.filter(handle=handle, gone=None).values_list("pk", flat=True).first()


def inside(ids: Iterable[int]) -> dict[int, Inside]:
    """Of a brand's page its owner is the brand."""
    return {
        one.pk: Inside(
            title=one.name,
            address=f"/@{one.handle}",
            name=one.handle or "",
            owner=one.pk,
            brands={one.pk} if one.is_brand else (),
            words=one.words,
            gone=one.gone is not None,
        )
        for one in Profile.objects.filter(pk__in=list(ids))
    }


def followers(source: Profile, channel: str = "") -> int:
    return Follow.objects.filter(source=source, channel=channel).count()


def followed_people(viewer: Profile) -> list[Profile]:
    """Whom one follows, to be put into circles without typing."""
    follows = Follow.objects.filter(follower=viewer, channel="").values("source")
    return list(people(viewer).filter(pk__in=follows).order_by("name")[:100])


def to_meet(viewer: Profile) -> list[Profile]:
    """A few people one does not follow yet, or brands where one follows everybody."""
    return _strangers(viewer.pk, PERSON) or _strangers(viewer.pk, BRAND)


@hot.read
def _strangers(viewer: int, sort: str) -> QuerySet[Profile]:
    parted = not_parted(Profile(pk=viewer), "pk")
    follows = Follow.objects.filter(follower=viewer).values("source")
    strangers = Profile.objects.filter(parted, sort=sort, gone=None).exclude(pk=viewer).exclude(pk__in=follows)
    return strangers.select_related("portrait").order_by("pk")[:6]


def is_muted(viewer: Viewer, whom: Profile) -> bool:
    return viewer is not None and Mute.objects.filter(by=viewer, whom=whom).exists()


def blocks_of(viewer: Profile) -> QuerySet[Block]:
    return Block.objects.filter(by=viewer).select_related("whom", "whom__portrait").order_by("-since")


def mutes_of(viewer: Profile) -> QuerySet[Mute]:
    """Less those who are parted from the viewer by now: that they are here is no longer the viewer's to know."""
    mutes = Mute.objects.filter(seen(viewer, "whom"), by=viewer)
    return mutes.select_related("whom", "whom__portrait").order_by("-id")


def demo_cast() -> list[tuple[Profile, str]]:
    """People of the demo town one may walk in as, and what each is there for: teams and stewards first."""
    accounts = Account.objects.filter(is_active=True).select_related("profile", "profile__portrait").order_by("pk")[:60]
    teams: dict[int, str] = {}
    for member in Member.objects.select_related("brand").order_by("pk"):
        teams.setdefault(member.person_id, member.brand.name)
    return [(account.profile, teams.get(account.profile_id, "")) for account in accounts]


def moved(viewer: Viewer, handle: str) -> str | None:
    """The handle of whoever gave this one up, if the viewer may see them."""
    owner = OldHandle.objects.filter(handle=handle).values("profile")
    return visible_to(viewer).filter(pk__in=owner).values_list("handle", flat=True).first()


def sign_ins_of(account: Account) -> QuerySet[SignIn]:
    """Where the account is signed in, the newest first."""
    alive = SignIn.objects.filter(account=account, expire_date__gt=timezone.now())
    return alive.defer("session_data").order_by("-begun")


def asked_into_team(brand: Profile) -> QuerySet[TeamInvitation]:
    """Who was invited into the team and has not answered."""
    asked = TeamInvitation.objects.filter(brand=brand, person__gone=None)
    return asked.select_related("person", "person__portrait").order_by("since", "id")


def teams_asking(person: Profile) -> QuerySet[TeamInvitation]:
    """Into which teams the person is invited; none of a brand that is parted from them."""
    asked = TeamInvitation.objects.filter(seen(person, "brand"), person=person)
    return asked.select_related("brand", "brand__portrait", "by").order_by("-id")


def invitations_of(by: Profile) -> QuerySet[Invitation]:
    """Those that still hold, the newest first."""
    return Invitation.objects.filter(by=by, ended=None, until__gt=clock.now(), uses__lt=F("limit")).order_by("-id")


def invitations_to(viewer: Viewer) -> QuerySet[Invitation]:
    """Those whose inviter the viewer may see; whether they still hold they say themselves."""
    return Invitation.objects.filter(seen(viewer, "by")).select_related("by", "by__portrait")


def taken(viewer: Viewer, invitation: Invitation) -> bool:
    return viewer is not None and Taking.objects.filter(invitation=invitation, person=viewer).exists()


def came_by(by: Profile) -> list[Profile]:
    """Who came by the person's invitations, the newest first; told to nobody else."""
    takings = Taking.objects.filter(seen(by, "person"), invitation__by=by)
    return [taking.person for taking in takings.select_related("person", "person__portrait").order_by("-id")[:50]]


def mark_of(email: str) -> str:
    """What stands for a mail address where the address itself is not kept: a hash keyed with the hall's secret."""
    return salted_hmac("moothall.people.mark", email.lower(), algorithm="sha256").hexdigest()


def wants_no_mail(invitation: Invitation) -> bool:
    """Whether the address it went to gets no more invitations."""
    return NoMail.objects.filter(mark=invitation.mark).exists()


def may_write_to(invitation: Invitation) -> bool:
    """Whether an invitation goes out: not to who wants none, not to who is parted from the inviter, and to nobody
    more than three times in a month, whoever invites."""
    if not invitation.email or wants_no_mail(invitation):
        return False
    known = Account.objects.filter(email__iexact=invitation.email).select_related("profile").first()
    if known and invitation.by_id in blocked(known.profile):
        return False
    month = Invitation.objects.filter(mark=invitation.mark, at__gt=invitation.at - timedelta(days=30))
    return month.filter(pk__lt=invitation.pk).count() < MAILS_A_MONTH


def asks_second_step(account: Account) -> bool:
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()


def codes_left(account: Account) -> int:
    """How many recovery codes were not used."""
    codes = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(codes.wrap().get_unused_codes()) if codes else 0


def passkeys_of(account: Account) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN).order_by("pk")


def follows_of(viewer: Profile) -> QuerySet[Follow]:
    """Whom the viewer follows, less those who are parted from the viewer by now."""
    found = Follow.objects.filter(seen(viewer, "source"), follower=viewer)
    return found.select_related("source", "source__portrait").order_by("-pk")


def accounts(words: str = "") -> QuerySet[Account]:
    """For stewards: all accounts, or those whose name, handle or mail address has the words."""
    rows = Account.objects.select_related("profile", "profile__portrait").order_by("-pk")
    if not words:
        return rows
    return rows.filter(
        Q(email__icontains=words) | Q(profile__name__icontains=words) | Q(profile__handle__icontains=words)
    )
