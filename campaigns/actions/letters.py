"""A supporter takes part: what they wrote is kept, counted once, and leaves in their name once their address is proven.

Nothing here trusts the form about who somebody is. A contact that is known keeps what is known of it; whoever typed its
address has to open the link that is mailed there before a letter leaves, or a consent counts.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.audit.models import Entry
from campaigns import approval, credit, earlier_letters, letter_mail, similarity
from campaigns.actions import address_proofs, arrivals, contacts, letter_proofs, letter_shapes
from campaigns.gate.verdict import SETTLED_BY_PROOF, Verdict
from campaigns.models import (
    CallOutcome,
    Campaign,
    Confirmation,
    Contact,
    Doubt,
    GateDecision,
    Letter,
    Method,
    Participation,
    ParticipationState,
    Recipient,
    Source,
    normalised,
)
from campaigns.place import Place
from members.taskforce.roster import society_day

# Doubts about a further form for which nobody need look: its own proof settles them, or they are about the crowd.
_MAY_COUNT = SETTLED_BY_PROOF | {Doubt.MANY_IN_CAMPAIGN}


class NotOpen(RuntimeError):
    """The campaign was paused or closed while somebody wrote."""


class NotWithoutALook(RuntimeError):
    """Somebody whose act counts already sends more, and staff would have to look at it first.

    What is held is the whole act of a person: what counts already must not be taken from them by whoever types their
    address, and what nobody has looked at must not count with it. So the second form is not taken.
    """


class WrongWay(ValueError):
    """The portal would have to mail an office that publishes no address."""


@dataclass(frozen=True)
class Written:
    """One letter as it is to go: the text whole, and the organisation's part of it as it was filled in."""

    target_id: int
    method: Method
    subject: str
    text: str
    ours: str


@dataclass(frozen=True)
class Act:
    """All that one form says."""

    campaign: Campaign
    name: str
    email: str
    language: str
    place: Place
    letters: tuple[Written, ...]
    own_words: str
    acknowledged: str
    wants_news: bool = False
    recipient: Recipient | None = None
    source: Source = Source.DIRECT


@dataclass(frozen=True)
class Sent:
    """What became of it: the letters that this form brought, and the targets this person had written to before."""

    participation: Participation
    letters: list[Letter]
    already: list[int]


def sent_with(key: str) -> Sent | None:
    """What this form did before: a double click and a repeated request find the same."""
    if not key:
        return None
    with_letters = Letter.objects.filter(form_key=key).order_by().values_list("participation", flat=True)
    # Hardly ever there: so only its number is asked for, and by one index each.
    found = set(
        Participation.objects.filter(key=key).order_by().values_list("pk", flat=True).union(with_letters)
    )
    if not found:
        return None
    participation = Participation.objects.select_related("contact", "campaign").get(pk=min(found))
    return Sent(participation, list(Letter.objects.filter(form_key=key).order_by("pk")), [])


@transaction.atomic
def send(act: Act, *, verdict: Verdict, now: datetime) -> Sent:
    """Keep what somebody sends, once for each key: ask `sent_with` first, here it is only asked of who is known.

    Raises NotOpen, NotWithoutALook and WrongWay.
    """
    campaign = act.campaign
    if not (_is_live(campaign) and campaign.is_open(now)):
        raise NotOpen
    contact, is_stranger = _contact(act, now)
    earlier = None if is_stranger else _earlier(campaign, contact)
    participation, is_new = (earlier, False) if earlier else _participation(act, contact, verdict, now)
    if not is_new:
        # One form of a person after the other, and none while staff judge: each letter is told of once.
        participation = _locked(participation)
        if known := sent_with(verdict.key):
            return known
        _weigh_again(participation, verdict)
    sent = _write(participation, act, key=verdict.key, is_first=is_new, now=now)
    if participation.state == ParticipationState.COUNTED:
        letter_proofs.record(sent.letters, now=now)
    letter_shapes.add(campaign, [(participation.pk, act.letters[0].text)] if is_new and act.letters else [])
    trail.keep(_noted(campaign, contact, is_stranger=is_stranger, took_part=bool(sent.letters) or is_new))
    if _needs_proof(act, sent, verdict) and verdict.may_mail_proof:
        purpose, subject = (
            (letter_proofs.LETTERS, sent.letters[0].pk)
            if sent.letters
            else (letter_proofs.ACT, participation.pk)
        )
        address_proofs.ask(contact, purpose=purpose, subject_id=subject, language=act.language, now=now)
    return sent


