"""From the tables to the funnel of one campaign: who was invited, went on, acted, and was answered.

Counts are for all who see the campaign; the rows behind them hold names, and open to staff and to the advocates of the
chapter credited. What is counted here and what a list shows is narrowed by the same conditions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models import DeliveryEvent, EventKind, MessageState
from campaigns.funnel import Funnel, Step, Tally, by_chapter, funnel_of
from campaigns.intervals import Comparison, Share
from campaigns.models import Campaign, Confirmation, Letter, Method, Participation, Purpose, Recipient
from campaigns.models.mailing import RecipientQuerySet
from campaigns.models.participation import LetterQuerySet, ParticipationQuerySet
from members.access import Reach

# Fewer people of a chapter than this are not told apart to others.
FEWEST = 3
MAILED = (Step.INVITED, Step.DELIVERED, Step.VIEWED)
MEANING: Mapping[Step, str | Promise] = {
    Step.INVITED: _("People to whom the ask was written at launch, each address once. Skipped ones are not counted."),
    Step.DELIVERED: _(
        "Of these, whose mail the server took and did not send back. Whether it was opened is not counted."
    ),
    Step.VIEWED: _(
        "Of these, who came by the link of their mail and went on from the page, told by its script or by taking part. "
        "Who only opens the page is not noted."
    ),
    Step.ACTED: _(
        "People who took part, each once, by whatever way they came; those held or refused are not counted. As a "
        "share of those delivered to it can be more than all."
    ),
    Step.CONFIRMED: _(
        "Participants with at least one letter that the portal sent and the office’s mail server took. What people "
        "tell us that they sent themselves is not among them."
    ),
    Step.ANSWERED: _("Participants with at least one letter that an office answered, as noted by us or told by them."),
}  # fmt: skip
_ARRIVED = (MessageState.SENT, MessageState.PRESUMED_SENT)
_BOUNCED = Exists(DeliveryEvent.objects.filter(message=OuterRef("message"), kind=EventKind.HARD_BOUNCE))


@dataclass(frozen=True)
class Cut:
    """A part of the funnel: of one step, one chapter (0: credited to none), one target, one day."""

    step: Step
    chapter: int | None = None
    target: int | None = None
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """One chapter, or target, of a breakdown; `label` is filled in by whoever shows it."""

    key: int | None
    funnel: Funnel


@dataclass(frozen=True)
class Chapters:
    """Each chapter's part; `others` are chapters of colleagues with too few people to be told apart, together."""

    lines: list[Line]
    others: Funnel | None


def tallies(campaign: Campaign) -> list[Tally]:
    """In three queries, however many people there are. People count on the day of the campaign's zone."""
    zone = ZoneInfo(campaign.zone)
    return [*_of_mail(campaign, zone), *_viewed(campaign, zone), *_of_acts(campaign, zone)]


def letter_tallies(campaign: Campaign) -> list[Tally]:
    """Letters by their target: written, confirmed, answered. Who wrote to three offices is in here three times."""
    letters = LetterQuerySet(Letter).counted().filter(participation__campaign=campaign).order_by()
    sums = letters.values_list("target").annotate(
        acted=Count("pk"), confirmed=Count("pk", filter=_confirmed()), answered=Count("pk", filter=~Q(reply=""))
    )  # fmt: skip
    steps = (Step.ACTED, Step.CONFIRMED, Step.ANSWERED)
    return [
        Tally(step, count, target=target)
        for target, *counts in sums
        for step, count in zip(steps, counts, strict=True)
    ]


def _of_mail(campaign: Campaign, zone: ZoneInfo) -> Iterable[Tally]:
    rows = invited(campaign).annotate(bounced=_BOUNCED, day=TruncDate("decided_at", tzinfo=zone)).order_by()
    came = Q(message__state__in=_ARRIVED, bounced=False)
    sums = rows.values_list("contact__chapter", "day").annotate(
        all=Count("pk"), came=Count("pk", filter=came)
    )
    for chapter, day, everybody, arrived in sums:
        yield Tally(Step.INVITED, everybody, chapter=chapter, day=day)
        yield Tally(Step.DELIVERED, arrived, chapter=chapter, day=day)


def _viewed(campaign: Campaign, zone: ZoneInfo) -> Iterable[Tally]:
    rows = invited(campaign).filter(viewed_at__isnull=False).order_by()
    sums = rows.annotate(day=TruncDate("viewed_at", tzinfo=zone)).values_list("contact__chapter", "day")
    for chapter, day, count in sums.annotate(all=Count("pk")):
        yield Tally(Step.VIEWED, count, chapter=chapter, day=day)


