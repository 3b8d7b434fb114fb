from legislation.models.change_set import ChangeKind, ChangeSetState, ImportChange, ImportChangeSet
from legislation.models.committee import Classification, Committee, CommitteeMembership, MembershipRole, Side
from legislation.models.contact import ContactKind, ContactPoint, Office, OfficeKind
from legislation.models.correction import Correction, CorrectionState
from legislation.models.fact_check import Block, FactCheck
from legislation.models.fact_report import FactReport, ReportState
from legislation.models.feed import Feed
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
from legislation.models.measure import (
    Fate,
    LegislativeSession,
    Measure,
    MeasureKind,
    SessionKind,
    StageEvent,
)
from legislation.models.measure_action import MeasureAction
from legislation.models.measure_relation import MeasureRelation, RelationKind
from legislation.models.measure_text import MeasureText
from legislation.models.name_match import NameMatch
from legislation.models.official import Identifier, Official, PartyAffiliation
from legislation.models.roll_call import RollCall, Vote, VoteOption, VoteResult
from legislation.models.saved_search import SavedSearch
from legislation.models.seat import EndReason, Seat, Tenure
from legislation.models.session_deadline import DeadlineKind, SessionDeadline
from legislation.models.source import ImportRun, RecordKind, Source, SourceRecord
from legislation.models.sponsorship import SponsorRole, Sponsorship
from legislation.models.staffer import Staffer, StafferRole
from legislation.models.stage import PASSED_A_CHAMBER, TERMINAL_STAGES, Result, Stage, result_of
from legislation.models.text_version import TextVersion

__all__ = [
    "OPEN_STATUSES",
    "PASSED_A_CHAMBER",
    "TERMINAL_STAGES",
    "Block",
    "Chamber",
    "ChamberCode",
    "ChangeKind",
    "ChangeSetState",
    "Classification",
    "Committee",
    "CommitteeMembership",
    "ContactKind",
    "ContactPoint",
    "Correction",
    "CorrectionState",
    "Country",
    "DeadlineKind",
    "Decision",
    "Division",
    "DivisionShape",
    "EditionFile",
    "EditionPart",
    "EndReason",
    "FactCheck",
    "FactReport",
    "Fate",
    "Feed",
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
    "MapEdition",
    "Measure",
    "MeasureAction",
    "MeasureKind",
    "MeasureRelation",
    "MeasureText",
    "MembershipRole",
    "NameMatch",
    "Office",
    "OfficeKind",
    "Official",
    "PartyAffiliation",
    "PostalDistrict",
    "RecordKind",
    "RelationKind",
    "ReportState",
    "Result",
    "RollCall",
    "SavedSearch",
    "Seat",
    "SessionDeadline",
    "SessionKind",
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
    "Vote",
    "VoteOption",
    "VoteResult",
    "result_of",
]
