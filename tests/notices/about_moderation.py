"""How acts of moderation are told."""

from __future__ import annotations

from moothall.ideas.models import Idea
from moothall.moderation import actions
from moothall.people.models import Profile
from moothall.talk.models import Comment
from tests.moderation.made import reported, steward
from tests.notices.cast import put_aside
from tests.talk.made import idea_of, known, said
from tests.town import Town

WHY = "It sells kettles."


def _stella() -> Profile:
    return Profile.objects.filter(handle="stella").first() or steward()


def _said(town: Town) -> Comment:
    """Ben's, under the one idea of Noor's; that it was said is told before."""
    known(town.ben, town.mira)
    idea = Idea.objects.filter(lead=town.noor).first() or idea_of(town.noor)
    made = said(town.ben, idea, f"Kettles {Comment.objects.count()}")
    put_aside()
    return made


def report_it(town: Town) -> dict[str, str]:
    """The steward hears of the first report and of no other."""
    _stella()
    made = _said(town)
    put_aside()
    reported(town.noor, made)
    reported(town.mira, made, "abuse")
    return {"stella": "Something was reported: a comment"}


def keep_it(town: Town) -> dict[str, str]:
    case, stella = reported(town.mira, _said(town)), _stella()
    put_aside()
    actions.keep(by=stella, case=case)
    return {"mira": "A steward looked at what you reported, and it stays: a comment"}


def remove_it(town: Town) -> dict[str, str]:
    case = reported(town.mira, _said(town))
    stella = _stella()
    put_aside()
    actions.hide(by=stella, case=case, reason=WHY)
    return {
        "ben": "A steward removed what you wrote: a comment. You can read why, and appeal",
        "mira": "What you reported was removed: a comment",
    }


def appeal(town: Town) -> dict[str, str]:
    case, stella = reported(town.mira, _said(town)), _stella()
    actions.hide(by=stella, case=case, reason=WHY)
    put_aside()
    actions.appeal(by=town.ben, case=case, words="No")
    return {"stella": "There is an appeal: a comment was removed"}


def restore(town: Town) -> dict[str, str]:
    case, stella = reported(town.mira, _said(town)), _stella()
    actions.hide(by=stella, case=case, reason=WHY)
    put_aside()
    actions.restore(by=stella, case=case, answer="I was wrong.")
    return {"ben": "What you wrote stands again: a comment"}


def uphold(town: Town) -> dict[str, str]:
    case, stella = reported(town.mira, _said(town)), _stella()
    actions.hide(by=stella, case=case, reason=WHY)
    actions.appeal(by=town.ben, case=case, words="No")
    other = steward("Odo Ward", "odo")
    put_aside()
    actions.uphold(by=other, case=case, answer="It does.")
    return {"ben": "Your appeal was looked at: a comment stays removed"}


STORIES = [report_it, keep_it, remove_it, appeal, restore, uphold]
