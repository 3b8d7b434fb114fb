"""Whether people may be asked today, and on what ground: computed from the ledger and from roles, never stored.

Who lives in Canada, or may live there, is asked only with consent that is express, or implied and not yet over. A role
in the chapter implies it while it lasts and for two years after. Others may be asked until they say no. Who said no is
asked again only after saying yes in so many words; a file, a gift or a new role does not say it for them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.consent_terms import expiry_of
from campaigns.models.consent import Basis, Consent, ConsentKind, ConsentSource, Withdrawal
from campaigns.models.contact import Contact
from members.models import Chapter, RoleAssignment
from members.taskforce.roster import society_day


class Standing(models.TextChoices):
    EXPRESS = "express", _("Express consent")
    IMPLIED = "implied", _("Implied consent")
    UNTIL_NO = "until_no", _("May be asked until they say no")
    LAPSED = "lapsed", _("Implied consent is over")
    NONE = "none", _("No consent on record")
    WITHDRAWN = "withdrawn", _("Said no")


@dataclass(frozen=True)
class ConsentState:
    """`expires_on` is the first day without it; of what lapsed, the day it ended."""

    standing: Standing
    basis: str = ""
    since: date | None = None
    expires_on: date | None = None

    @property
    def may_be_asked(self) -> bool:
        return self.standing in (Standing.EXPRESS, Standing.IMPLIED, Standing.UNTIL_NO)

    def __str__(self) -> str:
        parts = [str(self.standing.label)]
        if self.basis:
            parts.append(str(Basis(self.basis).label))
        if self.expires_on:
            day = formats.date_format(self.expires_on, "DATE_FORMAT")
            parts.append(gettext("until %(day)s") % {"day": day})
        return " · ".join(parts)


@dataclass(frozen=True)
class _Ground:
    """One reason why somebody may be asked; `expires_on` None never ends."""

    kind: str
    basis: str
    since: date
    expires_on: date | None
    given_at: datetime | None = None
    by_file: bool = False

    def ends_after(self, other: "_Ground | None") -> bool:
        if other is None or self.expires_on is None:
            return True
        return other.expires_on is not None and self.expires_on > other.expires_on


def states(contacts: Collection[Contact], chapter: Chapter | None, now: datetime) -> dict[int, ConsentState]:
    """Each contact's state towards this chapter; None is the society. Four queries, however many they are."""
    today, keys = society_day(now), [contact.pk for contact in contacts]
    grounds = _in_the_ledger(keys, chapter)
    for pk, ground in _in_roles(contacts, chapter, today):
        grounds[pk].append(ground)
    refused = _refusals(keys, chapter)
    return {
        contact.pk: _state(contact, grounds[contact.pk], refused.get(contact.pk), today)
        for contact in contacts
    }


def _in_the_ledger(keys: Collection[int], chapter: Chapter | None) -> defaultdict[int, list[_Ground]]:
    found: defaultdict[int, list[_Ground]] = defaultdict(list)
    rows = Consent.objects.binding(chapter).filter(contact__in=keys).order_by("given_at", "pk")
    for row in rows.values_list(
        "contact_id", "kind", "basis", "basis_on", "expires_on", "given_at", "source"
    ).iterator():
        found[row[0]].append(_Ground(*row[1:6], by_file=row[6] == ConsentSource.IMPORT))
    return found


def _in_roles(
    contacts: Iterable[Contact], chapter: Chapter | None, today: date
) -> Iterable[tuple[int, _Ground]]:
    """Whoever has a role is a member for as long as it lasts; who had one, was."""
    by_user = {contact.user_id: contact.pk for contact in contacts if contact.user_id}
    roles = RoleAssignment.objects.filter(person__in=by_user, starts_on__lte=today).order_by("pk")
    if chapter is not None:
        roles = roles.filter(chapter=chapter)
    for person, starts_on, ends_on in roles.values_list("person_id", "starts_on", "ends_on").iterator():
        until = expiry_of(Basis.MEMBERSHIP, ends_on) if ends_on else None
        yield by_user[person], _Ground(ConsentKind.IMPLIED, Basis.MEMBERSHIP, starts_on, until)


def _refusals(keys: Collection[int], chapter: Chapter | None) -> dict[int, datetime]:
    rows = Withdrawal.objects.binding(chapter).filter(contact__in=keys).order_by("contact")
    latest = rows.values("contact").annotate(latest=models.Max("effective_at"))
    return dict(latest.values_list("contact", "latest"))


def _state(
    contact: Contact, grounds: Collection[_Ground], refused_at: datetime | None, today: date
) -> ConsentState:
    if refused_at is not None:
        grounds = [ground for ground in grounds if _overrules(ground, refused_at)]
        if not grounds:
            return ConsentState(Standing.WITHDRAWN, since=refused_at.date())
    express = [ground for ground in grounds if ground.kind == ConsentKind.EXPRESS]
    if express:
        return ConsentState(Standing.EXPRESS, express[-1].basis, express[-1].since)
    longest: _Ground | None = None
    for ground in grounds:
        longest = ground if ground.ends_after(longest) else longest
    return _implied(contact, longest, today)


def _implied(contact: Contact, longest: _Ground | None, today: date) -> ConsentState:
    if longest and (longest.expires_on is None or today < longest.expires_on):
        return ConsentState(Standing.IMPLIED, longest.basis, longest.since, longest.expires_on)
    if not contact.is_under_canadian_law:
        return ConsentState(Standing.UNTIL_NO)
    if longest:
        return ConsentState(Standing.LAPSED, longest.basis, longest.since, longest.expires_on)
    return ConsentState(Standing.NONE)


def _overrules(ground: _Ground, refused_at: datetime) -> bool:
    """They said yes in so many words after they had said no."""
    if ground.kind != ConsentKind.EXPRESS or ground.by_file:
        return False
    return ground.given_at is not None and ground.given_at > refused_at
