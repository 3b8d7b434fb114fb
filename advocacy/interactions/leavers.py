"""What of the log points at an official who has left: open follow-ups, and key contacts in force.

The owner decides, and so do the lead and national staff, who look after everybody's.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.actions import followups, key_contacts
from advocacy.interactions.models import FollowUp, KeyContact
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.relationship import KeyContactQuerySet
from legislation.leavers import Pointer, points_at_leaver
from legislation.models import Official
from members.access import reach_of

_TIES = KeyContactQuerySet(KeyContact).select_related("person", "official", "seat", "chapter", "team")


class _FollowUps:
    def of(self, official_ids: list[int], day: date) -> list[Pointer]:
        rows = FollowUp.objects.filter(official__in=official_ids, pk__in=_open().values("pk"))
        return [
            Pointer(row.official_id or 0, FollowUp._meta.label_lower, row.pk, _in_words(row))
            for row in rows.select_related("owner").order_by("due_on", "pk")
        ]

    def decidable_by(self, user: Any, day: date) -> "QuerySet[Any]":
        rows = _open().visible_to(user)
        return rows if reach_of(user).reads_every_shared_record else rows.filter(owner=user)

    def seat_of(self, pk: int) -> int | None:
        return None

    def keep_for_person(self, pk: int, *, by: User, on: date) -> None:
        """It is addressed to the person already."""

    def give_to_successor(self, pk: int, *, successor_id: int, by: User, on: date) -> bool:
        """The same to-do, addressed to whoever sits there now."""
        row = FollowUp.objects.select_related("official").get(pk=pk)
        successor = Official.objects.get(pk=successor_id)
        changed = _open().filter(pk=pk).update(official=successor)
        if changed:
            changes = {"official": [str(row.official), str(successor)]}
            trail.record(by=by, verb="edited", of=row, changes=changes)
        return changed == 1

    def close(self, pk: int, *, by: User, on: date, reason: str) -> bool:
        return followups.cancel(FollowUp.objects.get(pk=pk), by=by, on=on, reason=reason)


class _KeyContacts:
    def of(self, official_ids: list[int], day: date) -> list[Pointer]:
        rows = KeyContactQuerySet(KeyContact).in_force(day).filter(official__in=official_ids)
        return [
            Pointer(
                row.official_id,
                KeyContact._meta.label_lower,
                row.pk,
                key_contacts.in_words(row),
            )
            for row in rows.select_related("person").order_by("pk")
        ]

    def decidable_by(self, user: Any, day: date) -> "QuerySet[Any]":
        return KeyContactQuerySet(KeyContact).decidable_by(user).in_force(day)

    def seat_of(self, pk: int) -> int | None:
        return _TIES.filter(pk=pk).values_list("seat", flat=True).first()

    def keep_for_person(self, pk: int, *, by: User, on: date) -> None:
        key_contacts.keep_for_person(_TIES.get(pk=pk), by=by, on=on)

    def give_to_successor(self, pk: int, *, successor_id: int, by: User, on: date) -> bool:
        """The tie ends with the leaver; the same person begins anew with the successor, in the same rhythm."""
        successor = Official.objects.get(pk=successor_id)
        reason = _("Kept for %(name)s") % {"name": successor}
        return key_contacts.hand_on(_TIES.get(pk=pk), by=by, on=on, reason=reason, to=successor)

    def close(self, pk: int, *, by: User, on: date, reason: str) -> bool:
        return key_contacts.end(_TIES.get(pk=pk), by=by, on=on, reason=reason)


def _open() -> FollowUpQuerySet:
    return FollowUpQuerySet(FollowUp).of_kept_records().open()


def _in_words(row: FollowUp) -> str:
    what = f"{row}: {row.text}" if row.text else str(row)
    return _("%(what)s (%(owner)s, due %(day)s)") % {"what": what, "owner": row.owner, "day": row.due_on}


points_at_leaver.register("follow-up", order=10)(_FollowUps())
points_at_leaver.register(key_contacts.KIND, order=20)(_KeyContacts())
