"""Proposing a position: who may, what it says, and what it is not yet."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.positions.errors import MayNotPropose, NotOfThisMeasure, WaitsAlready
from advocacy.positions.models import Issue, Position, Standpoint
from legislation.models import Measure
from members.models import Role
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.measures import heard, measure, proposed, text_of, took
from tests.factories.people import RoleAssignmentFactory, state
from tests.factories.positions import put_forward


def propose_page(bill: Measure) -> str:
    return reverse("positions:position_propose", args=[bill.pk])


def said(cast: Cast, **changes: Any) -> dict[str, Any]:
    known = {
        "chapter": cast.gulf_prairie.pk,
        "position": "support_if_amended",
        "rationale": "Small hospitals first.",
    }
    return known | changes


def page_of(person: Any, address: str) -> str:
    return " ".join(browser_of(person).get(address).content.decode().split())


def test_an_advocate_proposes_with_everything_that_the_decision_needs(cast: Cast):
    bill = measure("HB 210")
    text = text_of(bill, "Introduced", date(2027, 1, 20))
    hearing = heard(bill, NOW)
    principle = Issue.objects.create(title_en="Roads")
    more = {
        "text_version": text.pk,
        "principles": [principle.pk],
        "requested_amendments": "Strike section 4.",
    }
    when = {
        "requested_by": "Rep. Reyes",
        "needed_by": "2027-02-12",
        "is_expedited": "on",
        "hearing": hearing.pk,
    }

    answer = browser_of(cast.dana).post(propose_page(bill), said(cast, **more, **when))

    row = Position.objects.get()
    assert answer.headers["Location"] == row.get_absolute_url()
    assert (row.status, row.chapter, row.proposed_by, row.proposed_on) == (
        "proposed", cast.gulf_prairie, cast.dana, TODAY,
    )  # fmt: skip
    assert (row.text_version, row.hearing, row.is_expedited, row.needed_by) == (
        text, hearing, True, date(2027, 2, 12),
    )  # fmt: skip
    assert (row.requested_amendments, row.requested_by) == ("Strike section 4.", "Rep. Reyes")
    assert list(row.principles.all()) == [principle]
    assert row.valid_for == bill.session
    assert [entry.verb for entry in Entry.objects.about(row)] == ["proposed"]


def test_the_measure_shows_it_as_proposed_and_says_why_nothing_can_be_done_in_its_name(cast: Cast):
    bill = measure("HB 210")
    put_forward(cast.dana, bill, cast.gulf_prairie, Standpoint.SUPPORT_IF_AMENDED)

    page = page_of(cast.dana, bill.get_absolute_url())

    assert "Proposed: Support if amended" in page
    assert "Gulf Prairie: no campaign and no testimony yet." in page
    assert "It waits for this step: State or provincial team." in page
    assert "Register testimony" not in page


@pytest.mark.parametrize(
    ("who", "chapters"),
    [
        ("dana", {"Gulf Prairie"}),
        ("priya", {"Gulf Prairie"}),
        ("chris", {"Gulf Prairie"}),
        ("luis", {"Hill Country"}),
        ("angela", {"The society itself"}),
    ],
)
def test_one_proposes_for_the_chapters_one_works_for(cast: Cast, who: str, chapters: set[str]):
    form = browser_of(getattr(cast, who)).get(propose_page(measure("HB 1"))).context["form"]

    assert {label for _key, label in form["chapter"].field.choices} - {"---------"} == chapters


@pytest.mark.parametrize("who", ["sam", "tom"])
def test_members_and_vice_chairs_propose_nothing(cast: Cast, who: str):
    bill = measure("HB 1")
    person = getattr(cast, who)

    with pytest.raises(MayNotPropose):
        put_forward(person, bill, cast.gulf_prairie)

    assert browser_of(person).get(propose_page(bill)).status_code == 404
    assert "Propose a position" not in page_of(person, bill.get_absolute_url())


def test_nobody_proposes_for_a_chapter_of_others(cast: Cast):
    bill = measure("HB 1")
    answer = browser_of(cast.luis).post(propose_page(bill), said(cast))

    assert answer.status_code == 422
    with pytest.raises(MayNotPropose):
        put_forward(cast.luis, bill, cast.gulf_prairie)
    with pytest.raises(MayNotPropose):
        put_forward(cast.dana, bill, None)
    assert not Position.objects.exists()


def test_a_second_proposal_waits_until_the_first_is_decided_or_taken_back(cast: Cast):
    bill = measure("HB 1")
    put_forward(cast.dana, bill, cast.gulf_prairie)

    answer = browser_of(cast.dana).post(propose_page(bill), said(cast))

    assert "waits already" in answer.content.decode()
    with pytest.raises(WaitsAlready):
        put_forward(cast.priya, bill, cast.gulf_prairie)
    assert Position.objects.count() == 1


def test_the_text_and_the_hearing_are_those_of_the_measure(cast: Cast):
    bill, other = measure("HB 1"), measure("HB 2")

    for wrong in ({"text_version": text_of(other, "Introduced")}, {"hearing": heard(other, NOW)}):
        with pytest.raises(NotOfThisMeasure):
            put_forward(cast.dana, bill, cast.gulf_prairie, **wrong)
        answer = browser_of(cast.dana).post(
            propose_page(bill), said(cast, **{name: row.pk for name, row in wrong.items()})
        )
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("field", "value"), [("rationale", ""), ("needed_by", "2027-02-08"), ("position", "")]
)
def test_a_proposal_says_what_why_and_by_a_day_that_can_be_kept(cast: Cast, field: str, value: str):
    answer = browser_of(cast.dana).post(propose_page(measure("HB 1")), said(cast, **{field: value}))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_position_of_another_session_is_proposed_again_and_not_copied(cast: Cast):
    before = took(measure("HB 1", session="89R"), cast.gulf_prairie, Standpoint.OPPOSE, cast.jordan)
    Position.objects.filter(pk=before.pk).update(rationale="It costs too much.")

    form = browser_of(cast.dana).get(f"{propose_page(measure('HB 1'))}?like={before.pk}").context["form"]

    assert (form["position"].value(), form["rationale"].value()) == ("oppose", "It costs too much.")
    assert Position.objects.count() == 1


def test_a_proposal_that_one_may_not_read_gives_its_words_to_nobody(cast: Cast):
    secret = proposed(
        measure("HB 9", jurisdiction=state("oh", "Ohio")), cast.three_capitals, Standpoint.OPPOSE
    )

    answer = browser_of(cast.dana).get(f"{propose_page(measure('HB 1'))}?like={secret.pk}")

    assert answer.status_code == 404


def test_a_newer_text_asks_for_a_review_of_the_position(cast: Cast):
    bill = measure("HB 1")
    row = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, date(2027, 1, 15))
    Position.objects.filter(pk=row.pk).update(text_version=text_of(bill, "Introduced", date(2027, 1, 10)))
    before = page_of(cast.dana, bill.get_absolute_url())
    text_of(bill, "Committee substitute", date(2027, 2, 1))

    after = page_of(cast.dana, bill.get_absolute_url())

    assert ("Review needed: text changed" in before, "Review needed: text changed" in after) == (False, True)
    assert "Review needed: text changed" in page_of(cast.dana, row.get_absolute_url())


@pytest.mark.parametrize(
    ("on", "changed"), [(date(2027, 1, 14), False), (date(2027, 1, 16), True), (None, False)]
)
def test_a_position_without_a_text_goes_by_the_day_of_its_proposal(
    cast: Cast, on: date | None, changed: bool
):
    bill = measure("HB 1")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, date(2027, 1, 15))
    text_of(bill, "Introduced", on)

    assert Position.objects.with_newest_text().get().text_has_changed is changed


def test_a_text_without_a_date_is_not_taken_for_the_newest(cast: Cast):
    bill = measure("HB 1")
    dated = text_of(bill, "Introduced", date(2027, 1, 10))
    text_of(bill, "Found somewhere")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)

    assert Position.objects.with_newest_text().get().newest_text == dated.pk


def test_a_former_advocate_reads_no_proposal(cast: Cast):
    row = put_forward(cast.dana, measure("HB 1"), cast.gulf_prairie)
    elsewhere = RoleAssignmentFactory(role=Role.ADVOCATE, chapter=cast.saint_laurent).person

    seen = [
        browser_of(person).get(row.get_absolute_url()).status_code
        for person in (cast.luis, elsewhere, cast.sam)
    ]

    assert seen == [200, 404, 404]
    assert browser_of(elsewhere).get(reverse("positions:position_decide", args=[row.pk])).status_code == 404
