"""One act, one notice: each is told what concerns them, once, as far as they may see it, and never by whom they do not
want to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from moothall.activity import tells
from moothall.activity.actions import replay
from moothall.activity.models import Act, Pending
from moothall.activity.verbs import known
from moothall.catalog import actions as catalog
from moothall.core import clock, work
from moothall.notices import actions, queries
from moothall.notices.models import Letter, Notice
from moothall.orders import actions as orders
from moothall.orders.models import Order, Return
from moothall.outbox.models import Mail
from moothall.payments.models import Payback
from moothall.payments.provider import Returned
from moothall.people import actions as people
from moothall.people.models import SHOP, Account, Profile
from tests.notices import (
    about_concepts,
    about_credit,
    about_ideas,
    about_improvements,
    about_moderation,
    about_polls,
    about_pools,
    about_talk,
)
from tests.notices.cast import NEVER, chosen, put_aside, read, rows, told
from tests.town import Town, lines_of, mails, person, said, take_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CSV = b"Handle,Title,Variant Price\r\nbowl,Bowl,12\r\n"


def bought(town: Town, buyer: Profile | None = None) -> Order:
    return town.bought(buyer or town.ana, {town.variant(f"Pot {Order.objects.count()}"): 3})


# ---- whom each verb tells


def follow(town: Town) -> dict[str, str]:
    people.follow(by=town.noor, source=town.ana)
    return {"ana": "Noor Aziz follows you"}


def follow_a_shop(town: Town) -> dict[str, str]:
    people.follow(by=town.noor, source=town.brand, channel=SHOP)
    return {"mira": "Noor Aziz follows the shop of Tidewater Kitchen"}


def be_asked_into_a_team(town: Town) -> dict[str, str]:
    people.invite_to_team(by=town.mira, brand=town.brand, person=town.noor, role="seller")
    return {"noor": "Tidewater Kitchen asks you into its team"}


def join_a_team(town: Town) -> dict[str, str]:
    people.invite_to_team(by=town.mira, brand=town.brand, person=town.noor, role="seller")
    put_aside()
    people.join_team(by=town.noor, brand=town.brand)
    return {"mira": "Somebody new is in the team of Tidewater Kitchen"}


def get_another_role(town: Town) -> dict[str, str]:
    take_in(by=town.mira, brand=town.brand, person=town.noor, role="seller")
    put_aside()
    people.change_role(by=town.mira, brand=town.brand, person=town.noor, role="agent")
    return {"noor": "You have another role in the team of Tidewater Kitchen"}


def come_by_an_invitation(town: Town) -> dict[str, str]:
    invitation = people.invite(by=town.ana)
    people.bring(account=Account.objects.get(profile=town.noor), invitation=invitation)
    return {"ana": "Noor Aziz came by your invitation"}


def leave_a_team(town: Town) -> dict[str, str]:
    take_in(by=town.mira, brand=town.brand, person=town.noor, role="seller")
    put_aside()
    people.leave_team(by=town.mira, brand=town.brand, person=town.noor)
    return {"noor": "You are no longer in the team of Tidewater Kitchen"}


def become_a_steward(town: Town) -> dict[str, str]:
    people.make_steward(account=Account.objects.get(profile=town.noor))
    return {"noor": "You are a steward of this hall"}


def pay(town: Town) -> dict[str, str]:
    order = bought(town)
    return {"mira": f"Sold: order {order.public}, £114"}


def ship(town: Town) -> dict[str, str]:
    order = _read(bought(town))
    orders.ship(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    return {"ana": f"Tidewater Kitchen sent your order {order.purchase.public}"}


def cancel(town: Town) -> dict[str, str]:
    order = _read(town.bought(town.ana, {town.variant(price="0"): 1}))
    orders.cancel(by=town.mira, order=order, reason="Broken")
    return {"ana": f"Tidewater Kitchen cannot send your order {order.purchase.public}"}


def refund(town: Town) -> dict[str, str]:
    order = _read(bought(town))
    orders.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1})
    return {"ana": f"Tidewater Kitchen gives you money back for your order {order.purchase.public}"}


def refuse_a_refund(town: Town) -> dict[str, str]:
    order = _read(bought(town))
    payback = orders.refund(by=town.mira, order=order, pieces={lines_of(order)[0].pk: 1}).payback
    put_aside()
    orders.paying_back.answered(payback, Returned("re_1", "failed", "no such card"))
    assert Payback.objects.get(pk=payback.pk).state == Payback.FAILED
    return {"mira": f"The bank refused a refund: order {order.public}, £114"}


def pay_twice(town: Town) -> dict[str, str]:
    order = _read(bought(town))
    orders.settle(payment=order.purchase.payment, state=said(order.purchase, paid=True, session="cs_2", intent="pi_2"))
    return {"ana": f"A payment for {order.purchase.public} came that was not owed. It goes back to you"}


def share(town: Town) -> dict[str, str]:
    line = lines_of(_read(bought(town)))[0]
    orders.share(by=town.ana, line=line, reach="circle", circle=town.family, words="Good")
    return {"ben": f"Ana Lima bought {line.title} and tells you"}


def _asked(town: Town) -> tuple[Order, Return]:
    """Something on its way that Ana asks to send back; nobody was told of it yet."""
    order = _read(bought(town))
    line = lines_of(order)[0]
    orders.ship(by=town.mira, order=order, pieces={line.pk: 1})
    put_aside()
    return order, orders.ask_return(by=town.ana, order=order, pieces={line.pk: 1}, reason="mind", words="")


def ask_to_return(town: Town) -> dict[str, str]:
    order, _back = _asked(town)
    return {"mira": f"Somebody asks to send back things of order {order.public}, £114"}


def keep_it_after_all(town: Town) -> dict[str, str]:
    order, back = _asked(town)
    put_aside()
    orders.take_back_return(by=town.ana, back=back)
    return {"mira": f"Somebody keeps what was to come back of order {order.public}, £114"}


def decline_a_return(town: Town) -> dict[str, str]:
    order, back = _asked(town)
    put_aside()
    orders.decline_return(by=town.mira, back=back, answer="It was worn.")
    return {"ana": f"Tidewater Kitchen does not take back things of your order {order.purchase.public}"}


def agree_to_a_return(town: Town) -> dict[str, str]:
    order, back = _asked(town)
    put_aside()
    orders.agree_to_return(by=town.mira, back=back, answer="Send it to the quay.")
    return {"ana": f"Tidewater Kitchen takes back things of your order {order.purchase.public}"}


def _agreed(town: Town) -> tuple[Order, Return]:
    order, back = _asked(town)
    orders.agree_to_return(by=town.mira, back=back, answer="Send it to the quay.")
    back.refresh_from_db()
    put_aside()
    return order, back


def send_it_back(town: Town) -> dict[str, str]:
    order, back = _agreed(town)
    orders.send_return(by=town.ana, back=back)
    return {"mira": f"On its way back to you: things of order {order.public}, £114"}


def receive_it_back(town: Town) -> dict[str, str]:
    order, back = _agreed(town)
    orders.receive_return(by=town.mira, back=back)
    return {"ana": f"Tidewater Kitchen has what you sent back of your order {order.purchase.public}"}


def close_without_money(town: Town) -> dict[str, str]:
    order, back = _agreed(town)
    orders.receive_return(by=town.mira, back=back)
    back.refresh_from_db()
    put_aside()
    orders.close_return(by=town.mira, back=back, pieces={}, answer="It was broken on the way here.")
    return {"ana": f"Tidewater Kitchen closed your return of your order {order.purchase.public}"}


def import_things(town: Town) -> dict[str, str]:
    catalog.begin_import(by=town.mira, brand=town.brand, name="bowls.csv", body=CSV)
    while work.do_some(work.known()["imports"]):
        pass
    return {"mira": "The import of bowls.csv is done"}


def _read(order: Order) -> Order:
    put_aside()
    return order


STORIES: list[Callable[[Town], dict[str, str]]] = [
    follow, follow_a_shop, be_asked_into_a_team, join_a_team, get_another_role, leave_a_team,
    come_by_an_invitation, become_a_steward, pay, ship, cancel, refund, refuse_a_refund,
    pay_twice, share, import_things, ask_to_return, keep_it_after_all, decline_a_return, agree_to_a_return,
    send_it_back, receive_it_back, close_without_money, *about_ideas.STORIES, *about_pools.STORIES,
    *about_concepts.STORIES,
    *about_talk.STORIES, *about_moderation.STORIES, *about_improvements.STORIES,
    *about_credit.STORIES,
    *about_polls.STORIES,
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_one_act_is_one_notice_and_at_most_one_mail(town: Town, story: Callable[[Town], dict[str, str]]) -> None:
    """With all mails at once: whoever is told of it is told on the page once, and mailed once, by whichever way."""
    put_aside()
    for who in Profile.objects.filter(sort="person"):
        chosen(who)
    heard = story(town)
    read()
    everybody = {one.handle: told(one) for one in Profile.objects.filter(sort="person")}
    assert {handle: words for handle, words in everybody.items() if words} == {who: [w] for who, w in heard.items()}
    for handle in heard:
        assert len(mails(f"{handle}@example.org")) == 1, "one act, one mail"
    own_mail = {name for name, one in tells.known().items() if one.has_mail}
    told_now = Notice.objects.filter(on_page=True)
    by_notice = set(told_now.exclude(mailed=None).values_list("pk", flat=True))
    assert by_notice == set(told_now.exclude(tell__in=own_mail).values_list("pk", flat=True))
    before = Notice.objects.count(), Mail.objects.count()
    replay("notices")
    read()
    assert (Notice.objects.count(), Mail.objects.count()) == before, "twice is once"


def test_every_tell_has_a_story(town: Town) -> None:
    """Whoever adds a verb that tells adds how it goes."""
    names: set[str] = set()
    for story in STORIES:
        people.unfollow(by=town.noor, source=town.brand, channel=SHOP)
        story(town)
        read()
        names |= set(Notice.objects.values_list("tell", flat=True))
    assert names == set(tells.known())


# These are nobody's business but their doer's.
@pytest.mark.parametrize("verb", ["circle.joined", "circle.left", "circle.made", "block.begun", "mute.begun"])
def test_what_is_private_tells_nobody(verb: str) -> None:
    assert verb in known()
    assert not tells.of(verb)


def test_nobody_is_told_of_what_they_did(town: Town) -> None:
    town.bought(town.mira, {town.variant(): 1})
    people.change_role(by=town.mira, brand=town.brand, person=town.mira, role="owner")
    read()
    assert told(town.mira) == []


def test_somebody_told_for_two_reasons_is_told_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tells, "_tells", dict(tells.known()))
    verb = known()["follow.begun"]
    tells.tells(verb, "again", sort="hall", sentence="Once more", why="")(lambda act: [act.subject_id] * 3)
    people.follow(by=town.noor, source=town.ana)
    read()
    assert told(town.ana)[0] == "Noor Aziz follows you"
    assert Counter(row.act_id for row in rows(town.ana)).most_common(1)[0][1] == 1


# ---- who may see, and who wants to hear


def test_shares_tell_the_circle_and_nobody_besides(town: Town) -> None:
    """Neither followers outside it, nor of a share with everybody anyone: those stand on home."""
    fay = person("Fay Wren", "fay")
    people.follow(by=fay, source=town.ana)
    one, other = (lines_of(bought(town))[0] for _ in range(2))
    orders.share(by=town.ana, line=one, reach="circle", circle=town.family)
    orders.share(by=town.ana, line=other, reach="public")
    read()
    assert told(fay) == []
    [words] = told(town.ben)
    assert "Family" not in words


def test_whoever_left_the_circle_before_it_was_read_is_not_told(town: Town) -> None:
    line = lines_of(bought(town))[0]
    orders.share(by=town.ana, line=line, reach="circle", circle=town.family)
    people.leave_circle(by=town.ana, circle=town.family, person=town.ben)
    read()
    assert rows(town.ben) == []


@pytest.mark.parametrize("how", ["mute", "block", "blocked by"])
def test_whom_one_mutes_or_is_parted_from_tells_nothing(town: Town, how: str) -> None:
    people.follow(by=town.noor, source=town.ana)
    line = lines_of(bought(town))[0]
    orders.share(by=town.ana, line=line, reach="circle", circle=town.family)
    if how == "mute":
        people.mute(by=town.ben, whom=town.ana), people.mute(by=town.ana, whom=town.noor)
    elif how == "block":
        people.block(by=town.ben, whom=town.ana), people.block(by=town.ana, whom=town.noor)
    else:
        people.block(by=town.ana, whom=town.ben), people.block(by=town.noor, whom=town.ana)
    act = Act.objects.get(verb="share.made")
    assert actions.tell(act) == []
    read()
    assert not [words for words in told(town.ana) if "Noor" in words]
    assert rows(town.ben) == []


def test_muting_the_buyer_keeps_no_sale_from_the_desk(town: Town) -> None:
    """A sale is business, and so is a guest's."""
    people.mute(by=town.mira, whom=town.ana)
    bought(town)
    town.bought(people.make_guest(name="Gus"), {town.variant(): 1})
    read()
    assert len([words for words in told(town.mira) if words.startswith("Sold")]) == 2


