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
)
from tests.legislation.importing import TODAY, happened, imported, in_office, official, only, tenures_of
from tests.legislation.upstream import (
    ALBA,
    BAO,
    CONGRESS,
    CY,
    PUBLIC_HEALTH,
    STATES,
    archive,
    copy_of,
    rewrite,
    texas,
)

pytestmark = pytest.mark.django_db
SOURCE = "openstates-people"
CY_MARLOWE = "ocd-person/33333333-3333-4333-8333-333333333333"


@pytest.fixture
def states(tmp_path):
    return copy_of(STATES, tmp_path)


def retire(states, person: str, ends_on: date) -> None:
    """Upstream moves the file to `retired` and gives the role an end."""
    target = texas(states) / "retired" / person.rpartition("/")[2]
    (texas(states) / person).rename(target)

    def end_roles(content):
        content["roles"][0]["end_date"] = ends_on

    rewrite(target, end_roles)


def test_roles_become_tenures_and_the_folder_says_who_serves():
    report = imported(SOURCE, STATES)

    assert only(report).read == {
        "legislature": 3,
        "executive": 1,
        "municipalities": 1,
        "retired": 1,
        "committees": 2,
    }
    assert in_office() == ["Alba Ferrante", "Bảo Nguyễn", "Cy Marlowe", "Dell Ostrow", "Eve Park"]
    assert tenures_of("Bảo Nguyễn") == [
        ("Texas House 27", date(2019, 1, 8), date(2023, 1, 10), False),
        ("Texas House 26", date(2023, 1, 10), None, False),
    ]
    assert official("Finn Holloway").tenures.get().end_reason == "died"


@pytest.mark.parametrize("order", [1, -1])
def test_a_role_stated_twice_counts_once_with_its_later_end(states, order):
    def state_twice(content):
        once = content["roles"][0]
        content["roles"] = [once, once | {"end_date": "2024-01-01"}][::order]

    rewrite(texas(states) / BAO, state_twice)
    imported(SOURCE, states)
    again = imported(SOURCE, states)

    assert tenures_of("Bảo Nguyễn") == [("Texas House 26", date(2023, 1, 10), None, False)]
    assert again.changes == 0


def test_a_governor_whose_term_is_over_is_unconfirmed_not_removed():
    report = imported(SOURCE, STATES)

    assert only(report).unconfirmed == 1
    assert tenures_of("Dell Ostrow") == [("Governor of Texas", date(2019, 1, 15), date(2023, 1, 17), True)]


def test_seats_come_from_the_list_of_districts_with_their_places_and_vacancies():
    report = imported(SOURCE, STATES)

    house = Seat.objects.current().filter(chamber__code="lower").order_by("district")
    assert list(house.values_list("district", "places")) == [("131", 1), ("26", 1), ("27", 2)]
    assert Seat.objects.get(district="99").is_current is False
    assert only(report).vacancies == ["Texas House 27", "Texas House 27"]


def test_without_a_list_of_districts_seats_follow_from_the_people_in_them(states):
    (states / "districts.csv").unlink()

    def second_member(content):
        content["roles"][0] |= {"district": "131"}

    rewrite(texas(states) / BAO, second_member)
    imported(SOURCE, states)

    assert list(Seat.objects.filter(district="131").values_list("places", "is_current")) == [(2, True)]
    assert Seat.objects.get(district="99").is_current is False


def test_a_form_address_is_a_web_form_and_a_broken_address_is_kept_nowhere():
    report = imported(SOURCE, STATES)

    assert list(official("Bảo Nguyễn").contact_points.values_list("kind", "value")) == [
        ("webform", "https://house.texas.example/email/26")
    ]
    assert not ContactPoint.objects.filter(official__name="Cy Marlowe").exists()
    (refused,) = only(report).refused
    assert refused.file.endswith(CY)
    assert refused.record == "ocd-person/33333333-3333-4333-8333-333333333333"
    assert "cy marlowe@senate.texas.example" in refused.why


def test_home_addresses_and_the_contacts_of_people_who_left_are_not_kept():
    imported(SOURCE, STATES)

    assert [office.kind for office in official("Alba Ferrante").offices.all()] == ["capitol"]
    assert not ContactPoint.objects.filter(official__name="Finn Holloway").exists()


def test_two_parties_without_dates_are_one_affiliation():
    imported(SOURCE, STATES)

    assert official("Cy Marlowe").parties.get().party == "Democratic / Working Families"


def test_a_mayor_belongs_to_a_town_of_the_state():
    imported(SOURCE, STATES)

    town = Jurisdiction.objects.get(level="local")
    assert (town.name, town.parent.name) == ("San Marcos", "Texas")
    assert official("Eve Park") in Official.objects.search("texas mayor", TODAY)


