"""What the owner of a campaign is told by mail at once: the answer of the review, and what the clock did otherwise."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.accounts.models import User
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from campaigns.mailing_work import NOTICE
from campaigns.models import Campaign, Revision


def decided(campaign: Campaign, revision: Revision, *, now: datetime) -> None:
    """Owner and author learn what the second person said, but for whoever said it."""
    people = {campaign.owner, revision.submitted_by} - {revision.decided_by}
    _tell(people, campaign, f"decided.{revision.pk}", revision.note, event=revision.verdict, now=now)


def not_launched(campaign: Campaign, because: str, *, now: datetime) -> None:
    """Its hour came, and something had changed since the approval."""
    key = f"not launched.{campaign.pk}.{now.isoformat()}"
    _tell([campaign.owner], campaign, key, because, event="not launched", now=now)


def halted(campaign: Campaign, because: str, *, now: datetime) -> None:
    """It was live, and is not what was approved any more."""
    key = f"halted.{campaign.pk}.{now.isoformat()}"
    _tell([campaign.owner], campaign, key, because, event="halted", now=now)


def _tell(
    people: Iterable[User],
    campaign: Campaign,
    key: str,
    note: str,
    *,
    event: str,
    now: datetime,
) -> None:
    for person in sorted(people, key=lambda one: one.pk):
        with override(person.language):
            context = {
                "name": person.get_short_name(),
                "campaign": campaign.name_in(person.language),
                "note": note,
                "event": event,
                "link": f"{settings.PORTAL_URL}{campaign.get_absolute_url()}",
            }
            letter = Letter(
                to=person.email,
                subject=" ".join(render_to_string("campaigns/mail/notice_subject.txt", context).split()),
                text=render_to_string("campaigns/mail/notice.txt", context),
                html=render_to_string("campaigns/mail/notice.html", context),
                user=person,
                why=_("You get this because you work on this campaign."),
            )
            messages.post(NOTICE, letter, key=f"{key}.{person.pk}", now=now)
