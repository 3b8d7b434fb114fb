"""Thirteen months of meaningful interactions, by kind (DOMAIN.md §6.2, block 5)."""

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.interactions.models import Confidentiality, Kind
from advocacy.kernel.periods import Month
from advocacy.reports.deadlines import months_between, same_month_last_year
from advocacy.reports.metrics import contacts
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import Window
from advocacy.reports.national.document import Block, Cell, Column, Drawing
from advocacy.reports.national.record import Record

# Kinds that differ little to a reader stand together, so that thirteen bars can be told apart.
_GROUPS: dict[str, tuple[str | Promise, tuple[Kind, ...]]] = {
    "in_person": (gettext_lazy("In person"), (Kind.MEETING_IN_PERSON, Kind.DROP_BY)),
    "virtual": (gettext_lazy("Virtual"), (Kind.MEETING_VIRTUAL,)),
    "phone": (gettext_lazy("Phone"), (Kind.PHONE_CALL,)),
    "written": (
        gettext_lazy("Written, with a reply"),
        (Kind.EMAIL_EXCHANGE, Kind.LETTER_SENT, Kind.TEXT_OR_DIRECT_MESSAGE),
    ),
    "testimony": (gettext_lazy("Testimony"), (Kind.HEARING_TESTIMONY,)),
    "site_visits": (gettext_lazy("Site visits"), (Kind.SITE_VISIT_HOSTED,)),
    "other": (gettext_lazy("Other"), ()),
}
_GROUP_OF = {kind: group for group, (_title, kinds) in _GROUPS.items() for kind in kinds}
_OTHER = "other"
Counts = dict[tuple[Month, str], tuple[int, int]]


def by_month(record: Record) -> Block:
    first = same_month_last_year(record.period)
    counts = _counts(record, first)
    months = list(months_between(first, record.period))
    rows: list[list[Cell]] = [
        [date_format(month.first, "F Y"), *(_cell(*counts.get((month, group), (0, 0))) for group in _GROUPS)]
        for month in months
    ]
    columns = [Column(group, str(title), is_number=True) for group, (title, _kinds) in _GROUPS.items()]
    notes = [_("Earlier months are counted as the record stands now, with what was added late.")]
    if any(None in row for row in rows):
        notes.append(_("A dash stands for one or two records that only few may read."))
    return Block(
        "by_month",
        _("Meaningful interactions by month"),
        [Column("month", _("Month")), *columns],
        rows,
        notes=notes,
        drawing=Drawing.STACKED_BARS,
    )


def _counts(record: Record, first: Month) -> Counts:
    """How many, and how many of them restricted, by month and group: days are put into months here, because SQLite
    would ask Python for the month of each row."""
    rows = contacts.meaningful(record.scope, Window(first.first, record.window.end)).order_by()
    restricted = Count("pk", filter=Q(confidentiality=Confidentiality.RESTRICTED))
    days = rows.values_list("occurred_on", "kind").annotate(number=Count("pk"), restricted=restricted)
    found: Counts = {}
    for day, kind, number, hidden in days:
        key = Month.of(day), _GROUP_OF.get(Kind(kind), _OTHER)
        so_far = found.get(key, (0, 0))
        found[key] = so_far[0] + number, so_far[1] + hidden
    return found


def _cell(number: int, restricted: int) -> Cell:
    return None if Figure(Unit.COUNT, number, restricted=restricted).is_suppressed() else number
