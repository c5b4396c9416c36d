"""Who may be seen, who may do what for a brand, and who is tied to whom."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from moothall.core.kinds import Card

from .models import (
    BRAND,
    GUEST,
    OWNER,
    PERSON,
    SELLER,
    Account,
    Block,
    Circle,
    CircleMember,
    Follow,
    Member,
    Mute,
    Profile,
)

Viewer = Profile | None


def blocked(viewer: Viewer) -> set[int]:
    """Ids of all whom the viewer blocked or who blocked the viewer."""
    if viewer is None:
        return set()
    pairs = Block.objects.filter(Q(by=viewer) | Q(whom=viewer)).values_list("by_id", "whom_id")
    return {id for pair in pairs for id in pair} - {viewer.pk}


def visible_to(viewer: Viewer) -> QuerySet[Profile]:
    """Profiles that have a page and are not parted from the viewer by a block."""
    seen = Profile.objects.filter(gone=None).exclude(sort=GUEST)
    if viewer is None:
        return seen
    return seen.exclude(pk__in=Block.objects.filter(by=viewer).values("whom")).exclude(
        pk__in=Block.objects.filter(whom=viewer).values("by")
    )


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
    return [member.person for member in team_of(brand).filter(person__in=visible_to(viewer))]


def may_sell(person: Viewer, brand: Profile) -> bool:
    """Owners and sellers write the shop: products, orders, prices."""
    return role_of(person, brand) in (OWNER, SELLER)


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


def visible_ids(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_to(viewer).filter(pk__in=list(ids)).values_list("pk", flat=True))


def cards(viewer: Viewer, ids: Iterable[int]) -> dict[int, Card]:
    seen = visible_to(viewer).filter(pk__in=list(ids)).select_related("portrait")
    return {one.pk: Card(one.name, f"/@{one.handle}", "people/_card.html", one) for one in seen}


def followers(source: Profile, channel: str = "") -> int:
    return Follow.objects.filter(source=source, channel=channel).count()


def followed_people(viewer: Profile) -> list[Profile]:
    """Whom one follows, to be put into circles without typing."""
    follows = Follow.objects.filter(follower=viewer, channel="").values("source")
    return list(people(viewer).filter(pk__in=follows).order_by("name")[:100])


def to_meet(viewer: Profile) -> list[Profile]:
    """A few people and brands one does not follow yet."""
    follows = Follow.objects.filter(follower=viewer).values("source")
    strangers = visible_to(viewer).exclude(pk=viewer.pk).exclude(pk__in=follows).exclude(sort="hall")
    return list(strangers.select_related("portrait").order_by("-sort", "pk")[:6])


def is_muted(viewer: Viewer, whom: Profile) -> bool:
    return viewer is not None and Mute.objects.filter(by=viewer, whom=whom).exists()


def blocks_of(viewer: Profile) -> QuerySet[Block]:
    return Block.objects.filter(by=viewer).select_related("whom", "whom__portrait").order_by("-since")


def mutes_of(viewer: Profile) -> QuerySet[Mute]:
    """Less those who are parted from the viewer by now: that they are here is no longer the viewer's to know."""
    mutes = Mute.objects.filter(by=viewer, whom__in=visible_to(viewer))
    return mutes.select_related("whom", "whom__portrait").order_by("-id")


def demo_cast() -> list[tuple[Profile, str]]:
    """People of the demo town one may walk in as, and what each is there for: teams and stewards first."""
    accounts = Account.objects.filter(is_active=True).select_related("profile", "profile__portrait").order_by("pk")[:60]
    teams: dict[int, str] = {}
    for member in Member.objects.select_related("brand").order_by("pk"):
        teams.setdefault(member.person_id, member.brand.name)
    return [(account.profile, teams.get(account.profile_id, "")) for account in accounts]


def follows_of(viewer: Profile) -> QuerySet[Follow]:
    """Whom the viewer follows, less those who are parted from the viewer by now."""
    found = Follow.objects.filter(follower=viewer, source__in=visible_to(viewer))
    return found.select_related("source", "source__portrait").order_by("-pk")


def accounts(words: str = "") -> QuerySet[Account]:
    """For stewards: all accounts, or those whose name, handle or mail address has the words."""
    rows = Account.objects.select_related("profile", "profile__portrait").order_by("-pk")
    if not words:
        return rows
    return rows.filter(
        Q(email__icontains=words) | Q(profile__name__icontains=words) | Q(profile__handle__icontains=words)
    )
