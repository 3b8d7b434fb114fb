"""What a person may put into a campaign: for whom they begin one, and whose members and lists are asked."""

from django.db.models import Q, QuerySet

from advocacy.accounts.models import User, UserQuerySet
from advocacy.positions.use import Use
from campaigns.models import Campaign, ContactList
from legislation.models import Measure
from members.access import chapters_to_track_for, people_who_log_for, reach_of, society_today
from members.models import Chapter, ChapterTerritory, JurisdictionTeam

# Only staff write into these.
OF_STAFF = ("french_waived_because", "party")


def begins_any(user: User) -> bool:
    """Whether the person may begin a campaign at all."""
    reach = reach_of(user)
    return reach.is_staff or bool(reach.advocate_of)


def holders(user: User) -> list[Chapter | None]:
    """For whom the person may begin one, their own chapter first; for staff the society stands before all."""
    reach = reach_of(user)
    chapters: list[Chapter | None] = list(chapters_to_track_for(user))
    chapters.sort(key=lambda one: one is None or one.pk != reach.primary_chapter_id)
    return [None, *chapters] if reach.is_staff else chapters


def chapters_for(user: User, campaign: Campaign) -> QuerySet[Chapter]:
    """Whose members may be asked: any, for staff; else one's own, those of one's state teams, and who takes part."""
    reach = reach_of(user)
    if reach.is_staff:
        return Chapter.objects.all()
    own = ChapterTerritory.objects.filter(chapter__in=reach.advocate_of).order_by()
    teams = JurisdictionTeam.objects.filter(jurisdiction__in=own.values("jurisdiction")).order_by()
    mates = ChapterTerritory.objects.filter(jurisdiction__in=teams.values("jurisdiction")).order_by()
    there = Campaign.chapters.through.objects.filter(campaign=campaign.pk).values("chapter")
    return Chapter.objects.filter(
        Q(pk__in=reach.advocate_of) | Q(pk__in=mates.values("chapter")) | Q(pk__in=there)
    )


def lists_for(user: User, campaign: Campaign) -> QuerySet[ContactList]:
    """The lists the person sees, and those the campaign has already."""
    there = Campaign.lists.through.objects.filter(campaign=campaign.pk).values("contactlist")
    seen = ContactList.objects.visible_to(user).order_by().values("pk")
    return ContactList.objects.filter(Q(pk__in=seen) | Q(pk__in=there))


def owners_for(campaign: Campaign) -> UserQuerySet:
    """Who may answer for it: those who log for the chapter, staff and leads for the society; and who does."""
    held = people_who_log_for(campaign.chapter, society_today())
    return UserQuerySet(User).filter(Q(pk__in=held.values("pk")) | Q(pk=campaign.owner_id))


def openings(measure: Measure, user: User) -> list[tuple[Chapter | None, str]]:
    """For whom the person could begin a campaign on the measure, each with the reason why not yet, or none.

    For staff that is the society, and every chapter that holds a position here.
    """
    reach, use = reach_of(user), Use(measure)
    if reach.is_staff:
        held = (row.chapter for row in use.rows if row.chapter and row.pk in use.usable)
        found: list[Chapter | None] = [None, *dict.fromkeys(held)]
    else:
        found = holders(user)
    return [(chapter, use.why_not(chapter)) for chapter in found]


def why_not(measure: Measure, chapter: Chapter | None) -> str:
    """Why nothing may be sent about the measure in this name yet; empty where it may."""
    return Use(measure).why_not(chapter)
