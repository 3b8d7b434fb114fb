from legislation.models.change_set import ChangeKind, ChangeSetState, ImportChange, ImportChangeSet
from legislation.models.comment_period import CommentPeriod
from legislation.models.committee import Classification, Committee, CommitteeMembership, MembershipRole, Side
from legislation.models.contact import ContactKind, ContactPoint, Office, OfficeKind
from legislation.models.correction import Correction, CorrectionState
from legislation.models.disposition import STAGE_OF, Disposition, DispositionKind
from legislation.models.fact_check import Block, FactCheck
from legislation.models.fact_report import FactReport, ReportState
from legislation.models.feed import Feed
from legislation.models.feed_calls import FeedCalls, Limit, Period
from legislation.models.feed_session import FeedMark, FeedSession
from legislation.models.hearing import OPEN_STATUSES, Hearing, HearingMove, HearingStatus
from legislation.models.jurisdiction import Chamber, ChamberCode, Country, Division, Jurisdiction, Level
from legislation.models.leaver import Decision, LeaverDecision
from legislation.models.map_edition import (
    DivisionShape,
    EditionFile,
    EditionPart,
    MapEdition,
    PostalDistrict,
)
from legislation.models.measure import Fate, Measure, MeasureKind, StageEvent
from legislation.models.measure_action import MeasureAction
from legislation.models.measure_event import HEARING_KINDS, EventKind, MeasureEvent
from legislation.models.measure_relation import MeasureRelation, RelationKind
from legislation.models.measure_text import MeasureText
from legislation.models.name_match import NameMatch
from legislation.models.official import Identifier, Official, PartyAffiliation
from legislation.models.roll_call import RollCall, Vote, VoteOption, VoteResult
from legislation.models.saved_search import Cadence, SavedSearch
from legislation.models.search_news import SearchNews
from legislation.models.seat import EndReason, Seat, Tenure
from legislation.models.session import (
    CarryOver,
    DaysCounted,
    LegislativeSession,
    SessionKind,
    SessionYear,
    Unsigned,
    WindowFrom,
)
from legislation.models.session_deadline import DeadlineKind, SessionDeadline
from legislation.models.source import ImportRun, RecordKind, Source, SourceRecord
from legislation.models.sponsorship import SponsorRole, Sponsorship
from legislation.models.staffer import Staffer, StafferRole
from legislation.models.stage import PASSED_A_CHAMBER, TERMINAL_STAGES, Result, Stage, result_of
from legislation.models.text_version import TextVersion

__all__ = [
    "HEARING_KINDS",
    "OPEN_STATUSES",
    "PASSED_A_CHAMBER",
    "STAGE_OF",
    "TERMINAL_STAGES",
    "Block",
    "Cadence",
    "CarryOver",
    "Chamber",
    "ChamberCode",
    "ChangeKind",
    "ChangeSetState",
    "Classification",
    "CommentPeriod",
    "Committee",
    "CommitteeMembership",
    "ContactKind",
    "ContactPoint",
    "Correction",
    "CorrectionState",
    "Country",
    "DaysCounted",
    "DeadlineKind",
    "Decision",
    "Disposition",
    "DispositionKind",
    "Division",
    "DivisionShape",
    "EditionFile",
    "EditionPart",
    "EndReason",
    "EventKind",
    "FactCheck",
    "FactReport",
    "Fate",
    "Feed",
    "FeedCalls",
    "FeedMark",
    "FeedSession",
    "Hearing",
    "HearingMove",
    "HearingStatus",
    "Identifier",
    "ImportChange",
    "ImportChangeSet",
    "ImportRun",
    "Jurisdiction",
    "LeaverDecision",
    "LegislativeSession",
    "Level",
    "Limit",
    "MapEdition",
    "Measure",
    "MeasureAction",
    "MeasureEvent",
    "MeasureKind",
    "MeasureRelation",
    "MeasureText",
    "MembershipRole",
    "NameMatch",
    "Office",
    "OfficeKind",
    "Official",
    "PartyAffiliation",
    "Period",
    "PostalDistrict",
    "RecordKind",
    "RelationKind",
    "ReportState",
    "Result",
    "RollCall",
    "SavedSearch",
    "SearchNews",
    "Seat",
    "SessionDeadline",
    "SessionKind",
    "SessionYear",
    "Side",
    "Source",
    "SourceRecord",
    "SponsorRole",
    "Sponsorship",
    "Staffer",
    "StafferRole",
    "Stage",
    "StageEvent",
    "Tenure",
    "TextVersion",
    "Unsigned",
    "Vote",
    "VoteOption",
    "VoteResult",
    "WindowFrom",
    "result_of",
]
