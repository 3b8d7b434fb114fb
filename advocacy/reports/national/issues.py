"""The block on issues: how much of the month went to which area of the public policy principles."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from advocacy.interactions.models import Confidentiality
from advocacy.positions.models import Issue, Tracking
from advocacy.reports import numbers
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.measures import trackings
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national.document import Block, Column, Drawing

# An issue with an interaction about it, and whether that is restricted.
Seen = tuple[int, int, bool]


def issues(scope: Scope, window: Window) -> Block:
    """Meaningful interactions and followed measures per issue: numbers only, and none that points at a record.

    An interaction about a measure belongs to the issues under which the measure is followed.
    """
    about, measures = _interactions(scope, window), _measures(scope, window)
    known = Issue.objects.all().in_bulk()
    shown = [one for one in known.values() if not one.is_retired or one.pk in about.keys() | measures.keys()]
    rows = [(one.title, about.get(one.pk, Figure(Unit.COUNT, 0)), measures.get(one.pk, 0)) for one in shown]
    rows.sort(key=lambda row: (-(row[1].value or 0), -row[2], row[0]))
    return Block(
        "issues",
        _("Issues"),
        [
            Column("issue", _("Issue")),
            Column("interactions", _("Interactions"), is_number=True),
            Column("measures", _("Measures"), is_number=True),
        ],
        [(title, _number(figure), count) for title, figure, count in rows],
        notes=[
            _(
                "Meaningful interactions about the issue or about a measure followed under it, and measures in tiers "
                "1 to 3 on the last day. One about two issues counts in both."
            )
        ],
        drawing=Drawing.BARS,
        empty=_("No issue is on the list."),
    )


def _number(figure: Figure) -> int | None:
    """Nothing where only few restricted records are behind it."""
    value = numbers.hide_small(figure).value
    return None if value is None else int(value)


def _interactions(scope: Scope, window: Window) -> dict[int, Figure]:
    """Each interaction once per issue, whichever way it is about it."""
    rows = contacts.meaningful(scope, window).filter(topics__isnull=False).order_by()
    under = _issues_of_measures(scope)
    seen: set[Seen] = set()
    for issue, measure, pk, level in rows.values_list(
        "topics__issue", "topics__measure", "pk", "confidentiality"
    ):
        found = [issue] if issue is not None else under.get(measure or 0, [])
        seen |= {(one, pk, level == Confidentiality.RESTRICTED) for one in found}
    return _counted(seen)


def _counted(seen: Iterable[Seen]) -> dict[int, Figure]:
    all_of: dict[int, int] = {}
    restricted: dict[int, int] = {}
    for issue, _pk, is_restricted in seen:
        all_of[issue] = all_of.get(issue, 0) + 1
        restricted[issue] = restricted.get(issue, 0) + is_restricted
    return {
        issue: Figure(Unit.COUNT, number, restricted=restricted[issue]) for issue, number in all_of.items()
    }


def _issues_of_measures(scope: Scope) -> dict[int, set[int]]:
    """Under which issues the scope follows, or followed, its measures."""
    keys = trackings(scope).order_by().values("pk")
    found: dict[int, set[int]] = {}
    links = Tracking.issues.through.objects.filter(tracking__in=keys)
    for measure, issue in links.values_list("tracking__measure", "issue"):
        found.setdefault(measure, set()).add(issue)
    return found


def _measures(scope: Scope, window: Window) -> dict[int, int]:
    followed = trackings(scope).tracked(window.last).order_by().values("pk")
    links = Tracking.issues.through.objects.filter(tracking__in=followed)
    pairs = set(links.values_list("issue", "tracking__measure"))
    found: dict[int, int] = {}
    for issue, _measure in pairs:
        found[issue] = found.get(issue, 0) + 1
    return found
