"""The public record is open to everybody who is signed in, and to nobody else."""

from typing import Self, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models

from advocacy.accounts.models import User
from advocacy.kernel.folding import terms

Row = TypeVar("Row", bound=models.Model)


class PublicRecordQuerySet(models.QuerySet[Row]):
    """Rows that would be true without us: no chapter owns them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if user.is_active and user.is_authenticated else self.none()


class SearchableQuerySet(PublicRecordQuerySet[Row]):
    """Rows with a folded `search_text` of their own."""

    def search(self, text: str) -> Self:
        """Rows that contain every word of `text`, in any order, whatever its accents, hyphens or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


def in_language(language: str | None, english: str, french: str) -> str:
    """The French wording for a French reader where there is one; otherwise whichever wording exists."""
    if (language or "").startswith("fr"):
        return french or english
    return english or french
