"""What the scrapers of Open States write, read into neutral facts."""

import tarfile
from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.measure_relation import RelationKind
from legislation.models.session import SessionKind
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage
from legislation.sources.measures import openstates_scrape
from legislation.sources.measures.records import (
    ActionFact,
    MeasureKey,
    MeasureRecord,
    PersonHint,
    Refused,
    RelationFact,
    SessionFact,
    SponsorFact,
    TextFact,
)
from legislation.sources.opening import FileRefused
from tests.legislation.measures.openstates_files import (
    CONGRESS,
    WYOMING,
    bill,
    body,
    federal_bill,
    line,
    only,
    read,
    roll_call,
    sponsor,
    version,
    written,
)

SESSION = SessionFact(WYOMING["id"], "2026")


def test_a_bill_is_read_with_its_titles_summary_and_page(tmp_path):
    abstracts = [
        {"note": "digest", "abstract": "AN ACT relating to care."},
        {"note": "summary", "abstract": "Pays for visits by video."},
    ]
    sources = [{"url": "https://data.example/HB0126.xml"}, {"url": "https://leg.example/HB0126"}]
    titles = [{"title": "AN ACT relating to  care.", "note": ""}, {"title": "Telehealth parity."}]
    found = only(
        written(tmp_path, bill(abstracts=abstracts, other_titles=titles, sources=sources, subject=["Health"]))
    )

    assert (found.external_id, found.key) == ("us/state:wy/2026/HB126", MeasureKey(SESSION, "HB0126"))
    assert (found.kind, found.title_en, found.title_fr) == (MeasureKind.BILL, "Telehealth parity.", "")
    assert found.other_titles == ("AN ACT relating to care.",)
    assert found.summary_en == "Pays for visits by video."
    assert (found.subjects, found.url) == (("Health",), "https://leg.example/HB0126")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["bill", "appropriation"], MeasureKind.BILL),
        (["joint resolution"], MeasureKind.RESOLUTION),
        (["constitutional amendment"], MeasureKind.RESOLUTION),
        (["concurrent study request"], MeasureKind.STUDY),
        (["appointment"], MeasureKind.NOMINATION),
        (["petition"], MeasureKind.BILL),
        ([], MeasureKind.BILL),
    ],
)
def test_what_upstream_calls_a_measure_tells_its_kind(tmp_path, words, kind):
    assert only(written(tmp_path, bill(classification=words))).kind == kind


def test_what_the_file_does_not_say_is_none_and_what_is_empty_is_empty(tmp_path):
    silent = bill("HB0001")
    for name in ("actions", "sponsorships", "versions", "related_bills"):
        del silent[name]
    first, second = read(written(tmp_path, silent, bill("HB0002")))

    assert (first.actions, first.stages, first.sponsors, first.texts, first.relations) == (None,) * 5
    assert (second.actions, second.stages, second.sponsors, second.texts, second.relations) == ((),) * 5
    assert (second.roll_calls, second.hearings) == (None, None)


def test_null_says_as_little_as_an_absent_key(tmp_path):
    found = only(
        written(tmp_path, bill(actions=None, abstracts=None, subject=None, versions=[version(None)]))
    )

    assert (found.actions, found.summary_en, found.subjects) == (None, "", ())
    assert found.texts == (TextFact("#1", "#1"),)


def test_a_day_is_that_of_the_legislature_and_not_of_greenwich(tmp_path):
    lines = [line("2026-03-08T01:00:04+00:00", "Assigned Chapter Number 92"), line("2026-03-02", "Sent")]

    assert [action.on for action in only(written(tmp_path, bill(actions=lines))).actions] == [
        date(2026, 3, 2),
        date(2026, 3, 7),
    ]


def test_a_history_that_lists_the_newest_first_is_turned(tmp_path):
    lines = [
        line("2026-02-20", "Sent to the Senate"),
        line("2026-02-20", "Passed", "passage"),
        line("2026-02-10", "Referred to Health", "referral-committee"),
    ]
    texts = [action.text for action in only(written(tmp_path, bill(actions=lines))).actions]

    assert texts == ["Referred to Health", "Passed", "Sent to the Senate"]


def test_a_history_that_lists_the_oldest_first_keeps_its_order_within_a_day(tmp_path):
    lines = [
        line("2026-02-10", "Referred to Health", "referral-committee"),
        line("2026-02-20", "Passed", "passage"),
        line("2026-02-20", "Sent to the Senate"),
    ]
    texts = [action.text for action in only(written(tmp_path, bill(actions=lines))).actions]

    assert texts == ["Referred to Health", "Passed", "Sent to the Senate"]


@pytest.mark.parametrize("newest_first", [True, False])
def test_a_history_of_one_day_begins_with_the_introduction(tmp_path, newest_first):
    lines = [
        line("2026-02-10", "Introduced", "introduction"),
        line("2026-02-10", "Referred", "referral-committee"),
    ]
    listed = lines[::-1] if newest_first else lines
    texts = [action.text for action in only(written(tmp_path, bill(actions=listed))).actions]

    assert texts == ["Introduced", "Referred"]


