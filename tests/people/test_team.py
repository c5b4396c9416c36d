"""Teams of brands: owners decide who is in, and one owner always stays."""

import pytest

from moothall.activity.models import Act
from moothall.core import work
from moothall.core.refusals import BadInput, NotAllowed, Refusal
from moothall.people import actions, queries
from moothall.people.models import Member, TeamInvitation
from tests.town import Town, acts, mails, signed_in, take_in


def test_an_owner_takes_in_and_the_role_decides(town: Town) -> None:
    roles = {}
    for role in actions.ROLES:
        take_in(by=town.mira, brand=town.brand, person=town.ana, role=role)
        roles[role] = queries.may_own(town.ana, town.brand), queries.may_sell(town.ana, town.brand)
    assert roles == {
        "owner": (True, True), "seller": (False, True), "maker": (False, False),
        "agent": (False, False), "marketer": (False, False),
    }  # fmt: skip
    assert Member.objects.filter(brand=town.brand).count() == 2
    assert [act.data["role"] for act in acts("team.joined")] == list(actions.ROLES[:1])
    assert [act.data["role"] for act in acts("team.role_changed")] == list(actions.ROLES[1:])
    assert list(queries.desks_of(town.ana)) == [town.brand]
    assert [member.person for member in queries.team_of(town.brand)] == [town.mira, town.ana]


def test_others_change_no_team(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ana, role="seller")
    before = Act.objects.count()
    for by in (town.ana, town.noor):
        with pytest.raises(NotAllowed):
            actions.change_role(by=by, brand=town.brand, person=by, role="owner")
        with pytest.raises(NotAllowed):
            actions.invite_to_team(by=by, brand=town.brand, person=town.ben, role="owner")
        with pytest.raises(NotAllowed):
            actions.take_back_team_invitation(by=by, brand=town.brand, person=town.ben)
        with pytest.raises(NotAllowed):
            actions.leave_team(by=by, brand=town.brand, person=town.mira)
    assert queries.role_of(town.ana, town.brand) == "seller"
    assert queries.role_of(None, town.brand) == queries.role_of(town.noor, town.brand) == ""
    assert Act.objects.count() == before


def test_odd_roles_and_brands_are_refused(town: Town) -> None:
    with pytest.raises(BadInput):
        take_in(by=town.mira, brand=town.brand, person=town.ana, role="king")
    for nobody in (town.another_brand(), actions.make_guest(name="Gus")):
        with pytest.raises(BadInput):
            take_in(by=town.mira, brand=town.brand, person=nobody, role="seller")


def test_the_last_owner_stays(town: Town) -> None:
    with pytest.raises(Refusal):
        actions.leave_team(by=town.mira, brand=town.brand, person=town.mira)
    with pytest.raises(Refusal):
        take_in(by=town.mira, brand=town.brand, person=town.mira, role="seller")
    take_in(by=town.mira, brand=town.brand, person=town.ana, role="owner")
    actions.leave_team(by=town.ana, brand=town.brand, person=town.mira)
    assert queries.role_of(town.mira, town.brand) == ""
    with pytest.raises(Refusal):
        actions.leave_team(by=town.ana, brand=town.brand, person=town.ana)
    with pytest.raises(NotAllowed):
        take_in(by=town.mira, brand=town.brand, person=town.mira, role="owner")


def test_everybody_may_leave_once(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ana, role="maker")
    for _ in range(2):
        actions.leave_team(by=town.ana, brand=town.brand, person=town.ana)
    assert not queries.desks_of(town.ana)
    assert len(acts("team.left")) == 1


def test_nobody_is_in_a_team_before_they_said_yes(town: Town) -> None:
    for _ in range(2):
        actions.invite_to_team(by=town.mira, brand=town.brand, person=town.ana, role="seller")
    work.do_due()
    assert queries.role_of(town.ana, town.brand) == ""
    assert [asked.person for asked in queries.asked_into_team(town.brand)] == [town.ana]
    assert [mail.subject for mail in mails("ana@example.org")] == ["Tidewater Kitchen wants you in its team"]
    page = signed_in(town.ana)
    assert "wants you in its team" in page.get("/you").content.decode()
    page.post("/you/teams/tidewater")
    assert queries.role_of(town.ana, town.brand) == "seller"
    assert not TeamInvitation.objects.exists()
    assert len(acts("team.invited")) == len(acts("team.joined")) == 1


def test_an_invitation_into_a_team_is_declined_or_taken_back_once(town: Town) -> None:
    actions.invite_to_team(by=town.mira, brand=town.brand, person=town.ana, role="seller")
    for _ in range(2):
        actions.decline_team(by=town.ana, brand=town.brand)
    actions.invite_to_team(by=town.mira, brand=town.brand, person=town.ben, role="seller")
    for _ in range(2):
        actions.take_back_team_invitation(by=town.mira, brand=town.brand, person=town.ben)
    for who in (town.ana, town.ben, town.noor):
        with pytest.raises(NotAllowed):
            actions.join_team(by=who, brand=town.brand)
    assert len(acts("team.declined")) == len(acts("team.uninvited")) == 1
    work.do_due()
    assert not mails(), "whoever was asked no longer is not written to"


def test_a_block_parts_from_a_team_that_asks(town: Town) -> None:
    actions.invite_to_team(by=town.mira, brand=town.brand, person=town.ana, role="seller")
    actions.block(by=town.ana, whom=town.brand)
    assert not queries.teams_asking(town.ana)
    assert signed_in(town.ana).post("/you/teams/tidewater").status_code == 404
