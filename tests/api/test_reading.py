"""Officials, measures and the log through the API: what is told, to whom, and in pages."""

from datetime import date

import pytest

from advocacy.api.models import Scope
from advocacy.interactions.models import Interaction
from legislation.models import Division, Identifier, Stage
from tests.api.asking import ask, names, token_of
from tests.cast import Cast
from tests.factories.log import SEATED, alma_reyes, hb_210, logged, official_in, seat_in
from tests.factories.measures import measure, stepped, tracked
from tests.factories.people import state

PAGES = {
    "/officials": Scope.OFFICIALS_READ,
    "/measures": Scope.MEASURES_READ,
    "/issues": Scope.MEASURES_READ,
    "/interactions": Scope.LOG_READ,
    "/osdi": Scope.LOG_READ,
    "/osdi/outreaches": Scope.LOG_READ,
    "/webhooks": Scope.WEBHOOKS,
}
INTERACTIONS, OFFICIALS = 19, 8


@pytest.mark.parametrize(("path", "scope"), PAGES.items(), ids=PAGES)
def test_a_page_opens_with_its_scope_and_with_no_other(cast: Cast, path: str, scope: Scope):
    others = [one for one in Scope.values if one != scope]

    assert ask(token_of(cast.dana, scope), path).status_code == 200
    refused = ask(token_of(cast.dana, *others), path)
    assert refused.status_code == 403
    assert scope in refused.json()["detail"]
    assert ask("", path).status_code == 401


def test_an_official_is_told_with_seats_and_open_civic_data_ids(cast: Cast):
    reyes = alma_reyes()
    seat = reyes.tenures.get().seat
    seat.division = Division.objects.create(ocd_id="ocd-division/country:us/state:tx/sldl:131", name="131")
    seat.save()
    Identifier.objects.create(official=reyes, scheme="openstates", value="ocd-person/1")

    answer = ask(token_of(cast.dana), f"/officials/{reyes.pk}").json()

    assert answer == {
        "id": reyes.pk,
        "url": f"http://127.0.0.1:8000/api/v1/officials/{reyes.pk}",
        "name": "Alma Reyes",
        "given_name": "Alma",
        "family_name": "Reyes",
        "in_office": True,
        "identifiers": [{"scheme": "openstates", "value": "ocd-person/1"}],
        "tenures": [
            {
                "seat": {
                    "id": seat.pk,
                    "label": "Texas House 131",
                    "chamber": "lower",
                    "chamber_name": "Texas House",
                    "district": "131",
                    "division_id": "ocd-division/country:us/state:tx/sldl:131",
                    "jurisdiction_id": state("tx", "Texas").ocd_id,
                },
                "title": "",
                "starts_on": SEATED.isoformat(),
                "ends_on": None,
                "end_is_expected": False,
                "is_in_force": True,
            }
        ],
    }


def test_officials_are_found_by_name_place_and_whether_they_sit(cast: Cast):
    alma_reyes()
    ohio = seat_in(state("oh", "Ohio"), "3", "upper")
    official_in(ohio, "Bo Lane", ends_on=date(2026, 1, 1))
    secret = token_of(cast.dana)

    assert names(ask(secret, "/officials")) == ["Bo Lane", "Alma Reyes"]
    assert names(ask(secret, "/officials?q=reyes")) == ["Alma Reyes"]
    place = ohio.chamber.jurisdiction.ocd_id
    assert names(ask(secret, f"/officials?jurisdiction={place}")) == ["Bo Lane"]
    assert names(ask(secret, "/officials?chamber=lower")) == ["Alma Reyes"]
    assert names(ask(secret, "/officials?in_office=true")) == ["Alma Reyes"]
    assert names(ask(secret, "/officials?in_office=false")) == ["Bo Lane"]
    assert names(ask(secret, "/officials?in_office=false&chamber=lower")) == []
    assert names(ask(secret, "/officials?in_office=true&chamber=upper")) == []


def test_a_list_comes_in_pages_that_lead_through_all_of_it(cast: Cast):
    seat = seat_in(state("tx", "Texas"), "1")
    for number in range(5):
        official_in(seat, f"Member {number}", starts_on=date(2020 + number, 1, 1))
    secret = token_of(cast.dana)

    found, path = [], "/officials?limit=2"
    while path:
        page = ask(secret, path)
        found.append(names(page))
        path = (page.json()["next"] or "").removeprefix("http://127.0.0.1:8000")

    assert found == [["Member 0", "Member 1"], ["Member 2", "Member 3"], ["Member 4"]]