def test_committee_seats_of_unknown_or_departed_people_are_left_out_and_said():
    report = imported(SOURCE, STATES)

    rows = CommitteeMembership.objects.filter(committee__name="Public Health").order_by("pk")
    assert list(rows.values_list("official__name", "role")) == [
        ("Alba Ferrante", "chair"),
        ("Bảo Nguyễn", "vice_chair"),
    ]
    left_out = [notice.why for notice in only(report).notices]
    assert [why.partition(" is no ")[0] for why in left_out] == ["Finn Holloway", "Nobody Known"]
    assert Committee.objects.get(name="Telehealth").parent.name == "Public Health"


def test_one_archive_reads_like_the_checkout(states, tmp_path):
    imported(SOURCE, states)

    report = imported(SOURCE, archive(states, tmp_path / "tx.tar.gz"))

    assert (only(report).status, report.changes) == ("unchanged", 0)


def test_a_folder_of_archives_and_an_archive_of_many_states_read_state_by_state(states, tmp_path):
    folder = tmp_path / "archives"
    folder.mkdir()
    archive(states, folder / "tx.tar.gz")
    vermont = states / "data" / "vt" / "legislature"
    vermont.mkdir(parents=True)

    def to_vermont(content):
        content["id"] = "ocd-person/99999999-9999-4999-8999-999999999999"
        content["roles"][0] |= {"jurisdiction": "ocd-jurisdiction/country:us/state:vt/government"}

    (vermont / "a.yml").write_text((texas(states) / ALBA).read_text())
    rewrite(vermont / "a.yml", to_vermont)

    assert [outcome.name for outcome in imported(SOURCE, folder).outcomes] == ["Texas"]
    assert [outcome.name for outcome in imported(SOURCE, states).outcomes] == ["Texas", "Vermont"]


def test_a_second_run_changes_nothing_and_says_so():
    imported(SOURCE, STATES)

    report = imported(SOURCE, STATES)

    assert (only(report).status, report.changes, happened(report)) == ("unchanged", 0, {})
    assert report.counts()["legislature"] == 3


def test_a_retired_member_leaves_with_the_date_upstream_gives(states):
    imported(SOURCE, states)
    retire(states, BAO, date(2026, 6, 3))

    report = imported(SOURCE, states)

    assert happened(report) == {"left": ["Bảo Nguyễn"]}
    assert tenures_of("Bảo Nguyễn")[-1] == ("Texas House 26", date(2023, 1, 10), date(2026, 6, 3), False)
    assert not ContactPoint.objects.current().filter(official__name="Bảo Nguyễn").exists()
    assert not Office.objects.current().filter(official__name="Bảo Nguyễn").exists()
    assert not CommitteeMembership.objects.filter(official__name="Bảo Nguyễn", ends_on=None).exists()


def test_a_member_in_a_new_district_moves_seat(states):
    imported(SOURCE, states)

    def move(content):
        content["roles"][0]["end_date"] = date(2026, 7, 1)
        content["roles"].insert(0, content["roles"][0] | {"district": "27", "start_date": "2026-07-01"})
        del content["roles"][0]["end_date"]

    rewrite(texas(states) / BAO, move)
    report = imported(SOURCE, states)

    assert happened(report) == {"moved_seat": ["Bảo Nguyễn"]}
    assert only(report).happenings["moved_seat"][0]["detail"] == "Texas House 26 → Texas House 27"


def test_a_person_in_no_folder_is_flagged_and_stays(states):
    imported(SOURCE, states)
    (texas(states) / BAO).unlink()

    gone = imported(SOURCE, states)
    still_gone = imported(SOURCE, states)

    assert happened(gone) == {"vanished": ["Bảo Nguyễn"]}
    assert happened(still_gone) == {}
    assert "Bảo Nguyễn" in in_office()
    assert SourceRecord.objects.exclude(missing_since=None).count() == 1


def test_a_vanished_person_who_comes_back_is_no_longer_missing(states):
    imported(SOURCE, states)
    file = texas(states) / BAO
    content = file.read_text()
    file.unlink()
    imported(SOURCE, states)
    file.write_text(content)

    report = imported(SOURCE, states)

    assert list(happened(report)) == ["reappeared"]
    assert not SourceRecord.objects.exclude(missing_since=None).exists()


def test_a_changed_title_address_and_name_are_updates_of_the_same_rows(states):
    imported(SOURCE, states)
    before = official("Alba Ferrante")

    def change(content):
        content["name"] = "Alba Ferrante-Ruiz"
        content["extras"]["title"] = "Speaker"
        content["offices"][0]["voice"] = "512-555-0199"

    rewrite(texas(states) / ALBA, change)
    report = imported(SOURCE, states)

    after = official("Alba Ferrante-Ruiz")
    assert (after.pk, after.tenures.get().title, after.offices.get().phone) == (
        before.pk,
        "Speaker",
        "512-555-0199",
    )
    assert Official.objects.search("ferranteruiz", TODAY).get() == after
    assert happened(report) == {"changed_office": ["Alba Ferrante-Ruiz"]}


