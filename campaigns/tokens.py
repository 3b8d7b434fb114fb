"""The merge tokens of a campaign's texts: a closed list of plain strings, filled in one pass.

What a token stands for is computed from the record, never looked up by the text. An office finds the number of the
measure, our position and where the writer lives in the subject and the first line, because it sorts its mail by them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from advocacy.kernel import merge_fields
from advocacy.kernel.merge_fields import FieldProblem
from advocacy.positions.models import Position
from campaigns.models import Campaign, Target
from legislation import titles
from legislation.models import Measure

# Tokens of what supporters send.
LETTER_TOKENS = {
    "official": _("the official with title"),
    "salutation": _("the greeting"),
    "constituency": _("the district of the official, or the place of the writer"),
    "measure": _("number and session of the measure"),
    "position": _("our position on it"),
    "ask": _("what we ask for"),
    "name": _("the writer’s name"),
    "town": _("where the writer lives, or their postal code"),
    "chapter": _("the chapter"),
    "society": _("the society"),
}
# Tokens of our mail to supporters. `link` is their own way to the page.
APPEAL_TOKENS = {
    "name": _("the reader’s name"),
    "campaign": _("the name of the campaign"),
    "measure": _("number and session of the measure"),
    "position": _("our position on it"),
    "ask": _("what we ask for"),
    "chapter": _("the chapter"),
    "society": _("the society"),
    "closes": _("the last day to take part"),
    "participants": _("how many took part"),
    "outcome": _("what happened"),
    "link": _("the reader’s link to the page"),
}
# What an office looks for first.
EXPECTED_FIRST = ("measure", "position", "constituency")


@dataclass(frozen=True)
class Writer:
    """Who sends it, as far as the text tells."""

    name: str
    town: str


def letter_values(
    campaign: Campaign,
    target: Target,
    writer: Writer,
    *,
    language: str,
    day: date,
    positions: Mapping[int, Position],
    measures: list[Measure],
    society: str,
) -> dict[str, str]:
    """What each token of a letter stands for, for one office and one writer."""
    with override(language):
        said = {str(positions[one.pk].get_position_display()) for one in measures if one.pk in positions}
        values = {
            "constituency": target.seat.label_in(language) if target.seat else writer.town,
            "measure": ", ".join(str(one) for one in measures),
            "position": ", ".join(sorted(said)),
            "ask": campaign.ask_in(language),
            "name": writer.name,
            "town": writer.town,
            "chapter": str(campaign.chapter or ""),
            "society": society,
        }
    if target.official is None:
        agency = target.agency_in(language)
        return values | {"official": agency, "salutation": agency}
    return values | {
        "official": titles.titled(target.official, day, language),
        "salutation": titles.address(target.official, day, language).greeting,
    }


def fill_letter(text: str, values: Mapping[str, str]) -> str:
    """Raises FieldProblem for the first token that is unknown or has no value."""
    return merge_fields.fill(text, values, known=LETTER_TOKENS)


def fill_appeal(text: str, values: Mapping[str, str]) -> str:
    """Raises FieldProblem for the first token that is unknown or has no value."""
    return merge_fields.fill(text, values, known=APPEAL_TOKENS)


def problems(text: str, known: Mapping[str, object]) -> Iterator[FieldProblem]:
    """What is wrong with the tokens of a text, whoever reads it: unknown names and broken braces."""
    try:
        merge_fields.fill(text, dict.fromkeys(known, "–"), known=known)
    except FieldProblem as problem:
        yield problem


def used_in(text: str, name: str) -> bool:
    """Whether the text has this token."""
    return name in merge_fields.names_in(text)


def first_line(body: str) -> str:
    """The first line that says something; a greeting alone is none."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    said = [line for line in lines if "salutation" not in line]
    return next(iter(said or lines), "")
