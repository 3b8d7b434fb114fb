"""One page of the list of measures, however many there are."""

from collections.abc import Callable

from django.http import QueryDict

from advocacy.kernel import listing
from legislation.forms.measures import MeasureFilters
from legislation.measure_ranking import best, with_known_rank
from legislation.models import Measure
from legislation.models.measure import BY_RELEVANCE, MeasureQuerySet


def page_and_count(
    form: MeasureFilters,
    visible: MeasureQuerySet,
    params: QueryDict,
    *,
    fetch: Callable[[MeasureQuerySet], MeasureQuerySet],
) -> tuple[listing.Page[Measure], int]:
    """The page that is asked for, with what `fetch` adds to a row, and how many there are, as lists count.

    Where the best matches are asked for first, they are found without ranking all the others.
    """
    found = form.narrow(visible)
    if form.order == BY_RELEVANCE and listing.is_first(params):
        first = best(form.filtered(visible), form.text, listing.PAGE_SIZE + 1)
        rows = fetch(with_known_rank(visible, first.ranks))
        return listing.page(rows, params, form.order), first.count
    return listing.page_and_count(
        form.ranked(found), visible, params, form.order, fetch=lambda rows: fetch(form.ranked(rows))
    )
