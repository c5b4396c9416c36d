"""The concept of an idea: what it would become stands in the catalog, and looks as the idea does."""

from __future__ import annotations

from moothall.catalog.actions import concepts
from moothall.catalog.models import Product
from moothall.people.actions import the_hall

from ..models import Idea, Version


def concept_of(idea: Idea) -> Product:
    """Made the first time: the addressed brand's, else the hall's own. Needs the lock of the idea."""
    if idea.concept_id is None:
        brand = idea.brand or the_hall()
        made = concepts.begin(brand=brand, face=face_of(idea), currency=idea.currency, born=born_of(idea))
        Idea.objects.filter(pk=idea.pk).update(concept=made)
        idea.concept = made
        return made
    look_alike(idea)
    return Product.objects.select_related("brand", "front").get(pk=idea.concept_id)


def look_alike(idea: Idea) -> None:
    """Its concept says what it says and shows what it shows, until a price is named."""
    if idea.concept_id is not None:
        concepts.look_like(product_id=idea.concept_id, face=face_of(idea))


def face_of(idea: Idea) -> concepts.Face:
    return concepts.Face(idea.title, f"{idea.problem}\n\n{idea.use}", idea.palette, idea.picture)


def born_of(idea: Idea) -> concepts.Born:
    shapers = Version.objects.filter(idea=idea).values("by").distinct().count()
    return concepts.Born(idea.public, idea.number, shapers)
