"""Who comes, in numbers and as a table, for those who run the day."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from advocacy.events.models import AdvocacyEvent, Registration, RegistrationDistrict
from advocacy.events.models.registration import RegistrationQuerySet
from advocacy.kernel.exports import Table


class Summary(NamedTuple):
    """`districts` counts those of the event's own legislature in which somebody who comes is a constituent."""

    registered: int
    waiting: int
    first_timers: int
    districts: int
    without_districts: int
    unproven: int


def summary_of(event: AdvocacyEvent) -> Summary:
    rows: RegistrationQuerySet = event.registrations.all()
    coming = rows.coming()
    lived_in = RegistrationDistrict.objects.filter(
        registration__in=coming.order_by().values("pk"), jurisdiction=event.jurisdiction_id
    )
    return Summary(
        registered=coming.count(),
        waiting=rows.waiting().count(),
        first_timers=coming.filter(is_first_timer=True).count(),
        districts=lived_in.order_by().values("division").distinct().count(),
        without_districts=coming.without_districts().count(),
        unproven=rows.unproven().count(),
    )


def table_of(rows: RegistrationQuerySet) -> Table:
    """One line for each person, with their needs: it is for those who run the day."""
    columns = [
        _("Name"), _("E-mail address"), _("Phone"), _("Employer"), _("Chapter"), _("Status"), _("Team"), _("Districts"),
        _("First time"), _("Languages"), _("Willing to"), _("Arrives at"), _("Leaves at"), _("Access needs"), _("Diet"),
        _("May be photographed"), _("Topics"),
    ]  # fmt: skip
    fetched = rows.select_related("chapter", "place__team").prefetch_related("districts__division")
    return Table(_("People"), columns, (_line(row) for row in fetched))


def _line(row: Registration) -> list[str]:
    yes, no = _("Yes"), _("No")
    return [
        row.name,
        row.email,
        str(row.phone or ""),
        row.employer,
        str(row.chapter or ""),
        str(row.get_status_display()),
        str(row.team or ""),
        "; ".join(str(one.division) for one in row.districts.all()),
        yes if row.is_first_timer else no,
        ", ".join(sorted(row.languages)),
        str(row.get_wished_role_display()),
        f"{row.arrives_at:%H:%M}" if row.arrives_at else "",
        f"{row.leaves_at:%H:%M}" if row.leaves_at else "",
        row.access_needs,
        row.diet,
        yes if row.photo_consent else no,
        row.topics,
    ]