def test_what_was_seen_before_a_block_is_not_shown_after_it(town: Town) -> None:
    people.follow(by=town.noor, source=town.ana)
    read()
    actions.see_all(by=town.ana, until=rows(town.ana)[-1].pk)
    people.block(by=town.ana, whom=town.noor)
    read()
    assert not [words for words in told(town.ana) if "Noor" in words]


def test_what_was_taken_back_is_gone_from_page_and_count(town: Town) -> None:
    line = lines_of(bought(town))[0]
    made = orders.share(by=town.ana, line=line, reach="circle", circle=town.family)
    read()
    assert (len(told(town.ben)), queries.unseen(town.ben)) == (1, 1)
    orders.withdraw_share(by=town.ana, share=made)
    assert told(town.ben) == [], "at once, before anybody read of it"
    read()
    assert queries.unseen(town.ben) == 0


@pytest.mark.parametrize("parting", [people.block, people.mute])
def test_parting_takes_the_unseen_from_the_count(town: Town, parting: Callable[..., None]) -> None:
    people.follow(by=town.noor, source=town.mira)
    read()
    assert queries.unseen(town.mira) == 1
    parting(by=town.mira, whom=town.noor)
    read()
    assert queries.unseen(town.mira) == 0


def test_follow_unfollow_follow_is_told_once(town: Town) -> None:
    chosen(town.mira, "daily")
    for _ in range(3):
        people.follow(by=town.noor, source=town.mira)
        read()
        people.unfollow(by=town.noor, source=town.mira)
        read()
    assert rows(town.mira) == []
    assert not Letter.objects.filter(notice__who=town.mira).exists()


