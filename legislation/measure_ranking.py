"""How the best measures for a text are found where very many match.

A question such as "committee" is answered by half of all measures. To rank them all for one page takes as long as
there are many; but where many match well enough, the best are soon met when one looks from the newest backwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from advocacy.kernel import listing
from legislation.models.measure import NEWEST, MeasureQuerySet

# So many are ranked faster than anything cleverer could be done.
FEW = 3_000


@dataclass(frozen=True)
class Best:
    """The best measures for a text, best first, by key with their rank; and how many match, as lists count."""

    ranks: dict[int, int]
    count: int


def best(measures: MeasureQuerySet, text: str, number: int) -> Best:
    """The first `number` of these measures in the order of `by_relevance`."""
    found = measures.search(text)
    count = listing.counted(found)
    if count <= FEW:
        rows = found.by_relevance(text).only("pk")[:number]
        return Best({row.pk: row.rank for row in rows}, count)
    ranks: dict[int, int] = {}
    *better, anywhere = measures.ranks(text)
    for rank, condition in enumerate(better):
        rest = measures.filter(condition).exclude(pk__in=list(ranks))
        first = _sorted if rest.order_by()[: FEW + 1].count() <= FEW else _met_first
        ranks |= dict.fromkeys(first(rest, number - len(ranks)), rank)
        if len(ranks) == number:
            return Best(ranks, count)
    rest = measures.filter(anywhere).exclude(pk__in=list(ranks))
    ranks |= dict.fromkeys(_met_first(rest, number - len(ranks)), len(better))
    return Best(ranks, count)


def with_known_rank(measures: MeasureQuerySet, ranks: Mapping[int, int]) -> MeasureQuerySet:
    """The measures with these keys, with their `rank` as it was found out before."""
    keys: dict[int, list[int]] = {}
    for pk, rank in ranks.items():
        keys.setdefault(rank, []).append(pk)
    better = [Q(pk__in=keys.get(rank, ())) for rank in range(4)]
    return measures.filter(pk__in=list(ranks)).with_rank_among(better)


def _sorted(measures: MeasureQuerySet, number: int) -> list[int]:
    """The newest of few, sorted here: the database might look through all others for them."""
    rows = list(measures.order_by().values_list("last_action_on", "number_key", "pk"))
    rows.sort(key=lambda row: (-row[0].toordinal(), *row[1:]))
    return [pk for _on, _number, pk in rows[:number]]


def _met_first(measures: MeasureQuerySet, number: int) -> list[int]:
    """The newest of many, which are met soon on a walk from the newest backwards."""
    return list(measures.order_by(*NEWEST).values_list("pk", flat=True)[:number])
