"""The words by which a supporter agrees to further mail, as the page shows them and the ledger keeps them."""

from django.utils.translation import gettext as _

from members.models import Chapter, Society

VERSION = "action page 1"


def of(chapter: Chapter | None) -> str:
    """In the language that is active. None is the society."""
    name = str(chapter) if chapter else str(Society.objects.order_by("pk").first() or "")
    return _("%(name)s may write to me by e-mail about its campaigns. I can stop this at any time.") % {
        "name": name
    }


def acknowledgement() -> str:
    """What everybody confirms who takes part (DOMAIN.md W4, 6)."""
    return _("I act as a private citizen, on my own time and with my own device.")
