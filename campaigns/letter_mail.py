"""A supporter's letter as mail to an office: from our domain in their name, answered to their own address.

An office that answers reaches the constituent; a bounce reaches us. Nothing in it says that it came from a list,
because it did not: one person wrote it, to one office (DOMAIN.md W4, 7).
"""

import re
import unicodedata
from collections.abc import Collection
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from advocacy.kernel.postal import NotUnderstood, parse
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter as Mail
from advocacy.outbox.models import SIGNATURE, OutboundMessage
from campaigns.models import Letter, Participation, ParticipationState, Status, Target
from legislation.models import ContactPoint
from members.access import society_today
from members.models import Society

KIND = "campaigns.letter"
LONGEST_NAME = 75
# Signs that mean something in a header, or make a name look like an address.
_NOT_IN_A_NAME = re.compile(r"[@:,;<>()\[\]\\\"“”\x00-\x1f\x7f]+")
# A campaign that was closed lets go what was confirmed in its time.
STILL_SENT = (Status.LIVE, Status.PAUSED, Status.CLOSED, Status.EVALUATED)
_LEFT = gettext_lazy("The office is not written to any more.")
_NOT_THEIRS = gettext_lazy("The office does not publish this address any more.")
_NOT_MEANT = gettext_lazy("The letter or its campaign was taken back.")


def post(letter: Letter, *, now: datetime) -> OutboundMessage | None:
    """Write the mail, in the caller's transaction; None where the office publishes no address any more."""
    to = address_of(letter.target)
    if not to:
        return None
    participation = letter.participation
    mail = Mail(
        to=to,
        subject=one_line(letter.subject)[:300],
        text=body_of(letter),
        why=_("A supporter wrote it on a campaign’s page."),
        scope=participation.campaign.scope,
        sender=sender_of(participation.signed_as),
        headers={"Reply-To": participation.contact.email},
    )
    return messages.post(KIND, mail, key=str(letter.pk), now=now)


def address_of(target: Target) -> str:
    """Where mail for this office goes: the address it publishes now, or nowhere."""
    if target.official_id is None:
        return target.rule.agency_email if target.rule else ""
    points = ContactPoint.objects.emails().filter(official=target.official_id)
    return points.order_by("pk").values_list("value", flat=True).first() or ""


def sender_of(name: str) -> str:
    """`Jane Doe via Society <letters@our.domain>`."""
    society = Society.objects.order_by("pk").first()
    via = _("%(name)s via %(society)s") % {"name": name, "society": society.short_name if society else ""}
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"{clean_name(via)} <{settings.LETTERS_MAILBOX}@{domain}>"


def clean_name(name: str) -> str:
    """A name as it may stand before an address: no sign that could make it another header, or another address."""
    visible = "".join(sign for sign in one_line(name) if unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return " ".join(_NOT_IN_A_NAME.sub(" ", visible).split())[:LONGEST_NAME].strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def body_of(letter: Letter) -> str:
    """The text, and below it who wrote it, where they live, and by what way it came."""
    participation = letter.participation
    with override(participation.language):
        society = str(Society.objects.order_by("pk").first() or "")
        came = _("Sent through %(society)s; written by me, in my own name.") % {"society": society}
        who = filter(None, (participation.signed_as, _spelled(participation.postal_code), came))
    return f"{letter.text.rstrip()}\n{SIGNATURE}" + "\n".join(who) + "\n"


def _spelled(code: str) -> str:
    try:
        return str(parse(code)) if code else ""
    except NotUnderstood:
        return code


def no_longer_meant(mails: Collection[OutboundMessage]) -> dict[int, str]:
    """Asked again just before each leaves: the office is still written to there, and nobody took the letter back."""
    # Asked first before the message has a row of its own: its key names the letter.
    keys = {mail.key: mail.key.rpartition(":")[2] for mail in mails}
    rows = Letter.objects.filter(pk__in=[key for key in keys.values() if key.isdecimal()]).select_related(
        "participation__campaign__revision", "participation__contact", "target__rule"
    )
    by_key = {str(row.pk): row for row in rows}
    officials = [row.target.official_id for row in by_key.values() if row.target.official_id]
    published = ContactPoint.objects.emails().filter(official__in=officials).values_list("official", "value")
    known = {(official, value.strip().lower()) for official, value in published}
    named = Target.objects.filter(pk__in=[row.target_id for row in by_key.values()])
    in_office = set(named.written_to(society_today()).order_by().values_list("pk", flat=True))
    answers = {mail.pk: _why_not(by_key.get(keys[mail.key]), mail, known, in_office) for mail in mails}
    return {pk: str(why) for pk, why in answers.items() if why}


def _why_not(
    row: Letter | None,
    mail: OutboundMessage,
    known: Collection[tuple[int, str]],
    in_office: Collection[int],
) -> str:
    if row is None or not _is_meant(row.participation):
        return str(_NOT_MEANT)
    if row.target_id not in in_office:
        return str(_LEFT)
    official, rule = row.target.official_id, row.target.rule
    theirs = (official, mail.recipient) in known if official else bool(rule and rule.agency_email)
    return "" if theirs else str(_NOT_THEIRS)


def _is_meant(participation: Participation) -> bool:
    counted = participation.state == ParticipationState.COUNTED
    campaign = participation.campaign
    is_backed = campaign.revision is not None and campaign.revision.approves(campaign)
    is_sent = is_backed and campaign.status in STILL_SENT
    return counted and is_sent and not participation.contact.is_erased
