"""The organisation's text as one supporter gets it for one office, and how their own paragraph joins it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from advocacy.kernel.merge_fields import FieldProblem
from advocacy.positions.models import Position
from advocacy.positions.use import usable_for
from campaigns import tokens
from campaigns.act.shown import Shown
from campaigns.models import Target
from campaigns.tokens import Writer
from legislation.models import Measure
from members.models import Society

_BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


class NoText(LookupError):
    """The text cannot be filled in for this office: a position ended, or the record lost what a token names."""


class Draft(NamedTuple):
    subject: str
    body: str
    prompt: str
    language: str


@dataclass(frozen=True)
class Basis:
    """What all letters of a campaign share, whoever writes them: its measures, and where we stand on each."""

    shown: Shown
    day: date
    measures: list[Measure]
    positions: dict[int, Position]
    society: str

    @property
    def has_positions(self) -> bool:
        """Whether every measure still has the position under which the campaign was approved."""
        stood = {one["id"]: one["position"] for one in self.shown.content["measures"]}
        return {pk: one.position for pk, one in self.positions.items()} == stood


def basis_of(shown: Shown, day: date) -> Basis:
    order = {pk: place for place, pk in enumerate(shown.measure_ids)}
    rows = Measure.objects.filter(pk__in=order).select_related("session")
    measures = sorted(rows, key=lambda one: order[one.pk])
    held = {one.pk: usable_for(one, shown.campaign.chapter) for one in measures}
    positions = {pk: position for pk, position in held.items() if position}
    return Basis(shown, day, measures, positions, str(Society.objects.order_by("pk").first() or ""))


class Drafts:
    """The letters of one writer."""

    def __init__(self, basis: Basis, writer: Writer) -> None:
        self._basis, self._writer = basis, writer

    def of(self, target: Target) -> Draft:
        """Raises NoText."""
        basis = self._basis
        text = basis.shown.text_for(target.group)
        values = tokens.letter_values(
            basis.shown.campaign,
            target,
            self._writer,
            language=text.language,
            day=basis.day,
            positions=basis.positions,
            measures=basis.measures,
            society=basis.society,
        ) | {"ask": basis.shown.ask_in(text.language)}
        try:
            subject, body = (tokens.fill_letter(one, values) for one in (text.subject, text.body))
        except FieldProblem as problem:
            raise NoText(problem.name) from problem
        return Draft(subject, lines(body), text.prompt, text.language)


def lines(text: str) -> str:
    """One way to end a line, and none at the end of the text."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def joined(body: str, own_words: str) -> str:
    """Their own paragraph follows greeting and first line, which an office sorts by, and stands before the closing."""
    body, own_words = lines(body), lines(own_words)
    if not own_words:
        return body
    parts = _BETWEEN_PARAGRAPHS.split(body)
    if len(parts) == 1:
        return f"{body}\n\n{own_words}".strip()
    place = min(2, len(parts) - 1)
    return "\n\n".join([*parts[:place], own_words, *parts[place:]])
