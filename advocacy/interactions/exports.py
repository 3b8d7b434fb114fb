"""The log as tables: what the screen shows and no more. Restricted records and all impressions stay inside.

Rows are read in chunks and forgotten, so an export of any length needs the same memory.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from advocacy.interactions.coverage_rows import Row
from advocacy.interactions.models import FollowUp, Interaction, Office
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.exports import Table
from advocacy.kernel.periods import Month
from members.access import Reach
from members.models import Chapter

CHUNK = 1000
Columns = Sequence[tuple[str, Callable[[Any], Any]]]


def log_table(interactions: InteractionQuerySet) -> Table:
    """One row per contact, newest first."""
    rows = (
        interactions.exportable()
        .with_parties()
        .prefetch_related("asks__measure__session", "asks__issue", "asks__stance_after", "commitments")
        .order_by("-occurred_on", "-pk")
    )
    return _table(_("Interactions"), log_columns(), rows.iterator(chunk_size=CHUNK))


def month_tables(month: Month, reach: Reach, chapter: Chapter | None = None) -> list[Table]:
    """The month as `reach` reads it: contacts, the officials reached by them, and the follow-ups due in it."""
    interactions = Interaction.objects.within(reach).logged().exportable()
    interactions = interactions.filter(occurred_on__gte=month.first, occurred_on__lt=month.end)
    followups = FollowUp.objects.within(reach).exportable()
    followups = followups.filter(due_on__gte=month.first, due_on__lt=month.end)
    if chapter is not None:
        interactions = interactions.credited_to(chapter)
        followups = followups.filter(chapter=chapter)
    return [log_table(interactions), officials_table(interactions), followups_table(followups)]


def officials_table(interactions: InteractionQuerySet) -> Table:
    """The officials reached by meaningful contacts: each person once, with a seat they held on such a day."""
    offices = Office.objects.filter(interaction__in=interactions.meaningful(), official__isnull=False)
    reached = (
        offices.values("official", "official__name")
        .annotate(
            seat=Max("seat__label"),
            place=Max("jurisdiction__name"),
            contacts=Count("interaction", distinct=True),
            in_person=Count(
                "interaction",
                filter=Q(interaction__counterparts__level="official_personally"),
                distinct=True,
            ),
            last=Max("interaction__occurred_on"),
        )
        .order_by("official__name", "official")
    )
    columns: Columns = [
        (_("Official"), lambda row: row["official__name"]),
        (_("Seat that day"), lambda row: row["seat"]),
        (_("Jurisdiction"), lambda row: row["place"]),
        (_("Contacts"), lambda row: row["contacts"]),
        (_("Of these in person"), lambda row: row["in_person"]),
        (_("Last contact"), lambda row: row["last"]),
    ]
    return _table(_("Officials reached"), columns, reached.iterator())


def coverage_table(rows: Iterable[Row]) -> Table:
    """The places of a delegation with how we stand with their holders, as the coverage page lists them."""
    columns: Columns = [
        (_("Seat"), lambda row: str(row.seat)),
        (_("Chamber"), lambda row: str(row.seat.chamber)),
        (_("State or province"), lambda row: str(row.seat.represents)),
        (_("Why it counts"), lambda row: row.why),
        (_("Held by"), lambda row: row.name),
        (_("Vacant places"), lambda row: row.vacant or None),
        (_("Coverage"), lambda row: row.line.label if row.line else _("Vacant seat")),
        (_("Because"), lambda row: row.line.why if row.line else ""),
        (_("Last contact"), lambda row: row.line.last_contact_on if row.line else None),
        (
            _("Key contacts"),
            lambda row: "; ".join(str(tie.person) for tie in row.line.ties) if row.line else "",
        ),
    ]
    return _table(_("Coverage"), columns, iter(rows))


def followups_table(followups: FollowUpQuerySet) -> Table:
    rows = followups.select_related("official", "chapter", "owner", "done_by").order_by("due_on", "pk")
    columns: Columns = [
        (_("Number"), lambda row: row.pk),
        (_("What to do"), lambda row: row.get_kind_display()),
        (_("Details"), lambda row: row.text),
        (_("Official"), lambda row: str(row.official or "")),
        (_("Chapter"), lambda row: str(row.chapter)),
        (_("Owner"), lambda row: str(row.owner)),
        (_("Due"), lambda row: row.due_on),
        (_("Status"), lambda row: row.get_status_display()),
        (_("Closed on"), lambda row: row.done_on),
        (_("Closed by"), lambda row: str(row.done_by or "")),
        (_("Reason"), lambda row: row.cancel_reason),
        (_("Contact"), lambda row: row.interaction_id),
    ]
    return _table(_("Follow-ups"), columns, rows.iterator(chunk_size=CHUNK))


def _table(name: str, columns: Columns, rows: Iterator[Any]) -> Table:
    cells = ([value(row) for _title, value in columns] for row in rows)
    return Table(name=name, columns=[title for title, _value in columns], rows=cells)


def log_columns() -> Columns:
    return [
        (_("Number"), lambda row: row.pk),
        (_("Date"), lambda row: row.occurred_on),
        (_("Time"), lambda row: row.occurred_at_time),
        (_("Time zone"), lambda row: row.zone),
        (_("State"), lambda row: row.get_state_display()),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Chapter"), lambda row: str(row.chapter)),
        (_("Credited chapters"), lambda row: _joined(row.credits)),
        (_("Offices"), lambda row: _joined(row.offices)),
        (_("Seats that day"), lambda row: "; ".join(str(o.seat) for o in row.offices.all() if o.seat)),
        (_("Whom we met"), lambda row: _joined(row.counterparts)),
        (_("Our people"), lambda row: _joined(row.participants)),
        (_("Purpose"), lambda row: row.get_purpose_display()),
        (_("About"), lambda row: _joined(row.topics)),
        (_("Summary"), lambda row: row.summary),
        (_("Asks"), _asks),
        (_("Stances"), _stances),
        (_("Commitments"), _commitments),
        (_("Concerns raised"), lambda row: row.concerns),
        (_("Questions asked"), lambda row: row.questions),
        (_("Recommendations from them"), lambda row: row.recommendations),
        (_("Place or platform"), lambda row: row.location),
        (_("Minutes"), lambda row: row.duration_minutes),
        (_("Who started it"), lambda row: row.get_initiated_by_display()),
        (_("First reply from them"), lambda row: row.replied_on),
        (_("Voicemail only"), lambda row: _yes_no(row.was_voicemail_only)),
        (_("Specific legislation discussed"), lambda row: _yes_no(row.discussed_specific_legislation)),
        (_("In whose name"), lambda row: row.get_capacity_display()),
        (_("Gift or meal value"), lambda row: row.gift_value),
        (_("Currency"), lambda row: row.gift_currency),
        (_("Who may read this"), lambda row: row.get_confidentiality_display()),
        (_("Logged by"), lambda row: str(row.logged_by)),
        (_("Logged at (UTC)"), lambda row: row.logged_at),
    ]


def _joined(rows: Any) -> str:
    return "; ".join(str(row) for row in rows.all())


def _asks(row: Interaction) -> str:
    return "; ".join(f"{ask} → {ask.get_response_display()}" for ask in row.asks.all())


def _stances(row: Interaction) -> str:
    return "; ".join(str(ask.stance_after) for ask in row.asks.all() if hasattr(ask, "stance_after"))


def _commitments(row: Interaction) -> str:
    return "; ".join(f"{one.get_side_display()}: {one.text}" for one in row.commitments.all())


def _yes_no(value: bool | None) -> str:
    return "" if value is None else _("Yes") if value else _("No")
