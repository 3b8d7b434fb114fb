"""What an office answered to a letter of a campaign, and the task that a request to meet brings."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.models import FollowUp, FollowUpKind, KeyContact, Rank
from campaigns.actions import contacts
from campaigns.models import Letter, Participation, ParticipationState, ReplyKind
from members.calendars import workdays_of
from members.models import Chapter, RoleAssignment
from members.taskforce.roster import society_day

# A request to meet is answered within so many business days.
ANSWERED_IN = 2
LONGEST = 10_000
_NOTED = ("reply", "replied_on")


class NotThen(ValueError):
    """An office answers after the letter, and nobody knows today what it answers tomorrow."""


@dataclass(frozen=True)
class Answerer:
    """Who answers a request to meet, and for which chapter."""

    person: User
    chapter: Chapter


@transaction.atomic
def record(
    letter: Letter, *, kind: ReplyKind, on: date, text: str, by: User | None, now: datetime
) -> Letter | None:
    """Note what came back, or correct what was noted. `by` None is the supporter, from the receipt.

    None where nothing changes: a supporter does not overrule what one of us noted, and nobody notes an answer to what
    never counted. Raises NotThen. A request to meet makes one follow-up for the letter, however often it is classified;
    corrected to something else it stays, for a person to close.
    """
    kept = _locked(letter)
    if not _may_be_noted(kept, by):
        return None
    zone = ZoneInfo(kept.participation.campaign.zone)
    if not kept.at.astimezone(zone).date() <= on <= now.astimezone(zone).date():
        raise NotThen(_("An office answers after the letter was written, and not later than today."))
    before, was = trail.snapshot(kept, _NOTED), kept.reply
    text_before = kept.reply_text
    kept.reply, kept.replied_on, kept.reply_text = kind, on, text.strip()[:LONGEST]
    changes = trail.difference(before, trail.snapshot(kept, _NOTED))
    if changes or kept.reply_text != text_before or by != kept.reply_noted_by:
        kept.reply_noted_at, kept.reply_noted_by = now, by
        # What an office wrote to somebody is theirs: the trail outlives them, and says only that it changed.
        said = _("what they wrote") if kept.reply_text != text_before else ""
        trail.record(
            by=by, verb="edited" if was else "answered", of=_nameless(kept), changes=changes, reason=said
        )
    if kind == ReplyKind.REQUEST_TO_MEET and kept.followup_id is None and _is_vouched_for(kept, by):
        kept.followup = _followup(kept, by=by, now=now)
    kept.save(
        update_fields=[
            "reply", "replied_on", "reply_text", "reply_noted_at", "reply_noted_by", "followup",
        ]
    )  # fmt: skip
    return kept


def _locked(letter: Letter) -> Letter:
    """Nobody else classifies it meanwhile: two clicks would make two follow-ups."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related(
        "participation__contact",
        "participation__chapter",
        "participation__campaign__chapter",
        "participation__campaign__owner",
        "target__official",
        "reply_noted_by",
    )
    return rows.get(pk=letter.pk)


def _may_be_noted(letter: Letter, by: User | None) -> bool:
    if letter.participation.state != ParticipationState.COUNTED:
        return False
    return by is not None or letter.reply_noted_by_id is None


def _is_vouched_for(letter: Letter, by: User | None) -> bool:
    """Who typed the address of somebody else makes no work for a key contact, unless one of us says it too."""
    return by is not None or letter.participation.contact.email_proven_at is not None


def _nameless(letter: Letter) -> Letter:
    """The letter as the trail may name it."""
    somebody = Participation(contact=contacts.nameless(letter.participation.contact))
    return Letter(pk=letter.pk, participation=somebody, target=letter.target)


def _followup(letter: Letter, *, by: User | None, now: datetime) -> FollowUp | None:
    """None where no chapter has anything to do with it: a follow-up belongs to one."""
    answerer = answerer_of(letter, now)
    if answerer is None:
        return None
    person, campaign = answerer.person, letter.participation.campaign
    with override(person.language):
        text = _("Asked to meet after a letter of “%(campaign)s”") % {"campaign": campaign}
    return FollowUp.objects.create(
        official=letter.target.official,
        chapter=answerer.chapter,
        kind=FollowUpKind.SCHEDULE_MEETING,
        text=text[:200],
        owner=person,
        due_on=workdays_of(person).after(person.today(now), ANSWERED_IN),
        created_by=by or campaign.owner,
    )


def answerer_of(letter: Letter, now: datetime) -> Answerer | None:
    """The primary key contact of the chapter credited, else of the campaign's chapter, else the campaign's owner."""
    participation = letter.participation
    chapters = [one for one in (participation.chapter, participation.campaign.chapter) if one]
    ties = KeyContact.objects.kept(society_day(now)).filter(
        official=letter.target.official_id or 0, rank=Rank.PRIMARY, chapter__in=chapters
    )
    by_chapter = {tie.chapter_id: tie for tie in ties.select_related("person", "chapter")}
    for chapter in chapters:
        if tie := by_chapter.get(chapter.pk):
            return Answerer(tie.person, tie.chapter)
    return _owner(participation, now)


def _owner(participation: Participation, now: datetime) -> Answerer | None:
    campaign = participation.campaign
    home = campaign.chapter or participation.chapter or _home_of(campaign.owner, now)
    home = home or campaign.chapters.order_by("pk").first()
    return Answerer(campaign.owner, home) if home else None


def _home_of(person: User, now: datetime) -> Chapter | None:
    roles = RoleAssignment.objects.in_force(society_day(now)).filter(person=person, chapter__isnull=False)
    first = roles.select_related("chapter").order_by("-is_primary", "starts_on", "pk").first()
    return first.chapter if first else None