def test_a_mixed_history_is_sorted_by_day_and_then_by_its_turned_order(tmp_path):
    lines = [
        line("2026-03-03", "D"),
        line("2026-03-02", "B"),
        line("2026-03-02", "A"),
        line("2026-03-03", "C"),
        line("2026-03-01", "Introduced", "introduction"),
    ]
    texts = [action.text for action in only(written(tmp_path, bill(actions=lines))).actions]

    assert texts == ["Introduced", "A", "B", "C", "D"]


def test_an_action_says_what_happened_where_and_how_upstream_calls_it(tmp_path):
    lines = [line("2026-02-10", "S  3rd Reading:Passed", "passage", "reading-3", chamber="upper")]

    assert only(written(tmp_path, bill(actions=lines))).actions == (
        ActionFact(
            date(2026, 2, 10),
            "S 3rd Reading:Passed",
            chamber=ChamberCode.UPPER,
            classification="passage, reading-3",
        ),
    )


def test_a_wyoming_senate_file_began_in_the_senate_whatever_the_scraper_says(tmp_path):
    lines = [
        line("2026-02-10", "S Passed", "passage", chamber="upper"),
        line("2026-02-20", "H Passed", "passage", chamber="lower"),
    ]
    found = only(written(tmp_path, bill("SF0034", from_organization=body("lower"), actions=lines)))

    assert [(step.stage, step.chamber) for step in found.stages] == [
        (Stage.PASSED_1, ChamberCode.UPPER),
        (Stage.PASSED_2, ChamberCode.LOWER),
    ]


def test_sponsors_come_before_those_who_joined_and_committees_are_told_from_people(tmp_path):
    listed = [
        sponsor("Andrew"),
        sponsor("Yin", primary=True),
        sponsor("Revenue", primary=True, kind="organization"),
    ]

    assert only(written(tmp_path, bill(sponsorships=listed))).sponsors == (
        SponsorFact(PersonHint("Yin"), SponsorRole.SPONSOR),
        SponsorFact(PersonHint("Revenue", is_committee=True), SponsorRole.SPONSOR),
        SponsorFact(PersonHint("Andrew"), SponsorRole.COSPONSOR),
    )


def test_sponsors_of_congress_carry_their_bioguide_ids(tmp_path):
    listed = [sponsor("Ann Lee"), sponsor("Bo Diaz"), sponsor("Cy Moss", primary=True)]
    extras = {"sponsor_bioguides": ["M000003"], "cosponsor_bioguides": ["L000001", "D000002"]}
    found = only(written(tmp_path, federal_bill(sponsorships=listed, extras=extras), under="us"))

    assert [(fact.who.name, fact.who.identifiers) for fact in found.sponsors] == [
        ("Cy Moss", (("bioguide", "M000003"),)),
        ("Ann Lee", (("bioguide", "L000001"),)),
        ("Bo Diaz", (("bioguide", "D000002"),)),
    ]


def test_a_list_of_ids_of_another_length_than_the_names_tells_nothing(tmp_path):
    listed = [sponsor("Ann Lee"), sponsor("Bo Diaz")]
    extras = {"sponsor_bioguides": [], "cosponsor_bioguides": ["L000001"]}
    found = only(written(tmp_path, federal_bill(sponsorships=listed, extras=extras), under="us"))

    assert [fact.who.identifiers for fact in found.sponsors] == [(), ()]


def test_texts_are_named_dated_and_linked_and_amendments_are_none(tmp_path):
    listed = [
        version("Introduced", "https://leg.example/a b.pdf", on="2026-02-01"),
        version(
            "Amendment HB0126H2001", "https://leg.example/c.pdf", extras={"amendmentNumber": "HB0126H2001"}
        ),
        version("Engrossed", "ftp://leg.example/d.pdf"),
        version("Engrossed", "https://leg.example/e.pdf", on="2026-02-20"),
    ]

    assert only(written(tmp_path, bill(versions=listed))).texts == (
        TextFact("Introduced", "Introduced", on=date(2026, 2, 1), url="https://leg.example/a%20b.pdf"),
        TextFact("Engrossed", "Engrossed"),
        TextFact("Engrossed 2026-02-20", "Engrossed", on=date(2026, 2, 20), url="https://leg.example/e.pdf"),
    )


def test_only_a_bill_of_the_other_chamber_is_a_companion(tmp_path):
    names = ["S 9", "HR 8", "HRES 7", "SRES 6"]
    related = [
        {"identifier": name, "legislative_session": "119", "relation_type": "companion"} for name in names
    ]
    related.append({"identifier": "HR 5", "legislative_session": "118", "relation_type": "prior-session"})
    found = only(written(tmp_path, federal_bill(related_bills=related), under="us"))

    def fact(session, number, kind):
        return RelationFact(MeasureKey(SessionFact(CONGRESS["id"], session), number), kind)

    assert found.relations == (
        fact("119", "S 9", RelationKind.COMPANION),
        fact("119", "HR 8", RelationKind.RELATED),
        fact("119", "HRES 7", RelationKind.RELATED),
        fact("119", "SRES 6", RelationKind.RELATED),
        fact("118", "HR 5", RelationKind.PRIOR_SESSION),
    )


