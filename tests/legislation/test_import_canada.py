import json

import pytest

from legislation.models import Seat
from legislation.sources.opening import FileRefused
from tests.legislation.importing import TODAY, happened, imported, in_office, official, only
from tests.legislation.upstream import CANADA, copy_of

pytestmark = pytest.mark.django_db
SOURCE = "canada-mps"


@pytest.fixture
def canada(tmp_path):
    return copy_of(CANADA, tmp_path)


def change(folder, alter) -> None:
    file = folder / "mps.json"
    members = json.loads(file.read_text())
    file.write_text(json.dumps(alter(members) or members, ensure_ascii=False))


def test_ridings_are_found_by_name_because_their_numbers_belong_to_another_map():
    report = imported(SOURCE, CANADA)

    seat = Seat.objects.get(district="Lakeside West—Harbour")
    assert seat.division.ocd_id == "ocd-division/country:ca/ed:35001-2023"
    assert seat.division.jurisdiction.name == "Ontario"
    assert seat.label_in("fr") == "Chambre des communes, Lakeside-Ouest—Harbour"
    assert only(report).vacancies == ["House of Commons, Emptyville"]


def test_without_the_list_of_ridings_the_province_comes_from_the_file_where_it_can(canada):
    (canada / "country-ca.csv").unlink()

    imported(SOURCE, canada)

    assert Seat.objects.get(district="Rivière-du-Moulin").division.jurisdiction.name == "Quebec"
    assert Seat.objects.get(district="Lakeside West—Harbour").division is None


def test_a_member_is_known_by_the_parliamentary_address_and_kept_with_accents():
    imported(SOURCE, CANADA)

    member = official("Élise Marchand-Côté")
    assert member.identifiers.get().value == "elise.marchandcote"
    assert member.contact_points.get().value == "Elise.MarchandCote@parl.example"


def test_a_second_run_changes_nothing_and_a_leaver_leaves(canada):
    imported(SOURCE, canada)

    again = imported(SOURCE, canada)
    change(canada, lambda members: members[:1])
    left = imported(SOURCE, canada)

    assert again.changes == 0
    assert happened(left) == {"left": ["Gord Halvorsen"]}
    assert in_office(TODAY) == ["Élise Marchand-Côté"]


def test_a_list_that_brings_back_word_for_word_somebody_who_left_is_older(canada):
    imported(SOURCE, canada)
    change(canada, lambda members: members[:1])
    imported(SOURCE, canada)

    report = imported(SOURCE, CANADA)

    assert only(report).status == "older"
    assert in_office(TODAY) == ["Élise Marchand-Côté"]


def test_the_answer_of_represent_reads_like_the_plain_list(canada):
    (canada / "mps.json").write_text(
        json.dumps(
            {
                "objects": [
                    {
                        "name": "Gord Halvorsen",
                        "first_name": "Gord",
                        "last_name": "Halvorsen",
                        "email": "gord.halvorsen@parl.example",
                        "party_name": "Liberal",
                        "district_name": "Lakeside West-Harbour",
                        "offices": [
                            {
                                "type": "legislature",
                                "postal": "House of Commons\nOttawa",
                                "tel": "1 613 555-0101",
                            }
                        ],
                    }
                ]
            }
        )
    )

    imported(SOURCE, canada)

    member = official("Gord Halvorsen")
    assert member.tenures.get().seat.district == "Lakeside West—Harbour"
    assert member.offices.get().address == "House of Commons, Ottawa"


def test_a_member_without_a_usable_address_is_refused_and_nobody_leaves_for_it(canada):
    imported(SOURCE, canada)

    def break_address(members):
        members[1]["email"] = "gord halvorsen at parl.example"

    change(canada, break_address)
    report = imported(SOURCE, canada)

    assert [(one.file, one.record) for one in only(report).refused] == [("mps.json", "row 2")]
    assert happened(report) == {}
    assert "Gord Halvorsen" in in_office(TODAY)


@pytest.mark.parametrize("content", ["{}", "[]", '"MPs"', "[1, 2]", "{", '{"objects": 5}', "[[[[", ""])
def test_anything_else_is_refused_whole(canada, content):
    (canada / "mps.json").write_text(content)

    report = imported(SOURCE, canada)

    assert only(report).status == "refused"
    assert "mps.json" in only(report).why


def test_an_empty_folder_is_no_source(tmp_path):
    assert only(imported(SOURCE, tmp_path)).status == "refused"


def test_a_wrong_list_of_ridings_is_refused_whole(canada):
    (canada / "country-ca.csv").write_bytes(b"\xff\xfe\x00id")

    report = imported(SOURCE, canada)

    assert only(report).status == "refused"
    assert "country-ca.csv" in only(report).why


def test_congress_data_is_not_taken_for_members_of_parliament(tmp_path):
    with pytest.raises(FileRefused, match=r"legislators-current\.yaml"):
        imported("congress-legislators", CANADA)
