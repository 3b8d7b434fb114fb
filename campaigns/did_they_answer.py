"""Three weeks after a letter: did they answer? Each participant is asked once in a campaign (DOMAIN.md W4, 9).

Asked is who has proven the address, may be written to, and wrote to an office that nobody has heard of since. Who may
not be written to is left alone for good: the question is not kept until they change their mind.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter as Mail
from advocacy.outbox.models import OutboundMessage
from campaigns import audience, consent_state
from campaigns.act import receipts
from campaigns.actions.letters import Sent
from campaigns.appeals import named
from campaigns.contact_links import preference_link
from campaigns.letterhead import Letterhead, letterhead_of, one_line
from campaigns.models import Campaign, Confirmation, Letter, Method, Participation
from campaigns.models.participation import LetterQuerySet, ParticipationQuerySet

KIND = "campaigns.did_they_answer"
ASKED_AFTER = timedelta(weeks=3)
# What is older, from a time when nobody asked, is let rest; the receipt is open for ninety days.
NOT_AFTER = timedelta(days=60)
_BUNDLE = 500
_LEFT = (Confirmation.CONFIRMED, Confirmation.SELF_REPORTED)
_OVER = gettext_lazy("The consent is over, the office answered, or the person asked to be forgotten.")


def ask(*, now: datetime) -> int:
    """Write to everybody whose letter is three weeks old without an answer. Returns how many letters."""
    count = 0
    while bundle := list(_due(now).values_list("pk", flat=True)[:_BUNDLE]):
        count += _ask(bundle, now=now)
    return count


def _due(now: datetime) -> ParticipationQuerySet:
    """Looked at are the oldest first, and each once."""
    rows = ParticipationQuerySet(Participation).counted().filter(asked_back_at=None)
    aged = rows.filter(at__lte=now - ASKED_AFTER, at__gt=now - NOT_AFTER)
    waiting = Exists(_unanswered(now).filter(participation=OuterRef("pk")))
    return aged.filter(waiting, contact__erased_at=None, contact__email_proven_at__isnull=False).order_by(
        "at", "pk"
    )


def _unanswered(now: datetime) -> LetterQuerySet:
    """What went to an office three weeks ago and brought nothing back. A call was answered while it lasted."""
    rows = LetterQuerySet(Letter).filter(reply="", confirmation__in=_LEFT, at__lte=now - ASKED_AFTER)
    return rows.exclude(method=Method.CALL).order_by("pk")


@transaction.atomic
def _ask(keys: Collection[int], *, now: datetime) -> int:
    """One bundle, marked and written together: a task that comes twice finds it done."""
    rows = Participation.objects.select_for_update(of=("self",)).filter(pk__in=keys, asked_back_at=None)
    parts = rows.select_related("contact__user", "contact__chapter", "campaign__chapter")
    letters = Prefetch("letters", queryset=_unanswered(now).select_related("target__official"))
    bundle = list(parts.prefetch_related(letters).order_by("pk"))
    Participation.objects.filter(pk__in=[one.pk for one in bundle]).update(asked_back_at=now)
    heads: dict[int, Letterhead] = {}
    mails = {}
    for one in _still_welcome(bundle, now):
        if one.campaign_id not in heads:
            heads[one.campaign_id] = letterhead_of(one.campaign.chapter)
        mails[str(one.pk)] = _mail(one, heads[one.campaign_id])
    messages.post_all(KIND, mails, now=now)
    return len(mails)


def _still_welcome(bundle: Iterable[Participation], now: datetime) -> Iterable[Participation]:
    """Those who may be written to, as for any mail of the campaign: consent, wishes, and what mail servers said."""
    by_campaign: defaultdict[Campaign, list[Participation]] = defaultdict(list)
    for one in bundle:
        by_campaign[one.campaign].append(one)
    for campaign, some in by_campaign.items():
        contacts = [one.contact for one in some]
        left_alone = {pk for pk, _skip in audience.left_alone(contacts)}
        states = consent_state.states(contacts, campaign.chapter, now)
        for one in some:
            if one.contact_id not in left_alone and states[one.contact_id].may_be_asked:
                yield one


def _mail(participation: Participation, head: Letterhead) -> Mail:
    contact, language = participation.contact, participation.language
    with override(language):
        letters = list(participation.letters.all())
        token = receipts.token_of(Sent(participation, letters, []))
        context = head.frame | {
            "name": named(contact),
            "campaign": participation.campaign.name_in(language),
            "offices": sorted({str(one.target) for one in letters}),
            "link": f"{settings.PORTAL_URL}{reverse('act:receipt', args=[token])}",
            "preferences": preference_link(contact),
        }
        return Mail(
            to=contact.email,
            subject=one_line(render_to_string("campaigns/mail/did_they_answer_subject.txt", context))[:150],
            text=render_to_string("campaigns/mail/did_they_answer.txt", context),
            html=render_to_string("campaigns/mail/did_they_answer.html", context),
            user=contact.user,
            why=_("You get this because you took part in this campaign."),
            scope=participation.campaign.scope,
            sender=head.sender,
            headers=head.headers,
        )


def refused(mails: Collection[OutboundMessage]) -> dict[int, str]:
    """Asked again just before each leaves: they may have told us meanwhile, or have had enough."""
    by_key = {int(mail.key.rpartition(":")[2]): mail for mail in mails}
    now = timezone.now()
    waiting = LetterQuerySet(Letter).filter(reply="", participation=OuterRef("pk"))
    rows = Participation.objects.counted().filter(Exists(waiting), pk__in=by_key, contact__erased_at=None)
    parts = rows.select_related("contact__user", "contact__chapter", "campaign__chapter")
    going = {one.pk for one in _still_welcome(parts, now)}
    return {mail.pk: str(_OVER) for pk, mail in by_key.items() if pk not in going}
