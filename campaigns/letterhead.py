"""Who writes to supporters, on whose behalf, and where they are found.

Every mail to many says so: its law asks for the names, a postal address, and a way to write back (CASL, s. 6(2);
CAN-SPAM).
"""

import re
from dataclasses import dataclass
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import override

from advocacy.accounts.models import Language
from members.models import Chapter, Society

_QUOTES = re.compile(r'["\\]')


def one_line(text: str) -> str:
    """Fit for a header: no line break, no sign that prints nothing or turns the direction of writing."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


@dataclass(frozen=True)
class Letterhead:
    """Of a chapter, or of the society itself."""

    chapter: Chapter | None
    society: Society | None

    @property
    def frame(self) -> dict[str, str]:
        """For the templates, in the language that is active."""
        society = self.society.name if self.society else ""
        return {
            "holder": str(self.chapter) if self.chapter else society,
            "society": society if self.chapter else "",
            "postal_address": self.postal_address,
            "contact_email": self.reply_to,
        }

    @property
    def postal_address(self) -> str:
        """A chapter without one has the society's."""
        own = self.chapter.postal_address if self.chapter else ""
        return own or (self.society.postal_address if self.society else "")

    @property
    def reply_to(self) -> str:
        own = self.chapter.contact_email if self.chapter else ""
        return own or (self.society.contact_email if self.society else "")

    @property
    def headers(self) -> dict[str, str]:
        return {"Reply-To": self.reply_to} if self.reply_to else {}

    @property
    def sender(self) -> str:
        """In the name of whoever runs it, from the portal's own address; the same in every language."""
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        with override(Language.ENGLISH):
            short = self.society.short_name if self.society else ""
            name = one_line(str(self.chapter) if self.chapter else short)
        return f'"{_QUOTES.sub("", name)}" <{address}>'


def letterhead_of(chapter: Chapter | None) -> Letterhead:
    return Letterhead(chapter, Society.objects.order_by("pk").first())
