"""The words by which a supporter agrees to further mail, as the page shows them and the ledger keeps them."""

from django.utils.translation import gettext as _

from campaigns.letterhead import letterhead_of
from members.models import Chapter

VERSION = "action page 2"


def of(chapter: Chapter | None) -> str:
    """In the language that is active, with where the asker is found (CASL, s. 10(1)). None is the society."""
    head = letterhead_of(chapter)
    name = head.frame["holder"]
    if where := ", ".join(filter(None, [*head.postal_address.splitlines(), head.reply_to])):
        words = _(
            "%(name)s (%(where)s) may write to me by e-mail about its campaigns. I can stop this at any time."
        )
        return words % {"name": name, "where": where}
    words = _("%(name)s may write to me by e-mail about its campaigns. I can stop this at any time.")
    return words % {"name": name}


def acknowledgement() -> str:
    """What everybody confirms who takes part (DOMAIN.md W4, 6)."""
    return _("I act as a private citizen, on my own time and with my own device.")
