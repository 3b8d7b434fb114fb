"""What everybody who works with the portal agrees to, in one place. New words need a new version."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TERMS_VERSION = "2026-11"


@dataclass(frozen=True)
class Term:
    """One thing a person agrees to: `statement` is what they tick, `explanation` what it means."""

    key: str
    title: "StrOrPromise"
    statement: "StrOrPromise"
    explanation: "StrOrPromise"


TERMS = (
    Term(
        key="nonpartisan",
        title=_("Nonpartisan conduct"),
        statement=_("I keep party politics and elections out of what I do for the society."),
        explanation=_(
            "No support for or against candidates or parties, no campaign money, and no notes on either. "
            "Meeting candidates is for education that is offered to all of them."
        ),
    ),
    Term(
        key="confidentiality",
        title=_("Confidentiality"),
        statement=_("I keep what I read here inside the circle it was written for."),
        explanation=_(
            "Notes for the chapter and restricted notes are not passed on, mailed, or discussed outside. "
            "Your access ends with your role."
        ),
    ),
    Term(
        key="lists",
        title=_("Use of lists"),
        statement=_("I use names and addresses from the portal only for the chapter's advocacy."),
        explanation=_(
            "Not for elections within the society, not for business, and never outside of it. "
            "Whoever asked not to be written to is not written to."
        ),
    ),
    Term(
        key="registration",
        title=_("The law on contacts with officials"),
        statement=_(
            "I know that registration laws may apply to me, also as a volunteer, and I ask when unsure."
        ),
        explanation=_(
            "Some states and provinces make even unpaid volunteers register or report. "
            "The portal shows what is known for your jurisdictions; national staff answer questions."
        ),
    ),
)
TERM_KEYS = frozenset(term.key for term in TERMS)
