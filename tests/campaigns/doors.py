"""Everything that opens a campaign to the public or sends its mail, tried one after the other and undone again."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.db import transaction

from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import MessageState
from campaigns import tasks
from campaigns.act import shown
from campaigns.actions import campaigns, clock, letters, mailings
from campaigns.actions.letters import Act, NotOpen
from campaigns.audience import audience_of
from campaigns.errors import NotReady, NotWhatWasApproved, WrongStatus
from campaigns.gate.verdict import Verdict
from campaigns.models import Campaign, GateDecision, Mailing, Purpose, Recipient, Revision, Status
from campaigns.place import Place
from tests.campaigns.mailing import write_all
from tests.cast import NOW, Cast

SOON = NOW + timedelta(hours=1)
Door = Callable[[Cast, Campaign], bool]


def _is_live(cast: Cast, campaign: Campaign) -> bool:
    return campaign.is_open(SOON) or Campaign.objects.live().filter(pk=campaign.pk).exists()


def _has_a_page(cast: Cast, campaign: Campaign) -> bool:
    return shown.standing_of(campaign.slug) is not None


def _takes_part(cast: Cast, campaign: Campaign) -> bool:
    act = Act(
        campaign=campaign, name="Jane Doe", email="jane@example.org", language="en", letters=(),
        place=Place(code="77004", country="US", region="TX"), own_words="", acknowledged="As a private citizen.",
    )  # fmt: skip
    letters.send(act, verdict=Verdict(GateDecision.PASS, (), "one"), now=SOON)
    return True


def _is_launched(cast: Cast, campaign: Campaign) -> bool:
    expected = audience_of(campaign, SOON).count()
    campaigns.launch(campaign, by=cast.jordan, now=SOON, expected=expected)
    return True


def _is_scheduled(cast: Cast, campaign: Campaign) -> bool:
    campaigns.schedule(campaign, by=cast.jordan, now=SOON)
    return True


def _is_resumed(cast: Cast, campaign: Campaign) -> bool:
    campaigns.resume(campaign, by=cast.jordan, now=SOON)
    return True


def _is_opened_by_the_clock(cast: Cast, campaign: Campaign) -> bool:
    before = campaign.status
    for bell in (tasks.keep_campaigns, tasks.renew_targets, tasks.settle_letters, tasks.ask_for_answers):
        bell()
    clock.tick(SOON)
    campaign.refresh_from_db()
    return before != Status.LIVE and campaign.status == Status.LIVE


def _is_asked_for(cast: Cast, campaign: Campaign) -> bool:
    """By an action that begins a mailing of any purpose, and a worker who writes it."""
    for purpose in Purpose:
        try:
            with transaction.atomic():
                mailings.begin(campaign, purpose, by=None, now=SOON)
        except NotReady:
            continue
    write_all()
    return _written(campaign)


def _is_written(cast: Cast, campaign: Campaign) -> bool:
    """By the row of a mailing that was put into the table, under whatever version there is."""
    campaign.mailings.all().delete()
    for revision, purpose in zip(Revision.objects.all(), Purpose, strict=False):
        row = Mailing(campaign=campaign, revision=revision, purpose=purpose, audience=1, begun_at=SOON)
        row.save()
        mailings.write_more(row.pk, now=SOON)
    return _written(campaign)


def _leaves(cast: Cast, campaign: Campaign) -> bool:
    """What was written already, when the worker takes it in hand."""
    return any(mail.kind == "campaigns.appeal" for mail in Ledger("w").claim(100, now=SOON))


def _written(campaign: Campaign) -> bool:
    new = Recipient.objects.filter(mailing__campaign=campaign, decided_at=SOON)
    return new.filter(message__state=MessageState.PENDING).exists()


DOORS: dict[str, Door] = {
    "live": _is_live,
    "page": _has_a_page,
    "act": _takes_part,
    "launch": _is_launched,
    "schedule": _is_scheduled,
    "resume": _is_resumed,
    "clock": _is_opened_by_the_clock,
    "mailing": _is_asked_for,
    "writer": _is_written,
    "outbox": _leaves,
}


def open_doors(cast: Cast, campaign: Campaign) -> list[str]:
    """Those that let the campaign through as it stands now."""
    with time_machine.travel(SOON, tick=False):
        return [name for name in DOORS if _opens(name, cast, campaign)]


def _opens(name: str, cast: Cast, campaign: Campaign) -> bool:
    with transaction.atomic():
        try:
            return DOORS[name](cast, Campaign.objects.get(pk=campaign.pk))
        except (NotOpen, NotReady, NotWhatWasApproved, WrongStatus):
            return False
        finally:
            transaction.set_rollback(True)
