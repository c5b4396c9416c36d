"""What credit does when others have acted: note what a paid order brings those who shaped what was bought."""

from __future__ import annotations

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.orders import verbs as orders

from .actions import note_sales


@reads("royalties", orders.PAID)
def note_royalties(act: Act) -> None:
    note_sales(order=act.subject_id)
