from datetime import date

import pytest

from legislation.models import (
    Committee,
    CommitteeMembership,
    ContactPoint,
    Identifier,
    Jurisdiction,
    Office,
    Official,
    Seat,
    SourceRecord,
    Tenure,
)
from tests.legislation.importing import TODAY, happened, imported, in_office, official, only, tenures_of
from tests.legislation.upstream import CONGRESS, compressed, copy_of, rewrite

pytestmark = pytest.mark.django_db
SOURCE = "congress-legislators"


@pytest.fixture
def congress(tmp_path):
    return copy_of(CONGRESS, tmp_path)


def test_every_term_becomes_a_tenure_and_only_the_last_end_is_expected():
    imported(SOURCE, CONGRESS)

    assert tenures_of("Odalys Quintanilla") == [
        ("U.S. House TX-34", date(2013, 1, 3), date(2015, 1, 3), False),
        ("U.S. Senate Texas", date(2021, 1, 3), date(2027, 1, 3), True),
    ]


def test_a_name_without_its_official_form_is_put_together():
    imported(SOURCE, CONGRESS)

    senator = Official.objects.get(family_name="O'Rourke-Núñez")
    assert (senator.name, senator.nickname) == ("Séamus O'Rourke-Núñez Jr.", "Shay")


def test_the_house_has_441_seats_and_the_senate_two_places_per_state():
    imported(SOURCE, CONGRESS)

    house = Seat.objects.current().filter(chamber__code="lower")
    senate = Seat.objects.current().filter(chamber__code="upper")
    assert (house.count(), senate.count(), sum(senate.values_list("places", flat=True))) == (441, 50, 100)
    assert Seat.objects.get(district="AK-AL").label == "U.S. House Alaska (at large)"


def test_a_federal_seat_lies_in_the_state_it_represents():
    imported(SOURCE, CONGRESS)

    texas = Jurisdiction.objects.get(abbreviation="TX")
    assert [str(one) for one in Official.objects.representing([texas.pk], TODAY)] == ["Odalys Quintanilla"]


def test_a_term_past_its_expected_end_stays_in_force_unconfirmed():
    imported(SOURCE, CONGRESS)

    after_the_election = date(2026, 11, 21)
    assert "Wren Whitcombe" in in_office(after_the_election)
    unconfirmed = Tenure.objects.unconfirmed(after_the_election)
    assert [tenure.official.name for tenure in unconfirmed] == ["Wren Whitcombe"]


def test_affiliations_within_a_term_become_spans_without_a_gap():
    imported(SOURCE, CONGRESS)

    spans = official("Séamus O'Rourke-Núñez Jr.").parties.order_by("starts_on")
    assert list(spans.values_list("party", "starts_on", "ends_on")) == [
        ("Republican", date(2025, 1, 3), date(2025, 10, 1)),
        ("Independent", date(2025, 10, 1), None),
    ]


def test_offices_contacts_and_identifiers_are_kept_by_kind():
    imported(SOURCE, CONGRESS)

    senator = official("Odalys Quintanilla")
    assert sorted(senator.offices.values_list("kind", "label", "phone")) == [
        ("capitol", "", "202-555-0101"),
        ("district", "Laredo", "956-555-0111"),
        ("district", "Waco", "254-555-0112"),
    ]
    assert sorted(senator.contact_points.values_list("kind", "label", "value")) == [
        ("social", "Facebook", "SenQuintanilla"),
        ("social", "Twitter", "SenQuintanilla"),
        ("url", "", "https://quintanilla.senate.example"),
        ("webform", "", "https://quintanilla.senate.example/contact"),
    ]
    assert Identifier.objects.get(scheme="thomas").value == "09901"


def test_committees_and_subcommittees_carry_members_with_rank_and_side():
    imported(SOURCE, CONGRESS)

    ferries = Committee.objects.get(external_id="SSRB03")
    assert (ferries.parent.name, ferries.classification) == (
        "Senate Committee on Rivers and Bridges",
        "subcommittee",
    )
    rows = CommitteeMembership.objects.filter(committee__external_id="SSRB").order_by("rank")
    assert list(rows.values_list("official__family_name", "role", "role_raw", "side")) == [
        ("Quintanilla", "ranking_member", "Ranking Member", "minority"),
        ("Whitcombe", "member", "", "majority"),
    ]


