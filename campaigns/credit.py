"""Which chapter a supporter's act is credited to: their own, else the one that works where they live."""

from campaigns.models import Campaign, Contact
from campaigns.place import Place
from members.models import Chapter, ChapterTerritory
from members.models.chapter import Coverage


def chapter_for(campaign: Campaign, contact: Contact, place: Place) -> Chapter | None:
    """The contact's chapter; else one taking part whose territory holds the place; else the campaign's own."""
    if contact.chapter is not None:
        return contact.chapter
    rows = ChapterTerritory.objects.filter(
        chapter__in=campaign.chapters.order_by().values("pk"), jurisdiction__in=place.states
    )
    # Who covers just that part of a state is nearer than who covers all of it.
    found = sorted(
        (row for row in rows.select_related("chapter") if _holds(row, place)),
        key=lambda row: (row.coverage == Coverage.FULL, row.pk),
    )
    return found[0].chapter if found else campaign.chapter


def _holds(territory: ChapterTerritory, place: Place) -> bool:
    if territory.coverage == Coverage.FULL:
        return True
    prefixes = (prefix.replace(" ", "").replace("-", "") for prefix in territory.postal_prefix_list)
    if place.code and any(place.code.startswith(prefix) for prefix in prefixes):
        return True
    return bool(place.divisions) and territory.divisions.filter(ocd_id__in=place.divisions).exists()
