"""What is addressed to an official who left: listed on approval, decided by those it concerns, never by itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from advocacy.audit.models import Entry
from advocacy.interactions.models import FollowUp, KeyContact
from legislation.actions import leavers
from legislation.actions.leavers import NobodySitsThere
from legislation.models import Decision, LeaverDecision, Official, Tenure
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, official_in

pytestmark = pytest.mark.django_db
LEFT_ON = date(2027, 2, 1)


@pytest.fixture
def alma(cast: Cast) -> Official:
    return alma_reyes()


def promise(cast: Cast, to: Official, **values) -> FollowUp:
    values = {
        "owner": cast.dana,
        "chapter": cast.gulf_prairie,
        "due_on": TODAY,
        "created_by": cast.dana,
    } | values
    return FollowUp.objects.create(official=to, kind="send_information", text="The fact sheet", **values)


def tie(cast: Cast, to: Official, **values) -> KeyContact:
    values = {"person": cast.dana, "starts_on": date(2026, 8, 1), "rhythm_days": 60} | values
    return KeyContact.objects.create(official=to, chapter=cast.gulf_prairie, **values)


def leaves(official: Official) -> None:
    Tenure.objects.filter(official=official).update(ends_on=LEFT_ON)
    leavers.list_for_decision(None, [official.pk], day=LEFT_ON)


def succeeded(official: Official) -> Official:
    seat = Tenure.objects.get(official=official).seat
    return official_in(seat, "Nell Abara", starts_on=date(2027, 2, 8))


def listed(user) -> list[str]:
    rows = LeaverDecision.objects.open().visible_to(user, TODAY)
    return [row.kind for row in rows]


def decide(kind: str, decision: Decision, by, reason: str = "") -> bool:
    row = LeaverDecision.objects.get(kind=kind)
    return leavers.decide(row, decision, by=by, now=timezone.now(), reason=reason)


def test_open_follow_ups_and_key_contacts_are_listed_once(cast: Cast, alma: Official):
    promise(cast, alma)
    tie(cast, alma)

    leaves(alma)
    again = leavers.list_for_decision(None, [alma.pk], day=LEFT_ON)

    assert sorted(LeaverDecision.objects.values_list("kind", flat=True)) == ["follow-up", "key contact"]
    assert again == 0


def test_what_is_over_already_is_not_listed(cast: Cast, alma: Official):
    promise(cast, alma, status="done", done_on=TODAY, done_by=cast.dana)
    tie(cast, alma, ends_on=date(2027, 1, 1))
    promise(cast, official_in(Tenure.objects.get().seat, "Somebody Else"))

    leaves(alma)

    assert not LeaverDecision.objects.exists()


def test_the_owner_the_lead_and_staff_decide_and_nobody_else(cast: Cast, alma: Official):
    promise(cast, alma)
    tie(cast, alma)
    leaves(alma)

    both = ["follow-up", "key contact"]
    assert [listed(user) for user in (cast.dana, cast.angela, cast.jordan)] == [both, both, both]
    others = (cast.priya, cast.chris, cast.luis, cast.tom, cast.sam, cast.former)
    assert [listed(user) for user in others] == [[]] * 6


def test_before_a_decision_nothing_changes(cast: Cast, alma: Official):
    followup, contact = promise(cast, alma), tie(cast, alma)

    leaves(alma)

    followup.refresh_from_db()
    contact.refresh_from_db()
    assert (followup.official, followup.status, contact.ends_on) == (alma, "open", None)


def test_a_follow_up_kept_for_the_successor_is_addressed_to_them(cast: Cast, alma: Official):
    followup = promise(cast, alma)
    leaves(alma)
    successor = succeeded(alma)

    assert decide("follow-up", Decision.KEEP_FOR_SUCCESSOR, by=cast.dana)

    followup.refresh_from_db()
    row = LeaverDecision.objects.get()
    assert (followup.official, followup.status) == (successor, "open")
    assert (row.successor, row.decided_by) == (successor, cast.dana)
    changes = Entry.objects.about(followup).get(verb="edited").changes
    assert changes == {"official": ["Alma Reyes", "Nell Abara"]}


def test_a_key_contact_kept_for_the_successor_ends_and_begins_anew(cast: Cast, alma: Official):
    contact = tie(cast, alma)
    leaves(alma)
    successor = succeeded(alma)

    decide("key contact", Decision.KEEP_FOR_SUCCESSOR, by=cast.angela)

    contact.refresh_from_db()
    begun = KeyContact.objects.get(official=successor)
    assert contact.ends_on == TODAY
    assert (begun.person, begun.starts_on, begun.rhythm_days, begun.ends_on) == (cast.dana, TODAY, 60, None)


def test_what_is_kept_for_the_person_stays_as_it_is(cast: Cast, alma: Official):
    followup, contact = promise(cast, alma), tie(cast, alma)
    leaves(alma)

    decide("follow-up", Decision.KEEP_FOR_PERSON, by=cast.dana)
    decide("key contact", Decision.KEEP_FOR_PERSON, by=cast.dana)

    followup.refresh_from_db()
    contact.refresh_from_db()
    assert (followup.official, followup.status, contact.ends_on) == (alma, "open", None)
    assert listed(cast.dana) == []


def test_closed_a_follow_up_is_cancelled_with_the_reason_and_a_tie_ends(cast: Cast, alma: Official):
    followup, contact = promise(cast, alma), tie(cast, alma)
    leaves(alma)

    decide("follow-up", Decision.CLOSE, by=cast.dana, reason="She retired.")
    decide("key contact", Decision.CLOSE, by=cast.dana, reason="She retired.")

    followup.refresh_from_db()
    contact.refresh_from_db()
    assert (followup.status, followup.cancel_reason, contact.ends_on) == ("cancelled", "She retired.", TODAY)
    assert Entry.objects.filter(verb="decided").count() == 2


def test_of_two_decisions_the_first_stands(cast: Cast, alma: Official):
    followup = promise(cast, alma)
    leaves(alma)
    mine, theirs = LeaverDecision.objects.get(), LeaverDecision.objects.get()

    first = leavers.decide(mine, Decision.KEEP_FOR_PERSON, by=cast.dana, now=timezone.now())
    second = leavers.decide(theirs, Decision.CLOSE, by=cast.jordan, now=timezone.now(), reason="No.")

    followup.refresh_from_db()
    assert (first, second, followup.status) == (True, False, "open")


def test_a_follow_up_done_in_the_meantime_needs_no_decision(cast: Cast, alma: Official):
    followup = promise(cast, alma)
    leaves(alma)
    FollowUp.objects.filter(pk=followup.pk).update(status="done", done_on=TODAY, done_by=cast.dana)

    assert listed(cast.dana) == []
    assert decide("follow-up", Decision.CLOSE, by=cast.dana, reason="Gone.") is False
    assert LeaverDecision.objects.get().decision == Decision.OPEN


def test_nobody_succeeds_in_a_vacant_seat_nor_where_two_came_at_once(cast: Cast, alma: Official):
    promise(cast, alma)
    leaves(alma)
    with pytest.raises(NobodySitsThere):
        decide("follow-up", Decision.KEEP_FOR_SUCCESSOR, by=cast.dana)
    seat = Tenure.objects.get().seat
    succeeded(alma)
    assert str(leavers.successor_of(alma, TODAY)) == "Nell Abara"

    seat.places = 2
    seat.save()
    assert str(leavers.successor_of(alma, TODAY)) == "Nell Abara"
    official_in(seat, "Ora Bell", starts_on=date(2027, 2, 8))

    assert leavers.successor_of(alma, TODAY) is None


def test_ending_a_tenure_by_hand_lists_what_points_at_the_person(cast: Cast, alma: Official):
    promise(cast, alma)
    tenure, browser = Tenure.objects.get(official=alma), browser_of(cast.jordan)
    form = browser.get(reverse("admin:legislation_official_change", args=[alma.pk])).context_data
    answers = dict(form["adminform"].form.initial)
    for each in form["inline_admin_formsets"]:
        for part in (each.formset.management_form, *each.formset.initial_forms):
            answers |= {part.add_prefix(name): part[name].value() for name in part.fields}
    answers = {name: value for name, value in answers.items() if value is not None and value is not False}

    answer = browser.post(
        reverse("admin:legislation_official_change", args=[alma.pk]),
        answers | {"tenures-0-ends_on": "2027-02-01", "tenures-0-end_reason": "moved_to_other_seat"},
    )

    tenure.refresh_from_db()
    assert (answer.status_code, tenure.ends_on) == (302, LEFT_ON)
    assert listed(cast.dana) == ["follow-up"]


def test_from_home_to_the_decision(cast: Cast, alma: Official):
    followup, browser = promise(cast, alma), browser_of(cast.dana)
    leaves(alma)
    succeeded(alma)
    row = LeaverDecision.objects.get()
    page = reverse("legislation:leaver_decide", args=[row.pk])

    home = browser.get(reverse("portal:home")).content.decode()
    listing = browser.get(reverse("legislation:leaver_list")).content.decode()
    question = browser.get(page).content.decode()
    unexplained = browser.post(page, {"decision": "close", "reason": ""})
    answer = browser.post(page, {"decision": "keep_for_successor", "reason": ""})

    followup.refresh_from_db()
    assert "One thing is still addressed to somebody who left." in home
    assert page in listing
    assert "Keep for the successor, Nell Abara" in question
    assert "Say why it is closed." in unexplained.content.decode()
    assert answer.status_code == 302
    assert str(followup.official) == "Nell Abara"


def test_somebody_elses_decision_looks_like_a_missing_one(cast: Cast, alma: Official):
    promise(cast, alma)
    leaves(alma)
    page = reverse("legislation:leaver_decide", args=[LeaverDecision.objects.get().pk])

    answers = [browser_of(user).post(page, {"decision": "keep_for_person"}) for user in (cast.luis, cast.sam)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert LeaverDecision.objects.open().count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(
    cast: Cast, alma: Official, count: int, django_assert_num_queries
):
    for _number in range(count):
        promise(cast, alma)
    leaves(alma)
    browser = browser_of(cast.dana)
    browser.get(reverse("legislation:leaver_list"))

    with django_assert_num_queries(9):
        browser.get(reverse("legislation:leaver_list"))


@pytest.mark.parametrize(
    "values",
    [
        {"decision": "close"},
        {"decision": "keep_for_successor", "decided_by": True, "decided_at": True},
        {"decision": "open", "decided_by": True},
        {},
    ],
)
def test_a_decision_names_who_decided_and_for_whom_and_is_open_once(cast: Cast, alma: Official, values):
    followup = promise(cast, alma)
    leaves(alma)
    if "decided_by" in values:
        values = values | {"decided_by": cast.dana}
    if "decided_at" in values:
        values = values | {"decided_at": timezone.now()}
    kept = {"kind": "follow-up", "model": "interactions.followup", "object_id": followup.pk, "official": alma}

    with pytest.raises(IntegrityError), transaction.atomic():
        LeaverDecision.objects.create(**kept, **values)
