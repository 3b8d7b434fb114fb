"""What waits until the link in a mail is opened: the letters leave, the act counts, the consent is kept.

Whoever reads that mail may not be who filled in the form, so it says what opening the link does.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from advocacy.kernel import happenings
from campaigns import approval, consent_words, letter_mail
from campaigns.actions import address_proofs, consents
from campaigns.actions.address_proofs import Matter, matters
from campaigns.actions.consents import Evidence
from campaigns.gate.verdict import Verdict
from campaigns.models import (
    AddressProof,
    Campaign,
    Confirmation,
    ConsentSource,
    Doubt,
    GateDecision,
    Letter,
    Method,
    Participation,
    ParticipationState,
    Target,
)
from campaigns.models.participation import LetterQuerySet
from members.access import society_today
from members.taskforce.roster import society_day

# A link stands for one form: who opens theirs sends nothing that a stranger has added with their address.
LETTERS, ACT = "letters", "act"

# Told once for each letter, when it both counts and is done: what supporters send themselves as soon as it counts, what
# the portal sends once the proven address lets it go. What the mail server says later is read, not told.
RECORDED = "action.recorded"


def _follow(proof: AddressProof, now: datetime) -> None:
    """The address is proven: what waited only for that counts and leaves."""
    participation = _of(proof)
    if participation is None:
        return
    if _was_held_for_proof_only(participation):
        moved = Participation.objects.held().filter(pk=participation.pk)
        if moved.update(state=ParticipationState.COUNTED):
            record(participation.letters.all(), now=now)
        participation.refresh_from_db(fields=["state"])
    if participation.wants_news:
        _note_consent(participation, now)
    let_go(participation, now=now)


def _was_held_for_proof_only(participation: Participation) -> bool:
    doubts = tuple(Doubt(code) for code in participation.held_because)
    is_held = participation.state == ParticipationState.HELD
    return is_held and Verdict(GateDecision.HOLD, doubts).is_settled_by_proof


def ask_where_nobody_did(participation: Participation, now: datetime) -> None:
    """Nothing is mailed on the word of a robot; now that staff know better, the link that proves the address goes."""
    asked = AddressProof.objects.filter(purpose=LETTERS, contact=participation.contact_id)
    keys = participation.letters.filter(pk__in=asked.values("subject_id")).order_by().values("form_key")
    waiting = participation.letters.filter(confirmation=Confirmation.WAITING).exclude(form_key__in=keys)
    if letter := waiting.order_by("pk").first():
        language = participation.language
        address_proofs.ask(
            participation.contact, purpose=LETTERS, subject_id=letter.pk, language=language, now=now
        )


def let_go(participation: Participation, *, now: datetime) -> None:
    """Post the letters that wait, once the act counts and the address is proven for the form they came with."""
    if participation.state != ParticipationState.COUNTED:
        return
    proven = AddressProof.objects.filter(
        purpose=LETTERS, contact=participation.contact_id, proven_at__isnull=False
    )
    keys = participation.letters.filter(pk__in=proven.values("subject_id")).values("form_key")
    waiting = participation.letters.filter(
        confirmation=Confirmation.WAITING, message=None, form_key__in=keys.order_by()
    )
    rows = waiting.select_related("participation__contact", "participation__campaign", "target__rule")
    in_office = _written_to(waiting, society_day(now))
    left = []
    for letter in rows.order_by("pk"):
        may_leave = letter.target_id in in_office and _is_still_sent(letter.participation.campaign)
        message = letter_mail.post(letter, now=now) if may_leave else None
        confirmation = Confirmation.WAITING if message else Confirmation.FAILED
        if waiting.filter(pk=letter.pk).update(message=message, confirmation=confirmation) and message:
            left.append(letter.pk)
    happenings.tell(RECORDED, left, at=now)


def record(letters: Iterable[Letter], *, now: datetime) -> None:
    """Those that supporters send themselves: their act counts from here on."""
    own = [one.pk for one in letters if one.method != Method.PORTAL_EMAIL]
    happenings.tell(RECORDED, own, at=now)


def _is_still_sent(campaign: Campaign) -> bool:
    revision = approval.of(campaign) if campaign.status in letter_mail.STILL_SENT else None
    return revision is not None and approval.holds_positions(campaign, revision.content)


def _written_to(written: LetterQuerySet, day: date) -> set[int]:
    """Of the targets of these letters, those that are written to on that day."""
    named = written.order_by().values("target")
    return set(Target.objects.written_to(day).filter(pk__in=named).order_by().values_list("pk", flat=True))


def _note_consent(participation: Participation, now: datetime) -> None:
    with override(participation.language):
        words = consent_words.of(participation.campaign.chapter)
    evidence = Evidence(
        source=ConsentSource.FORM,
        words=words,
        words_version=consent_words.VERSION,
        language=participation.language,
        page_url=participation.campaign.public_url(participation.language),
    )
    consents.give(participation.contact, chapter=participation.campaign.chapter, evidence=evidence, now=now)


def _of(proof: AddressProof) -> Participation | None:
    rows = Participation.objects.select_related("campaign__chapter", "contact")
    subject = "letters" if proof.purpose == LETTERS else "pk"
    return rows.filter(contact=proof.contact_id, **{subject: proof.subject_id}).first()


def _words(proof: AddressProof) -> str:
    """What opening the link does, for whoever reads the mail: perhaps not who filled in the form."""
    participation = _of(proof)
    if participation is None:
        return _("There is nothing waiting for this address.")
    about = {"campaign": participation.campaign.name_in(proof.language), "name": participation.signed_as}
    key = Letter.objects.filter(pk=proof.subject_id or 0).values("form_key")
    by_portal = participation.letters.filter(method=Method.PORTAL_EMAIL, form_key__in=key)
    rows = list(by_portal.select_related("target__official")) if proof.purpose == LETTERS else []
    in_office = _written_to(by_portal, society_today())
    left = [str(one.target) for one in rows if one.message_id is None and one.target_id not in in_office]
    return " ".join(filter(None, (_going(about, len(rows) - len(left)), _not_going(left))))


def _going(about: dict[str, str], count: int) -> str:
    if count == 0:
        return _("It confirms that you took part in “%(campaign)s”, as %(name)s.") % about
    return ngettext(
        "It sends your letter for “%(campaign)s”, signed %(name)s, to %(count)d office.",
        "It sends your letters for “%(campaign)s”, signed %(name)s, to %(count)d offices.",
        count,
    ) % (about | {"count": count})


def _not_going(offices: list[str]) -> str:
    """Who left office, or is left alone, since the letter was written."""
    if not offices:
        return ""
    words = _("Nothing is sent to %(offices)s: this office is not written to any more.")
    return words % {"offices": ", ".join(offices)}


for _purpose in (LETTERS, ACT):
    matters.register(_purpose)(Matter(words=_words, follow=_follow))
