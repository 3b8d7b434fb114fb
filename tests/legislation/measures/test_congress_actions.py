"""What a line of the history of Congress means, by code where there is one and by its words where there is none."""

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.stage import Stage
from legislation.sources.measures.congress_actions import chamber_of, stage_of

HOUSE, SENATE = ChamberCode.LOWER, ChamberCode.UPPER


def found(text, *codes, origin=HOUSE, chamber=None, kind="", is_agreed_to=False):
    return stage_of(codes, kind, text, chamber=chamber, origin=origin, is_agreed_to=is_agreed_to)


@pytest.mark.parametrize(
    ("code", "first", "second", "label"),
    [
        ("2000", Stage.COMMITTEE_1, Stage.COMMITTEE_2, "Referred to House committee"),
        ("3000", Stage.COMMITTEE_1, Stage.COMMITTEE_2, "Referred to House committee"),
        ("H11100", Stage.COMMITTEE_1, Stage.COMMITTEE_2, "Referred to House committee"),
        ("4100", Stage.HEARING_1, Stage.HEARING_2, "Hearing held by House committee"),
        ("5000", Stage.REPORTED_1, Stage.REPORTED_2, "Reported to House"),
        ("H12200", Stage.REPORTED_1, Stage.REPORTED_2, "Reported to House"),
        ("5500", Stage.REPORTED_1, Stage.REPORTED_2, "House committee discharged"),
        ("8000", Stage.PASSED_1, Stage.PASSED_2, "Passed House"),
        ("32000", Stage.PASSED_1, Stage.PASSED_2, "Passed House over veto"),
        ("33000", Stage.VETOED, Stage.VETOED, "Failed of passage in House over veto"),
    ],
)
def test_the_chamber_in_which_it_began_decides_what_is_first(code, first, second, label):
    assert found("", code, origin=HOUSE) == (first, label, HOUSE)
    assert found("", code, origin=SENATE) == (second, label, HOUSE)


@pytest.mark.parametrize(
    ("code", "stage"),
    [
        ("11000", Stage.COMMITTEE_2),
        ("13100", Stage.HEARING_2),
        ("14000", Stage.REPORTED_2),
        ("14500", Stage.REPORTED_2),
        ("17000", Stage.PASSED_2),
        ("34000", Stage.PASSED_2),
    ],
)
def test_the_senate_is_the_second_chamber_of_a_house_bill(code, stage):
    step = found("", code, origin=HOUSE)

    assert step is not None
    assert (step[0], step[2]) == (stage, SENATE)


@pytest.mark.parametrize("code", ["19500", "20500", "20800", "20900", "21000", "24000", "H25200"])
def test_resolving_differences_belongs_to_no_chamber(code):
    assert found("", code) == (Stage.RECONCILING, "Resolving differences", None)


@pytest.mark.parametrize(
    ("text", "stage", "label"),
    [
        ("Presented to President.", Stage.ENROLLED, "Presented to President"),
        ("Signed by President.", Stage.ENACTED, "Signed by President"),
        ("Became Public Law No: 117-103.", Stage.ENACTED, "Became Public Law 117-103"),
        ("Became Private Law No: 117-1.", Stage.ENACTED, "Became Private Law 117-1"),
        ("Vetoed by President.", Stage.VETOED, "Vetoed by President"),
        ("Pocket Vetoed by President.", Stage.VETOED, "Pocket vetoed by President"),
        ("Line item vetoed by President.", Stage.VETOED, "Vetoed by President"),
    ],
)
@pytest.mark.parametrize("codes", [(), ("36000",), ("E30000",), ("E30000", "31000"), ("E40000", "36000")])
def test_what_the_president_did_is_read_from_the_words_because_codes_are_used_twice(
    text, stage, label, codes
):
    assert found(text, *codes) == (stage, label, None)
    assert chamber_of("2", codes, text) is None


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Read twice and referred to the Committee on Indian Affairs.", Stage.COMMITTEE_1),
        ("Referred to the Committee on the Budget. (text: CR S6117-6125)", Stage.COMMITTEE_1),
        ("Committee on Indian Affairs. Hearings held.", Stage.HEARING_1),
        ("Committee on Finance. Reported by Senator Marlowe with an amendment.", Stage.REPORTED_1),
        (
            "Select Committee on Intelligence. Original measure reported to Senate by Senator Bao.",
            Stage.REPORTED_1,
        ),
        ("Senate Committee on Foreign Relations discharged by Unanimous Consent.", Stage.REPORTED_1),
        ("Passed Senate with an amendment by Voice Vote.", Stage.PASSED_1),
        (
            "Introduced in the Senate, read twice, considered, read the third time, and passed.",
            Stage.PASSED_1,
        ),
        ("Resolution agreed to in Senate without amendment by Unanimous Consent.", Stage.PASSED_1),
        ("Failed of passage in Senate by Yea-Nay Vote. 49 - 50.", Stage.FAILED),
        ("Introduced in Senate", Stage.INTRODUCED),
        ("Passed Senate over veto by Yea-Nay Vote. 81 - 13.", Stage.PASSED_1),
        ("Failed of passage in Senate over veto by Yea-Nay Vote. 50 - 45.", Stage.VETOED),
        ("Senate agreed to House amendment by Unanimous Consent.", Stage.RECONCILING),
        ("Conference report agreed to in Senate by Yea-Nay Vote.", Stage.RECONCILING),
    ],
)
def test_the_senate_writes_words_and_no_codes(text, stage):
    step = found(text, origin=SENATE, chamber=SENATE)

    assert step is not None
    assert step[0] == stage


