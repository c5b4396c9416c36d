"""Runs of importing a file: begun at a door, done by the worker in slices, each of which can be lost and done again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from moothall.activity.actions import record
from moothall.core import clock, ids, text, work
from moothall.core.hall import hall
from moothall.core.refusals import BadInput, Refusal
from moothall.people.models import Profile

from .. import shopify, sorting, verbs
from ..models import Import, ImportLine
from ..sheet import Row
from .merging import ADDED, CHANGED, SAME, Came, merge
from .products import may_write

LARGEST_FILE = 50_000_000  # bytes
SLICE = 30  # products in one transaction
WRONG, NOTE = "wrong", "note"
COUNTED = (ADDED, CHANGED, SAME, WRONG)


@transaction.atomic
def begin_import(*, by: Profile, brand: Profile, name: str, body: bytes) -> Import:
    """Take a file of Shopify products to be imported by the worker. Refuses an empty one and one over 50 MB."""
    may_write(by, brand)
    if not body or body.isspace():  # strip() would copy fifty megabytes
        raise BadInput(_("This file is empty."), field="file")
    if len(body) > LARGEST_FILE:
        raise BadInput(_("This file is larger than 50 MB."), field="file")
    place = default_storage.save(f"imports/{ids.secret()}.csv", ContentFile(body))
    run = Import(by=by, brand=brand, name=text.tidy(name)[:200], file=place, begun=clock.now())
    run.save()
    return run


@work.enrol("imports", Import, lease=60)
def go_on(run: Import) -> None:
    """Do the next slice of a run. Runs of one brand go one after the other."""
    if run.ended is None:
        older = Import.objects.filter(brand=run.brand_id, ended=None, dead=None, pk__lt=run.pk)
        if older.exists():
            raise work.Later(1)
        try:
            _do_slice(run) if run.sorted else _sort(run)
        except Refusal as refusal:
            _end(run, refused=refusal.sentence)
    if run.ended is None:
        # Not at once the next slice: other work of the hall wants its turn.
        raise work.Later(0)


def _sort(run: Import) -> None:
    """Read the whole file once, to see that it is one, and lay the rows of each product together."""
    name = run.file.removesuffix(".csv") + ".lines"
    try:
        source = default_storage.open(run.file)
    except FileNotFoundError as error:
        raise BadInput(_("The file is no longer there. Send it again.")) from error
    with source, sorting.sorted_rows(source) as found:
        # Left behind by a worker that died here.
        default_storage.delete(name)
        place = default_storage.save(name, found.file)
    with transaction.atomic():
        ours = Import.objects.filter(pk=run.pk, claim=run.claim, sorted="")
        if ours.update(sorted=place, offset=found.start, rows=found.rows) and found.remark:
            ImportLine.objects.create(run=run, row=1, result=NOTE, said=found.remark[:300])


@transaction.atomic
def _do_slice(run: Import) -> None:
    """Write some products, and how far that is, in one transaction: whoever comes next goes on right behind."""
    fresh = Import.objects.select_for_update().filter(pk=run.pk, claim=run.claim, ended=None).first()
    if fresh is None:
        return
    may_write(run.by, run.brand)
    groups, offset, is_last = _groups(fresh)
    lines = _write_all(fresh, groups)
    ImportLine.objects.bulk_create(lines)
    counts = Counter(line.result for line in lines)
    for result in COUNTED:
        setattr(fresh, result, getattr(fresh, result) + counts[result])
    fresh.done += sum(group.count for group in groups)
    fresh.offset = offset
    fresh.save(update_fields=["done", "offset", *COUNTED])
    if is_last:
        record(verbs.IMPORTED, by=run.by, on=run, brand=run.brand, **{name: getattr(fresh, name) for name in COUNTED})
        _end(run)


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one product, and how many the file has of it."""

    rows: list[Row]
    count: int
    columns: list[str] = field(default_factory=list)

    @property
    def handle(self) -> str:
        return shopify.handle_of(self.rows[0])


def _groups(run: Import) -> tuple[list[_Group], int, bool]:
    """The next products of the sorted file, where the following begin, and whether there are none."""
    with default_storage.open(run.sorted) as file:
        columns = json.loads(file.readline())
        file.seek(run.offset)
        lines = [line for _n in range(SLICE) if (line := file.readline())]
        offset = file.tell()
        is_last = not file.read(1)
    read = map(json.loads, lines)
    return [_Group([Row(*row) for row in one["rows"]], one["count"], columns) for one in read], offset, is_last


def _write_all(run: Import, groups: Sequence[_Group]) -> list[ImportLine]:
    """One line for each product; a wrong one is told and left, and stops no other."""
    lines: list[ImportLine] = []
    entries: list[tuple[_Group, shopify.Entry]] = []
    for group in groups:
        try:
            entries.append((group, _entry(group, hall().currency)))
        except BadInput as refusal:
            lines.append(_line(run, group, WRONG, [refusal.sentence]))
    for (group, entry), came in zip(entries, _merge(run, [entry for _group, entry in entries]), strict=True):
        lines.append(_line(run, group, came.result, [*entry.remarks, *came.remarks]))
    return lines


def _entry(group: _Group, currency: str) -> shopify.Entry:
    if not group.handle:
        row = group.rows[0]
        raise BadInput(row.wrong or _("Row %(row)s has no handle.") % {"row": row.number})
    if group.count > shopify.MOST_ROWS:
        raise BadInput(_("It has more than %(most)s rows.") % {"most": shopify.MOST_ROWS})
    return shopify.read(group.rows, group.columns, currency)


def _merge(run: Import, entries: Sequence[shopify.Entry]) -> list[Came]:
    """All together, in few queries; one by one if the database refuses one of them."""
    try:
        with transaction.atomic():
            return merge(by=run.by, brand=run.brand, entries=entries)
    except (IntegrityError, DataError, BadInput):
        return [_merge_one(run, entry) for entry in entries]


def _merge_one(run: Import, entry: shopify.Entry) -> Came:
    try:
        with transaction.atomic():
            return merge(by=run.by, brand=run.brand, entries=[entry])[0]
    except (IntegrityError, DataError):
        return Came(WRONG, [_("It could not be written down; perhaps somebody else changed it just now. Try again.")])
    except BadInput as refusal:
        return Came(WRONG, [refusal.sentence])


def _line(run: Import, group: _Group, result: str, said: list[str]) -> ImportLine:
    row = group.rows[0].number
    words = text.words(" ".join(said), 300)
    return ImportLine(run=run, row=row, slug=group.handle[:255], result=result, said=words)


def _end(run: Import, **columns: Any) -> None:
    """The run is over; its files are no longer needed."""
    run.ended = clock.now()
    ours = Import.objects.filter(pk=run.pk, claim=run.claim, ended=None)
    if ours.update(ended=run.ended, due=work.NEVER, **columns):
        transaction.on_commit(lambda: _forget(run))


def _forget(run: Import) -> None:
    for name in (run.file, run.file.removesuffix(".csv") + ".lines"):
        with suppress(OSError):
            default_storage.delete(name)
