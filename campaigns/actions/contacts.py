"""Adding, correcting and forgetting contacts, and making contacts of the society's own people.

The audit trail outlives the person: it says which contact was changed, and never the name or the address.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User, UserQuerySet
from advocacy.audit import trail
from advocacy.outbox.actions import erasure
from advocacy.outbox.models import MailPreference, Suppression, fingerprint_of
from advocacy.outbox.streams import Stream
from campaigns.actions import consents, forgetting
from campaigns.models import Contact, HowWithdrawn, ListEntry, normalised
from members.models import Chapter, ChapterTerritory, RoleAssignment
from members.taskforce.roster import society_day

_BUNDLE = 1_000
# What tells who somebody is: the trail says that it changed, not from what to what.
PERSONAL = {
    "full_name": gettext_lazy("name"),
    "email": gettext_lazy("e-mail address"),
    "postal_code": gettext_lazy("ZIP or postal code"),
}
_PLAIN = ("language", "country", "region", "chapter")


class AlreadyThere(ValueError):
    """There is a contact with this address: `contact`."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(_("There is a contact with this e-mail address already."))
        self.contact = contact


class WantsToBeLeftAlone(ValueError):
    """The address is suppressed and nobody's: whoever it belongs to asked to be forgotten, or never was known."""

    def __init__(self) -> None:
        super().__init__(_("This address is suppressed. It is not put back on a list."))


def nameless(contact: Contact) -> Contact:
    """The contact as the trail may name it: by its number."""
    return Contact(pk=contact.pk)


def is_left_alone(address: str) -> bool:
    """Whether campaign mail to this address is suppressed."""
    rows = Suppression.objects.covering([fingerprint_of(address)])
    return rows.filter(stream__in=("", Stream.CAMPAIGN)).exists()


def add(*, email: str, now: datetime, by: User | None = None, verb: str = "added", **fields: Any) -> Contact:
    """A new contact. Raises AlreadyThere, and WantsToBeLeftAlone for an address that is suppressed."""
    address = normalised(email)
    if known := Contact.objects.at(address).first():
        raise AlreadyThere(known)
    if is_left_alone(address):
        raise WantsToBeLeftAlone
    contact = Contact.objects.create(email=address, added_at=now, **fields)
    trail.record(by=by, verb=verb, of=nameless(contact))
    return contact


def correct(contact: Contact, *, by: User | None, verb: str = "edited", **fields: Any) -> bool:
    """Put right what is known of somebody. False where nothing differs. A new address has to be proven again."""
    before = Contact.objects.select_related("chapter").get(pk=contact.pk)
    if "email" in fields:
        fields["email"] = normalised(fields["email"])
    changed = [name for name, value in fields.items() if getattr(before, name) != value]
    if not changed:
        return False
    if "email" in changed:
        if known := Contact.objects.at(fields["email"]).first():
            raise AlreadyThere(known)
        contact.email_proven_at = None
    for name in changed:
        setattr(contact, name, fields[name])
    contact.save()
    plain = [name for name in _PLAIN if name in changed]
    changes = trail.difference(trail.snapshot(before, plain), trail.snapshot(contact, plain))
    personal = [str(label) for name, label in PERSONAL.items() if name in changed]
    trail.record(by=by, verb=verb, of=nameless(contact), changes=changes, reason=", ".join(personal))
    return True


@transaction.atomic
def erase(contact: Contact, *, now: datetime, by: User | None = None) -> bool:
    """Forget the person: the row stays without them, so that what was counted stays counted; the address is left
    alone for good, known only by its fingerprint. False where it is done already.
    """
    address = contact.email
    instead = f"contact-{contact.pk}@{erasure.NOBODYS_DOMAIN}"
    if contact.is_erased or not Contact.objects.known().filter(pk=contact.pk).exists():
        return False
    consents.withdraw(contact, chapter=None, how=HowWithdrawn.ERASURE, now=now, by=by)
    ListEntry.objects.filter(contact=contact).delete()
    forgetting.forget_person(contact, now=now)
    Contact.objects.filter(pk=contact.pk).update(
        email=instead,
        full_name="",
        search_text="",
        postal_code="",
        user=None,
        email_proven_at=None,
        erased_at=now,
    )
    contact.refresh_from_db()
    if not User.objects.filter(email__iexact=address).exists():
        erasure.forget_address(address, instead=instead, now=now)
    trail.record(by=by, verb="erased", of=nameless(contact))
    return True


def for_members(chapters: Collection[Chapter], *, now: datetime) -> int:
    """Make the contacts of everybody with a role in force in these chapters, and keep their addresses current.

    Returns how many are new. Who has stopped campaign mail and was never a contact does not become one.
    """
    roles = RoleAssignment.objects.in_force(society_day(now)).filter(chapter__in=chapters)
    people = UserQuerySet(User).active().filter(pk__in=roles.order_by().values("person"))
    _follow_moves(people)
    off = MailPreference.objects.filter(stream=Stream.CAMPAIGN, is_off=True).values("user")
    new = people.filter(contact=None).exclude(pk__in=off)
    countries, count = _countries(chapters), 0
    while bundle := list(new.order_by("pk")[:_BUNDLE]):
        count += _make(bundle, roles, countries, now=now)
    return count


def _make(people: list[User], roles: Any, countries: dict[int, str], *, now: datetime) -> int:
    """Who stands on a list already is recognised by the address; the others become contacts."""
    by_address = {person.email.lower(): person for person in people}
    known = list(Contact.objects.filter(email__in=by_address))
    for contact in known:
        contact.user = by_address.pop(contact.email)
    Contact.objects.bulk_update(known, ["user"])
    homes = dict(
        roles.filter(person__in=people).order_by("is_primary", "-pk").values_list("person_id", "chapter_id")
    )
    rows = [
        Contact(
            full_name=person.full_name,
            email=address,
            language=person.language,
            chapter_id=homes.get(person.pk),
            country=countries.get(homes.get(person.pk, 0), ""),
            user=person,
            added_at=now,
        )
        for address, person in by_address.items()
    ]
    for row in rows:
        row.search_text = row.found_by()
    Contact.objects.bulk_create(rows)
    return len(rows)


def _follow_moves(people: Any) -> None:
    """Whoever changed the address they sign in with is written to there, unless another contact has it."""
    moved = (
        Contact.objects.filter(user__in=people)
        .annotate(current=Lower("user__email"))
        .exclude(email=F("current"))
        .select_related("user")
    )
    rows = {contact.user.email.lower(): contact for contact in moved if contact.user}
    taken = set(Contact.objects.filter(email__in=rows).values_list("email", flat=True))
    free = [contact for address, contact in rows.items() if address not in taken]
    for contact in free:
        contact.email, contact.email_proven_at = contact.user.email.lower(), None  # type: ignore[union-attr]  # chosen by it
        contact.search_text = contact.found_by()
    Contact.objects.bulk_update(free, ["email", "email_proven_at", "search_text"], batch_size=_BUNDLE)


def _countries(chapters: Iterable[Chapter]) -> dict[int, str]:
    """The country of each chapter whose territory lies in one."""
    found: dict[int, set[str]] = {}
    rows = ChapterTerritory.objects.filter(chapter__in=list(chapters)).values_list(
        "chapter_id", "jurisdiction__country"
    )
    for chapter, country in rows:
        found.setdefault(chapter, set()).add(country)
    return {chapter: countries.pop() for chapter, countries in found.items() if len(countries) == 1}
