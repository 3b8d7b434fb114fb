"""What the demo's chapters follow, how those measures went, and what was thought of them, as plain data.

Days count from the first of the month that people report on, so that this month of the report is never empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from advocacy.positions.models import (
    Amendments,
    Contribution,
    Standpoint,
    TestimonyForm,
    TestimonySide,
)
from legislation.models import ChamberCode, Stage

THE_SOCIETY = ""
UPPER, LOWER = ChamberCode.UPPER, ChamberCode.LOWER
_LED, _JOINED, _WATCHED = Contribution.LED, Contribution.COALITION, Contribution.MONITORED
_CONNECTED, _EXCHANGE, _CYBER, _AI, _PUBLIC, _EFFICIENCY, _PATIENTS = (
    "Connected health",
    "Interoperability, health information exchange and infrastructure",
    "Data privacy, security and cybersecurity",
    "Artificial intelligence and machine learning",
    "Population and public health",
    "Clinical and administrative efficiency",
    "Patient activation and engagement",
)


@dataclass(frozen=True)
class Step:
    day: int
    stage: Stage
    local: str = ""
    chamber: str = ""


@dataclass(frozen=True)
class Taken:
    """A position, approved the day after it was proposed unless it still waits."""

    holder: str
    position: Standpoint
    day: int
    part: str = ""
    amendments: str = ""
    waits: bool = False
    why: str = ""


@dataclass(frozen=True)
class Spoken:
    """Testimony of a chapter's advocate, under the position that the chapter had by then."""

    holder: str
    day: int
    form: TestimonyForm
    side: TestimonySide
    reception: str = ""


@dataclass(frozen=True)
class Tale:
    """One measure: who follows it in which tier since when, its steps, the positions on it, and our testimony."""

    place: str
    number: str
    issue: str
    followed: Mapping[str, tuple[tuple[int, int], ...]]
    steps: tuple[Step, ...]
    taken: tuple[Taken, ...] = ()
    spoken: tuple[Spoken, ...] = ()


