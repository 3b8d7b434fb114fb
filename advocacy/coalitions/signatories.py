"""Who signed: as it stands below the letter, and as a table with who approved it."""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from advocacy.coalitions.models import Decision, SignOnLetter
from advocacy.kernel.exports import Table
from advocacy.kernel.folding import fold


class Signatory(NamedTuple):
    """One name below the letter. `approver` and `title` are known to us and stand in no letter."""

    name: str
    approver: str
    title: str
    at: datetime | None
    is_ours: bool = False
    late_reason: str = ""

    @property
    def sort_key(self) -> tuple[str, str]:
        """As people look for a name: É beside E."""
        return fold(self.name), self.name


def signatories(letter: SignOnLetter) -> list[Signatory]:
    """In alphabetical order, ours among them."""
    found = [
        Signatory(
            row.signed_as,
            row.approver_name,
            row.approver_title,
            row.answered_at,
            late_reason=row.late_reason,
        )
        for row in letter.invitations.signed()
    ]
    if letter.decision == Decision.SIGN:
        approver = str(letter.decided_by or "")
        late = letter.late_reason
        found.append(
            Signatory(letter.signed_as, approver, "", letter.decided_at, is_ours=True, late_reason=late)
        )
    return sorted(found, key=lambda one: one.sort_key)


def table_of(letter: SignOnLetter) -> Table:
    columns = [_("Signed as"), _("Approved by"), _("Title"), _("Signed at"), _("Why it came late")]
    place = ZoneInfo(letter.zone)
    rows = [
        (
            one.name,
            one.approver,
            one.title,
            one.at.astimezone(place).replace(tzinfo=None) if one.at else None,
            one.late_reason,
        )
        for one in signatories(letter)
    ]
    return Table(_("Signatories"), columns, rows)