def test_who_is_no_longer_in_the_team_sees_no_sales(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role="seller")
    bought(town)
    read()
    assert any(words.startswith("Sold") for words in told(town.ben))
    people.leave_team(by=town.mira, brand=town.brand, person=town.ben)
    assert not any(words.startswith("Sold") for words in told(town.ben))


def test_what_nobody_wants_leaves_no_row(town: Town) -> None:
    read()
    Notice.objects.all().delete()
    chosen(town.ana, NEVER, page=False)
    before = Notice.objects.count()
    people.follow(by=town.noor, source=town.ana)
    read()
    assert Notice.objects.count() == before


def test_by_mail_only_stands_on_no_page(town: Town) -> None:
    put_aside()
    chosen(town.ana, page=False)
    people.follow(by=town.noor, source=town.ana)
    read()
    assert (told(town.ana), queries.unseen(town.ana)) == ([], 0)
    assert [mail.subject for mail in mails("ana@example.org")] == ["Noor Aziz follows you"]


def test_a_name_may_look_like_anything(town: Town) -> None:
    odd = person("{subject} <b>{actor}</b>", "odd")
    people.follow(by=odd, source=town.mira)
    read()
    assert told(town.mira) == ["{subject} <b>{actor}</b> follows you"]


def test_a_replay_fills_the_page_and_sends_nothing(town: Town) -> None:
    chosen(town.mira)
    Pending.objects.all().delete()
    people.follow(by=town.noor, source=town.mira)
    Pending.objects.all().delete()
    replay("notices")
    read()
    assert told(town.mira) == ["Noor Aziz follows you"]
    assert not mails("mira@example.org")
    assert not Letter.objects.exists()


def test_the_old_is_forgotten_and_stays_so(town: Town) -> None:
    people.follow(by=town.noor, source=town.mira)
    read()
    clock.move(clock.now() + actions.KEPT)
    people.follow(by=town.ben, source=town.mira)
    read()
    clock.move(clock.now() + actions.KEPT / 2)
    assert actions.forget_old() > 0
    assert told(town.mira) == ["Ben Cole follows you"]
    replay("notices")
    read()
    assert told(town.mira) == ["Ben Cole follows you"]
