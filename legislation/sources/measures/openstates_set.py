"""Files that were scraped together: bills, and the roll calls that belong to them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

from legislation.models.measure import number_key
from legislation.models.session import SessionKind
from legislation.sources.measures.openstates_facts import fingerprint, measure_record
from legislation.sources.measures.openstates_shapes import UpstreamBill, UpstreamScope, UpstreamVoteEvent
from legislation.sources.measures.openstates_votes import roll_call
from legislation.sources.measures.records import (
    MeasureFile,
    MeasureKey,
    MeasureRecord,
    Reading,
    Refused,
    RollCallFact,
    RollCallRecord,
    SessionFact,
)
from legislation.sources.opening import Document, FileRefused, parse_json
from legislation.sources.places import UNITED_STATES, US_PARTS
from legislation.sources.records import content_hash
from legislation.sources.shapes import one_line, why

_MARK_OF_A_ROLL_CALL = b'"motion_text"'
_MARK_OF_A_CALENDAR = b'"legislative_sessions"'
_MARKS_OF_A_BILL = {"identifier", "legislative_session", "title"}
# What the carrier of the files adds, or draws anew on every run, says nothing about the bill.
_NOT_OF_THE_SOURCE = frozenset({"_processing", "_id", "scraped_at"})
# A roll call names its bill by such an id, too.
_NOT_OF_A_ROLL_CALL = _NOT_OF_THE_SOURCE | {"bill"}
_FOLDERS = {code: place.ocd_id for code, place in US_PARTS.items()} | {"us": UNITED_STATES.ocd_id}
_LONGEST_ID, _DIGEST = 120, 12


class _Call(NamedTuple):
    """A roll call as it was found, until its bill is."""

    file: str
    key: MeasureKey
    content_hash: str
    fact: RollCallFact


class ScrapedSet:
    """What was found goes to `file`: its warnings, and how many votes are listed."""

    def __init__(self, documents: Sequence[Document], file: MeasureFile) -> None:
        self.bills = [one for one in documents if _MARK_OF_A_ROLL_CALL not in one.content]
        self.roll_calls = [one for one in documents if _MARK_OF_A_ROLL_CALL in one.content]
        self.file, self.warnings = file, file.warnings
        self.sessions: dict[tuple[str, str], SessionFact] = {}
        self.calls: dict[str, list[_Call]] = defaultdict(list)
        self.home = self._jurisdiction_of_the_bills()
        self.votes = self.joined = 0
        self.strangers = 0

    def records(self) -> Iterator[Reading]:
        """First the roll calls are read, which are many and small in memory, then each bill takes its own."""
        self._read_calendars()
        for document in self.roll_calls:
            if refused := self._keep(document):
                yield refused
        self.roll_calls = []
        for document in self.bills:
            if found := self._read_bill(document):
                yield found
        for calls in self.calls.values():
            for call in calls:
                yield RollCallRecord(call.file, call.key, call.content_hash, call.fact)
        self._warn()

    def _keep(self, document: Document) -> Refused | None:
        try:
            raw = parse_json(document)
            event = UpstreamVoteEvent.model_validate(raw)
            if not number_key(event.bill_identifier) or not event.legislative_session:
                raise ValueError(_("it names no bill and session"))
            key = MeasureKey(
                self._session(self._home(document), event.legislative_session), event.bill_identifier
            )
            fact = roll_call(
                event, external_id=_roll_call_id(key, event), jurisdiction=key.session.jurisdiction
            )
        except FileRefused as refusal:
            return Refused(document.name, str(refusal))
        except ValueError as problem:
            return Refused(document.name, _reason(problem))
        self.votes += len(event.votes or ())
        self.joined += len(event.votes or ()) - len(fact.votes or ())
        call = _Call(document.name, key, fingerprint(raw, without=_NOT_OF_A_ROLL_CALL), fact)
        self.calls[_measure_id(key)].append(call)
        return None

    def _read_bill(self, document: Document) -> MeasureRecord | Refused | None:
        try:
            raw = parse_json(document)
            if isinstance(raw, dict) and not _MARKS_OF_A_BILL & raw.keys():
                self.strangers += _MARK_OF_A_CALENDAR not in document.content
                return None
            return self._record(document, raw, UpstreamBill.model_validate(raw))
        except FileRefused as refusal:
            return Refused(document.name, str(refusal))
        except ValueError as problem:
            return Refused(document.name, _reason(problem))

    def _record(self, document: Document, raw: dict[str, Any], bill: UpstreamBill) -> MeasureRecord:
        jurisdiction = bill.jurisdiction.id if bill.jurisdiction else self._home(document)
        key = MeasureKey(self._session(jurisdiction, bill.session), bill.identifier)
        # Two files of one bill: the roll calls went with the first, and this one does not speak of them.
        calls = self.calls.pop(_measure_id(key), [])
        calls.sort(key=lambda call: (call.fact.on, call.file))
        return measure_record(
            bill,
            key=key,
            external_id=_measure_id(key),
            file=document.name,
            content_hash=fingerprint(
                raw, *sorted(call.content_hash for call in calls), without=_NOT_OF_THE_SOURCE
            ),
            roll_calls=tuple(call.fact for call in calls) or None,
        )

    def _home(self, document: Document) -> str:
        steps = (step.lower() for step in document.name.split("/")[:-1])
        if found := next((_FOLDERS[step] for step in steps if step in _FOLDERS), self.home):
            return found
        raise ValueError(_("nothing says which jurisdiction it is of"))

    def _jurisdiction_of_the_bills(self) -> str:
        """Where the first bill that says so is from."""
        for document in self.bills:
            try:
                stated = parse_json(document)["jurisdiction"]["id"]
            except (FileRefused, KeyError, TypeError):
                continue
            if isinstance(stated, str):
                return stated
        return ""

    def _session(self, jurisdiction: str, identifier: str) -> SessionFact:
        return self.sessions.get((jurisdiction, identifier)) or SessionFact(jurisdiction, identifier)

    def _read_calendars(self) -> None:
        """The scraper's own file on the jurisdiction, where it is in the set, knows what the sessions are called."""
        for document in self.bills:
            if _MARK_OF_A_CALENDAR in document.content:
                try:
                    self._read_calendar(document)
                except (FileRefused, ValueError, OverflowError) as problem:
                    self.warnings.append(f"{document.name}: {_reason(problem)}")

    def _read_calendar(self, document: Document) -> None:
        scope = UpstreamScope.model_validate(parse_json(document))
        home = scope.id or self._home(document)
        for one in scope.legislative_sessions:
            kind = SessionKind.SPECIAL if one.classification == "special" else SessionKind.REGULAR
            self.sessions[home, one.identifier] = SessionFact(
                home, one.identifier, one_line(one.name), kind, one.start_date, _day_after(one.end_date)
            )

    def _warn(self) -> None:
        self.file.listed["votes"] += self.votes
        if self.joined:
            self.warnings.append(
                ngettext(
                    "Of %(listed)d votes listed %(kept)d are kept: %(count)d is a lone initial of the name before.",
                    "Of %(listed)d votes listed %(kept)d are kept: %(count)d are lone initials of the names before.",
                    self.joined,
                )
                % {"listed": self.votes, "kept": self.votes - self.joined, "count": self.joined}
            )
        if self.strangers:
            self.warnings.append(
                ngettext(
                    "%(count)d file is neither a bill nor a roll call and was left out.",
                    "%(count)d files are neither bills nor roll calls and were left out.",
                    self.strangers,
                )
                % {"count": self.strangers}
            )


def _measure_id(key: MeasureKey) -> str:
    """The scraper has no id of its own that lasts; the measure's own identity does: us/state:wy/2026/HB126."""
    place = key.session.jurisdiction.removeprefix("ocd-jurisdiction/country:").rpartition("/")[0]
    found = f"{place}/{key.session.identifier}/{number_key(key.number)}"
    if len(found) > _LONGEST_ID - len("/") - _DIGEST:
        raise ValueError(_("its session and number are too long"))
    return found


def _roll_call_id(key: MeasureKey, event: UpstreamVoteEvent) -> str:
    """The id the chamber gives it; where there is none, what tells it from the other votes on the measure."""
    measure = _measure_id(key)
    if event.identifier and len(measure) + len(event.identifier) < _LONGEST_ID:
        return f"{measure}/{event.identifier}"
    chamber = event.organization.classification if event.organization else ""
    return (
        f"{measure}/{content_hash(event.identifier, event.start_date, chamber, event.motion_text)[:_DIGEST]}"
    )


def _reason(problem: Exception) -> str:
    return why(problem) if isinstance(problem, ValidationError) else str(problem)


def _day_after(last: date | None) -> date | None:
    return last + timedelta(days=1) if last else None
