"""A Saturday fair where somebody showed an idea: all who liked it came here at once, and nobody knows them yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress

from moothall.ideas import actions as ideas
from moothall.ideas.models import Idea
from moothall.people import actions as people
from moothall.people.models import Account

if TYPE_CHECKING:
    from .stage import Stage

SHOWN = "ines"
VISITORS = (
    *("Alba Ruiz", "Bram Visser", "Cleo Martin", "Dario Conti", "Elin Berg", "Femi Ade", "Greta Holm", "Hugo Blanc"),
    *("Iris Novak", "Jonas Falk", "Klara Weiss", "Luca Moretti", "Nadia Petit", "Oscar Lind", "Petra Simic"),
    *("Rosa Duarte", "Sven Dahl", "Tilda Moss", "Umar Said", "Vera Lang", "Wim Peeters", "Yara Haddad"),
    *("Anouk Faure", "Boris Kral", "Carla Mendes", "Dov Lerner", "Edda Storm", "Fergus Boyle", "Gina Rossi"),
    *("Henk Mulder",),
)


def visiting(evening: Callable[[int], datetime]) -> Iterator[tuple[datetime, Callable[[Stage], None]]]:
    for number, name in enumerate(VISITORS):
        yield evening(2) + timedelta(minutes=3 * number), partial(come, name=name)


def come(stage: Stage, name: str) -> None:
    handle = name.split()[0].lower()
    account = Account(email=f"{handle}@fair.example", password=stage.password)
    one = people.join(account=account, name=name, handle=f"{handle}-fair").profile
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    idea = Idea.objects.select_related("lead").get(lead=stage.people[SHOWN], stage=Idea.SHAPE)
    ideas.back(by=one, idea=idea, level="like")