def _of_acts(campaign: Campaign, zone: ZoneInfo) -> Iterable[Tally]:
    rows = acted(campaign).annotate(
        day=TruncDate("at", tzinfo=zone), is_confirmed=_has_letter(_confirmed()), is_answered=_has_letter(~Q(reply=""))
    )  # fmt: skip
    sums = rows.order_by().values_list("chapter", "day").annotate(
        all=Count("pk"),
        confirmed=Count("pk", filter=Q(is_confirmed=True)),
        answered=Count("pk", filter=Q(is_answered=True)),
    )  # fmt: skip
    for chapter, day, everybody, confirmed, answered in sums:
        yield Tally(Step.ACTED, everybody, chapter=chapter, day=day)
        yield Tally(Step.CONFIRMED, confirmed, chapter=chapter, day=day)
        yield Tally(Step.ANSWERED, answered, chapter=chapter, day=day)


def invited(campaign: Campaign) -> RecipientQuerySet:
    rows = RecipientQuerySet(Recipient).written_to()
    return rows.filter(mailing__campaign=campaign, mailing__purpose=Purpose.LAUNCH)


def acted(campaign: Campaign) -> ParticipationQuerySet:
    return ParticipationQuerySet(Participation).counted().filter(campaign=campaign)


def _confirmed() -> Q:
    return Q(method=Method.PORTAL_EMAIL, confirmation=Confirmation.CONFIRMED)


def _has_letter(condition: Q) -> Exists:
    return Exists(Letter.objects.filter(condition, participation=OuterRef("pk")))


def recipients(campaign: Campaign, cut: Cut) -> RecipientQuerySet:
    """The mail behind a number of the first three steps."""
    rows, zone = invited(campaign), ZoneInfo(campaign.zone)
    if cut.step == Step.DELIVERED:
        rows = rows.filter(message__state__in=_ARRIVED).exclude(_BOUNCED)
    if cut.step == Step.VIEWED:
        rows = rows.filter(viewed_at__isnull=False)
    if cut.chapter is not None:
        rows = rows.filter(contact__chapter=cut.chapter or None)
    if cut.day:
        moment = "viewed_at" if cut.step == Step.VIEWED else "decided_at"
        rows = rows.annotate(day=TruncDate(moment, tzinfo=zone)).filter(day=cut.day)
    # Nobody has written to an office yet.
    return rows.none() if cut.target else rows


def participations(campaign: Campaign, cut: Cut) -> ParticipationQuerySet:
    """The people behind a number of the last three steps."""
    rows, of_letter = acted(campaign), Q()
    if cut.step == Step.CONFIRMED:
        of_letter = _confirmed()
    if cut.step == Step.ANSWERED:
        of_letter = ~Q(reply="")
    if cut.target:
        of_letter &= Q(target=cut.target)
    if of_letter:
        rows = rows.filter(_has_letter(of_letter))
    if cut.chapter is not None:
        rows = rows.filter(chapter=cut.chapter or None)
    if cut.day:
        rows = rows.annotate(day=TruncDate("at", tzinfo=ZoneInfo(campaign.zone))).filter(day=cut.day)
    return rows


def chapters_for(found: Iterable[Tally], reach: Reach) -> Chapters:
    """By chapter, as far as this reader may tell them apart; together it is always the whole."""
    lines: list[Line] = []
    together: list[Tally] = []
    for key, funnel in by_chapter(found).items():
        if reach.is_staff or key in reach.advocate_of or not _points_at_somebody(funnel):
            lines.append(Line(key, funnel))
        else:
            together += [Tally(step, count) for step, count in funnel.counts.items()]
    return Chapters(lines, funnel_of(together) if together else None)


def _points_at_somebody(funnel: Funnel) -> bool:
    return any(0 < count < FEWEST for count in funnel.counts.values())


def subjects(campaign: Campaign, now: datetime) -> Comparison | None:
    """Of those delivered to by each subject line, how many took part. None where there was one line only.

    A day after the mailing began is the first look, each further day one more.
    """
    arrived = Q(message__state__in=_ARRIVED, bounced=False)
    took_part = Exists(acted(campaign).filter(contact=OuterRef("contact")))
    rows = invited(campaign).annotate(bounced=_BOUNCED, took_part=took_part).order_by()
    sums: dict[str, tuple[Any, ...]] = {
        variant: tuple(counts)
        for variant, *counts in rows.values_list("variant").annotate(
            acted=Count("pk", filter=arrived & Q(took_part=True)), all=Count("pk", filter=arrived)
        )
    }
    if "b" not in sums:
        return None
    mailing = campaign.mailings.filter(purpose=Purpose.LAUNCH).first()
    look = max((now - mailing.begun_at).days, 1) if mailing else 1
    return Comparison(Share(*sums.get("a", (0, 0))), Share(*sums["b"]), look)
