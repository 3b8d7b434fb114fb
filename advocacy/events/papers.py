"""The sheets our papers come on. Both countries print on Letter; whoever prints elsewhere chooses A4."""

from django.db import models
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy

from advocacy.accounts.models import Language


class Sheet(models.TextChoices):
    LETTER = "us-letter", pgettext_lazy("paper", "Letter")
    A4 = "a4", pgettext_lazy("paper", "A4")


def sheet_wanted(query: QueryDict) -> Sheet:
    return Sheet.A4 if query.get("paper") == Sheet.A4 else Sheet.LETTER


def language_wanted(query: QueryDict) -> str:
    """The reader's own unless the address names another."""
    named = query.get("language", "")
    return named if named in Language.values else (get_language() or "en")[:2]