def test_what_the_carrier_adds_changes_no_fingerprint_and_a_new_vote_does(tmp_path):
    lines = [{**line("2026-02-10", "Sent"), "_processing": {"log_file_created": "1"}}]
    plain = only(written(tmp_path / "a", bill(actions=[line("2026-02-10", "Sent")], _processing={})))
    carried = only(written(tmp_path / "b", bill(actions=lines)))
    retitled = only(written(tmp_path / "c", bill(actions=lines, title="Another.")))
    voted = only(written(tmp_path / "d", bill(actions=lines), roll_call()))
    redrawn = only(written(tmp_path / "e", bill(actions=lines), roll_call(bill="another-run")))

    assert plain.content_hash == carried.content_hash
    assert voted.content_hash == redrawn.content_hash
    assert len({one.content_hash for one in (plain, retitled, voted)}) == 3


def test_the_scrapers_file_on_the_jurisdiction_names_the_session(tmp_path):
    scope = {
        "name": "Wyoming",
        "legislative_sessions": [
            {
                "identifier": "2026",
                "name": "2026 Budget Session",
                "classification": "special",
                "start_date": "2026-02-09",
                "end_date": "2026-03-06",
            }
        ],
    }
    found = only(written(tmp_path, bill(), scope))

    assert found.key.session == SessionFact(
        WYOMING["id"],
        "2026",
        "2026 Budget Session",
        SessionKind.SPECIAL,
        date(2026, 2, 9),
        date(2026, 3, 7),
    )


def test_a_broken_file_on_the_jurisdiction_is_told_and_costs_no_bill(tmp_path):
    scope = {"legislative_sessions": [{"identifier": "2026", "end_date": "9999-12-31"}]}
    file = openstates_scrape.read(written(tmp_path, bill(), scope))

    assert [one.key.session for one in file.records] == [SESSION]
    assert file.warnings == [f"{tmp_path.name}/wy/2026/001/record.json: date value out of range"]


def test_one_broken_file_is_refused_by_name_and_the_others_are_read(tmp_path):
    folder = written(
        tmp_path,
        bill("HB0001"),
        bill("HB0002", title=None),
        bill("HB0003", actions=[line("last Tuesday", "Sent")]),
        roll_call("", ("Yin", "yes")),
    )
    (folder / "wy" / "cut.json").write_text('{"identifier": "HB0004", ')
    found = read(folder)
    refused = {one.where.partition("/")[2]: one.why for one in found if isinstance(one, Refused)}

    assert [one.key.number for one in found if isinstance(one, MeasureRecord)] == ["HB0001"]
    assert sorted(refused) == [
        "wy/2026/001/record.json",
        "wy/2026/002/record.json",
        "wy/2026/003/record.json",
        "wy/cut.json",
    ]
    assert refused["wy/2026/001/record.json"] == "title: Field required"
    assert refused["wy/2026/003/record.json"] == "it names no bill and session"
    assert "last Tuesday" in refused["wy/2026/002/record.json"]
    assert "not readable as JSON" in refused["wy/cut.json"]


def test_files_of_another_kind_are_counted_and_left_out(tmp_path):
    file = openstates_scrape.read(written(tmp_path, bill(), {"name": "Senate", "parent_id": None}))

    assert [one.key.number for one in file.records] == ["HB0126"]
    assert file.warnings == ["1 file is neither a bill nor a roll call and was left out."]


def test_an_archive_is_read_like_its_folder(tmp_path):
    folder = written(tmp_path / "files", bill(), roll_call("HB0126", ("Yin", "yes")))
    with tarfile.open(tmp_path / "wy.tar.gz", "w:gz") as archive:
        archive.add(folder / "wy", "wy")
    (unpacked,), (packed,) = read(folder), read(tmp_path / "wy.tar.gz")

    assert packed.content_hash == unpacked.content_hash
    assert packed.file == "wy/2026/000/record.json"


def test_a_damaged_archive_does_not_keep_the_others_out(tmp_path):
    folder = written(tmp_path / "files", bill())
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        archive.add(folder / "wy", "wy")
    (tmp_path / "a.tar.gz").write_bytes((tmp_path / "b.tar.gz").read_bytes()[:80])
    refused, found = read(tmp_path)

    assert (refused.where, found.key.number) == ("a.tar.gz", "HB0126")
    with pytest.raises(FileRefused):
        openstates_scrape.read(tmp_path / "a.tar.gz")


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_with_nothing_to_read_is_refused(tmp_path, name):
    with pytest.raises(FileRefused, match="holds no bills"):
        openstates_scrape.read(tmp_path / name)
