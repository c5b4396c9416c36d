"""The demo town is whole: people, things, orders in every state and talk, in the order of time, no invariant broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from moothall.activity.models import Act, Pending
from moothall.catalog.models import DRAFT, PUBLISHED, Product, ProductPicture, Variant
from moothall.config import invariants, town
from moothall.config.town import painter
from moothall.config.town.days import plan
from moothall.core import clock, search, work
from moothall.core.hall import hall
from moothall.credit.models import PayoutLine, Royalty, Split
from moothall.ideas import stages
from moothall.ideas.gates import Gate
from moothall.ideas.models import Idea
from moothall.improvements.models import Improvement
from moothall.orders import queries as orders
from moothall.orders.models import Allocation, Invoice, Order, OrderLine, Purchase, Refund, Return, Share, Shipment
from moothall.outbox.models import Mail
from moothall.payments import provider
from moothall.payments.models import Payback, Payment
from moothall.people.models import BRAND, GUEST, PERSON, Account, Block, CircleMember, Follow, Member, Mute, Profile
from moothall.polls.models import Poll
from moothall.prices.models import Voucher, VoucherUse, Zone
from moothall.talk.models import Comment, Post, PostMention
from tests.conftest import KEY, SECRET, Till
from tests.search.judging import answers, judge, others_first
from tests.search.questions import TOWN

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(
    till_process: Till, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[datetime]:
    """The town, built once for this file and then rolled back; when it was built."""
    ours = override_settings(
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STRIPE_API=till_process.base,
        STRIPE_KEY=KEY,
        STRIPE_WEBHOOK_SECRET=SECRET,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    till_process.faults(reset=True)
    with pytest.MonkeyPatch.context() as patch, ours, django_db_blocker.unblock(), transaction.atomic():
        for size in ("FACE", "SQUARE", "WIDE"):
            patch.setattr(painter, size, 160)  # nobody looks at these
        provider._client.cache_clear()
        hall.cache_clear()
        now = timezone.now()
        town.build(now)
        yield now
        transaction.set_rollback(True)
    provider._client.cache_clear()
    hall.cache_clear()


@pytest.mark.usefixtures("built")
def test_it_has_four_brands_and_sixty_people() -> None:
    assert (hall().demo, hall().place) == (True, "Wendham")
    assert Profile.objects.filter(sort=BRAND).exclude(portrait=None).count() == 4
    people = Profile.objects.filter(sort=PERSON).exclude(portrait=None).exclude(words="")
    assert people.count() == people.values("portrait").distinct().count() == 60
    roles = Counter(Member.objects.values_list("role", flat=True))
    assert roles == {"owner": 4, "seller": 4, "maker": 4, "agent": 4}


@pytest.mark.usefixtures("built")
def test_the_cast_is_there_and_can_sign_in() -> None:
    ana, ben, mira, noor = (Profile.objects.get(handle=handle) for handle in ("ana", "ben", "mira", "noor"))
    assert (ana.name, ben.name, mira.name, noor.name) == ("Ana Lima", "Ben Osei", "Mira Kaplan", "Noor Khan")
    assert Follow.objects.filter(follower=ben, source=ana).exists()
    assert CircleMember.objects.filter(person=ben, circle__owner=ana, circle__name="Family").exists()
    assert Member.objects.get(person=mira).role == "owner"
    assert not Follow.objects.filter(follower=noor).exists()
    for account in Account.objects.all():
        assert EmailAddress.objects.filter(user=account, verified=True, primary=True, email=account.email).exists()
    assert Account.objects.get(email="ana@wendham.example").check_password("wendham-town")
    assert Account.objects.filter(is_steward=True).count() == 1
    assert Mute.objects.exists()
    assert Block.objects.exists()


@pytest.mark.usefixtures("built")
def test_eighty_things_are_for_sale_and_each_desk_has_a_draft() -> None:
    assert Product.objects.filter(state=PUBLISHED).count() == 81
    assert Product.objects.filter(state=DRAFT).values("brand").distinct().count() == 4
    pictures = ProductPicture.objects.exclude(picture=None).exclude(alt="")
    assert pictures.values("product").distinct().count() == 81 + 4 + 3  # for sale, drafts, and what ideas may become
    assert pictures.values("picture").distinct().count() == pictures.count() == ProductPicture.objects.count()
    assert len(set(Product.objects.values_list("palette", flat=True))) == 16
    variants = Variant.objects.filter(product__state=PUBLISHED)
    assert variants.filter(tracked=False).exists()
    assert variants.filter(tracked=True, available=0).exists()
    assert variants.filter(compare_at__gt=F("price")).exists()
    assert {variant.label.count("·") for variant in variants} == {0, 1}


@pytest.mark.usefixtures("built")
def test_orders_stand_in_every_state() -> None:
    rows = list(Order.objects.select_related("brand", "purchase"))
    stages = Counter(whole.stage for whole in orders.wholes(rows))
    assert set(stages) == {"awaiting", "paid", "packed", "partly", "shipped", "refunded", "cancelled", "lapsed"}
    assert Allocation.objects.filter(refunded__gt=0, refunded__lt=F("amount")).exists()
    assert Shipment.objects.exclude(tracking="").count() == Shipment.objects.count()
    assert Order.objects.filter(purchase__buyer__sort=GUEST, state=Order.PAID).exists()


@pytest.mark.usefixtures("built")
def test_after_the_sale_there_is_something_of_everything() -> None:
    assert set(Return.objects.values_list("state", flat=True)) == {
        "asked", "agreed", "declined", "sent", "arrived", "closed"
    }  # fmt: skip
    assert Invoice.objects.filter(sort="invoice").count() == Order.objects.filter(state=Order.PAID).count()
    assert Invoice.objects.filter(sort="credit").count() == Refund.objects.count() > 5
    became = Profile.objects.filter(sort=GUEST).exclude(became=None)
    assert list(became.values_list("became__handle", flat=True)) == ["ana"]
    assert Purchase.objects.exclude(note="").count() > 2
    assert any(parcel.page for parcel in Shipment.objects.all())


@pytest.mark.usefixtures("built")
def test_some_pay_by_bank_transfer() -> None:
    rows = Payment.objects.filter(method="transfer")
    assert Counter(rows.values_list("state", flat=True)) == {"open": 1, "paid": 2}
    assert Payback.objects.filter(capture__method="transfer", state="due").count() == 1


@pytest.mark.usefixtures("built")
def test_sending_tax_and_vouchers_are_asked_in_every_way() -> None:
    assert Zone.objects.values("brand").distinct().count() == 4
    assert set(VoucherUse.objects.values_list("state", flat=True)) == {"held", "used"}
    assert Voucher.objects.filter(used=F("limit")).exists()
    assert set(Order.objects.values_list("tax_included", flat=True)) == {True, False}
    lines = OrderLine.objects.filter(order__state=Order.PAID)
    assert {0, 1900, 2000} <= set(lines.values_list("tax_rate", flat=True))
    assert lines.filter(variant=None).values("amount").distinct().count() > 3


@pytest.mark.usefixtures("built")
def test_ideas_are_everywhere_on_their_way() -> None:
    """From taking shape to made; a go that waits for its yes stands among what is at the gate."""
    ideas = list(Idea.objects.filter(stage=Idea.SHAPE, hidden=None))
    found = {one.pk: stages.stage_of(one) for one in ideas}
    assert set(found.values()) >= {*stages.WAY, stages.NOT_MADE}
    rows = Idea.objects.filter(pk__in=found)
    for stage in stages.WAY[1:]:
        assert set(stages.at(rows, stage).values_list("pk", flat=True)) == {pk for pk in found if found[pk] == stage}
    assert {state for (state,) in Gate.objects.values_list("state")} >= {Gate.OPEN, Gate.GO, Gate.NO, Gate.NEEDS}


@pytest.mark.usefixtures("built")
def test_what_was_made_of_an_idea_brings_its_lead_royalties_that_are_paid_out() -> None:
    [line] = PayoutLine.objects.select_related("person", "payout")
    assert (line.person, line.payout.number) == (Profile.objects.get(handle="adaeze"), 1)
    assert line.amount > 0
    assert Royalty.objects.filter(posted=None).exists(), "what has no shares yet waits"
    assert set(Split.objects.values_list("state", flat=True)) >= {Split.STANDING, Split.PROPOSED, Split.DECLINED}


@pytest.mark.usefixtures("built")
def test_people_ask_for_changes_and_are_asked_questions() -> None:
    assert set(Improvement.objects.values_list("state", flat=True)) == {"open", "declined", "taken"}
    assert list(Product.objects.filter(revision__gt=1).values_list("title", flat=True)) == ["Both-hands teapot"]
    assert set(Poll.objects.values_list("sort", flat=True)) == {"options", "ranked", "price"}
    assert Poll.objects.filter(answers__gte=5).count() == Poll.objects.count()


@pytest.mark.usefixtures("built")
def test_people_talk_of_what_they_have() -> None:
    standing = Share.objects.filter(withdrawn=None)
    assert standing.exclude(words="").count() >= 25
    assert {share.reach for share in standing} == {"public", "followers", "circle"}
    assert Share.objects.exclude(withdrawn=None).exists()


@pytest.mark.usefixtures("built")
def test_people_talk_of_this_and_that_and_brands_with_them() -> None:
    posts = Post.objects.filter(state=Post.STANDS)
    assert posts.count() == 12
    assert posts.filter(channel=None).exists()
    assert posts.filter(channel=F("brand")).count() >= 3
    assert posts.exclude(channel=None).filter(brand=None).exists()
    assert posts.exclude(picture=None).exclude(alt="").exists()
    assert PostMention.objects.exists()
    assert Comment.objects.filter(subject_kind=Post.kind).exclude(brand=None).exists()


@pytest.mark.usefixtures("built")
def test_its_shoppers_find_what_they_hope_for() -> None:
    assert judge("the town", TOWN) >= 0.85
    assert len(others_first("the town", TOWN, connection.vendor)) <= 3, "the first hit is another than on SQLite"


@pytest.mark.usefixtures("built")
def test_no_question_finds_what_its_asker_may_not_see() -> None:
    """Drafts, who is parted by a block, what was said to a circle and what the circle is called."""
    drafts = {one.slug: one.title for one in Product.objects.filter(state=DRAFT)}
    clara, otto = (Profile.objects.get(handle=handle) for handle in ("clara", "otto"))
    circles = list(Share.objects.filter(reach="circle", withdrawn=None).values_list("words", flat=True))
    hidden = {None: "", clara: "@otto", otto: "@clara"}
    for viewer, parted in hidden.items():
        for words in [*TOWN, *drafts.values(), "clara devlin", "otto weiss", "clocks", "runs late"]:
            things, faces = answers(words, viewer, limit=200)
            assert not drafts.keys() & set(things), words
            assert parted not in faces, words
        assert [words for words in circles if answers(words, viewer) != ([], [])] == []
    assert search.complete(None, "ukul", [Product.kind]).words == []
    assert (answers("clara devlin")[1], answers("otto weiss")[1]) == (["@clara"], ["@otto"])


def test_it_was_played_in_the_order_of_time(built: datetime) -> None:
    times = list(Act.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert (built - times[0]).days >= 30
    assert times[-1] < built
    written = list(Mail.objects.order_by("pk").values_list("written", flat=True))
    assert written == sorted(written)
    assert abs((clock.now() - timezone.now()).total_seconds()) < 5, "the clock was not let go"


@pytest.mark.usefixtures("built")
def test_nothing_is_broken_and_nothing_waits() -> None:
    assert invariants.offenders() == {}
    [lost] = Mail.objects.filter(sent=None)
    assert (lost.to, lost.tries) == ("walter.finch@postbag.invalid", work.MOST_TRIES)
    assert invariants.warnings() == [f"mail #{lost.pk} is dead: {lost.error}"]
    assert "550" in lost.error
    assert not Pending.objects.exists()


@pytest.mark.usefixtures("built")
def test_a_hall_with_people_in_it_is_left_alone() -> None:
    with pytest.raises(ValueError, match="empty"):
        town.build()


@pytest.mark.parametrize("hour", ["00:05", "12:00", "23:55"])
def test_the_same_now_has_the_same_plan(hour: str) -> None:
    now = datetime.fromisoformat(f"2026-03-29T{hour}:00").replace(tzinfo=UTC)
    one, other = plan(now), plan(now)
    assert [(event.at, _told(event.do)) for event in one] == [(event.at, _told(event.do)) for event in other]
    assert one[-1].at < now


def _told(do: Any) -> str:
    return f"{do.func.__name__} {do.keywords}" if isinstance(do, partial) else do.__name__