@pytest.mark.parametrize(
    "text",
    [
        "Received in the Senate.",
        "Message on Senate action sent to the House.",
        "Placed on Senate Legislative Calendar under General Orders. Calendar No. 21.",
        "Committee on Armed Services. Ordered to be reported with an amendment favorably.",
        "Motion to proceed to consideration of measure agreed to in Senate by Yea-Nay Vote. 53 - 45.",
        "Motion by Senator Bao to refer to Senate Committee on Appropriations with instructions withdrawn.",
        "Motion to table the veto message agreed to in Senate by Yea-Nay Vote. 96 - 3.",
        "Cloture on the motion to proceed to the measure not invoked in Senate.",
    ],
)
def test_most_lines_bring_no_stage(text):
    assert found(text, origin=SENATE, chamber=SENATE) is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("H1L210", "Rules Committee Resolution H. Res. 152 Reported to House."),
        ("H1L220", "Rule H. Res. 152 passed House."),
        ("H8D000", "On passage Passed by voice vote, said the Chair of another bill."),
        ("H38310", "Motion to reconsider laid on the table Agreed to without objection."),
    ],
)
def test_lines_about_another_measure_or_the_order_of_business_bring_no_stage(code, text):
    assert found(text, code, chamber=HOUSE) is None


@pytest.mark.parametrize(
    ("code", "text", "stage"),
    [
        ("H37100", "On passage Passed by the Yeas and Nays: 220 - 210 (Roll no. 62).", Stage.PASSED_1),
        ("H37100", "On passage Failed by the Yeas and Nays: 210 - 220 (Roll no. 62).", Stage.FAILED),
        ("H37100", "On agreeing to the resolution, as amended Agreed to by voice vote.", Stage.PASSED_1),
        (
            "H37300",
            "On motion to suspend the rules and pass the bill Agreed to by voice vote.",
            Stage.PASSED_1,
        ),
        (
            "H37300",
            "On motion to suspend the rules and agree to the Senate amendment Agreed to.",
            Stage.RECONCILING,
        ),
        ("H1B000", "Pursuant to H. Res. 601, H.R. 14 is considered passed House.", Stage.PASSED_1),
        (
            "H37100",
            "On passage, the objections of the President to the contrary notwithstanding Failed by the Yeas and Nays.",
            Stage.VETOED,
        ),
    ],
)
def test_a_vote_of_the_house_is_read_from_its_words_before_the_library_has_listed_it(code, text, stage):
    step = found(text, code, chamber=HOUSE)

    assert step is not None
    assert step[0] == stage


@pytest.mark.parametrize("code", ["H37300", "9000"])
def test_a_bill_that_missed_two_thirds_is_not_at_its_end(code):
    heading = "Failed of passage/not agreed to in House: " if code == "9000" else ""

    text = f"{heading}On motion to suspend the rules and pass the bill Failed by the Yeas and Nays: (2/3 required)."

    assert found(text, code, chamber=HOUSE) is None


def test_a_failed_passage_ends_it():
    text = "Failed of passage/not agreed to in Senate: Failed of passage in Senate by Yea-Nay Vote. 49 - 50."

    assert found(text, "18000", origin=HOUSE) == (Stage.FAILED, "Failed of passage in Senate", SENATE)


def test_resolutions_of_a_chamber_are_agreed_to():
    assert found("", "8000", is_agreed_to=True) == (Stage.PASSED_1, "Agreed to in House", HOUSE)


def test_a_house_bill_is_not_introduced_in_the_senate():
    assert found("Introduced in Senate", "10000", origin=HOUSE) is None


def test_the_kind_of_a_line_says_that_differences_are_resolved():
    text = "Mr. Gomez moved to table the motion to reconsider the vote"

    assert found(text, "H82000", kind="ResolvingDifferences", chamber=HOUSE) == (
        Stage.RECONCILING,
        "Resolving differences",
        None,
    )


@pytest.mark.parametrize(
    ("system", "codes", "text", "chamber"),
    [
        ("0", (), "Received in the Senate.", SENATE),
        ("Senate", (), "Received in the Senate.", SENATE),
        ("1", (), "Committee Consideration and Mark-up Session Held.", HOUSE),
        ("House floor actions", ("H15000",), "Held at the desk.", HOUSE),
        ("9", ("8000",), "Passed/agreed to in House: On passage Passed.", HOUSE),
        ("9", (), "Introduced in Senate", SENATE),
        ("9", ("B00100",), "Sponsor introductory remarks on measure.", None),
    ],
)
def test_a_line_stands_in_the_chamber_of_its_source_or_of_its_words(system, codes, text, chamber):
    assert chamber_of(system, codes, text) == chamber
