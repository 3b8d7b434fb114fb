"""What the type-ahead offers: a dozen rows at most, the likeliest first."""

from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import Case, F, IntegerField, Model, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.folding import fold
from legislation.directory import line
from legislation.models import Committee, Measure, Official, Staffer
from legislation.models.measure import MeasureQuerySet, number_key

Row = TypeVar("Row", bound=Model)
MOST = 12


class Suggestion(NamedTuple):
    """A record to pick: its key, its name, and what tells it from others of that name."""

    value: int
    label: str
    hint: str


def officials(user: User, text: str, day: date) -> list[Suggestion]:
    """People in office, those whose name begins with the text before others; then who takes office, then who left."""
    if not fold(text):
        return []
    found = Official.objects.visible_to(user).search(text, day).with_seats()
    in_office = _likeliest(found.in_office(day), text, "sort_name", first="sort_name")
    room = MOST - len(in_office)
    elect = _likeliest(found.elect(day), text, "sort_name", first="sort_name", most=room)
    former = _likeliest(found.former(day), text, "sort_name", first="sort_name", most=room - len(elect))
    return [describe_official(official, day) for official in [*in_office, *elect, *former]]


def describe_official(official: Official, day: date) -> Suggestion:
    described = line(official, day, get_language())
    if described.is_former:
        hint = " · ".join(filter(None, [_("former"), described.last_seats]))
    elif described.takes_office_on:
        begins = _("takes office on %(day)s") % {"day": date_format(described.takes_office_on)}
        hint = " · ".join([begins, described.coming_seats])
    else:
        hint = " · ".join(filter(None, [described.seats, described.place]))
    return Suggestion(official.pk, described.name, hint)


def staffers(user: User, text: str, day: date) -> list[Suggestion]:
    """People who work at an office today, then those who left."""
    if not fold(text):
        return []
    found = Staffer.objects.visible_to(user).search(text).select_related("official", "committee")
    active = _likeliest(found.in_force(day), text, "name", first="search_text")
    others = found.exclude(pk__in=found.in_force(day).order_by().values("pk"))
    former = _likeliest(others, text, "name", first="search_text", most=MOST - len(active))
    return [
        *(describe_staffer(staffer) for staffer in active),
        *(describe_staffer(staffer, has_left=True) for staffer in former),
    ]


def describe_staffer(staffer: Staffer, *, has_left: bool = False) -> Suggestion:
    office = staffer.official or staffer.committee
    parts = [_("former") if has_left else "", staffer.title or staffer.get_role_display(), str(office)]
    return Suggestion(staffer.pk, staffer.name, " · ".join(filter(None, parts)))


def measures(user: User, text: str, first: Q | None = None) -> list[Suggestion]:
    """Measures by number, however it is spelled, or by title; those of `first` first, then the newest session."""
    if not fold(text):
        return []
    visible = Measure.objects.visible_to(user).select_related("session__jurisdiction")
    return [describe_measure(row) for row in likeliest_measures(visible, text, first)[:MOST]]


def likeliest_measures(rows: MeasureQuerySet, text: str, first: Q | None = None) -> MeasureQuerySet:
    """Those of `rows` with that number, or its beginning, or every word in the title; in the order of likelihood."""
    key = number_key(text)
    by_title = Measure.objects.search(text).order_by().values("pk")
    by_number = Q(number_key__startswith=key) if key else Q(pk=None)
    near = When(first, then=Value(0)) if first is not None else When(pk=None, then=Value(0))
    found = rows.filter(by_number | Q(pk__in=by_title)).annotate(
        near=Case(near, default=Value(1), output_field=IntegerField()),
        exact=Case(When(number_key=key, then=Value(0)), default=Value(1), output_field=IntegerField()),
    )
    newest_session = F("session__starts_on").desc(nulls_last=True)
    return found.order_by("near", "exact", newest_session, "number_key", "pk")


def describe_measure(row: Measure) -> Suggestion:
    """Never without its session: the same number is another bill in the next one."""
    return Suggestion(row.pk, f"{row.number} ({row.session})", row.short_name or row.title)


def committees(user: User, text: str) -> list[Suggestion]:
    """Committees that still sit."""
    if not fold(text):
        return []
    found = Committee.objects.visible_to(user).filter(ended_on=None).search(text)
    rows = _likeliest(
        found.select_related("chamber", "jurisdiction", "parent"), text, "name", first="search_text"
    )
    return [Suggestion(row.pk, str(row), _part_of(row)) for row in rows]


def _part_of(committee: Committee) -> str:
    body = str(committee.chamber or committee.jurisdiction)
    return f"{committee.parent} · {body}" if committee.parent else body


def _likeliest(rows: QuerySet[Row], text: str, order: str, *, first: str, most: int = MOST) -> list[Row]:
    """The first of `rows`: where the folded field `first` begins with the text, then where a word does."""
    if most <= 0:
        return []
    begins = fold(text)
    rank = Case(
        When(**{f"{first}__startswith": begins}, then=Value(0)),
        When(search_text__startswith=begins, then=Value(1)),
        When(search_text__contains=f" {begins}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return list(rows.annotate(rank=rank).order_by("rank", order, "pk")[:most])
