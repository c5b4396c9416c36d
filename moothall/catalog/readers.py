"""What the catalog does when others have acted: things are found by the name of their brand, too."""

from __future__ import annotations

from moothall.activity.actions import reads
from moothall.activity.models import Act
from moothall.core import search
from moothall.people import verbs as people
from moothall.people.models import Profile

from .models import Product


@reads("things of a renamed brand", people.CHANGED)
def find_under_new_name(act: Act) -> None:
    if act.subject_kind == Profile.kind:
        things = Product.objects.filter(brand=act.subject_id).order_by("pk")
        search.touch(Product.kind, things.values_list("pk", flat=True))
