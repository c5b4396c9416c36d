"""One at a time: what is written of an idea, and of ideas merged with it, waits here for whoever came before."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils.translation import gettext as _

from moothall.core.refusals import Refusal

from ..models import Idea


def lock(*ids: int) -> dict[int, Idea]:
    """The ideas as they are now, until the end of the transaction nobody else's; taken in the order of their ids."""
    for id in sorted(set(ids)):
        Idea.objects.filter(pk=id).update(weight=F("weight"))
    return Idea.objects.select_related("lead", "lead__portrait", "brand", "picture", "into").in_bulk(ids)


def lock_whole(idea: Idea) -> tuple[Idea, list[Idea]]:
    """What the idea is merged into (or itself), and all that is merged into that. Refuses where that changed while one
    waited: whoever asks again finds it at rest."""
    head = idea.into_id or idea.pk
    ids = family(head)
    found = lock(*ids)
    now = found.get(idea.pk)
    if now is None or (now.into_id or now.pk) != head or family(head) != ids:
        raise Refusal(_("This idea was merged or separated at this moment. Look at it again."))
    return found[head], [one for one in found.values() if one.pk != head]


def family(head: int) -> list[int]:
    return list(Idea.objects.filter(Q(pk=head) | Q(into=head)).order_by("pk").values_list("pk", flat=True))