def test_a_legislator_the_record_knew_already_gets_a_committee(states):
    imported(SOURCE, states)

    def appoint_cy(content):
        content["members"].append({"name": "Cy Marlowe", "role": "member", "person_id": CY_MARLOWE})

    rewrite(texas(states) / PUBLIC_HEALTH, appoint_cy)
    imported(SOURCE, states)

    rows = CommitteeMembership.objects.filter(committee__name="Public Health", ends_on=None)
    assert sorted(rows.values_list("official__name", flat=True)) == [
        "Alba Ferrante",
        "Bảo Nguyễn",
        "Cy Marlowe",
    ]


def test_a_committee_that_is_no_longer_listed_has_ended(states):
    imported(SOURCE, states)
    (texas(states) / PUBLIC_HEALTH).unlink()

    imported(SOURCE, states)

    assert Committee.objects.get(name="Public Health").ended_on == TODAY
    assert CommitteeMembership.objects.filter(ends_on=None).count() == 1


def test_an_archive_without_the_retired_folder_flags_no_retired_person(states):
    imported(SOURCE, states)
    for file in (texas(states) / "retired").iterdir():
        file.unlink()
    (texas(states) / "retired").rmdir()

    assert happened(imported(SOURCE, states)) == {}


def test_an_older_archive_is_left_alone(states, tmp_path):
    older = copy_of(STATES, tmp_path / "older")

    def newcomer(content):
        content["id"] = "ocd-person/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
        content["name"] = "Nell Abara"
        content["roles"] = [content["roles"][0] | {"start_date": "2026-04-15", "district": "27"}]

    joined = texas(states) / "legislature" / "Nell-Abara.yml"
    joined.write_text((texas(states) / BAO).read_text())
    rewrite(joined, newcomer)
    retire(states, BAO, date(2026, 4, 1))
    imported(SOURCE, states)
    before = in_office()

    report = imported(SOURCE, older)

    assert (only(report).status, report.changes) == ("older", 0)
    assert in_office() == before
    assert "Bảo Nguyễn" not in before


def test_more_than_a_tenth_leaving_at_once_is_refused_without_force(states):
    for number in range(20):
        person = texas(states) / "legislature" / f"Extra-{number}.yml"
        person.write_text((texas(states) / ALBA).read_text())
        rewrite(
            person,
            lambda content, number=number: (
                content
                | {"id": f"ocd-person/bbbbbbbb-bbbb-4bbb-8bbb-{number:012d}", "name": f"Member {number}"}
            ),
        )
    imported(SOURCE, states)
    for number in range(6):
        (texas(states) / "legislature" / f"Extra-{number}.yml").unlink()

    refused = imported(SOURCE, states)
    believed = imported(SOURCE, states, force=True)

    assert (only(refused).status, refused.changes) == ("refused", 0)
    assert "--force" in only(refused).why
    assert len(happened(believed)["vanished"]) == 6


def test_a_dry_run_reports_everything_and_changes_nothing(states):
    imported(SOURCE, states)
    retire(states, BAO, date(2026, 6, 3))

    dry = imported(SOURCE, states, dry_run=True)
    real = imported(SOURCE, states)

    assert happened(dry) == happened(real) == {"left": ["Bảo Nguyễn"]}
    assert dry.changes == real.changes


def test_a_dry_run_on_an_empty_record_leaves_it_empty():
    imported(SOURCE, STATES, dry_run=True)

    assert (Official.objects.count(), Jurisdiction.objects.count(), Seat.objects.count()) == (0, 0, 0)


def test_of_congress_only_the_identifiers_are_taken(tmp_path):
    members = tmp_path / "us" / "legislature"
    members.mkdir(parents=True)
    (members / "Odalys.yml").write_text(
        "id: ocd-person/cccccccc-cccc-4ccc-8ccc-cccccccccccc\n"
        "name: Odalys Q.\n"
        "email: https://quintanilla.senate.example/contact\n"
        "roles:\n- {type: upper, jurisdiction: 'ocd-jurisdiction/country:us/government', district: Texas}\n"
        "other_identifiers:\n- {scheme: bioguide, identifier: Q000001}\n"
    )

    too_early = imported(SOURCE, tmp_path)
    imported("congress-legislators", CONGRESS)
    linked = imported(SOURCE, tmp_path)
    again = imported(SOURCE, tmp_path)

    assert "congress-legislators first" in only(too_early).notices[0].why
    assert [linked.changes, again.changes] == [1, 0]
    assert Identifier.objects.get(scheme="ocd-person").official == official("Odalys Quintanilla")
    assert only(linked).read["us legislature"] == 1
