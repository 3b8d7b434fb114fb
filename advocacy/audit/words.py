"""An audit entry in words: what a history page shows of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.audit.models import Entry

VERBS: dict[str, str | Promise] = {
    "added": _("added it"),
    "logged": _("logged it"),
    "planned": _("planned it"),
    "drafted": _("began a draft"),
    "edited": _("changed it"),
    "joined": _("joined it"),
    "done": _("marked it as done"),
    "cancelled": _("cancelled it"),
    "moved": _("moved it"),
    "held": _("marked it as held"),
    "checked in": _("checked them in"),
    "check-in undone": _("took the check-in back"),
    "reopened": _("opened it again"),
    "deleted": _("deleted it"),
    "erased": _("erased it"),
    "restored": _("restored it"),
    "opened": _("opened it"),
    "adopted": _("took it on"),
    "assigned": _("assigned it"),
    "released": _("let it go"),
    "sent": _("sent it"),
    "handed over": _("handed it over"),
    "judged": _("judged it"),
    "applied": _("applied it by rule"),
    "proposed": _("proposed it"),
    "approved": _("approved it"),
    "rejected": _("rejected it"),
    "undone": _("took it back"),
    "corrected": _("corrected it"),
    "kept ours": _("kept our value"),
    "took theirs": _("took the source’s value"),
    "decided": _("decided what becomes of it"),
    "requested": _("requested it"),
    "lifted": _("lifted it"),
    "went on": _("contacted the office all the same"),
    "checked": _("found it right"),
    "took back": _("took it back"),
    "reported": _("reported it"),
    "answered": _("answered it"),
    "submitted": _("submitted it"),
    "returned": _("returned it"),
    "accepted": _("accepted it"),
    "excused": _("excused it"),
    "published": _("published it"),
    "took over a proposal": _("took over the proposed schedule"),
    "locked": _("locked it"),
    "restated": _("restated it"),
    "related": _("related it to another"),
    "archived": _("archived it"),
    "wrote a version": _("wrote a version of it"),
    "watched": _("watches it"),
    "no longer watched": _("no longer watches it"),
    "noted": _("wrote a note"),
    "noted stance": _("noted where they stand"),
    "settled": _("settled by the public record"),
    "swept": _("confirmed what became of it"),
    "overruled": _("gave way to the official record"),
    "invited": _("invited others to it"),
    "closed": _("closed it"),
    "tested": _("sent a test of it"),
    "used": _("used it"),
    "announced": _("announced it"),
    "froze": _("closed registration for it"),
    "wrapped up": _("began to wrap it up"),
    "copied": _("copied it"),
    "registered": _("registered"),
    "withdrew": _("withdrew"),
    "gave a place": _("gave a place"),
    "chose alerts": _("chose how soon to hear of changes"),
}


@dataclass(frozen=True)
class Change:
    """One field from an old value to a new one, as text."""

    field: str | Promise
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One entry of a history: who did what when, and what changed by it."""

    entry: Entry
    verb: str | Promise
    changes: list[Change]
    reason: str = ""

    def without_words(self) -> "Line":
        """That something was done, by whom and when, but nothing of what was written."""
        return replace(self, changes=[], reason="")


def in_words(entry: Entry, label: Callable[[str], str | Promise]) -> Line:
    """The entry for a reader; `label` names its fields."""
    changes = [Change(label(name), _text(old), _text(new)) for name, (old, new) in entry.changes.items()]
    return Line(entry, VERBS.get(entry.verb, entry.verb), changes, entry.reason)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
