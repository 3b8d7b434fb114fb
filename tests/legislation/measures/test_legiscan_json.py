"""Bills as LegiScan's getBill answers them, with roll calls and people beside."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.measure_relation import RelationKind
from legislation.models.session import SessionKind
from legislation.models.sponsorship import SponsorRole
from legislation.sources.measures.records import (
    ActionFact,
    HearingFact,
    MeasureKey,
    PersonHint,
    RelationFact,
    SessionFact,
    SponsorFact,
    TextFact,
)
from tests.legislation.measures.legiscan import (
    ADA,
    BEA,
    HEALTH,
    SESSION,
    answer,
    bill,
    counted,
    only_measure,
    read_answers,
    read_bill,
)

OHIO = SessionFact("ocd-jurisdiction/country:us/state:oh/government", "136", "136th General Assembly")
A_HINT = PersonHint("Ada Quill", (("legiscan", "501"),), "7", "R")
B_HINT = PersonHint("Bea Rook", (("legiscan", "502"),), "12", "D")


def test_a_bill_is_its_session_and_number_under_the_sources_id_and_change_marker(tmp_path):
    found = read_bill(tmp_path)

    assert (found.external_id, found.content_hash) == ("7001", "0f" * 16)
    assert found.key == MeasureKey(OHIO, "HB210")
    assert (found.kind, found.title_en, found.summary_en) == (
        MeasureKind.BILL,
        "Enact the Telehealth Parity Act",
        "",
    )
    assert found.url == "https://www.legislature.example/hb210"


def test_a_special_session_is_one(tmp_path):
    special = {**SESSION, "special": 1, "session_name": "2025 1st Special Session"}

    found = read_bill(tmp_path, session=special)

    assert (found.key.session.identifier, found.key.session.kind) == ("2025S1", SessionKind.SPECIAL)


def test_the_history_is_oldest_first_also_where_the_source_begins_with_the_newest(tmp_path):
    newest_first = [
        {"date": "2025-03-05", "action": "Passed", "chamber": "H"},
        {"date": "2025-02-04", "action": "Referred to  Health", "chamber": "H"},
        {"date": "2025-02-04", "action": "Introduced", "chamber": "H"},
    ]

    found = read_bill(tmp_path, history=newest_first)

    assert found.actions == (
        ActionFact(date(2025, 2, 4), "Introduced", chamber=ChamberCode.LOWER),
        ActionFact(date(2025, 2, 4), "Referred to Health", chamber=ChamberCode.LOWER),
        ActionFact(date(2025, 3, 5), "Passed", chamber=ChamberCode.LOWER),
    )


def test_a_line_without_a_day_is_of_the_day_before_it(tmp_path):
    lines = [
        {"date": "2025-02-04", "action": "Introduced", "chamber": "H"},
        {"date": "0000-00-00", "action": "Printed", "chamber": "H"},
    ]

    found = read_bill(tmp_path, history=lines)

    assert [(action.on, action.text) for action in found.actions or ()] == [
        (date(2025, 2, 4), "Introduced"),
        (date(2025, 2, 4), "Printed"),
    ]


def test_sponsors_stand_in_their_order_with_their_ids(tmp_path):
    found = read_bill(
        tmp_path,
        sponsors=[
            {**BEA, "sponsor_type_id": 2, "sponsor_order": 3},
            {**ADA, "sponsor_type_id": 1, "sponsor_order": 1, "bioguide_id": "Q000501"},
            {**HEALTH, "sponsor_type_id": 3, "sponsor_order": 2},
        ],
    )

    ada = A_HINT._replace(identifiers=(("legiscan", "501"), ("bioguide", "Q000501")))
    committee = PersonHint("Health Committee", (("legiscan", "590"),), is_committee=True)
    assert found.sponsors == (
        SponsorFact(ada, SponsorRole.SPONSOR),
        SponsorFact(committee, SponsorRole.SPONSOR),
        SponsorFact(B_HINT, SponsorRole.COSPONSOR),
    )


def test_texts_lead_to_the_legislature_first(tmp_path):
    found = read_bill(
        tmp_path,
        texts=[
            {"doc_id": 1, "date": "2025-02-04", "type": "Introduced", "url": "https://legiscan.com/1",
             "state_link": "https://www.legislature.example/1"},
            {"doc_id": 2, "date": "0000-00-00", "type": "Engrossed", "url": "https://legiscan.com/2"},
        ],
    )  # fmt: skip

    assert found.texts == (
        TextFact("1", "Introduced", on=date(2025, 2, 4), url="https://www.legislature.example/1"),
        TextFact("2", "Engrossed", url="https://legiscan.com/2"),
    )


def test_a_bill_without_a_marker_is_known_by_what_it_says(tmp_path):
    first, same, other = (
        read_bill(tmp_path, change_hash="", title=title).content_hash
        for title in ("An act", "An act", "Another act")
    )

    assert first == same
    assert first != other


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1, RelationKind.COMPANION),
        (2, RelationKind.RELATED),
        (3, RelationKind.RELATED),
        (4, RelationKind.REPLACES),
        (5, RelationKind.COMPANION),
        (99, RelationKind.RELATED),
    ],
)
def test_a_bill_that_is_said_to_be_the_same_is_a_companion_and_so_on(tmp_path, code, kind):
    other = {"type_id": code, "type": "?", "sast_bill_number": "SB88", "sast_bill_id": 7002}

    assert read_bill(tmp_path, sasts=[other]).relations == (RelationFact(MeasureKey(OHIO, "SB88"), kind),)


def test_a_bill_is_not_related_to_itself(tmp_path):
    itself = {"type_id": 1, "sast_bill_number": "HB210", "sast_bill_id": 7001}

    assert read_bill(tmp_path, sasts=[itself]).relations == ()


def test_a_bill_carried_over_points_back_where_the_session_before_is_certain(tmp_path):
    virginia = {
        "state": "VA",
        "session": {"year_start": 2025, "year_end": 2025, "session_name": "2025 Regular Session"},
    }
    before, after = (
        {"type_id": 9, "type": "Carry Over", "sast_bill_number": "HB210", "sast_bill_id": other}
        for other in (6001, 8001)
    )

    (back,) = read_bill(tmp_path, **virginia, sasts=[before]).relations or ()

    assert (back.other.session.identifier, back.other.number) == ("2024", "HB210")
    assert back.kind == RelationKind.PRIOR_SESSION
    assert read_bill(tmp_path, **virginia, sasts=[after]).relations == ()
    assert read_bill(tmp_path, sasts=[before]).relations == ()


def test_a_hearing_is_on_the_clock_of_the_capitol(tmp_path):
    found = read_bill(
        tmp_path,
        calendar=[
            {"type_id": 1, "type": "Hearing", "date": "2025-02-18", "time": "14:00",
             "location": "Room 114", "description": "House Health Committee"},
        ],
    )  # fmt: skip

    (hearing,) = found.hearings or ()
    assert hearing == HearingFact(
        hearing.external_id,
        datetime(2025, 2, 18, 14, tzinfo=ZoneInfo("America/New_York")),
        "America/New_York",
        "House Health Committee",
        "Room 114",
        sitting=hearing.external_id[-12:],
    )


def test_one_hearing_on_two_bills_has_one_id_also_when_its_room_changes(tmp_path):
    def heard(**changes):
        event = {"date": "2025-02-18", "time": "14:00", "location": "Room 1", "description": "House Health"}
        (hearing,) = read_bill(tmp_path, calendar=[{**event, **changes}]).hearings or ()
        return hearing

    first = heard()

    assert heard(location="Room 2").external_id == first.external_id
    assert heard(description="House Finance").external_id != first.external_id
    assert heard(date="2025-02-19").external_id != first.external_id
    assert heard(description="House Health CANCELLED").is_cancelled
    assert not first.is_cancelled


def test_a_hearing_without_a_time_or_a_name_keeps_its_day_and_the_bills_committee(tmp_path):
    found = read_bill(
        tmp_path, committee={"name": "Health"}, calendar=[{"date": "2025-02-18", "time": "TBD"}, {"date": ""}]
    )

    (hearing,) = found.hearings or ()
    assert hearing.starts_at == datetime(2025, 2, 18, tzinfo=ZoneInfo("America/New_York"))
    assert hearing.committee == "Health"


def test_an_empty_list_says_nothing_is_there_and_a_missing_one_that_nothing_is_known(tmp_path):
    absent = {
        key: value for key, value in bill().items() if key not in ("sponsors", "texts", "votes", "calendar")
    }

    known = read_bill(tmp_path)
    unknown = only_measure(read_answers(tmp_path, answer("bill", absent)))

    assert (known.sponsors, known.texts, known.roll_calls, known.hearings) == ((), (), (), ())
    assert (unknown.sponsors, unknown.texts, unknown.roll_calls, unknown.hearings) == (None, None, None, None)


def test_an_empty_list_where_an_object_is_meant_is_nothing(tmp_path):
    assert read_bill(tmp_path, committee=[]).external_id == "7001"


def test_an_object_with_numbered_keys_is_a_list(tmp_path):
    found = read_bill(tmp_path, history={"0": {"date": "2025-02-04", "action": "Introduced"}})

    assert [action.text for action in found.actions or ()] == ["Introduced"]


def test_what_is_null_or_empty_is_not_said(tmp_path):
    found = read_bill(
        tmp_path,
        status=None,
        status_date=None,
        description=None,
        bill_type=None,
        votes=[counted(nv="", absent=None)],
    )

    (vote,) = found.roll_calls or ()
    assert (found.kind, found.summary_en, vote.others) == (MeasureKind.BILL, "", None)


def test_a_bill_of_congress_has_the_number_and_session_of_congress(tmp_path):
    found = read_bill(
        tmp_path,
        state="US",
        bill_number="HB21",
        session={"year_start": 2025, "year_end": 2026, "session_name": "119th Congress"},
    )

    assert (found.key.session.jurisdiction, found.key.session.identifier, found.key.number) == (
        "ocd-jurisdiction/country:us/government",
        "119",
        "HR 21",
    )