def _is_live(campaign: Campaign) -> bool:
    """Live, and under the positions with which it was approved."""
    content = (
        Campaign.objects.live().filter(pk=campaign.pk).values_list("revision__content", flat=True).first()
    )
    return content is not None and approval.holds_positions(campaign, content)


@transaction.atomic
def accept(participation: Participation, *, by: User, now: datetime) -> bool:
    """Staff looked at what was held and let it count. False where somebody was faster."""
    moved = Participation.objects.held().filter(pk=participation.pk)
    if not moved.update(state=ParticipationState.COUNTED, judged_by=by, judged_at=now):
        return False
    participation.refresh_from_db()
    letter_proofs.record(participation.letters.all(), now=now)
    letter_proofs.ask_where_nobody_did(participation, now)
    letter_proofs.let_go(participation, now=now)
    return True


@transaction.atomic
def refuse(participation: Participation, *, by: User, now: datetime) -> bool:
    """Staff looked at what was held: nothing of it counts or leaves. False where somebody was faster."""
    moved = Participation.objects.held().filter(pk=participation.pk)
    return bool(moved.update(state=ParticipationState.REFUSED, judged_by=by, judged_at=now))


def tell(letter: Letter, *, now: datetime, outcome: str = "") -> bool:
    """The supporter says that they sent it, or how the call went. It stays self-reported. False for ours."""
    own = Letter.objects.exclude(method=Method.PORTAL_EMAIL).filter(pk=letter.pk)
    said = {"call_outcome": outcome} if outcome in CallOutcome.values and letter.method == Method.CALL else {}
    return bool(own.update(told_at=now, **said))


def _contact(act: Act, now: datetime) -> tuple[Contact, bool]:
    """Found by the address, or made; and whether it was made.

    What is known of somebody is never changed by what a stranger may have typed.
    """
    address = normalised(act.email)
    if known := Contact.objects.at(address).select_related("chapter").first():
        return known, False
    contact = Contact(
        email=address,
        full_name=act.name,
        language=act.language,
        country=act.place.country,
        region=act.place.region,
        postal_code=act.place.code,
        added_at=now,
    )
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError:
        # Somebody with the same address was faster by a moment.
        return Contact.objects.select_related("chapter").get(email=address), False
    return contact, True


def _noted(campaign: Campaign, contact: Contact, *, is_stranger: bool, took_part: bool) -> Iterator[Entry]:
    nameless = contacts.nameless(contact)
    if is_stranger:
        yield trail.entry(by=None, verb="added", of=nameless)
    if took_part:
        yield trail.entry(by=None, verb="took part", of=campaign, reason=str(nameless))


def _earlier(campaign: Campaign, contact: Contact) -> Participation | None:
    rows = Participation.objects.select_related("contact", "campaign")
    return rows.filter(campaign=campaign, contact=contact).order_by().first()


def _participation(act: Act, contact: Contact, verdict: Verdict, now: datetime) -> tuple[Participation, bool]:
    is_held = verdict.decision == GateDecision.HOLD
    own, is_personalised, likeness = _measured(act)
    made = Participation(
        campaign=act.campaign,
        contact=contact,
        revision=act.campaign.revision,
        recipient=act.recipient if act.recipient and act.recipient.contact_id == contact.pk else None,
        chapter=credit.chapter_for(act.campaign, contact, act.place),
        key=verdict.key,
        signed_as=act.name,
        language=act.language,
        source=Source.MAIL if act.recipient else act.source,
        postal_code=act.place.code,
        divisions=list(act.place.divisions),
        state=ParticipationState.HELD if is_held else ParticipationState.COUNTED,
        held_because=[str(doubt) for doubt in verdict.doubts],
        own_words=act.own_words,
        own_share=own,
        is_personalised=is_personalised,
        likeness=likeness,
        acknowledged=act.acknowledged,
        wants_news=act.wants_news,
        at=now,
    )
    if made.recipient:
        arrivals.note_by(made.recipient, now=now)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        # Another form of the same person, or the same form once more, was faster by a moment.
        rows = Participation.objects.select_related("contact", "campaign")
        faster = rows.filter(Q(campaign=act.campaign, contact=contact) | Q(key=verdict.key))
        return faster.order_by("pk")[0], False
    return made, True


