"""The machine among people: what is told to whom, circles, brands, invitations, accounts, notices."""

from __future__ import annotations

from datetime import time

from hypothesis import strategies as st
from hypothesis.stateful import rule

from moothall.notices import actions as notices
from moothall.notices.models import MAILS, Notice
from moothall.notices.sorts import SORTS, Wish
from moothall.orders import actions
from moothall.orders.models import Share
from moothall.people import actions as people
from moothall.people.models import Account, Circle, Invitation, SignIn
from moothall.people.sessions import open_session
from tests.town import lines_of

from .ground import CHOICE, PERSON, Ground


class Telling(Ground):
    @rule(choice=CHOICE, reach=st.sampled_from(["public", "followers", "circle"]))
    def share(self, choice: int, reach: str) -> None:
        order = self.paid_order(choice)
        if order:
            lines = [line for line in lines_of(order) if line.variant_id]
            circle = self.town.family if reach == "circle" else None
            self.may(lambda: actions.share(
                by=order.purchase.buyer, line=lines[choice % len(lines)], reach=reach, circle=circle, words="Good"
            ))  # fmt: skip

    @rule(choice=CHOICE)
    def take_back(self, choice: int) -> None:
        share = self.one(Share.objects.select_related("by"), choice)
        if share:
            actions.withdraw_share(by=share.by, share=share)

    # ---- circles

    def circle(self, choice: int) -> Circle:
        return self.one(Circle.objects.select_related("owner"), choice)

    @rule(who=PERSON, name=st.sampled_from(["", "Friends"]))
    def make_a_circle(self, who: int, name: str) -> None:
        self.may(lambda: people.make_circle(by=self.person(who), name=name))

    @rule(choice=CHOICE, who=PERSON)
    def take_into_a_circle(self, choice: int, who: int) -> None:
        circle = self.circle(choice)
        self.may(lambda: people.join_circle(by=circle.owner, circle=circle, person=self.person(who)))

    @rule(choice=CHOICE, who=PERSON)
    def out_of_a_circle(self, choice: int, who: int) -> None:
        circle = self.circle(choice)
        self.may(lambda: people.leave_circle(by=circle.owner, circle=circle, person=self.person(who)))

    @rule(choice=CHOICE)
    def end_a_circle(self, choice: int) -> None:
        circle = self.circle(choice)
        self.may(lambda: people.end_circle(by=circle.owner, circle=circle))
        self.town.family.refresh_from_db()

    # ---- invitations, accounts

    @rule(who=PERSON, handle=st.sampled_from(["wool-too", "pots"]))
    def open_a_brand(self, who: int, handle: str) -> None:
        self.may(lambda: people.open_brand(by=self.person(who), name="Another", handle=handle))

    @rule(who=PERSON, email=st.sampled_from(["", "new@example.org", "ben@example.org"]), back=st.booleans())
    def invite(self, who: int, email: str, back: bool) -> None:
        self.may(lambda: people.invite(by=self.person(who), email=email, follow_back=back))

    def invitation(self, choice: int) -> Invitation | None:
        return self.one(Invitation.objects.select_related("by"), choice)

    @rule(choice=CHOICE, who=PERSON)
    def meet(self, choice: int, who: int) -> None:
        invitation = self.invitation(choice)
        if invitation:
            self.may(lambda: people.meet(by=self.person(who), invitation=invitation))

    @rule(choice=CHOICE)
    def come_by_an_invitation(self, choice: int) -> None:
        invitation = self.invitation(choice)
        if invitation:
            name = f"new-{Account.objects.count()}"
            account = Account(email=f"{name}@example.org", password="!")

            def do() -> None:
                people.bring(account=people.join(account=account, name="Newcomer", handle=name), invitation=invitation)

            self.may(do)

    @rule(choice=CHOICE, who=PERSON)
    def end_an_invitation(self, choice: int, who: int) -> None:
        invitation = self.invitation(choice)
        if invitation:
            by = self.person(who) if choice % 3 == 2 else invitation.by
            self.may(lambda: people.end_invitation(by=by, invitation=invitation))

    @rule(choice=CHOICE)
    def want_no_invitations(self, choice: int) -> None:
        invitation = self.invitation(choice)
        if invitation:
            self.may(lambda: people.stop_invitations(invitation=invitation))

    @rule(who=PERSON, handle=st.sampled_from(["", "ana", "renamed"]), name=st.sampled_from(["", "Renamed"]))
    def change_a_face(self, who: int, handle: str, name: str) -> None:
        by = self.person(who)
        by.refresh_from_db()
        self.may(lambda: people.change_profile(by=by, profile=by, name=name, words="", handle=handle or by.handle))

    @rule(who=PERSON, findable=st.booleans())
    def be_found(self, who: int, findable: bool) -> None:
        self.may(lambda: people.let_be_found(account=self.account(who), findable=findable))

    @rule(who=PERSON)
    def look_for_somebody(self, who: int) -> None:
        self.may(lambda: people.find_by_address(account=self.account(who), email="gus@example.org"))

    @rule(who=PERSON)
    def sign_in_and_out(self, who: int) -> None:
        """In two browsers; out of one of them, then everywhere."""
        account = self.account(who)
        here, there = (open_session(account, name) for name in ("here", "there"))
        people.end_sign_in(account=account, public=SignIn.objects.get(session_key=there).public)
        people.sign_out_elsewhere(account=account, here=here)
        assert list(SignIn.objects.filter(account=account).values_list("session_key", flat=True)) == [here]
        people.sign_out_everywhere(account=account)
        people.forget_expired()
        assert not SignIn.objects.filter(account=account).exists()

    # ---- notices

    @rule(choice=CHOICE, who=PERSON)
    def see(self, choice: int, who: int) -> None:
        notice = self.one(Notice.objects.select_related("who"), choice)
        if notice:
            by = self.person(who) if choice % 5 == 4 else notice.who
            self.may(lambda: notices.see(by=by, notice=notice))

    @rule(who=PERSON, until=st.integers(0, 500))
    def see_all(self, who: int, until: int) -> None:
        notices.see_all(by=self.person(who), until=until)

    @rule(
        who=PERSON,
        sort=st.sampled_from([*SORTS, "weather"]),
        page=st.booleans(),
        mail=st.sampled_from(MAILS),
        quiet=st.none() | st.integers(0, 23),
    )
    def choose(self, who: int, sort: str, page: bool, mail: str, quiet: int | None) -> None:
        hours = {} if quiet is None else {"quiet_from": time(quiet), "quiet_until": time(7)}
        by = self.person(who)
        self.may(
            lambda: notices.choose(by=by, wishes={sort: Wish(page=page, mail=mail)}, zone="Europe/London", **hours)
        )

    @rule(who=PERSON, sort=st.sampled_from([*SORTS]))
    def stop_mails(self, who: int, sort: str) -> None:
        self.may(lambda: notices.stop(by=self.person(who), sorts=[sort]))

    @rule()
    def forget_old_notices(self) -> None:
        notices.forget_old()
