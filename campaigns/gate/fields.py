"""What a public form carries for the gate: drawn by templates/campaigns/gate/fields.html, read back here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from campaigns.gate import form_token

TOKEN, WORK = "form_token", "form_work"
# A name that robots like to fill in, and that browsers do not fill in by themselves.
TRAP = "homepage"


@dataclass(frozen=True)
class GateFields:
    """For the template. The names of the fields are here, so that they stand in one place."""

    token: str
    challenge_url: str
    token_name: str = TOKEN
    work_name: str = WORK
    trap_name: str = TRAP


@dataclass(frozen=True)
class Answers:
    """What came back."""

    token: str
    work: str
    trap: str


def fields_for(campaign_id: int, *, now: datetime, sent: Mapping[str, str] | None = None) -> GateFields:
    """For a page that is opened; or shown again with what was `sent`, while its token is still good."""
    token = (sent or {}).get(TOKEN, "")
    known = form_token.read(token, campaign_id, now)
    if known is None or known.age is form_token.Age.TOO_OLD:
        token = form_token.issue(campaign_id, now)
    return GateFields(token, reverse("gate:challenge"))


def answers_in(sent: Mapping[str, str]) -> Answers:
    return Answers(sent.get(TOKEN, ""), sent.get(WORK, ""), sent.get(TRAP, ""))
