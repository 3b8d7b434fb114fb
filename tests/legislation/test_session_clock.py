"""The clock of a legislature: in session or not, what ends next, and the rules that staff set up for it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from legislation.models import CarryOver, DeadlineKind, LegislativeSession, SessionDeadline
from legislation.session_clock import clocks, today_in
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import adjourned, measure, tracked
from tests.factories.people import state

pytestmark = pytest.mark.django_db


def today(day: date = TODAY):
    return today_in(clocks(state("tx", "Texas"), day), day)


def session(identifier: str = "90R", **fields: object) -> LegislativeSession:
    row = measure("HB 1", session=identifier).session
    LegislativeSession.objects.filter(pk=row.pk).update(**fields)
    return row


def test_it_sits_until_the_day_of_its_adjournment_and_the_days_left_are_counted():
    sitting = session(starts_on=date(2027, 1, 12))
    SessionDeadline.objects.create(session=sitting, kind=DeadlineKind.SINE_DIE, on=TODAY + timedelta(days=3))

    found = [today(TODAY + timedelta(days=days)) for days in (0, 3, 4)]

    assert [(one.session, one.days_left) for one in found] == [(sitting, 3), (sitting, 0), (None, None)]


def test_out_of_session_it_says_what_convenes_next_and_without_a_first_day_nothing_sits():
    session("90R")
    coming = session("91R", starts_on=date(2029, 1, 9))
    session("92R", starts_on=date(2031, 1, 14))

    assert (today().sits, today().convenes) == (False, coming)


def test_an_early_adjournment_goes_before_the_planned_end():
    sitting = session(starts_on=date(2027, 1, 12), ends_on=date(2027, 6, 1))
    assert list(LegislativeSession.objects.sitting(TODAY)) == [sitting]
    SessionDeadline.objects.create(session=sitting, kind=DeadlineKind.DISSOLVED, on=date(2027, 2, 1))

    assert not LegislativeSession.objects.sitting(TODAY)
    assert not today().sits


def test_every_member_sees_the_clock_and_what_is_followed_stays_with_those_who_may_know(cast: Cast):
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie)
    LegislativeSession.objects.update(starts_on=date(2027, 1, 12), carry_over=CarryOver.ENDS)
    adjourned(date(2027, 6, 1))
    address = reverse("legislation:jurisdiction_detail", args=[bill.session.jurisdiction_id])

    dana, sam = (browser_of(one).get(address).content.decode() for one in (cast.dana, cast.sam))

    for shown in (dana, sam):
        assert ("In session today" in shown, "Adjourns on June 1, 2027" in shown) == (True, True)
        assert "They end with the session" in shown
    assert ("What we follow" in dana, "What we follow" in sam) == (True, False)


def test_staff_set_up_a_session_and_the_history_says_what_they_changed(cast: Cast):
    row = session()
    said = {
        "jurisdiction": row.jurisdiction_id, "identifier": "90R", "name": "90th Legislature", "kind": "regular",
        "carry_over": "ends", "year": "", "carries_over_to": "", "signing_days": "20",
        "signing_days_counted": "without_sundays", "signing_from": "adjournment", "unsigned_becomes": "law",
        "effective_rule": "90 days after adjournment", "special_note": "", "starts_on": "2027-01-12", "ends_on": "",
        "deadlines-TOTAL_FORMS": "1", "deadlines-INITIAL_FORMS": "0", "deadlines-0-kind": "sine_die",
        "deadlines-0-on": "2027-06-01", "deadlines-0-chamber": "", "deadlines-0-local_label": "Sine die",
    }  # fmt: skip
    address = reverse("admin:legislation_legislativesession_change", args=[row.pk])

    assert browser_of(cast.jordan).post(address, said).status_code == 302

    row = LegislativeSession.objects.with_closing().get(pk=row.pk)
    assert (row.carries_over, row.signing_days, row.adjourned_on) == (False, 20, date(2027, 6, 1))
    changes = {name: change for entry in Entry.objects.about(row) for name, change in entry.changes.items()}
    assert changes["carry_over"] == ["", "They end with the session"]
    assert changes["deadlines"] == [[], ["Final adjournment · 2027-06-01 · Sine die"]]