def _locked(participation: Participation) -> Participation:
    rows = Participation.objects.select_for_update(of=("self",)).select_related("contact", "campaign")
    return rows.get(pk=participation.pk)


def _weigh_again(participation: Participation, verdict: Verdict) -> None:
    """A further form of somebody we know. What is held already is held for its doubts too.

    That many others take part at once says nothing about somebody whose act counted before the flood.
    """
    doubts = [str(doubt) for doubt in verdict.doubts if doubt not in participation.held_because]
    if verdict.decision != GateDecision.HOLD or not doubts:
        return
    if participation.state == ParticipationState.HELD:
        participation.held_because = [*participation.held_because, *doubts]
        Participation.objects.held().filter(pk=participation.pk).update(
            held_because=participation.held_because
        )
    elif participation.state == ParticipationState.COUNTED and not _MAY_COUNT.issuperset(verdict.doubts):
        raise NotWithoutALook


def _measured(act: Act) -> tuple[int, bool, int]:
    """How much of it is their own, whether that counts as personalised, and how much it resembles others' letters."""
    if not act.letters:
        return (100 if act.own_words else 0), bool(act.own_words), 0
    first = act.letters[0]
    own = similarity.own_words(first.text, first.ours)
    likeness = earlier_letters.meter(first.text, ours=first.ours, campaign=act.campaign).crowd.closest_percent
    return own.percent, own.is_personal, likeness


def _write(participation: Participation, act: Act, *, key: str, is_first: bool, now: datetime) -> Sent:
    """Each target once, whichever form brings it. Raises WrongWay."""
    _check_ways(act, now)
    rows = []
    for one in act.letters:
        by_portal = one.method == Method.PORTAL_EMAIL
        rows.append(
            Letter(
                participation=participation,
                target_id=one.target_id,
                method=one.method,
                confirmation=Confirmation.WAITING if by_portal else Confirmation.SELF_REPORTED,
                subject=one.subject,
                text=one.text,
                fingerprint=hashlib.sha256(one.text.encode()).hexdigest(),
                form_key=key,
                at=now,
            )
        )
    if is_first:
        return Sent(participation, Letter.objects.bulk_create(rows), [])
    Letter.objects.bulk_create(rows, ignore_conflicts=True)
    ours = list(participation.letters.filter(form_key=key).order_by("pk"))
    written = {one.target_id for one in ours}
    return Sent(participation, ours, [one.target_id for one in act.letters if one.target_id not in written])


def _check_ways(act: Act, now: datetime) -> None:
    """That each office is still written to, and can be reached. Raises WrongWay."""
    asked = {one.target_id for one in act.letters}
    by_portal = {one.target_id for one in act.letters if one.method == Method.PORTAL_EMAIL}
    targets = act.campaign.targets.filter(pk__in=asked).written_to(society_day(now)).order_by()
    if asked.difference(targets.values_list("pk", flat=True)):
        raise WrongWay(_("This office is not written to any more."))
    for target in targets.filter(pk__in=by_portal).select_related("rule"):
        if not letter_mail.address_of(target):
            raise WrongWay(_("This office publishes no e-mail address any more. Choose another way."))


def _needs_proof(act: Act, sent: Sent, verdict: Verdict) -> bool:
    by_portal = any(one.confirmation == Confirmation.WAITING for one in sent.letters)
    return by_portal or act.wants_news or verdict.is_settled_by_proof
