"""The bills of one session in LegiScan's tables, as neutral records.

The tables have no change marker, no type of bill, no kind of sponsor and no result of a vote. What is not said stays
unsaid, but for the first of the sponsors, who by custom stands first.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from typing import TypeVar

from django.utils.translation import gettext as _

from legislation.models.roll_call import VoteOption
from legislation.models.sponsorship import SponsorRole
from legislation.sources.measures.legiscan_codes import (
    VOTES,
    chamber_of,
    chamber_of_origin,
    kind_of_number,
    number_as_printed,
)
from legislation.sources.measures.legiscan_people import person_of_row, unnamed
from legislation.sources.measures.legiscan_rows import BadCell, GroupedTable, Row, Table
from legislation.sources.measures.legiscan_sessions import NamedSession, session_fact
from legislation.sources.measures.legiscan_stages import Progress, stages
from legislation.sources.measures.legiscan_words import address, motion_number, titles
from legislation.sources.measures.records import (
    ActionFact,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    Refused,
    RollCallFact,
    SponsorFact,
    TextFact,
    VoteFact,
)
from legislation.sources.opening import Document, FileRefused
from legislation.sources.shapes import one_line

Fact = TypeVar("Fact")
# None where the dataset has no such table.
Rows = list[Row | Refused] | None
_OF_A_BILL = {
    "history.csv": frozenset({"date", "action"}),
    "sponsors.csv": frozenset({"people_id", "position"}),
    "rollcalls.csv": frozenset({"roll_call_id", "date", "description"}),
    "documents.csv": frozenset({"document_id", "document_type"}),
}
TABLES = frozenset({"bills.csv", "people.csv", "votes.csv", *_OF_A_BILL})
# Fiscal notes and analyses are no texts of the bill, and a new one calls no position in question.
_IS_A_TEXT = "text"
_LONGEST_NUMBER = 40


class Dataset:
    """`supplements` counts the documents passed over so far."""

    def __init__(self, session: NamedSession, documents: Iterable[Document]) -> None:
        """Raises FileRefused where a table is none, or bills.csv is missing."""
        found = {PurePosixPath(document.name).name: document for document in documents}
        if "bills.csv" not in found:
            raise FileRefused(_("bills.csv is missing."))
        self.session = session
        self.supplements = 0
        self.bills = Table(found["bills.csv"], frozenset({"bill_id", "bill_number", "title"}))
        self._fact = session_fact(session)
        self._of_a_bill = {
            name: GroupedTable(found[name], needs, "bill_id")
            for name, needs in _OF_A_BILL.items()
            if name in found
        }
        self._votes: GroupedTable | None = None
        if "votes.csv" in found:
            self._votes = GroupedTable(found["votes.csv"], frozenset({"people_id", "vote"}), "roll_call_id")
        self._people: dict[int, PersonHint] = {}
        self._refused: list[Refused] = []
        if "people.csv" in found:
            table = Table(found["people.csv"], frozenset({"people_id", "name"}))
            self._people = dict(self._facts(table.rows(), person_of_row, self._refused))

    def refused(self) -> Iterator[Refused]:
        """Lines that belong to nobody: what they hold could not be told."""
        yield from self._refused
        for table in self._grouped():
            yield from table.refused

    def left(self) -> Iterator[Refused]:
        """Rows of bills and roll calls that are not here."""
        for table in self._grouped():
            yield from table.left()

    def record(self, row: Row) -> tuple[MeasureRecord, list[Refused]]:
        """The bill of this row with all that belongs to it, and the rows of it that hold no fact.

        Raises BadCell where the row itself does not say which bill it is.
        """
        bill_id, number = _id_and_number(row)
        title, summary = titles(row.text("title"), row.text("description"))
        refused: list[Refused] = []
        # What the source says of the bill, as it says it; its tables have no marker of their own.
        said = hashlib.sha256("\x1f".join(row.cells.values()).encode())
        actions = self._actions(self._take("history.csv", bill_id, said), refused)
        status, stands_since = row.number("status"), row.day("status_date")
        record = MeasureRecord(
            str(bill_id),
            self.bills.name,
            MeasureKey(self._fact, number_as_printed(number, self.session.state)),
            "",
            kind_of_number(number),
            title_en=title,
            summary_en=summary,
            url=address(row.text("state_link"), row.text("url")),
            actions=actions,
            stages=stages(
                (),
                actions or (),
                chamber_of_origin(number, self.session.state),
                Progress(stands_since, status) if stands_since else None,
            ),
            sponsors=self._sponsors(self._take("sponsors.csv", bill_id, said), refused),
            texts=self._texts(self._take("documents.csv", bill_id, said), refused),
            roll_calls=self._roll_calls(self._take("rollcalls.csv", bill_id, said), said, refused),
        )
        return replace(record, content_hash=said.hexdigest()), refused

    def _grouped(self) -> Iterator[GroupedTable]:
        yield from self._of_a_bill.values()
        if self._votes is not None:
            yield self._votes

    def _take(self, name: str, bill_id: int, said: "hashlib._Hash") -> Rows:
        table = self._of_a_bill.get(name)
        if table is None:
            return None
        rows, raw = table.take(bill_id)
        said.update(raw)
        return rows

    @staticmethod
    def _facts(
        rows: Iterable[Row | Refused], read: Callable[[Row], Fact], refused: list[Refused]
    ) -> Iterator[Fact]:
        for row in rows:
            if isinstance(row, Refused):
                refused.append(row)
                continue
            try:
                yield read(row)
            except BadCell as problem:
                refused.append(Refused(row.where, str(problem)))

    def _actions(self, rows: Rows, refused: list[Refused]) -> tuple[ActionFact, ...] | None:
        if rows is None:
            return None

        def read(row: Row) -> tuple[date, int, ActionFact]:
            on, chamber = _a_day(row), chamber_of(row.text("chamber"), self.session.state)
            return on, row.number("sequence"), ActionFact(on, one_line(row.text("action")), chamber=chamber)

        told = sorted(self._facts(rows, read, refused), key=lambda one: one[:2])
        return tuple(action for _on, _sequence, action in told)

    def _sponsors(self, rows: Rows, refused: list[Refused]) -> tuple[SponsorFact, ...] | None:
        if rows is None:
            return None

        def read(row: Row) -> tuple[int, int]:
            return row.number("position"), row.number("people_id")

        in_order = sorted(self._facts(rows, read, refused))
        return tuple(
            SponsorFact(
                self._people.get(people_id) or unnamed(people_id),
                SponsorRole.SPONSOR if position == in_order[0][0] else SponsorRole.COSPONSOR,
            )
            for position, people_id in in_order
        )

    def _texts(self, rows: Rows, refused: list[Refused]) -> tuple[TextFact, ...] | None:
        if rows is None:
            return None

        def read(row: Row) -> tuple[bool, TextFact]:
            key = str(row.number("document_id"))
            label = one_line(row.text("document_desc"))[:200] or key
            url = address(row.text("state_link"), row.text("url"))
            return row.text("document_type") == _IS_A_TEXT, TextFact(key, label, url=url)

        read_ones = list(self._facts(rows, read, refused))
        texts = tuple(text for is_text, text in read_ones if is_text)
        self.supplements += len(read_ones) - len(texts)
        return texts

    def _roll_calls(
        self, rows: Rows, said: "hashlib._Hash", refused: list[Refused]
    ) -> tuple[RollCallFact, ...] | None:
        if rows is None:
            return None
        counted = self._facts(rows, self._count, refused)
        return tuple(fact._replace(votes=self._cast(fact, said, refused)) for fact in counted)

    def _cast(
        self, roll_call: RollCallFact, said: "hashlib._Hash", refused: list[Refused]
    ) -> tuple[VoteFact, ...] | None:
        if self._votes is None:
            return None
        rows, raw = self._votes.take(int(roll_call.external_id))
        said.update(raw)
        return tuple(self._facts(rows, self._vote, refused)) or None

    def _count(self, row: Row) -> RollCallFact:
        motion = one_line(row.text("description"))
        return RollCallFact(
            str(row.number("roll_call_id")),
            _a_day(row),
            motion,
            chamber=chamber_of(row.text("chamber"), self.session.state),
            number=motion_number(motion),
            yes=row.number("yea"),
            no=row.number("nay"),
            others=row.number("nv") + row.number("absent"),
        )

    def _vote(self, row: Row) -> VoteFact:
        people_id = row.number("people_id")
        who = self._people.get(people_id) or unnamed(people_id)
        return VoteFact(who, VOTES.get(row.number("vote"), VoteOption.OTHER))


def _id_and_number(row: Row) -> tuple[int, str]:
    bill_id, number = row.number("bill_id"), row.text("bill_number")
    if not bill_id or not number or len(number) > _LONGEST_NUMBER:
        raise BadCell(_("It has no id or no number of a bill."))
    return bill_id, number


def _a_day(row: Row) -> date:
    found = row.day("date")
    if found is None:
        raise BadCell(_("It has no date."))
    return found
