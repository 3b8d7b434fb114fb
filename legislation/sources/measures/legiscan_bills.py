"""One bill of LegiScan's getBill as a neutral record."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure_relation import RelationKind
from legislation.models.roll_call import VoteResult
from legislation.models.sponsorship import SponsorRole
from legislation.sources.measures.capital_zones import capital_zone
from legislation.sources.measures.legiscan_codes import (
    CARRIED_OVER_FROM,
    RELATIONS,
    SPONSOR_ROLES,
    chamber_of,
    chamber_of_origin,
    kind_of_type,
    number_as_printed,
)
from legislation.sources.measures.legiscan_people import person_hint
from legislation.sources.measures.legiscan_sessions import NamedSession, session_before, session_fact
from legislation.sources.measures.legiscan_shapes import (
    UpstreamBill,
    UpstreamCount,
    UpstreamEvent,
    UpstreamLine,
    UpstreamText,
)
from legislation.sources.measures.legiscan_stages import Progress, stages
from legislation.sources.measures.legiscan_words import address, motion_number, titles
from legislation.sources.measures.records import (
    ActionFact,
    HearingFact,
    MeasureKey,
    MeasureRecord,
    RelationFact,
    RollCallFact,
    SponsorFact,
    StageFact,
    TextFact,
    VoteFact,
)
from legislation.sources.shapes import one_line

# Written before or behind the name of a hearing when it changes; the hearing is the same.
_WHETHER_IT_STANDS = re.compile(
    r"[\s\W]*\b(?:cancell?ed|postponed|rescheduled|moved|time change|room change)\b[\s\W]*", re.IGNORECASE
)

Voters = Mapping[int, tuple[VoteFact, ...]]


def measure_record(bill: UpstreamBill, file: str, content_hash: str, voters: Voters) -> MeasureRecord:
    """`voters` are the members' votes by the id of the roll call, where there is an answer with them.

    Raises KeyError where the state is none.
    """
    session = NamedSession(
        bill.state,
        (bill.session.year_start, bill.session.year_end),
        bill.session.session_name or bill.session.session_title,
        bool(bill.session.special),
    )
    key = MeasureKey(session_fact(session), number_as_printed(bill.bill_number, bill.state))
    title, summary = titles(bill.title, bill.description)
    actions = None if bill.history is None else _actions(bill.history, bill.state)
    return MeasureRecord(
        str(bill.bill_id),
        file,
        key,
        content_hash,
        kind_of_type(bill.bill_type),
        title_en=title,
        summary_en=summary,
        subjects=tuple(dict.fromkeys(one_line(one.subject_name) for one in bill.subjects or ())),
        url=address(bill.state_link, bill.url),
        actions=actions,
        stages=_stages(bill, actions or ()),
        sponsors=_sponsors(bill),
        texts=None if bill.texts is None else tuple(_text(text) for text in bill.texts),
        roll_calls=None if bill.votes is None else tuple(_roll_calls(bill.votes, bill.state, voters)),
        hearings=None if bill.calendar is None else tuple(_hearings(bill, key)),
        relations=None if bill.sasts is None else tuple(_relations(bill, session, key)),
    )


def roll_call_fact(
    count: UpstreamCount, state: str, votes: tuple[VoteFact, ...] | None
) -> RollCallFact | None:
    """None where it has no day: such a vote was announced, but not held."""
    if count.date is None:
        return None
    has_others = count.nv is not None or count.absent is not None
    return RollCallFact(
        str(count.roll_call_id),
        count.date,
        one_line(count.desc),
        chamber=chamber_of(count.chamber, state),
        number=motion_number(count.desc),
        result=_result(count.passed),
        yes=count.yea,
        no=count.nay,
        others=(count.nv or 0) + (count.absent or 0) if has_others else None,
        url=address(count.state_link, count.url),
        votes=votes,
    )


def oldest_first(actions: list[ActionFact]) -> tuple[ActionFact, ...]:
    """By day, and by place in the list, which some legislatures begin with the newest."""
    if actions and actions[0].on > actions[-1].on:
        actions.reverse()
    return tuple(sorted(actions, key=lambda action: action.on))


def _result(passed: int | None) -> VoteResult:
    if passed is None:
        return VoteResult.UNKNOWN
    return VoteResult.PASSED if passed else VoteResult.FAILED


def _actions(lines: Iterable[UpstreamLine], state: str) -> tuple[ActionFact, ...]:
    """A line without a day is of the day of the line before it."""
    found: list[ActionFact] = []
    for line in lines:
        day = line.date or (found[-1].on if found else None)
        if day is not None:
            found.append(ActionFact(day, one_line(line.action), chamber=chamber_of(line.chamber, state)))
    return oldest_first(found)


def _stages(bill: UpstreamBill, actions: tuple[ActionFact, ...]) -> tuple[StageFact, ...]:
    progress = [Progress(step.date, step.event) for step in bill.progress or () if step.date is not None]
    origin: ChamberCode | None = chamber_of(bill.body, bill.state)
    if origin is None:
        origin = chamber_of_origin(bill.bill_number, bill.state)
    status = Progress(bill.status_date, bill.status) if bill.status_date else None
    return stages(progress, actions, origin, status)


def _sponsors(bill: UpstreamBill) -> tuple[SponsorFact, ...] | None:
    if bill.sponsors is None:
        return None
    in_order = sorted(bill.sponsors, key=lambda sponsor: sponsor.sponsor_order)
    return tuple(
        SponsorFact(person_hint(sponsor), SPONSOR_ROLES.get(sponsor.sponsor_type_id, SponsorRole.SPONSOR))
        for sponsor in in_order
    )


def _text(text: UpstreamText) -> TextFact:
    return TextFact(
        str(text.doc_id),
        one_line(text.type)[:200] or str(text.doc_id),
        on=text.date,
        url=address(text.state_link, text.url),
    )


def _roll_calls(counts: Iterable[UpstreamCount], state: str, voters: Voters) -> Iterator[RollCallFact]:
    for count in counts:
        fact = roll_call_fact(count, state, voters.get(count.roll_call_id))
        if fact is not None:
            yield fact


def _hearings(bill: UpstreamBill, key: MeasureKey) -> Iterator[HearingFact]:
    zone = capital_zone(key.session.jurisdiction)
    for event in bill.calendar or ():
        if event.date is None:
            continue
        said = one_line(event.description) or (bill.committee.name if bill.committee else "") or event.type
        starts_at = datetime.combine(event.date, _time_of_day(event), ZoneInfo(zone))
        # Every bill of a sitting has its own list of events; what they say alike is one hearing.
        words = _WHETHER_IT_STANDS.sub("", said).casefold()
        sitting = hashlib.sha256(words.encode()).hexdigest()[:12]
        yield HearingFact(
            f"{bill.state.lower()}-{starts_at:%Y-%m-%dT%H:%M}-{sitting}",
            starts_at,
            zone,
            said[:300],
            one_line(event.location)[:200],
            is_cancelled="cancel" in f"{event.type} {event.description}".lower(),
            sitting=sitting,
        )


def _time_of_day(event: UpstreamEvent) -> time:
    """Midnight where the notice names a day only."""
    try:
        return time.fromisoformat(event.time).replace(tzinfo=None)
    except ValueError:
        return time(0)


def _relations(bill: UpstreamBill, session: NamedSession, key: MeasureKey) -> Iterator[RelationFact]:
    for one in bill.sasts or ():
        if not one.sast_bill_number or one.sast_bill_id == bill.bill_id:
            continue
        other = key.session
        if one.type_id == CARRIED_OVER_FROM:
            # Ids count upwards, so the higher one is the bill of the later session. Which session the other was in
            # is not said: only where a legislature sits by the year is there no doubt.
            before = session_before(session) if one.sast_bill_id < bill.bill_id else None
            if before is None:
                continue
            other = before
        number = number_as_printed(one.sast_bill_number, bill.state)
        yield RelationFact(MeasureKey(other, number), RELATIONS.get(one.type_id, RelationKind.RELATED))
