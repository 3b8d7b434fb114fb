"""The organisation's text as one supporter gets it for one office, and how their own paragraph joins it."""

import re
from datetime import date
from typing import NamedTuple

from advocacy.kernel.merge_fields import FieldProblem
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


class Drafts:
    """For one page: what all its letters share is asked for once."""

    def __init__(self, shown: Shown, writer: Writer, day: date) -> None:
        self._shown, self._writer, self._day = shown, writer, day
        order = {pk: place for place, pk in enumerate(shown.measure_ids)}
        rows = Measure.objects.filter(pk__in=order).select_related("session")
        self._measures = sorted(rows, key=lambda one: order[one.pk])
        held = {one.pk: usable_for(one, shown.campaign.chapter) for one in self._measures}
        self._positions = {pk: position for pk, position in held.items() if position}
        self._society = str(Society.objects.order_by("pk").first() or "")

    @property
    def has_positions(self) -> bool:
        """Whether every measure still has the position under which the campaign was approved."""
        stood = {one["id"]: one["position"] for one in self._shown.content["measures"]}
        return {pk: one.position for pk, one in self._positions.items()} == stood

    def of(self, target: Target) -> Draft:
        """Raises NoText."""
        text = self._shown.text_for(target.group)
        values = tokens.letter_values(
            self._shown.campaign,
            target,
            self._writer,
            language=text.language,
            day=self._day,
            positions=self._positions,
            measures=self._measures,
            society=self._society,
        ) | {"ask": self._shown.ask_in(text.language)}
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
