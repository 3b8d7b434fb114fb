"""What the clock does with campaigns: it opens and closes them, reminds, and keeps their lists of offices true."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, transaction

from campaigns import approval, notices
from campaigns.actions import campaigns, mailings, targets
from campaigns.errors import AudienceMoved, NotReady, NotWhatWasApproved, WrongStatus
from campaigns.models import ASKS, Campaign, MailingState, Purpose
from campaigns.windows import LEAST_BETWEEN_ASKS, is_last_day, reminder_at

logger = logging.getLogger(__name__)


def tick(now: datetime) -> None:
    """Everything that is due now. It may come late, or twice at once: each step moves a status, or finds it moved."""
    for campaign in Campaign.objects.to_open(now).order_by("pk"):
        _alone(_open, campaign, now)
    for campaign in Campaign.objects.to_close(now).order_by("pk"):
        _alone(_close, campaign, now)
    for campaign in Campaign.objects.live().order_by("pk"):
        _alone(_halt, campaign, now)
    for campaign in Campaign.objects.live().select_related("revision").order_by("pk"):
        _alone(_remind, campaign, now)
    mailings.keep_going(now=now)


def renew_targets(now: datetime) -> None:
    """Who left office is marked in the lists of live campaigns, who came is added."""
    for campaign in Campaign.objects.live().order_by("pk"):
        _alone(lambda one, at: targets.renew(one, now=at), campaign, now)


def _alone(act: Callable[[Campaign, datetime], object], campaign: Campaign, now: datetime) -> None:
    """What is wrong with one campaign keeps no other from its hour; it is tried again with the next tick."""
    try:
        act(campaign, now)
    except WrongStatus:
        return
    except (DatabaseError, ArithmeticError, LookupError, ValueError):
        logger.exception("The clock could not move the campaign %s.", campaign.pk)


def _open(campaign: Campaign, now: datetime) -> None:
    try:
        campaigns.launch(campaign, by=None, now=now)
    except (NotReady, NotWhatWasApproved, AudienceMoved) as error:
        campaign.refresh_from_db()
        with transaction.atomic():
            campaigns.unschedule(campaign, by=None, now=now, note=str(error))
            notices.not_launched(campaign, str(error), now=now)


def _close(campaign: Campaign, now: datetime) -> None:
    campaigns.close(campaign, by=None, now=now)


def _halt(campaign: Campaign, now: datetime) -> None:
    """A position ended, or anything else is not as it was approved: held until somebody has looked at it."""
    if why := approval.why_not(campaign):
        with transaction.atomic():
            campaigns.pause(campaign, by=None, now=now, note=why)
            notices.halted(campaign, why, now=now)


def _remind(campaign: Campaign, now: datetime) -> None:
    """At most two reminders (DOMAIN.md §7), never close upon another ask; the one on the last day goes first."""
    purpose = _due_reminder(campaign, now)
    if purpose and mailings.can_begin(campaign, purpose):
        with transaction.atomic():
            mailings.begin(campaign, purpose, by=None, now=now)


def _due_reminder(campaign: Campaign, now: datetime) -> Purpose | None:
    asks = {one.purpose: one for one in campaign.mailings.filter(purpose__in=ASKS)}
    launch = asks.get(Purpose.LAUNCH)
    if launch is None or any(one.state != MailingState.SENDING for one in asks.values()):
        return None
    if now - max(one.begun_at for one in asks.values()) < LEAST_BETWEEN_ASKS:
        return None
    if is_last_day(campaign, now):
        return None if Purpose.LAST_DAY in asks else Purpose.LAST_DAY
    at = reminder_at(campaign, launch.begun_at)
    return Purpose.REMINDER if Purpose.REMINDER not in asks and at and at <= now else None