def test_a_second_run_changes_nothing_and_says_so():
    imported(SOURCE, CONGRESS)
    before = list(Tenure.objects.order_by("pk").values())

    report = imported(SOURCE, CONGRESS)

    assert (only(report).status, report.changes, happened(report)) == ("unchanged", 0, {})
    assert list(Tenure.objects.order_by("pk").values()) == before


def test_whoever_is_no_longer_listed_has_left_and_is_kept(congress):
    imported(SOURCE, congress)
    rewrite(congress / "legislators-current.yaml", lambda people: people[:2])
    rewrite(
        congress / "committee-membership-current.yaml", lambda seats: {**seats, "SSRB": seats["SSRB"][:1]}
    )

    report = imported(SOURCE, congress, on=date(2026, 9, 1))

    assert happened(report) == {"left": ["Wren Whitcombe"]}
    assert tenures_of("Wren Whitcombe") == [
        ("U.S. Senate Ohio", date(2025, 2, 1), date(2026, 9, 1), False),
    ]
    assert SourceRecord.objects.get(external_id="W000003").missing_since is not None
    assert not CommitteeMembership.objects.filter(official__name="Wren Whitcombe", ends_on=None).exists()
    assert "U.S. Senate Ohio" in only(report).vacancies


def test_a_newcomer_a_new_party_and_a_new_phone_are_noticed(congress):
    imported(SOURCE, congress)

    def update(people):
        people[1]["terms"][-1]["party_affiliations"].append({"start": "2026-08-25", "party": "Democrat"})
        people[2]["terms"][-1]["phone"] = "202-555-0199"
        newcomer = {
            "id": {"bioguide": "N000004", "govtrack": 900004},
            "name": {"first": "Nell", "last": "Abara"},
            "terms": [
                {"type": "rep", "start": "2026-08-26", "end": "2027-01-03", "state": "VT", "district": 0}
            ],
        }
        return [*people, newcomer]

    rewrite(congress / "legislators-current.yaml", update)
    report = imported(SOURCE, congress, on=date(2026, 9, 1))

    assert happened(report) == {
        "joined": ["Nell Abara"],
        "changed_party": ["Séamus O'Rourke-Núñez Jr."],
        "changed_office": ["Wren Whitcombe"],
    }
    assert Office.objects.get(official__name="Wren Whitcombe").phone == "202-555-0199"


def test_a_member_who_goes_to_the_other_chamber_moves_seat(congress):
    imported(SOURCE, congress)

    def promote(people):
        term = {
            "type": "sen",
            "start": "2026-08-26",
            "end": "2029-01-03",
            "state": "AK",
            "party": "Independent",
        }
        people[1]["terms"][-1] |= {"end": "2026-08-26"}
        people[1]["terms"].append(term)

    rewrite(congress / "legislators-current.yaml", promote)
    report = imported(SOURCE, congress, on=date(2026, 9, 1))

    assert happened(report) == {"moved_seat": ["Séamus O'Rourke-Núñez Jr."]}
    assert tenures_of("Séamus O'Rourke-Núñez Jr.") == [
        ("U.S. House Alaska (at large)", date(2025, 1, 3), date(2026, 8, 26), False),
        ("U.S. Senate Alaska", date(2026, 8, 26), date(2029, 1, 3), True),
    ]


def test_files_that_are_not_there_empty_nothing(congress):
    imported(SOURCE, congress)
    for part in ("legislators-district-offices", "legislators-social-media", "committees-current"):
        (congress / f"{part}.yaml").unlink()

    report = imported(SOURCE, congress)

    assert happened(report) == {}
    assert Office.objects.filter(ended_on=None, kind="district").count() == 2
    assert ContactPoint.objects.filter(ended_on=None, kind="social").count() == 2
    assert CommitteeMembership.objects.filter(ends_on=None).count() == 3


def test_a_compressed_snapshot_reads_like_the_plain_file(tmp_path):
    compressed(CONGRESS / "legislators-current.yaml", tmp_path / "legislators-current.yaml.gz")

    report = imported(SOURCE, tmp_path)

    assert only(report).read == {"legislators": 3}


