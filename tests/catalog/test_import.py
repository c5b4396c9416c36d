"""Importing and exporting products: all of it comes in, once, whatever happens on the way, and goes out as it came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from moothall.activity.models import Act
from moothall.catalog import actions as catalog
from moothall.catalog.actions import importing, making, stock
from moothall.catalog.exporting import export_shopify
from moothall.catalog.models import Import, ImportLine, Option, Product, ProductPicture, Revision, Variant
from moothall.core import clock, pictures, work
from moothall.core.refusals import BadInput, NotAllowed
from moothall.people import actions as people
from moothall.people.models import SELLER, Profile
from tests.catalog.test_shopify import FILES, HEAD, ODD, body_of, rows_of
from tests.town import Town, acts, money, owner_of, take_in, variants_of

BASE = HEAD + ",Variant Inventory Tracker,Variant Inventory Qty"


def begun(brand: Profile, body: bytes) -> Import:
    return catalog.begin_import(by=owner_of(brand), brand=brand, name="products.csv", body=body)


def imported(brand: Profile, body: bytes) -> Import:
    """A run done to its end, as the worker does it."""
    run = begun(brand, body)
    while Import.objects.get(pk=run.pk).ended is None:
        assert work.do_some(work.known()["imports"])
    return Import.objects.get(pk=run.pk)


def counts(run: Import) -> tuple[int, int, int, int]:
    return run.added, run.changed, run.same, run.wrong


def exported(brand: Profile) -> bytes:
    return "".join(export_shopify(Product.objects.filter(brand=brand))).encode()


def everything() -> dict[str, Any]:
    """What there is in the catalog, to see that nothing changed."""
    models = (Product, Option, Variant, ProductPicture, Revision)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_comes_in_whole_and_a_second_run_changes_nothing(town: Town, path: Path) -> None:
    run = imported(town.brand, body_of(path))
    made = {"shopify-odd": (9, 11)}.get(path.stem, (20, 0))
    assert (run.added, run.wrong) == made
    assert (run.changed, run.same, run.done) == (0, 0, run.rows)
    assert Product.objects.count() == run.added == Revision.objects.count()
    before, said = everything(), Act.objects.count()
    again = imported(town.brand, body_of(path))
    assert counts(again) == (0, 0, run.added, run.wrong)
    assert everything() == before
    assert Act.objects.count() == said + 1  # the run itself


def test_files_of_runs_that_ended_are_not_kept(town: Town, django_capture_on_commit_callbacks: Any) -> None:
    for body in (rows_of("a,One,,,5"), b"no products"):
        with django_capture_on_commit_callbacks(execute=True):
            imported(town.brand, body)
        assert not default_storage.listdir("imports")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_goes_out_comes_in_and_goes_out_the_same(town: Town, path: Path) -> None:
    imported(town.brand, body_of(path))
    once, other = exported(town.brand), town.another_brand()
    assert imported(other, once).wrong == 0
    assert exported(other) == once
    assert counts(imported(town.brand, once))[1] == 0


def test_two_files_in_one_shop_keep_their_order_and_columns(town: Town) -> None:
    for path in FILES:
        imported(town.brand, body_of(path))
    once, other = exported(town.brand), town.another_brand()
    imported(other, once)
    assert exported(other) == once
    slugs = list(Product.objects.filter(brand=town.brand).order_by("place").values_list("slug", flat=True))
    assert slugs[0] == "ocean-blue-shirt"
    assert slugs[-1] == "last"


def test_what_was_made_at_the_desk_goes_out_and_comes_in(town: Town, tmp_path: Path) -> None:
    pot = town.product("Lidded pot, large", sizes=["S", "M"], left=7)
    town.product("Tray", left=None, published=False)
    catalog.add_picture(by=town.mira, product=pot, picture=pictures.keep(a_picture(tmp_path)), alt="A pot")
    once, other = exported(town.brand), town.another_brand()
    assert counts(imported(town.brand, once)) == (0, 0, 2, 0)
    assert counts(imported(other, once)) == (2, 0, 0, 0)
    assert exported(other) == once
    there = Product.objects.get(brand=other, slug=pot.slug)
    assert [(one.option1, one.price, one.available) for one in variants_of(there)] == [("S", 3800, 7), ("M", 3800, 7)]
    assert ProductPicture.objects.get(product=there).source.startswith("http://127.0.0.1")


def test_prices_options_pictures_and_words_are_as_in_the_file(town: Town) -> None:
    imported(town.brand, ODD.read_bytes())
    bench = Product.objects.get(slug="oak-bench")
    assert (bench.title, bench.vendor, bench.type, bench.tags) == (
        "Oak bench",
        "Nørre & Son",
        "Furniture",
        "oak, bench, größe",
    )
    assert "script" not in bench.body
    assert "onclick" not in bench.body
    assert "<script>" in bench.source_body
    assert (bench.state, bench.lowest, bench.currency) == ("published", 24050, "GBP")
    assert list(Option.objects.filter(product=bench).values_list("name", flat=True)) == ["Length", "Oil"]
    first, second, third = variants_of(bench)
    assert (first.label, first.price, first.compare_at, first.grams) == ("90 cm · light", 24050, 28000, 12000)
    assert (first.sku, first.barcode) == ("OB-90", "4006381333931")
    assert (first.tracked, first.available, second.available, third.available) == (True, 4, 0, 2)
    assert second.sold_out
    shown = ProductPicture.objects.filter(product=bench).order_by("position")
    assert [(one.position, one.variant_id) for one in shown] == [(1, first.pk), (2, None), (3, second.pk), (4, None)]
    cup = variants_of(Product.objects.get(handle="Zürich_Tasse 1"))[0]
    assert (cup.tracked, cup.sold_out, cup.more["Variant Inventory Qty"]) == (False, False, "7")
    states = dict(Product.objects.values_list("slug", "state"))
    assert (states["scarf"], states["old-lamp"], states["maybe"]) == ("draft", "archived", "draft")


def test_handles_that_read_alike_get_addresses_of_their_own(town: Town) -> None:
    imported(town.brand, ODD.read_bytes())
    cups = Product.objects.filter(slug__startswith="zurich").order_by("place").values_list("handle", "slug")
    assert list(cups) == [("Zürich_Tasse 1", "zurich-tasse-1"), ("zurich-tasse-1", "zurich-tasse-1-2")]


def test_it_is_recorded(town: Town) -> None:
    run = imported(town.brand, rows_of("a,One,,,5,true", "b,Two,,,6,false", head=HEAD + ",Published"))
    one, two = Product.objects.order_by("place")
    assert [act.subject_id for act in acts("product.made")] == [one.pk, two.pk]
    published = acts("product.published")[0]
    assert (published.subject_id, published.reach, published.channel) == (one.pk, "public", "shop")
    told = acts("products.imported")
    assert [(act.subject_id, act.actor, act.hand) for act in told] == [(run.pk, town.brand, town.mira)]
    assert told[0].data == {"added": 2, "changed": 0, "same": 0, "wrong": 0}
    imported(town.brand, rows_of("a,Other,,,5,false", head=HEAD + ",Published"))
    assert [act.subject_id for act in acts("product.changed")] == [one.pk]
    assert [act.subject_id for act in acts("product.withdrawn")] == [one.pk]


def test_each_row_is_told_of(town: Town) -> None:
    run = imported(town.brand, ODD.read_bytes())
    lines = {line.slug or str(line.row): line for line in ImportLine.objects.filter(run=run)}
    results = Counter(line.result for line in lines.values())
    assert results == {"added": 9, "wrong": 11}
    assert lines["16"].said == "Row 16 has no handle."
    assert lines["cheap"].said.startswith("Row 18, Variant Price “-5”")
    assert lines["oak-bench"].said.startswith("Row 3 has less than none; that counts as none. Row 5 is left out")
    cp1252 = imported(town.brand, rows_of("kaese,Käse,,,5").decode().encode("cp1252"))
    assert ImportLine.objects.get(run=cp1252, row=1).result == "note"


def test_strangers_are_refused_and_nothing_changes(town: Town) -> None:
    with pytest.raises(NotAllowed):
        catalog.begin_import(by=town.noor, brand=town.brand, name="x.csv", body=rows_of("a,One,,,5"))
    assert not Import.objects.exists()


def test_who_left_the_team_meanwhile_imports_nothing(town: Town) -> None:
    take_in(by=town.mira, brand=town.brand, person=town.ben, role=SELLER)
    run = catalog.begin_import(by=town.ben, brand=town.brand, name="x.csv", body=rows_of("a,One,,,5"))
    people.leave_team(by=town.mira, brand=town.brand, person=town.ben)
    work.do_due()
    run.refresh_from_db()
    assert run.refused == "Only owners and sellers of the brand can do this."
    assert not Product.objects.exists()


@pytest.mark.parametrize("body", [b"", b" \n ", b"x" * 50_000_001])
def test_empty_and_huge_files_are_refused_at_the_door(town: Town, body: bytes) -> None:
    with pytest.raises(BadInput):
        begun(town.brand, body)


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n\0\0", b"id,name\n1,a\n", HEAD.encode(), b'"' * 5001])
def test_a_file_that_is_none_ends_the_run_with_a_sentence(town: Town, body: bytes) -> None:
    run = imported(town.brand, body)
    assert run.refused
    assert not Product.objects.exists()
    assert not acts("products.imported")
    assert work.do_some(work.known()["imports"]) == 0


# ---- stock


def stocked(brand: Profile, quantity: str, price: str = "5") -> Import:
    return imported(brand, rows_of(f"pot,Pot,,,{price},shopify,{quantity}", head=BASE))


def test_a_later_import_moves_stock_by_the_difference(town: Town) -> None:
    stocked(town.brand, "10")
    pot = Variant.objects.get()
    stock.hold(wanted={pot.pk: 4}, owner_kind="test", owner_id=1)
    stock.sell(owner_kind="test", owner_id=1)
    assert counts(stocked(town.brand, "10")) == (0, 0, 1, 0)
    assert left() == 6
    assert counts(stocked(town.brand, "15")) == (0, 1, 0, 0)
    assert left() == 11
    assert counts(stocked(town.brand, "12", price="6")) == (0, 1, 0, 0)
    assert left() == 8
    run = stocked(town.brand, "0")
    assert left() == 0
    assert ImportLine.objects.get(run=run).said == "Only 8 of 12 could be taken off; the others are sold or held."
    assert counts(stocked(town.brand, "0")) == (0, 0, 1, 0)
    assert counts(stocked(town.brand, "3")) == (0, 1, 0, 0)
    assert left() == 3


def left() -> int:
    return Variant.objects.values_list("available", flat=True).get()


def test_stock_that_is_no_longer_counted_never_sells_out(town: Town) -> None:
    stocked(town.brand, "0")
    imported(town.brand, rows_of("pot,Pot,,,5,,0", head=BASE))
    assert not Variant.objects.get().sold_out
    stocked(town.brand, "2")
    assert left() == 2


def test_what_was_counted_at_the_desk_is_where_the_first_import_begins(town: Town) -> None:
    pot = town.product("Pot", price="5", left=10)
    assert counts(stocked(town.brand, "10")) == (0, 0, 1, 0)
    stocked(town.brand, "12")
    assert [one.available for one in variants_of(pot)] == [12]


# ---- changes


def test_variants_that_the_file_no_longer_has_are_taken_off_sale(town: Town) -> None:
    imported(town.brand, rows_of("a,One,Size,S,5", "a,,,M,6", "a,,,L,7"))
    old = dict(Variant.objects.values_list("option1", "pk"))
    assert counts(imported(town.brand, rows_of("a,One,Size,M,4", "a,,,XL,8"))) == (0, 1, 0, 0)
    product = Product.objects.get()
    assert [(one.option1, one.price) for one in variants_of(product)] == [("M", 400), ("XL", 800)]
    assert variants_of(product)[0].pk == old["M"]
    assert (product.lowest, Variant.objects.count()) == (400, 4)
    imported(town.brand, rows_of("a,One,Colour,M,4"))
    assert list(Option.objects.values_list("name", flat=True)) == ["Colour"]


def test_what_the_file_does_not_speak_of_stays(town: Town) -> None:
    imported(town.brand, ODD.read_bytes())
    before = everything()
    shorter = HEAD + ",Option2 Name,Option2 Value"
    lines = [
        "oak-bench,Oak bench,Length,90 cm,240.5,Oil,light",
        "oak-bench,,,120 cm,290,,light",
        "oak-bench,,,120 cm,295,,dark",
    ]
    assert counts(imported(town.brand, rows_of(*lines, head=shorter))) == (0, 0, 1, 0)
    assert everything() == before
    assert counts(imported(town.brand, rows_of(lines[0].replace("240.5", "200"), *lines[1:], head=shorter))) == (
        0,
        1,
        0,
        0,
    )
    after = everything()
    before["Variant"][0]["price"] = 20000
    assert after["Variant"] == before["Variant"]
    assert after["ProductPicture"] == before["ProductPicture"]
    bench = Product.objects.get(slug="oak-bench")
    assert (bench.vendor, bench.lowest, bench.state) == ("Nørre & Son", 20000, "published")
    assert "<script>" in bench.source_body
    run = imported(town.brand, rows_of("oak-bench,Oak bench,1", head="Handle,Title,Variant Price"))
    assert ImportLine.objects.get(run=run).said == "It has options here, and the file has no column for them."


def test_what_was_added_at_the_desk_stays(town: Town, tmp_path: Path) -> None:
    pot = town.product("Pot", sizes=["S", "M"])
    catalog.add_picture(by=town.mira, product=pot, picture=pictures.keep(a_picture(tmp_path)))
    body = rows_of("pot,Pot,Size,S,5,https://x.example/1.png", head=HEAD + ",Image Src")
    imported(town.brand, body)
    assert [one.option1 for one in variants_of(pot)] == ["S", "M"]
    assert ProductPicture.objects.filter(product=pot).count() == 2
    assert counts(imported(town.brand, body)) == (0, 0, 1, 0)


def test_a_text_written_anew_at_the_desk_goes_out_as_it_is_now(town: Town) -> None:
    body = rows_of("a,One,,,5,<h1>Old</h1>", head=HEAD + ",Body (HTML)")
    imported(town.brand, body)
    assert b"<h1>Old</h1>" in exported(town.brand)
    product = Product.objects.get()
    kind = catalog.Kind(money("5"), public=Variant.objects.get().public)
    catalog.change_product(by=town.mira, product=product, words=catalog.Words("Uno", "<p>New</p>", kinds=[kind]))
    assert b"a,Uno,<p>New</p>" in exported(town.brand)


# ---- on the way


def test_other_work_gets_its_turn_between_slices(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE", 2)
    run = begun(town.brand, rows_of(*(f"p{n},Product {n},,,5" for n in range(5))))
    seen = []
    while work.do_some(work.known()["imports"]):
        run.refresh_from_db()
        seen.append((run.rows, run.done, run.added, run.tries))
    assert seen == [(5, 0, 0, 0), (5, 2, 2, 0), (5, 4, 4, 0), (5, 5, 5, 1)]


@pytest.mark.parametrize("step", ["sorted", "merged", "told", "ended"])
@pytest.mark.parametrize("slice", [1, 2])
def test_a_worker_may_die_anywhere(town: Town, monkeypatch: pytest.MonkeyPatch, step: str, slice: int) -> None:
    """It dies at every place in turn; the next one goes on from there, and in the end all is there once."""
    monkeypatch.setattr(importing, "SLICE", 2)
    run = begun(town.brand, ODD.read_bytes())
    place: dict[str, tuple[Any, str]] = {
        "sorted": (importing.default_storage, "save"),
        "merged": (importing, "merge"),
        "told": (importing.ImportLine.objects, "bulk_create"),
        "ended": (importing, "_end"),
    }
    died = 0
    for n in range(60):
        with monkeypatch.context() as patch:
            if n % (slice + 1) == slice and died < 8:
                died += _die_after(patch, *place[step])
            with suppress(KeyboardInterrupt):
                work.do_some(work.known()["imports"])
        # The lease of the dead ends.
        Import.objects.filter(ended=None).update(due=clock.now())
    run.refresh_from_db()
    assert died
    assert counts(run) == (9, 0, 0, 11)
    assert ImportLine.objects.filter(run=run).count() == 20
    assert Product.objects.count() == 9 == len(acts("product.made"))
    assert len(acts("products.imported")) == 1
    assert run.done == run.rows


def _die_after(patch: pytest.MonkeyPatch, owner: Any, name: str) -> int:
    real: Callable[..., Any] = getattr(owner, name)

    def dying(*args: Any, **kwargs: Any) -> Any:
        real(*args, **kwargs)
        raise KeyboardInterrupt

    patch.setattr(owner, name, dying)
    return 1


def test_who_lost_its_lease_writes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "SLICE", 1)
    run = begun(town.brand, rows_of("a,One,,,5", "b,Two,,,6"))
    work.do_some(work.known()["imports"])
    late = work.claim(work.known()["imports"])[0]
    Import.objects.update(due=clock.now())
    assert work.do_some(work.known()["imports"])
    with pytest.raises(work.Later):
        catalog.go_on(late)
    assert list(Product.objects.values_list("slug", flat=True)) == ["a"]
    work.do_due()
    run.refresh_from_db()
    assert counts(run) == (2, 0, 0, 0)


def test_runs_of_one_brand_go_one_after_the_other(town: Town) -> None:
    first, second = begun(town.brand, rows_of("a,One,,,5")), begun(town.brand, rows_of("a,One,,,5"))
    Import.objects.filter(pk=first.pk).update(due=clock.now().replace(year=2100))
    work.do_some(work.known()["imports"])
    second.refresh_from_db()
    assert (second.ended, second.sorted, second.tries) == (None, "", 0)
    Import.objects.update(due=clock.now())
    while work.do_some(work.known()["imports"]):
        Import.objects.filter(ended=None).update(due=clock.now())
    first.refresh_from_db()
    second.refresh_from_db()
    assert (counts(first), counts(second)) == ((1, 0, 0, 0), (0, 0, 1, 0))


def test_what_the_database_refuses_stops_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    real = making._slugs
    monkeypatch.setattr(
        making, "_slugs", lambda brand, entries: [slug.replace("b", "a") for slug in real(brand, entries)]
    )
    run = imported(town.brand, rows_of("a,One,,,5", "b,Two,,,6", "c,Three,,,7"))
    assert counts(run) == (2, 0, 0, 1)
    assert ImportLine.objects.get(run=run, result="wrong").slug == "b"


def test_a_text_too_long_stops_no_other(town: Town) -> None:
    head = HEAD + ",Body (HTML)"
    run = imported(town.brand, rows_of("a,One,,,5,fine", f"b,Two,,,6,{'x' * 20_001}", "c,Three,,,7,fine", head=head))
    assert counts(run) == (2, 0, 0, 1)
    assert ImportLine.objects.get(run=run, slug="b").said == "Its text is longer than 20000 letters."


def test_few_queries_for_each_product(town: Town, own_readers: dict[str, Any]) -> None:
    def body(number: int, price: int = 5) -> bytes:
        return rows_of(*(f"p{n},Product {n},Size,{size},{price}" for n in range(number) for size in "SML"))

    assert (_asked(town.brand, body(29)) - _asked(town.another_brand(), body(9))) / 20 <= 9.1
    assert _asked(town.brand, body(29)) / 29 <= 2
    assert (_asked(town.brand, body(29, price=6)) - _asked(town.brand, body(9, price=7))) / 20 <= 8


def _asked(brand: Profile, body: bytes) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        imported(brand, body)
    return len(asked)


# ---- the command


def test_the_command_says_what_came_of_it(town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "products.csv", tmp_path / "out.csv"
    file.write_bytes(rows_of("a,One,,,5", "b,Two,,,x"))
    call_command("hall_import", "shopify", str(file), brand="tidewater")
    said = capsys.readouterr().out
    assert "2 of 2 rows" in said
    assert "row 3 b wrong: Row 3, Variant Price “x”" in said
    assert said.endswith("Imported 2 products: 1 added, 0 changed, 0 the same, 1 refused.\n")
    call_command("hall_import", "shopify", str(file), brand="tidewater", by="mira")
    assert "0 added, 0 changed, 1 the same, 1 refused." in capsys.readouterr().out
    call_command("hall_export", "shopify", str(out), brand="tidewater")
    call_command("hall_export", "shopify", brand="tidewater")
    assert out.read_bytes().decode() == exported(town.brand).decode()
    assert "a,One" in capsys.readouterr().out


def test_the_command_refuses_with_a_sentence(town: Town, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_bytes(b"id,name\n1,a\n")
    for words, said in [
        ({"brand": "tidewater"}, "This file has no column"),
        ({"brand": "nobody"}, "There is no brand @nobody."),
        ({"brand": "tidewater", "by": "nobody"}, "There is no person @nobody."),
        ({"brand": "tidewater", "by": "noor"}, "Only owners and sellers"),
    ]:
        with pytest.raises(CommandError, match=said):
            call_command("hall_import", "shopify", str(file), **words)
    with pytest.raises(CommandError, match="No such file"):
        call_command("hall_import", "shopify", str(tmp_path / "none.csv"), brand="tidewater")


def a_picture(place: Path) -> bytes:
    file = place / "picture.png"
    Image.new("RGB", (200, 120), (180, 90, 40)).save(file)
    return file.read_bytes()
