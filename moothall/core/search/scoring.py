"""The query that ranks: it begins at the rarest word and reads a bounded number of rows, however common the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

MOST = 1_000  # things of a kind that a question can find
MOST_READ = 4_000  # rows of the rarest word, if it stands for several
MOST_PROBES = 20_000  # looks whether a thing that holds the rarest word holds the others too
Factors = Mapping[int, int]  # what a weight counts for, by the word's row


def best(terms: Sequence[Factors], documents: Mapping[int, int]) -> list[int]:
    """Ids of the things that hold a word of each term, by score, then newest first; at most MOST.

    Of a word that very many things hold, only those that it says most about are looked at."""
    if not terms or not all(terms):
        return []
    lead, *others = sorted(terms, key=lambda factors: sum(documents[word] for word in factors))
    with connection.cursor() as cursor:
        cursor.execute(_sql(lead, others))
        return [row[0] for row in cursor.fetchall()]


def _sql(lead: Factors, others: Sequence[Factors]) -> str:
    """All that goes into it are whole numbers of ours."""
    if others:
        most = MOST_PROBES // (len(lead) * sum(min(len(factors), 8) for factors in others))
    else:
        most = min(MOST, MOST_READ // len(lead))
    first = " UNION ALL ".join(
        f"SELECT * FROM (SELECT subject_id, weight * {factor} AS score FROM core_posting"  # noqa: S608  # nosec B608
        f" WHERE word_id = {int(word)} ORDER BY weight DESC, subject_id DESC LIMIT {max(most, 100)}) w{n}"
        for n, (word, factor) in enumerate(sorted(lead.items()))
    )
    joins, sums = "", ["a.score"]
    for n, factors in enumerate(others):
        joins += f" JOIN core_posting p{n} ON p{n}.subject_id = a.subject_id AND {_is_one_of(f'p{n}', factors)}"
        sums.append(f"p{n}.weight * {_cases(f'p{n}', factors)}")
    grouped = ""
    if len(lead) > 1 or any(len(factors) > 1 for factors in others):  # else each thing comes once
        sums, grouped = [f"MAX({one})" for one in sums], " GROUP BY a.subject_id"
    return (
        f"SELECT a.subject_id, {' + '.join(sums)} AS total FROM ({first}) a{joins}"  # noqa: S608  # nosec B608
        f"{grouped} ORDER BY total DESC, a.subject_id DESC LIMIT {MOST}"
    )


def _is_one_of(table: str, factors: Factors) -> str:
    words = ", ".join(str(int(word)) for word in sorted(factors))
    # Of many words it is quicker to read all that the thing holds than to look for each: the plus hides them from the
    # index.
    return f"{'+' if len(factors) > 8 else ''}{table}.word_id IN ({words})"


def _cases(table: str, factors: Factors) -> str:
    whens = " ".join(f"WHEN {int(word)} THEN {int(factor)}" for word, factor in sorted(factors.items()))
    return f"CASE {table}.word_id {whens} END"
