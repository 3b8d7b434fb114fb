"""Who reads what a chapter keeps about partners, written once (DOMAIN.md §4.8, W7)."""

from django.db.models import Q

from members.access import Reach
from members.confidentiality import Confidentiality, readable_by_level
from members.models import ChapterTerritory

# Not Q(), which vanishes where it is joined to another condition by "or".
EVERYTHING, NOTHING = Q(pk__gt=0), Q(pk__in=())


def works_with_partners(reach: Reach) -> bool:
    """Whoever logs for a chapter or reads one, the lead and staff; plain members meet partners in the reports."""
    return bool(reach.logs_for or reach.reads or reach.reads_every_shared_record)


def keeps_partners(reach: Reach) -> bool:
    """Whoever logs, the lead and staff put partners on record and correct them."""
    return reach.may_log or reach.is_lead


def near(reach: Reach) -> Q:
    """Rows with a `chapter`. The society's: everybody who works with partners. A chapter's: who reads the chapter, and
    the advocates of its states and provinces, its team there.
    """
    if reach.reads_every_shared_record:
        return EVERYTHING
    if not works_with_partners(reach):
        return NOTHING
    team = ChapterTerritory.objects.filter(jurisdiction__in=reach.shares).order_by().values("chapter")
    return Q(chapter=None) | Q(chapter__in=reach.reads) | Q(chapter__in=team)


def readable(reach: Reach, *, author: str) -> Q:
    """Rows of a chapter with a level of their own: what is *shared* goes to those who are near, the rest as levels say.

    `author` names who wrote the row.
    """
    if reach.is_staff:
        return EVERYTHING
    if not works_with_partners(reach):
        return NOTHING
    by_level = readable_by_level(reach, author=author, chapter="chapter")
    return by_level & (~Q(confidentiality=Confidentiality.SHARED) | near(reach))


def editable(reach: Reach, *, author: str) -> Q:
    """Rows of a chapter that a person corrects: its advocates all, others who log there what they wrote; staff all."""
    if reach.is_staff:
        return EVERYTHING
    return Q(chapter__in=reach.advocate_of) | Q(**{author: reach.person_id, "chapter__in": reach.logs_for})