def test_a_cursor_of_ones_own_making_is_refused_by_name(cast: Cast):
    alma_reyes()

    answer = ask(token_of(cast.dana), "/officials?after=nonsense")

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["after"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_however_long_it_is(cast: Cast, django_assert_num_queries, rows: int):
    reyes = alma_reyes()
    for _number in range(rows):
        logged(cast.dana, [reyes])
    secret = token_of(cast.dana)
    ask(secret, "/me")

    with django_assert_num_queries(INTERACTIONS):
        ask(secret, "/interactions")
    with django_assert_num_queries(OFFICIALS):
        ask(secret, "/officials")


def test_measures_are_found_by_what_they_are_and_where_they_stand(cast: Cast):
    bill = hb_210()
    stepped(bill, Stage.REPORTED_1, date(2027, 2, 1))
    other = measure("SB 9")
    tracked(other, cast.gulf_prairie, owner=cast.dana)
    secret = token_of(cast.dana)

    def found(query: str) -> set[str]:
        return {row["number"] for row in ask(secret, f"/measures?{query}").json()["data"]}

    assert found("") == {"HB 210", "SB 9"}
    assert found("number=hb210") == {"HB 210"}
    assert found("stage=reported_1") == {"HB 210"}
    assert found("session=90R&number=HB210") == {"HB 210"}
    assert found("session=1") == set()
    assert found(f"jurisdiction={bill.session.jurisdiction.ocd_id}") >= {"HB 210"}
    assert found("jurisdiction=ocd-none") == set()
    assert found("q=exchange") == {"HB 210"}
    assert found("tracked=true") == {"SB 9"}


def test_a_measure_is_told_with_its_stages(cast: Cast):
    bill = hb_210()
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
    stepped(bill, Stage.REPORTED_1, date(2027, 2, 1))

    answer = ask(token_of(cast.dana), f"/measures/{bill.pk}").json()

    assert (answer["number"], answer["stage"], answer["stage_on"]) == ("HB 210", "reported_1", "2027-02-01")
    assert [one["stage"] for one in answer["stages"]] == ["introduced", "reported_1"]


def test_the_log_is_told_as_far_as_the_owner_reads_it(cast: Cast):
    reyes = alma_reyes()
    shared = logged(cast.dana, [reyes])
    chapter = logged(cast.dana, [reyes], confidentiality="chapter")
    restricted = logged(cast.dana, [reyes], confidentiality="restricted", impressions="She hums.")

    def read(person) -> set[int]:
        secret = token_of(person)
        listed = {row["id"] for row in ask(secret, "/interactions").json()["data"]}
        outreaches = ask(secret, "/osdi/outreaches").json()["_embedded"]["osdi:outreaches"]
        told = {int(one["identifiers"][0].partition(":")[2]) for one in outreaches}
        every = (shared, chapter, restricted)
        single = {one.pk for one in every if ask(secret, f"/interactions/{one.pk}").status_code == 200}
        alone = {one.pk for one in every if ask(secret, f"/osdi/outreaches/{one.pk}").status_code == 200}
        assert listed == told == single == alone
        return listed

    assert read(cast.dana) == {shared.pk, chapter.pk}
    assert read(cast.jordan) == {shared.pk, chapter.pk}
    assert read(cast.luis) == {shared.pk}
    assert read(cast.noor) == set()
    assert read(cast.sam) == set()
    assert Interaction.objects.visible_to(cast.dana).filter(pk=restricted.pk).exists()
    assert b"hums" not in ask(token_of(cast.jordan), "/interactions").content


def test_a_contact_is_told_as_the_export_tells_it(cast: Cast):
    reyes = alma_reyes()
    made = logged(cast.dana, [reyes], measures=[hb_210()], personal_notes="Likes chess.")

    answer = ask(token_of(cast.dana), f"/interactions/{made.pk}").json()

    assert answer["summary"] == "Walked through the data exchange bill."
    assert answer["chapter"] == {"slug": "gulf-prairie", "name": "Gulf Prairie"}
    assert answer["met"] == [{"name": "Kim Ito", "level": "policy_staff"}]
    assert answer["our_people"] == ["Dana Whitfield"]
    assert [one["number"] for one in answer["measures"]] == ["HB 210"]
    assert answer["offices"][0]["official"] == {"id": reyes.pk, "name": "Alma Reyes"}
    assert answer["offices"][0]["seat"]["label"] == "Texas House 131"
    assert "chess" not in str(answer)


def test_contacts_are_found_by_official_chapter_state_and_days(cast: Cast):
    reyes = alma_reyes()
    made = logged(cast.dana, [reyes], occurred_on=date(2027, 2, 1))
    secret = token_of(cast.dana)

    for query, count in {
        f"official={reyes.pk}": 1,
        "official=999": 0,
        "chapter=gulf-prairie": 1,
        "chapter=hill-country": 0,
        "state=logged": 1,
        "state=planned": 0,
        "since=2027-02-01": 1,
        "since=2027-02-02": 0,
        "until=2027-02-01": 0,
        "until=2027-02-02": 1,
        "q=exchange": 1,
        "q=nothing": 0,
        "measure=1": 0,
    }.items():
        assert [row["id"] for row in ask(secret, f"/interactions?{query}").json()["data"]] == [
            made.pk
        ] * count, query


def test_an_outreach_names_the_division_of_whom_it_reached(cast: Cast):
    reyes = alma_reyes()
    seat = reyes.tenures.get().seat
    seat.division = Division.objects.create(ocd_id="ocd-division/country:us/state:tx/sldl:131", name="131")
    seat.save()
    made = logged(cast.dana, [reyes], duration_minutes=30)

    answer = ask(token_of(cast.dana), f"/osdi/outreaches/{made.pk}").json()

    assert answer["type"] == "in-person"
    assert answer["duration"] == 1800
    assert answer["targets"] == [
        {
            "title": "Texas House 131",
            "organization": "",
            "given_name": "Alma",
            "family_name": "Reyes",
            "ocdid": "ocd-division/country:us/state:tx/sldl:131",
        }
    ]