TALES = (
    Tale(
        "US",
        "S. 4411",
        _PUBLIC,
        {THE_SOCIETY: ((-50, 2), (-20, 1))},
        (
            Step(-58, Stage.INTRODUCED, "Introduced in Senate", UPPER),
            Step(-51, Stage.COMMITTEE_1, "Referred to HELP", UPPER),
            Step(16, Stage.PASSED_1, "Passed Senate", UPPER),
        ),
        (Taken(THE_SOCIETY, Standpoint.SUPPORT, -30),),
    ),
    Tale(
        "US",
        "H.R. 6120",
        _CONNECTED,
        {THE_SOCIETY: ((-40, 2),), "panhandle-plains": ((-30, 3),)},
        (
            Step(-45, Stage.INTRODUCED, "Introduced in House", LOWER),
            Step(-38, Stage.COMMITTEE_1, "Referred to Ways and Means", LOWER),
        ),
        (Taken(THE_SOCIETY, Standpoint.SUPPORT_IF_AMENDED, -25),),
    ),
    Tale(
        "TX",
        "HB 210",
        _EXCHANGE,
        {"gulf-prairie": ((2, 3), (9, 1)), "hill-country": ((12, 2),)},
        (
            Step(1, Stage.INTRODUCED, "Filed", LOWER),
            Step(18, Stage.COMMITTEE_1, "Referred to Public Health", LOWER),
        ),
        (
            Taken(
                "gulf-prairie",
                Standpoint.SUPPORT_IF_AMENDED,
                24,
                waits=True,
                why="Small hospitals need another year.",
            ),
        ),
    ),
    Tale(
        "TX",
        "HB 1377",
        _CONNECTED,
        {"panhandle-plains": ((-18, 2),), "gulf-prairie": ((-10, 3),)},
        (
            Step(-20, Stage.INTRODUCED, "Filed", LOWER),
            Step(-9, Stage.COMMITTEE_1, "Referred to Appropriations", LOWER),
            Step(13, Stage.HEARING_1, "Left pending", LOWER),
        ),
        (Taken("panhandle-plains", Standpoint.SUPPORT, -5),),
    ),
    Tale(
        "TX",
        "SB 84",
        _AI,
        {"gulf-prairie": ((-28, 1),), "hill-country": ((-28, 1),)},
        (
            Step(-30, Stage.INTRODUCED, "Filed", UPPER),
            Step(-22, Stage.COMMITTEE_1, "Referred to Health and Human Services", UPPER),
            Step(-10, Stage.HEARING_1, "Testimony taken", UPPER),
            Step(-4, Stage.REPORTED_1, "Reported favorably", UPPER),
            Step(17, Stage.PASSED_1, "Passed the Senate", UPPER),
            Step(25, Stage.COMMITTEE_2, "Referred to Innovation and Technology", LOWER),
        ),
        (
            Taken("gulf-prairie", Standpoint.OPPOSE_UNLESS_AMENDED, -15),
            Taken("hill-country", Standpoint.OPPOSE_UNLESS_AMENDED, -14),
        ),
        (
            Spoken(
                "gulf-prairie",
                -10,
                TestimonyForm.IN_PERSON,
                TestimonySide.AGAINST,
                "Two members asked what an audit would cost a county hospital.",
            ),
            Spoken("hill-country", -10, TestimonyForm.WRITTEN, TestimonySide.AGAINST),
        ),
    ),
    Tale(
        "TX",
        "SB 902",
        _CYBER,
        {"gulf-prairie": ((-25, 2),)},
        (Step(-26, Stage.INTRODUCED, "Filed", UPPER), Step(6, Stage.COMMITTEE_1, chamber=UPPER)),
        (
            Taken("gulf-prairie", Standpoint.NEUTRAL, -20),
            Taken("gulf-prairie", Standpoint.SUPPORT, 3, why="The grants now reach county hospitals."),
        ),
    ),
    Tale(
        "VA",
        "SB 212",
        _EFFICIENCY,
        {"piedmont-ridge": ((-60, 1),), "three-capitals": ((-55, 2),)},
        (
            Step(-62, Stage.PREFILED, "Prefiled", UPPER),
            Step(-50, Stage.INTRODUCED, chamber=UPPER),
            Step(-33, Stage.PASSED_1, "Passed Senate", UPPER),
            Step(-12, Stage.PASSED_2, "Passed House", LOWER),
            Step(20, Stage.ENACTED, "Approved by the Governor"),
            Step(150, Stage.IN_FORCE, "Effective"),
        ),
        (
            Taken(THE_SOCIETY, Standpoint.SUPPORT, -48, part=_JOINED),
            Taken("piedmont-ridge", Standpoint.SUPPORT, -52, part=_LED),
        ),
    ),
    Tale(
        "VA",
        "HB 744",
        _EFFICIENCY,
        {"piedmont-ridge": ((-50, 2),)},
        (
            Step(-48, Stage.INTRODUCED, chamber=LOWER),
            Step(22, Stage.CARRIED_OVER, "Continued to next session", LOWER),
        ),
        (Taken("piedmont-ridge", Standpoint.SUPPORT, -30),),
    ),
    Tale(
        "MD",
        "SB 377",
        _CYBER,
        {"chesapeake-shore": ((-45, 1),), "three-capitals": ((-40, 2),)},
        (
            Step(-46, Stage.INTRODUCED, "First reading", UPPER),
            Step(-30, Stage.HEARING_1, chamber=UPPER),
            Step(26, Stage.DIED, "In committee at sine die", UPPER),
        ),
        (
            Taken("chesapeake-shore", Standpoint.SUPPORT, -35, part=_JOINED),
            Taken("three-capitals", Standpoint.SUPPORT, -33, part=_WATCHED),
        ),
    ),
    Tale(
        "MD",
        "HB 615",
        _PATIENTS,
        {"chesapeake-shore": ((-20, 2),)},
        (
            Step(-21, Stage.INTRODUCED, "First reading", LOWER),
            Step(15, Stage.REPORTED_1, "Favorable with amendments", LOWER),
        ),
        (Taken("chesapeake-shore", Standpoint.SUPPORT, -10),),
    ),
    Tale(
        "OH",
        "SB 190",
        _EFFICIENCY,
        {"lake-erie-shore": ((-60, 2),)},
        (
            Step(-61, Stage.INTRODUCED, chamber=UPPER),
            Step(-40, Stage.PASSED_1, "Passed Senate", UPPER),
            Step(-6, Stage.PASSED_2, "Passed House", LOWER),
            Step(12, Stage.ENACTED, "Signed by the Governor"),
        ),
        (
            Taken(
                "lake-erie-shore",
                Standpoint.OPPOSE,
                -50,
                part=_LED,
                why="Drills at this rhythm close wards.",
            ),
        ),
    ),
    Tale(
        "OH",
        "HB 508",
        _CONNECTED,
        {"lake-erie-shore": ((-70, 1), (18, 3)), "river-bend": ((-60, 2),)},
        (
            Step(-72, Stage.INTRODUCED, chamber=LOWER),
            Step(-20, Stage.PASSED_2, "Passed Senate", UPPER),
            Step(9, Stage.ENACTED, "Signed by the Governor"),
        ),
        (
            Taken(
                "lake-erie-shore",
                Standpoint.SUPPORT_IF_AMENDED,
                -55,
                part=_JOINED,
                amendments=Amendments.SOME,
            ),
        ),
    ),
    Tale(
        "DC",
        "B26-0812",
        _EXCHANGE,
        {"three-capitals": ((-40, 3),)},
        (
            Step(-42, Stage.INTRODUCED),
            Step(-15, Stage.PASSED_1, "Second reading"),
            Step(14, Stage.VETOED, "Returned by the Mayor"),
        ),
        (Taken("three-capitals", Standpoint.NEUTRAL, -30),),
    ),
    Tale(
        "CO",
        "HB27-1208",
        _AI,
        {"front-range-north": ((-15, 2),)},
        (Step(-16, Stage.INTRODUCED, chamber=LOWER), Step(11, Stage.COMMITTEE_1, "Laid over", LOWER)),
        (Taken("front-range-north", Standpoint.MONITOR, -8),),
    ),
    Tale(
        "CA",
        "C-412",
        _EXCHANGE,
        {THE_SOCIETY: ((-60, 1),), "saint-laurent": ((-50, 2),)},
        (
            Step(-65, Stage.INTRODUCED, "First reading", LOWER),
            Step(-14, Stage.PRINCIPLE, "Second reading", LOWER),
            Step(5, Stage.COMMITTEE_STUDY, "Standing Committee on Health", LOWER),
        ),
        (Taken(THE_SOCIETY, Standpoint.SUPPORT, -45),),
    ),
    Tale(
        "BC",
        "Bill 38",
        _CYBER,
        {"cascadia-north": ((-40, 1),)},
        (
            Step(-41, Stage.INTRODUCED, "First reading"),
            Step(19, Stage.FAILED, "Defeated at second reading"),
        ),
        (Taken("cascadia-north", Standpoint.OPPOSE_UNLESS_AMENDED, -28, part=_JOINED),),
    ),
    Tale(
        "BC",
        "Bill 52",
        _CONNECTED,
        {"cascadia-north": ((-12, 2),)},
        (Step(-13, Stage.INTRODUCED, "First reading"), Step(8, Stage.PRINCIPLE, "Second reading")),
        (Taken("cascadia-north", Standpoint.SUPPORT, -3),),
    ),
    Tale(
        "QC",
        "Bill 47",
        _CONNECTED,
        {"saint-laurent": ((-55, 1),)},
        (
            Step(-57, Stage.INTRODUCED, "Présentation"),
            Step(-12, Stage.PRINCIPLE, "Adoption du principe"),
            Step(6, Stage.COMMITTEE_STUDY, "Étude détaillée"),
            Step(25, Stage.PASSED_1, "Adoption"),
        ),
        (Taken("saint-laurent", Standpoint.SUPPORT_IF_AMENDED, -30),),
    ),
)