def test_an_older_file_resurrects_nobody(congress, tmp_path):
    older = copy_of(CONGRESS, tmp_path / "older")
    newcomer = {
        "id": {"bioguide": "N000004"},
        "name": {"first": "Nell", "last": "Abara"},
        "terms": [{"type": "rep", "start": "2026-04-01", "end": "2027-01-03", "state": "VT", "district": 0}],
    }
    rewrite(congress / "legislators-current.yaml", lambda people: [*people[:2], newcomer])
    imported(SOURCE, older, on=date(2026, 1, 13))
    imported(SOURCE, congress)
    before = in_office()

    report = imported(SOURCE, older)

    assert (only(report).status, report.changes) == ("older", 0)
    assert in_office() == before == ["Nell Abara", "Odalys Quintanilla", "Séamus O'Rourke-Núñez Jr."]


def test_an_older_file_on_a_record_that_never_saw_it_adds_nobody(congress):
    rewrite(
        congress / "legislators-current.yaml",
        lambda people: [
            *people[:2],
            {
                "id": {"bioguide": "N000004"},
                "name": {"first": "Nell", "last": "Abara"},
                "terms": [
                    {"type": "rep", "start": "2026-04-01", "end": "2027-01-03", "state": "VT", "district": 0}
                ],
            },
        ],
    )
    imported(SOURCE, congress)

    report = imported(SOURCE, CONGRESS)

    assert only(report).status == "older"
    assert not Official.objects.filter(name="Wren Whitcombe").exists()


def test_a_file_that_only_repeats_an_ended_term_does_not_reopen_it_unless_told_so(congress):
    imported(SOURCE, congress)
    rewrite(congress / "legislators-current.yaml", lambda people: people[:2])
    imported(SOURCE, congress)

    again = imported(SOURCE, CONGRESS)
    believed = imported(SOURCE, CONGRESS, force=True)

    assert only(again).status == "older"
    assert only(believed).status == "applied"


def test_presidents_are_in_office_only_if_theirs_is_the_latest_term(congress):
    first = {
        "id": {"bioguide": "P000001", "govtrack": 1},
        "name": {"first": "Ada", "last": "Early"},
        "terms": [{"type": "prez", "start": "1801-03-04", "end": "1805-03-04", "party": "no party"}],
    }
    latest = {
        "id": {"govtrack": 2},
        "name": {"first": "Bo", "last": "Late"},
        "terms": [{"type": "prez", "start": "2025-01-20", "end": "2029-01-20", "party": "no party"}],
    }
    (congress / "executive.yaml").write_text("[]")
    rewrite(congress / "executive.yaml", lambda people: [first, latest])

    report = imported(SOURCE, congress)

    assert only(report).read["executive"] == 2
    assert ("Bo Late" in in_office(), "Ada Early" in in_office()) == (True, False)


def test_a_new_congress_may_replace_half_a_chamber_but_half_a_file_may_not(congress):
    def member(number: int, start: str, end: str) -> dict:
        term = {"type": "rep", "start": start, "end": end, "state": "CA", "district": number % 40 + 1}
        return {
            "id": {"bioguide": f"M{number:06d}"},
            "name": {"first": "Member", "last": f"No. {number}"},
            "terms": [term],
        }

    outgoing = [member(number, "2025-01-03", "2027-01-03") for number in range(40)]
    incoming = [member(number, "2027-01-03", "2029-01-03") for number in range(40, 60)]
    stay = [
        one | {"terms": [*one["terms"], one["terms"][0] | {"start": "2027-01-03", "end": "2029-01-03"}]}
        for one in outgoing[20:]
    ]
    file = congress / "legislators-current.yaml"
    rewrite(file, lambda people: outgoing)
    imported(SOURCE, congress)

    rewrite(file, lambda people: outgoing[:30])
    half = imported(SOURCE, congress)
    rewrite(file, lambda people: [*stay, *incoming])
    elected = imported(SOURCE, congress, on=date(2027, 1, 5))

    assert (only(half).status, half.changes) == ("refused", 0)
    found = happened(elected)
    assert (only(elected).status, len(found["left"]), len(found["joined"])) == ("applied", 20, 20)
    assert only(elected).unconfirmed == 0
