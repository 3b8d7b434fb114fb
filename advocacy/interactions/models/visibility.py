"""The visibility rule of the log, written once (DOMAIN.md §3, §4.8; W1 step 6).

*Shared* records are read by the chapters they are credited to, by every advocate whose territory lies in the
jurisdiction, by the lead and by staff. *Chapter* records by those chapters, their vice chair and staff. *Restricted*
records by their author, the advocates of the chapter that logged them, and staff. A plain member reads what they took
part in. Nobody reads anything once their roles have ended.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from advocacy.interactions.models.parties import Credit, Office, Participant
from members.access import Reach
from members.confidentiality import Confidentiality, readable_by_level


def readable(reach: Reach) -> Q:
    """Interactions inside `reach`, as a condition on `Interaction`."""
    if reach.is_staff:
        return Q()
    if reach.is_empty:
        return Q(pk__in=[])
    row = OuterRef("pk")
    credited = (
        Exists(Credit.objects.filter(interaction=row, chapter__in=reach.reads)) if reach.reads else None
    )
    shared = Q(pk__in=[])
    if reach.is_lead:
        shared = Q()
    elif reach.shares:
        shared = Q(Exists(Office.objects.filter(interaction=row, jurisdiction__in=reach.shares)))
    condition = Q(confidentiality=Confidentiality.SHARED) & shared
    if credited is not None:
        condition |= ~Q(confidentiality=Confidentiality.RESTRICTED) & Q(credited)
    condition |= Q(confidentiality=Confidentiality.RESTRICTED, chapter__in=reach.advocate_of)
    return condition | _own_acts(reach)


def candidates(reach: Reach) -> QuerySet[Any, Any] | None:
    """Keys among which everything `readable` lies, found by index; None where that is nearly everything.

    It decides nothing: it saves the database from asking of each record in the log whether it is readable.
    """
    if reach.reads_every_shared_record:
        return None
    keys = "interaction"
    credited = Credit.objects.filter(chapter__in=reach.reads | reach.belongs_to).order_by().values(keys)
    in_reach = Office.objects.filter(jurisdiction__in=reach.shares).order_by().values(keys)
    found: QuerySet[Any, Any] = credited.union(in_reach)
    return found


def _own_acts(reach: Reach) -> Q:
    """What the person logged, or took part in, for a chapter they still belong to."""
    took_part = Exists(Participant.objects.filter(interaction=OuterRef("pk"), person=reach.person_id))
    in_their_chapters = Q(chapter__in=reach.belongs_to)
    return in_their_chapters & (
        Q(logged_by=reach.person_id) | (~Q(confidentiality=Confidentiality.RESTRICTED) & Q(took_part))
    )


def editable(reach: Reach) -> Q:
    """Interactions that the person may change: their own while they may log there, their chapter's, all for staff."""
    if reach.is_staff:
        return Q()
    return Q(chapter__in=reach.advocate_of) | Q(logged_by=reach.person_id, chapter__in=reach.logs_for)


def impressions_readable(reach: Reach) -> Q:
    """Impressions inside `reach`, as a condition on `Impression`: their own level, the logging chapter's people."""
    return readable_by_level(reach, author="interaction__logged_by", chapter="interaction__chapter")
