"""Where officials stand: words of the public record, and words of colleagues.

`sponsored(bill, reyes)`, `voted(bill, reyes, "yes")`, `noted(dana, bill, reyes, "lean_yes")`.
"""

from datetime import date
from itertools import count
from typing import Any

from advocacy.accounts.models import User
from advocacy.interactions.actions import stances
from advocacy.interactions.entry import AskMade
from advocacy.interactions.models import AskKind, AskResponse, Interaction, OfficialStance
from legislation.models import Measure, Official, RollCall, Source, Sponsorship, Vote
from members.access import chapter_logged_for_first
from tests.cast import TODAY
from tests.factories.log import logged

_numbers = count(1)


def sponsored(bill: Measure, official: Official, **fields: Any) -> Sponsorship:
    known: dict[str, Any] = {"role": "cosponsor", "on": date(2027, 2, 1)}
    return Sponsorship.objects.create(measure=bill, official=official, name=official.name, **(known | fields))


def voted(
    bill: Measure, official: Official, option: str, on: date = date(2027, 2, 5), motion: str = "Third reading"
) -> Vote:
    source, _ = Source.objects.get_or_create(key="register", defaults={"name": "A register"})
    roll_call = RollCall.objects.create(
        measure=bill, source=source, external_id=f"v{next(_numbers)}", on=on, motion=motion
    )
    return Vote.objects.create(roll_call=roll_call, official=official, name=official.name, option=option)


def noted(by: User, bill: Measure, official: Official, stance: str, **fields: Any) -> OfficialStance:
    known: dict[str, Any] = {
        "evidence": "said_directly",
        "as_of": TODAY,
        "confidentiality": "shared",
        "chapter": chapter_logged_for_first(by),
    }
    return stances.note(
        by=by, official=official, measure=bill, stance=stance, today=TODAY, **(known | fields)
    )


def asked(
    by: User,
    bill: Measure,
    official: Official,
    kind: str = AskKind.COSPONSOR,
    response: str = AskResponse.AGREED,
    stance: str = "",
    **fields: Any,
) -> Interaction:
    """A meeting in the log at which this was asked of the official."""
    made = AskMade(
        kind=kind,
        response=response,
        official=official,
        measure=bill,
        stance=stance,
        evidence="via_staff" if stance else "",
    )
    return logged(by, [official], measures=[bill], asks=[made], **fields)
