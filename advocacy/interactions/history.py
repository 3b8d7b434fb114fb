"""The history of one contact, as far as its reader may know it."""

from collections.abc import Iterable

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.audit.words import Line, in_words
from advocacy.interactions.models import Impression, Interaction

_LEVEL = "confidentiality"
_SIDES: dict[str, str | Promise] = {
    "offices": _("Offices"),
    "counterparts": _("Whom we met"),
    "participants": _("Our people"),
    "credits": _("Credited chapters"),
    "topics": _("About"),
    "materials": _("Materials left"),
    "asks": _("Asks"),
    "commitments": _("Commitments"),
    "text": _("Impressions"),
}


def history(interaction: Interaction, *, user: User) -> list[Line]:
    """Who changed what, from what to what, newest first.

    What was written under another confidentiality is shown to those who read the record at any: who may change it.
    """
    reads_every_level = Interaction.objects.editable_by(user).filter(pk=interaction.pk).exists()
    rows: list[models.Model] = [
        interaction,
        *Impression.objects.visible_to(user).filter(interaction=interaction),
    ]
    lines = [line for row in rows for line in _lines(row, reads_every_level)]
    return sorted(lines, key=lambda line: (line.entry.at, line.entry.pk), reverse=True)


def _lines(row: models.Model, reads_every_level: bool) -> Iterable[Line]:
    is_of_this_level = True
    for entry in Entry.objects.about(row).select_related("actor"):
        was, _is = entry.changes.get(_LEVEL, ["", ""])
        is_of_this_level = is_of_this_level and not was
        line = in_words(entry, _field_label)
        yield line if reads_every_level or is_of_this_level else line.without_words()


def _field_label(name: str) -> str | Promise:
    if name in _SIDES:
        return _SIDES[name]
    label: str | Promise = Interaction._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return label
