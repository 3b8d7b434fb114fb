from legislation.models.change_set import ChangeKind, ChangeSetState, ImportChange, ImportChangeSet
from legislation.models.committee import Classification, Committee, CommitteeMembership, MembershipRole, Side
from legislation.models.contact import ContactKind, ContactPoint, Office, OfficeKind
from legislation.models.correction import Correction, CorrectionState
from legislation.models.fact_check import Block, FactCheck
from legislation.models.fact_report import FactReport, ReportState
from legislation.models.feed import Feed
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
from legislation.models.official import Identifier, Official, PartyAffiliation
from legislation.models.seat import EndReason, Seat, Tenure
from legislation.models.source import ImportRun, RecordKind, Source, SourceRecord
from legislation.models.staffer import Staffer, StafferRole
from legislation.models.stage import PASSED_A_CHAMBER, TERMINAL_STAGES, Result, Stage, result_of

__all__ = [
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
    "MeasureKind",
    "MembershipRole",
    "Office",
    "OfficeKind",
    "Official",
    "PartyAffiliation",
    "PostalDistrict",
    "RecordKind",
    "ReportState",
    "Result",
    "Seat",
    "SessionKind",
    "Side",
    "Source",
    "SourceRecord",
    "Staffer",
    "StafferRole",
    "Stage",
    "StageEvent",
    "Tenure",
    "result_of",
]
