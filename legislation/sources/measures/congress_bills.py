"""A bill of Congress, from whichever of its two publications it was read, as neutral facts.

Of recorded votes both say only where they are kept, so they count as silent about roll calls: those of the Senate
come from `senate_votes`, with the votes of its members.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from pydantic import ValidationError

from legislation.models.measure_relation import RelationKind
from legislation.models.sponsorship import SponsorRole
from legislation.sources.measures.congress_history import Line, RawLine, history, stages
from legislation.sources.measures.congress_numbers import CongressNumber, bill_type
from legislation.sources.measures.congress_shapes import (
    UpstreamAction,
    UpstreamBill,
    UpstreamLaw,
    UpstreamPerson,
    UpstreamRelated,
    UpstreamSummary,
    UpstreamText,
    UpstreamTitle,
)
from legislation.sources.measures.markup import words_of, words_on_one_line
from legislation.sources.measures.records import (
    MeasureRecord,
    PersonHint,
    Reading,
    Refused,
    RelationFact,
    SponsorFact,
    TextFact,
)
from legislation.sources.shapes import one_line, why

WASHINGTON = ZoneInfo("America/New_York")
_LONGEST_TITLE, _LONGEST_SHORT_NAME, _LONGEST_URL = 2000, 80, 500
_SEAT = re.compile(
    r"\s*\[(?P<party>[A-Z]*)-(?P<state>[A-Z]{2})(?:-(?P<district>[0-9]+|At Large))?\]\s*$", re.IGNORECASE
)
_PACKAGE = re.compile(r"/(?P<name>(?:BILLS|PLAW)-[0-9a-z]+)(?:_uslm)?\.[a-z]+$", re.IGNORECASE)
_FORMATS = ("PDF", "Formatted Text", "Formatted XML")
_AMENDMENTS = {"hamdt": "H.Amdt.", "samdt": "S.Amdt.", "suamdt": "S.Up.Amdt."}


def read_bill(content: object, file: str, fingerprint: str) -> Reading:
    """The record of a bill, or why there is none."""
    try:
        bill = UpstreamBill.model_validate(content)
    except (ValidationError, RecursionError) as problem:
        reason = why(problem) if isinstance(problem, ValidationError) else _("nested too deeply")
        return Refused(file, reason)
    type_ = bill_type(bill.type)
    if type_ is None:
        return Refused(
            file,
            _("%(type)s is none of the eight kinds of measures of Congress.") % {"type": bill.type or "–"},
        )
    number = CongressNumber(bill.congress, type_, bill.number)
    lines = _history(bill)
    return MeasureRecord(
        number.external_id,
        file,
        number.key,
        fingerprint,
        type_.kind,
        title_en=_title(bill),
        short_name=_short_name(bill),
        other_titles=_other_titles(bill),
        summary_en=_summary(bill.summaries),
        subjects=tuple(dict.fromkeys(one_line(subject) for subject in bill.subjects if subject)),
        url=number.url,
        actions=None if lines is None else tuple(line.fact for line in lines),
        stages=None
        if lines is None
        else stages(lines, type_, introduced_on=bill.introduced_date, law=_law(bill.laws)),
        sponsors=_sponsors(bill),
        texts=None if bill.text_versions is None else _texts(bill.text_versions),
        relations=None if bill.related_bills is None else _relations(bill.related_bills, number),
    )


def _history(bill: UpstreamBill) -> list[Line] | None:
    if bill.actions is None:
        return None
    lists = [[_raw(action) for action in bill.actions]]
    for one in bill.amendments:
        name = _AMENDMENTS.get(one.type.lower().replace(".", ""), one.type)
        lists.append([_raw(action, f"{name} {one.number}") for action in one.actions])
    return history(lists)


def _raw(action: UpstreamAction, amendment: str = "") -> RawLine:
    system = action.source_system
    return RawLine(
        action.action_date,
        words_on_one_line(action.text),
        action.action_time,
        action.type,
        action.action_code,
        (system.code or system.name) if system else "",
        amendment,
    )


def _law(laws: list[UpstreamLaw]) -> str:
    return next((f"{law.type} {law.number}".strip() for law in laws if law.number), "")


def _title(bill: UpstreamBill) -> str:
    display = (one.title for one in bill.titles if one.title_type.startswith("Display"))
    return one_line(bill.title or next(display, ""))[:_LONGEST_TITLE]


def _names(bill: UpstreamBill) -> Iterator[tuple[UpstreamTitle, str]]:
    for one in bill.titles:
        if name := one_line(one.title):
            yield one, name


def _short_name(bill: UpstreamBill) -> str:
    """A short title of the whole measure, where it is shorter than the title it goes by."""
    longest = min(_LONGEST_SHORT_NAME, len(_title(bill)) - 1)
    found = (
        name
        for one, name in _names(bill)
        if re.match(r"short title", one.title_type, re.IGNORECASE) and "for portions" not in one.title_type
    )
    return min((name for name in found if len(name) <= longest), key=len, default="")


def _other_titles(bill: UpstreamBill) -> tuple[str, ...]:
    shown = {_title(bill), _short_name(bill)}
    return tuple(dict.fromkeys(name for _one, name in _names(bill) if name not in shown))


def _summary(summaries: list[UpstreamSummary]) -> str:
    """The newest: each step of a measure gets a summary of its own."""
    if not summaries:
        return ""
    return words_of(max(summaries, key=lambda one: (one.action_date or date.min, one.update_date)).text)


def _sponsors(bill: UpstreamBill) -> tuple[SponsorFact, ...] | None:
    """None where only one of the two lists is known: the other would be taken for emptied."""
    if bill.sponsors is None or bill.cosponsors is None:
        return None
    found: dict[str, SponsorFact] = {}
    for one in bill.sponsors:
        _add_sponsor(found, one, SponsorFact(_who(one), SponsorRole.SPONSOR, bill.introduced_date))
    for one in bill.cosponsors:
        fact = SponsorFact(
            _who(one), SponsorRole.COSPONSOR, one.sponsorship_date, one.sponsorship_withdrawn_date
        )
        _add_sponsor(found, one, fact)
    return tuple(found.values())


def _add_sponsor(found: dict[str, SponsorFact], person: UpstreamPerson, fact: SponsorFact) -> None:
    """Whoever withdrew and joined again is listed twice: the name that stands counts, else the last withdrawal."""
    key = person.bioguide_id or fact.who.name
    known = found.get(key)
    if not fact.who.name or (known and (known.withdrawn_on is None or known.role == SponsorRole.SPONSOR)):
        return
    found[key] = fact


def _who(person: UpstreamPerson) -> PersonHint:
    """Names are printed as `Rep. Comer, James [R-KY-1]`; only older files say no more of party and seat than that."""
    printed = person.full_name or person.name
    seat = _SEAT.search(printed)
    party, state, district = person.party, person.state, person.district
    if seat and not state:
        party, state, district = seat["party"], seat["state"], seat["district"] or ""
    if state and district:
        state = f"{state}-{district if district.isdigit() and district != '0' else 'AL'}"
    return PersonHint(
        one_line(_SEAT.sub("", printed))[:200],
        (("bioguide", person.bioguide_id),) if person.bioguide_id else (),
        state.upper(),
        party,
    )


def _texts(versions: list[UpstreamText]) -> tuple[TextFact, ...]:
    """Oldest first. Sources list them newest first and leave one undated: it keeps its place behind the last."""
    placed: list[tuple[date, TextFact]] = []
    day = date.min
    for version in reversed(versions):
        on = day_in_washington(version.date)
        day = on or day
        url = _address(_preferred(version))
        package = _PACKAGE.search(url)
        label = one_line(version.type)[:200]
        key = package["name"] if package else f"{label} {on or ''}".strip()
        if label or package:
            placed.append((day, TextFact(key, label or key, on=on, url=url)))
    by_key = {fact.key: fact for _day, fact in sorted(placed, key=lambda pair: pair[0])}
    return tuple(by_key.values())


def _preferred(version: UpstreamText) -> str:
    """The address a person can read: PDF before text before XML."""

    def rank(type_: str) -> int:
        return _FORMATS.index(type_) if type_ in _FORMATS else len(_FORMATS)

    formats = sorted((one for one in version.formats if one.url), key=lambda one: rank(one.type))
    return formats[0].url if formats else ""


def day_in_washington(written: str) -> date | None:
    """The day of a moment in UTC: 03:59 of the 16th is the evening of the 15th there. None where there is none."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.astimezone(WASHINGTON).date() if moment.tzinfo else moment.date()


def _address(url: str) -> str:
    is_web = url.startswith(("https://", "http://")) and not any(char.isspace() for char in url)
    return url if is_web and len(url) <= _LONGEST_URL else ""


def _relations(related: list[UpstreamRelated], number: CongressNumber) -> tuple[RelationFact, ...]:
    found: dict[str, RelationFact] = {}
    for one in related:
        type_ = bill_type(one.type)
        if type_ is None:
            continue
        other = CongressNumber(one.congress, type_, one.number)
        if other != number:
            fact = RelationFact(other.key, _relation(one, other, number))
            known = found.get(other.external_id)
            if known is None or known.kind != RelationKind.COMPANION:
                found[other.external_id] = fact
    return tuple(found.values())


def _relation(one: UpstreamRelated, other: CongressNumber, number: CongressNumber) -> RelationKind:
    """Identical in the same chamber is a second try, not the twin that the other chamber has."""
    words = " ".join(detail.type for detail in one.relationship_details).lower()
    is_twin = "identical" in words or "companion" in words
    if is_twin and other.type.origin != number.type.origin and other.congress == number.congress:
        return RelationKind.COMPANION
    return RelationKind.RELATED
