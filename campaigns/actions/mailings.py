"""The mail of a campaign to its supporters: begun once for each purpose, written in chunks, held, gone on with.

A chunk is one transaction: the checkpoint of the mailing, its recipients and their messages move together. A worker
claims it by an UPDATE that names the checkpoint it has read: of two workers one writes, the other finds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.accounts.models import User
from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns import appeals, approval, audience
from campaigns.appeals import Sheet
from campaigns.errors import NotReady
from campaigns.mailing_work import APPEAL, WRITE
from campaigns.models import (
    ASKS,
    Campaign,
    Contact,
    ContactQuerySet,
    Mailing,
    MailingState,
    ParticipationState,
    Purpose,
    Recipient,
)

CHUNK = 1_000
_LIVES_FOR = timedelta(days=7)
_HEAL_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Written:
    """One chunk: how many readers it had, how many are done, and how many there were at the beginning."""

    count: int
    done: int
    audience: int


def readers_of(campaign: Campaign, purpose: str, now: datetime) -> ContactQuerySet:
    """Whom a mailing looks at: the audience is asked; thanked, and told what came of it, is whoever took part."""
    if purpose in ASKS:
        return audience.audience_of(campaign, now)
    took_part = campaign.participations.filter(state=ParticipationState.COUNTED).order_by()
    return ContactQuerySet(Contact).known().filter(pk__in=took_part.values("contact"))


def can_begin(campaign: Campaign, purpose: Purpose) -> bool:
    """There is an approved text for it, it may be sent now, and every token in it has a value."""
    if campaign.revision is None or not appeals.texts_in(campaign.revision.content, purpose):
        return False
    has_values = not Sheet(campaign, campaign.revision.content, purpose).problem()
    return has_values and approval.lets_write(campaign, purpose)


@transaction.atomic
def begin(campaign: Campaign, purpose: Purpose, *, by: User | None, now: datetime) -> Mailing:
    """Write to everybody whom this is for, under the approved version. Done again it goes on with the mailing there is:
    what was written under an older version and still waits is written anew. Raises NotReady.
    """
    if not approval.lets_write(campaign, purpose):
        raise NotReady([approval.why_not(campaign) or _("The campaign is not live.")])
    count = readers_of(campaign, purpose, now).count()
    fields = {"revision": campaign.revision, "audience": count, "begun_at": now, "begun_by": by}
    mailing, is_new = Mailing.objects.get_or_create(campaign=campaign, purpose=purpose, defaults=fields)
    if is_new or _reopen(mailing, campaign, count, now=now):
        _ask_for_work(mailing, by=by)
    return mailing


@transaction.atomic
def pause(campaign: Campaign) -> None:
    """Write no more; what is written is held in its lane of the outbox."""
    campaign.mailings.filter(state__in=(MailingState.PREPARING, MailingState.SENDING)).update(
        state=MailingState.PAUSED
    )


@transaction.atomic
def go_on(campaign: Campaign, *, now: datetime) -> None:
    """Go on with what was paused, under the version that is approved now."""
    for mailing in campaign.mailings.filter(state=MailingState.PAUSED).order_by("pk"):
        if mailing.revision_id == campaign.revision_id:
            state = MailingState.SENDING if mailing.written_at else MailingState.PREPARING
            campaign.mailings.filter(pk=mailing.pk).update(state=state)
        elif can_begin(campaign, Purpose(mailing.purpose)):
            _reopen(mailing, campaign, readers_of(campaign, mailing.purpose, now).count(), now=now)
        else:
            _take_back(campaign.pk, because=_("The text was taken out."), now=now, purpose=mailing.purpose)
            campaign.mailings.filter(pk=mailing.pk).update(state=MailingState.STOPPED)
    for mailing in campaign.mailings.filter(state=MailingState.PREPARING).order_by("pk"):
        _ask_for_work(mailing, by=None)


@transaction.atomic
def stop(campaign: Campaign, *, now: datetime) -> None:
    """Ask nobody any more: what is not written stays so, and what waits is taken back."""
    asks = campaign.mailings.filter(purpose__in=ASKS)
    asks.exclude(state=MailingState.STOPPED).update(state=MailingState.STOPPED)
    _take_back(campaign.pk, because=_("The campaign is closed."), now=now)


def write_more(mailing_id: int, *, now: datetime) -> Written | None:
    """Write the next chunk. None where there is nothing to do: all is written, it was paused, another does it, or
    the campaign is not what was approved any more.
    """
    mailing = _at_work(mailing_id)
    if mailing is None or not approval.lets_write(mailing.campaign, mailing.purpose):
        return None
    readers = readers_of(mailing.campaign, mailing.purpose, now)
    chunk = list(
        readers.filter(pk__gt=mailing.after).select_related("chapter", "user").order_by("pk")[:CHUNK]
    )
    if not chunk:
        _finish(mailing, now=now)
        return None
    sheet = Sheet(mailing.campaign, mailing.revision.content, mailing.purpose)
    recipients = _recipients(mailing, sheet, chunk, now=now)
    letters = _letters(sheet, recipients)
    with transaction.atomic():
        claimed = Mailing.objects.filter(
            pk=mailing.pk, state=MailingState.PREPARING, after=mailing.after, revision=mailing.revision_id
        )
        if not claimed.update(after=chunk[-1].pk):
            return None
        _post(mailing, recipients, letters, now=now)
    done = mailing.recipients.count()
    return Written(len(chunk), done, max(mailing.audience, done))


def keep_going(*, now: datetime) -> int:
    """Ask for work again where a mailing is unfinished and nobody is at it: its job failed, or was lost."""
    count = 0
    for mailing in Mailing.objects.filter(state=MailingState.PREPARING).order_by("pk"):
        asked = Job.objects.filter(kind=WRITE, arguments__mailing=mailing.pk)
        lately = asked.filter(created_at__gt=now - _HEAL_AFTER)
        if not (asked.unfinished().exists() or lately.exists()):
            _ask_for_work(mailing, by=None)
            count += 1
    return count


def _ask_for_work(mailing: Mailing, *, by: User | None) -> None:
    jobs.enqueue(WRITE, by=by, mailing=mailing.pk)


def _at_work(mailing_id: int) -> Mailing | None:
    """Under another version than the approved one nothing is written."""
    rows = Mailing.objects.filter(
        pk=mailing_id, state=MailingState.PREPARING, revision=F("campaign__revision")
    )
    return rows.select_related("campaign__chapter", "revision").first()


def _finish(mailing: Mailing, *, now: datetime) -> None:
    rows = Mailing.objects.filter(pk=mailing.pk, state=MailingState.PREPARING, after=mailing.after)
    rows.update(state=MailingState.SENDING, written_at=now)


def _reopen(mailing: Mailing, campaign: Campaign, count: int, *, now: datetime) -> bool:
    """Begin again at the first reader where the text was approved anew: whoever has been written to is not again."""
    if mailing.revision_id == campaign.revision_id or mailing.state == MailingState.STOPPED:
        return False
    _take_back(campaign.pk, because=_("The text was approved anew."), now=now, purpose=mailing.purpose)
    # Nothing of these has left, and nothing can: they are written again with the new text.
    unsent = {"message__state": MessageState.CANCELLED, "message__maybe_delivered": False}
    mailing.recipients.filter(**unsent).delete()
    mailing.recipients.skipped_ones().delete()
    Mailing.objects.filter(pk=mailing.pk).update(
        revision=campaign.revision_id, state=MailingState.PREPARING, after=0, audience=count, written_at=None
    )
    mailing.refresh_from_db()
    return True


def _take_back(campaign_id: int, *, because: str, now: datetime, purpose: str = "") -> None:
    purposes = [purpose] if purpose else ASKS
    ours = Recipient.objects.filter(mailing__campaign=campaign_id, mailing__purpose__in=purposes)
    meant = OutboundMessage.objects.filter(pk__in=ours.order_by().values("message"))
    messages.take_back_those(meant, because=because, now=now)


def _recipients(mailing: Mailing, sheet: Sheet, chunk: list[Contact], *, now: datetime) -> list[Recipient]:
    """Each reader of the chunk who is no recipient yet, with the reason where one is skipped."""
    keys = [contact.pk for contact in chunk]
    there = set(mailing.recipients.filter(contact__in=keys).values_list("contact_id", flat=True))
    new = [contact for contact in chunk if contact.pk not in there]
    skips = audience.skips(new, mailing.campaign, now, mailing.purpose)
    rows = []
    for contact in new:
        skip = skips.get(contact.pk)
        rows.append(
            Recipient(
                mailing=mailing,
                contact=contact,
                language=sheet.language_for(contact),
                variant=sheet.variant_for(mailing.pk, contact),
                skipped=skip.reason.value if skip else "",
                decided_at=now,
            )
        )
    return rows


def _letters(sheet: Sheet, recipients: list[Recipient]) -> dict[str, dict[str, Letter]]:
    """By language, each letter under its key: a second one is written only where the first was taken back."""
    found: dict[str, dict[str, Letter]] = {}
    for language, group in _by_language(row for row in recipients if not row.skipped):
        with override(language):
            found[language] = {_key(row): sheet.letter(row) for row in group}
    return found


def _by_language(rows: Iterable[Recipient]) -> Iterable[tuple[str, list[Recipient]]]:
    ordered = sorted(rows, key=lambda row: row.language)
    return [(language, list(group)) for language, group in groupby(ordered, key=lambda row: row.language)]


def _key(row: Recipient) -> str:
    return f"{row.mailing_id}.{row.mailing.revision_id}.{row.contact_id}"


def _post(
    mailing: Mailing, recipients: list[Recipient], letters: dict[str, dict[str, Letter]], *, now: datetime
) -> None:
    written: dict[str, OutboundMessage] = {}
    until = mailing.campaign.closes_at if mailing.purpose in ASKS else now + _LIVES_FOR
    for language, group in letters.items():
        with override(language):
            written |= messages.post_all(APPEAL, group, now=now, expires_at=until)
    for row in recipients:
        row.message = written.get(_key(row))
    Recipient.objects.bulk_create(recipients)
