"""The page of one official."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from advocacy.accounts.requests import SignedInRequest
from advocacy.kernel.registry import Registry
from legislation.actions import fact_reports
from legislation.models import (
    Block,
    Chamber,
    Committee,
    CommitteeMembership,
    ContactKind,
    ContactPoint,
    FactCheck,
    Identifier,
    MembershipRole,
    Office,
    Official,
    PartyAffiliation,
    Source,
    SourceRecord,
    Staffer,
    Tenure,
)
from legislation.profile_panels import Panel, panels_by_place
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.people import state

SEEN_AT = datetime(2027, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast) -> Official:
    """Rep. Alma Reyes with a title."""
    official = alma_reyes()
    Chamber.objects.update(member_title="Representative")
    return official


def cast_request(cast: Cast) -> SignedInRequest:
    """Dana asks for a page."""
    request = SignedInRequest()
    request.user = cast.dana
    return request


def page(cast: Cast, official: Official) -> str:
    response = browser_of(cast.dana).get(official.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_the_profile_says_how_to_write_to_them(cast: Cast, reyes: Official):
    text = page(cast, reyes)

    assert "<h1>Rep. Alma Reyes</h1>" in text
    assert "The Honorable Alma Reyes" in text
    assert "Dear Representative Reyes," in text


def test_a_canadian_office_is_addressed_in_both_languages(cast: Cast):
    seat = seat_in(state("bc", "British Columbia"), "Saanich Shore")
    seat.chamber.jurisdiction.country = "CA"
    seat.chamber.jurisdiction.save()
    Chamber.objects.update(member_title="MLA")
    text = page(cast, official_in(seat, "Wren Castellan"))

    assert "Dear Wren Castellan," in text
    assert "Madame la députée ou Monsieur le député," in text


def test_seats_are_shown_with_their_dates_and_a_passed_end_as_unconfirmed(cast: Cast, reyes: Official):
    Tenure.objects.update(starts_on=date(2025, 1, 14), ends_on=date(2027, 1, 12), end_is_expected=True)
    former = seat_in(state("tx", "Texas"), "9")
    Tenure.objects.create(
        official=reyes,
        seat=former,
        starts_on=date(2021, 1, 12),
        ends_on=date(2025, 1, 14),
        end_reason="redistricted",
    )

    response = browser_of(cast.dana).get(reyes.get_absolute_url())

    seats = response.context["tenures"]
    assert ([str(one.seat) for one in seats.unconfirmed], [str(one.seat) for one in seats.former]) == (
        ["Texas House 131"],
        ["Texas House 9"],
    )
    text = response.content.decode()
    assert "Term ended, unconfirmed" in text
    assert "term was to end Jan. 12, 2027" in text
    assert "Redistricted" in text


def test_a_member_elect_is_shown_with_the_first_day(cast: Cast):
    official = official_in(seat_in(state("tx", "Texas"), "9"), "New Comer", starts_on=date(2027, 3, 1))

    text = page(cast, official)

    assert "Takes office on March 1, 2027" in text
    assert "Former" not in text


def test_every_party_is_shown_with_its_dates(cast: Cast, reyes: Official):
    PartyAffiliation.objects.create(
        official=reyes, party="Republican", starts_on=date(2019, 1, 1), ends_on=date(2023, 5, 1)
    )
    PartyAffiliation.objects.create(official=reyes, party="Democratic", starts_on=date(2023, 5, 1))
    text = page(cast, reyes)

    assert "Jan. 1, 2019 – May 1, 2023" in text
    assert "since May 1, 2023" in text


def test_a_web_form_is_never_shown_as_an_email_address(cast: Cast, reyes: Official):
    ContactPoint.objects.create(
        official=reyes, kind=ContactKind.WEBFORM, value="https://example.org/contact?to=reyes@example.org"
    )
    text = page(cast, reyes)

    assert "Web form" in text
    assert "Open the office’s form" in text
    assert "mailto:" not in text


def test_phones_can_be_called_from_the_page_and_closed_offices_are_left_out(cast: Cast, reyes: Official):
    Office.objects.create(official=reyes, address="100 Congress Ave", phone="(512) 555-0131")
    Office.objects.create(official=reyes, kind="district", address="1 Old Street", ended_on=date(2026, 1, 1))
    text = page(cast, reyes)

    assert '<a href="tel:+1-512-555-0131">(512) 555-0131</a>' in text
    assert "100 Congress Ave" in text
    assert "1 Old Street" not in text


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("512-555-0131 x12", "tel:+1-512-555-0131;ext=12"),
        ("613 555-0100 poste 3", "tel:+1-613-555-0100;ext=3"),
        ("512.555.0131 ext. 4", "tel:+1-512-555-0131;ext=4"),
    ],
)
def test_an_extension_is_dialled_too(cast: Cast, reyes: Official, written: str, link: str):
    Office.objects.create(official=reyes, phone=written)

    assert f'<a href="{link}">{written}</a>' in page(cast, reyes)


def test_what_is_no_number_and_no_web_address_is_shown_without_a_link(cast: Cast, reyes: Official):
    Office.objects.create(official=reyes, phone="ask the switchboard")
    ContactPoint.objects.create(official=reyes, kind="url", value="javascript:alert(1)")
    text = page(cast, reyes)

    assert "ask the switchboard" in text
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text


def test_names_from_the_record_cannot_bring_markup_into_the_page(cast: Cast, reyes: Official):
    Official.objects.filter(pk=reyes.pk).update(name="<script>alert(1)</script>")

    assert "<script>alert(1)</script>" not in page(cast, reyes)


def test_committees_they_chair_come_first_and_are_marked(cast: Cast, reyes: Official):
    for name, role in (("Appropriations", MembershipRole.MEMBER), ("Public Health", MembershipRole.CHAIR)):
        committee = Committee.objects.create(
            jurisdiction=state("tx", "Texas"), name=name, external_id=name.lower()
        )
        CommitteeMembership.objects.create(committee=committee, official=reyes, role=role)

    response = browser_of(cast.dana).get(reyes.get_absolute_url())

    assert [str(one.committee) for one in response.context["committees"]] == [
        "Public Health",
        "Appropriations",
    ]
    assert "Chair" in response.content.decode()


def test_staff_who_left_come_last(cast: Cast, reyes: Official):
    Staffer.objects.create(official=reyes, name="Ann Left", ends_on=date(2026, 6, 1))
    Staffer.objects.create(official=reyes, name="Kim Ito", email="kim@example.org")

    response = browser_of(cast.dana).get(reyes.get_absolute_url())

    staff = response.context["staffers"]
    assert [(str(one.staffer), one.has_left) for one in staff] == [("Kim Ito", False), ("Ann Left", True)]


def test_sources_are_named_with_the_day_of_their_data(cast: Cast, reyes: Official):
    source = Source.objects.create(key="openstates", name="Open States", attribution="Open States, CC0")
    SourceRecord.objects.create(
        source=source, external_id="x1", official=reyes, first_seen_at=SEEN_AT, last_seen_at=SEEN_AT
    )
    Identifier.objects.create(official=reyes, scheme="openstates", value="ocd-person/1")
    text = page(cast, reyes)

    assert "Data as of Feb. 1, 2027" in text
    assert "Open States, CC0" in text
    assert "ocd-person/1" in text


def test_panels_of_higher_rooms_stand_at_their_place_in_their_order(cast: Cast, reyes: Official):
    panels: Registry[Callable[[SignedInRequest, Official], Panel | None]] = Registry()
    panels.register("second", order=20)(lambda request, official: Panel("second.html"))
    panels.register("first", order=10)(lambda request, official: Panel("first.html"))
    panels.register("aside")(lambda request, official: Panel("aside.html", place="aside"))
    panels.register("silent")(lambda request, official: None)
    request = cast_request(cast)

    shown = panels_by_place(panels, request, reyes)

    assert {place: [panel.template for panel in found] for place, found in shown.items()} == {
        "actions": [],
        "main": ["first.html", "second.html"],
        "aside": ["aside.html"],
    }


def test_an_official_nobody_knows_is_missing(cast: Cast):
    assert browser_of(cast.dana).get("/officials/4711/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_profile_costs_the_same_however_much_is_on_it(
    cast: Cast, rows: int, reyes: Official, django_assert_num_queries
):
    for number in range(rows):
        committee = Committee.objects.create(
            jurisdiction=state("tx", "Texas"), name=f"C{number}", external_id=f"c{number}"
        )
        CommitteeMembership.objects.create(committee=committee, official=reyes)
        source = Source.objects.get_or_create(key=f"s{number}", defaults={"name": f"S{number}"})[0]
        Office.objects.create(official=reyes, phone=f"555-010{number}", source=source)
        FactCheck.objects.create(
            official=reyes, block="term", fingerprint=f"{number}", checked_by=cast.luis,
            checked_on=date(2027, 2, 1), checked_at=SEEN_AT,
        )  # fmt: skip
        fact_reports.report(
            reyes, Block.TERM, by=cast.dana, now=SEEN_AT, form_key=uuid4(), wrong="No.", suggestion="Yes."
        )
        ContactPoint.objects.create(official=reyes, kind="url", value=f"https://example.org/{number}")
        Staffer.objects.create(official=reyes, name=f"Staffer {number}", added_by=cast.luis)
        Tenure.objects.create(
            official=reyes,
            seat=seat_in(state("tx", "Texas"), f"{number}"),
            starts_on=date(2010 + number, 1, 1),
            ends_on=date(2011 + number, 1, 1),
        )
    browser = browser_of(cast.dana)

    with django_assert_num_queries(48):
        browser.get(reyes.get_absolute_url())
