"""The life of a meeting request, from the day it was handed over to the log."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.interactions.actions import contacts, followups, meeting_requests
from advocacy.interactions.actions.meeting_requests import Asked, Outcome
from advocacy.interactions.errors import (
    BeforeTheRequest,
    InTheFuture,
    NotAllowedToAskHere,
    NotAllowedToChange,
)
from advocacy.interactions.models import FollowUp, MeetingRequest, RequestState, Step
from legislation.models import Official
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes, entry_by, logged, official_in, seat_in
from tests.factories.people import province, state
from tests.factories.requests import asked, confirmed, held, took

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


@pytest.fixture
def request_(cast: Cast, reyes: Official) -> MeetingRequest:
    """Dana asked Rep. Reyes for a meeting yesterday."""
    return asked(cast.dana, reyes, requested_on=YESTERDAY)


def asking(cast: Cast, official: Official, **changes: Any) -> Asked:
    known: dict[str, Any] = {
        "official": official, "chapter": cast.gulf_prairie, "purpose": "x", "wording": "x", "language": "en",
        "zone": "America/Chicago", "channel": "copy", "requested_on": TODAY,
    }  # fmt: skip
    return Asked(**(known | changes))


def in_state(request: MeetingRequest, state: RequestState, cast: Cast) -> MeetingRequest:
    """The request, moved to this state by its own steps."""
    if state == RequestState.CONFIRMED:
        return confirmed(request, by=cast.dana, for_day=TODAY)
    if state in (RequestState.HELD, RequestState.LOGGED):
        held(request, by=cast.dana)
    if state == RequestState.LOGGED:
        log_it(request, cast.dana)
    last = {
        RequestState.DECLINED: Step.DECLINE,
        RequestState.NO_REPLY: Step.GIVE_UP,
        RequestState.WITHDRAWN: Step.WITHDRAW,
    }
    if state in last:
        took(request, last[state], by=cast.dana)
    request.refresh_from_db()
    assert request.state == state
    return request


def log_it(request: MeetingRequest, by: User, **changes: Any) -> Any:
    entry = entry_by(by, [request.official], **changes)
    return contacts.log(by=by, entry=entry, form_key=uuid4(), now=timezone.now(), request=request)[0]


def history(request: MeetingRequest) -> list[tuple[str, str, Any]]:
    rows = Entry.objects.about(request).order_by("pk").select_related("actor")
    return [(str(row.actor), row.verb, row.changes.get("state")) for row in rows]


def test_it_remembers_the_seat_and_jurisdiction_of_its_day(request_: MeetingRequest):
    assert (str(request_.seat), str(request_.jurisdiction)) == ("Texas House 131", "Texas")


def test_the_same_form_twice_is_one_request(cast: Cast, reyes: Official):
    key, now = uuid4(), timezone.now()
    first = meeting_requests.record(by=cast.dana, asked=asking(cast, reyes), form_key=key, now=now)
    again = meeting_requests.record(by=cast.dana, asked=asking(cast, reyes), form_key=key, now=now)

    assert (first[1], again[1], first[0].pk == again[0].pk) == (True, False, True)
    assert (MeetingRequest.objects.count(), FollowUp.objects.count()) == (1, 1)


def test_the_key_of_somebody_elses_form_neither_shows_nor_stops_anything(cast: Cast, reyes: Official):
    key, now = uuid4(), timezone.now()
    danas, _ = meeting_requests.record(by=cast.dana, asked=asking(cast, reyes), form_key=key, now=now)
    luis = asking(cast, reyes, chapter=cast.hill_country)
    own, is_new = meeting_requests.record(by=cast.luis, asked=luis, form_key=key, now=now)

    assert is_new
    assert own.pk != danas.pk
    assert own.form_key != key


@pytest.mark.parametrize("who", ["luis", "tom", "angela", "former"])
def test_nobody_asks_in_the_name_of_a_chapter_they_do_not_belong_to(cast: Cast, reyes: Official, who: str):
    with pytest.raises(NotAllowedToAskHere):
        asked(getattr(cast, who), reyes, chapter=cast.gulf_prairie)

    assert not MeetingRequest.objects.exists()


def test_a_day_that_has_not_come_is_refused(cast: Cast, reyes: Official):
    with pytest.raises(InTheFuture):
        asked(cast.dana, reyes, requested_on=TOMORROW)


STATES = list(RequestState)
ALLOWED = {
    RequestState.REQUESTED: {Step.CONFIRM, Step.REPLY, Step.DECLINE, Step.GIVE_UP, Step.WITHDRAW},
    RequestState.CONFIRMED: {Step.CONFIRM, Step.HOLD, Step.DECLINE, Step.WITHDRAW},
    RequestState.HELD: set(),
    RequestState.LOGGED: set(),
    RequestState.DECLINED: set(),
    RequestState.NO_REPLY: {Step.CONFIRM, Step.DECLINE},
    RequestState.WITHDRAWN: set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", list(Step))
def test_only_the_allowed_steps_move_it(
    cast: Cast, request_: MeetingRequest, state: RequestState, step: Step
):
    request = in_state(request_, state, cast)
    meets_on = TODAY if step == Step.CONFIRM else None
    outcome = Outcome(step=step, on=TODAY, meets_on=meets_on)

    moved = meeting_requests.take(request, outcome, by=cast.dana, now=timezone.now())

    assert moved == (step in ALLOWED[state])
    request.refresh_from_db()
    assert moved or request.state == state


@pytest.mark.parametrize("state", STATES)
def test_the_page_offers_what_the_action_allows(cast: Cast, request_: MeetingRequest, state: RequestState):
    assert set(in_state(request_, state, cast).steps(TODAY)) == ALLOWED[state]


def test_nobody_has_met_on_a_day_that_has_not_come(cast: Cast, request_: MeetingRequest):
    confirmed(request_, by=cast.dana, for_day=TOMORROW)
    outcome = Outcome(step=Step.HOLD, on=TODAY)

    assert Step.HOLD not in request_.steps(TODAY)
    assert not meeting_requests.take(request_, outcome, by=cast.dana, now=timezone.now())
    assert Step.HOLD in request_.steps(TOMORROW)


def test_the_first_word_stays_the_first(cast: Cast, request_: MeetingRequest):
    took(request_, Step.REPLY, by=cast.dana, on=YESTERDAY)
    confirmed(request_, by=cast.dana, for_day=TOMORROW, on=TODAY)

    assert (request_.first_reply_on, request_.days_to_reply) == (YESTERDAY, 0)


def test_an_answer_is_neither_before_the_request_nor_in_the_future(cast: Cast, request_: MeetingRequest):
    for day, error in ((YESTERDAY - timedelta(days=1), BeforeTheRequest), (TOMORROW, InTheFuture)):
        with pytest.raises(error):
            took(request_, Step.DECLINE, by=cast.dana, on=day)


@pytest.mark.parametrize(
    ("who", "may"),
    [("dana", True), ("priya", True), ("jordan", True), ("sam", False), ("luis", False), ("chris", False)],
)
def test_who_asked_moves_it_and_who_logs_for_the_chapter(cast: Cast, request_: MeetingRequest, who, may):
    outcome = Outcome(step=Step.REPLY, on=TODAY)

    if may:
        assert meeting_requests.take(request_, outcome, by=getattr(cast, who), now=timezone.now())
    else:
        with pytest.raises(NotAllowedToChange):
            meeting_requests.take(request_, outcome, by=getattr(cast, who), now=timezone.now())


def test_a_member_moves_the_request_they_made_themself(cast: Cast, reyes: Official):
    request = asked(cast.sam, reyes)

    took(request, Step.REPLY, by=cast.sam)

    assert request.first_reply_on == TODAY


def test_each_step_keeps_who_took_it_and_from_where(cast: Cast, request_: MeetingRequest):
    confirmed(request_, by=cast.priya, for_day=TODAY)
    took(request_, Step.HOLD, by=cast.dana)
    log_it(request_, cast.dana)

    assert history(request_) == [
        ("Dana Whitfield", "requested", None),
        ("Priya Shah", "edited", ["Requested", "Confirmed"]),
        ("Dana Whitfield", "edited", ["Confirmed", "Held"]),
        ("Dana Whitfield", "logged", ["Held", "Logged"]),
    ]


def test_confirming_the_same_day_again_leaves_no_second_trace(cast: Cast, request_: MeetingRequest):
    confirmed(request_, by=cast.dana, for_day=TOMORROW)
    confirmed(request_, by=cast.dana, for_day=TOMORROW)

    assert len(history(request_)) == 2


# --- The nudge --------------------------------------------------------------------------------------------------


def test_after_five_business_days_of_the_office_somebody_should_ask_again(cast: Cast, reyes: Official):
    request = asked(cast.dana, reyes)
    # Presidents' Day, 15 February, is no business day in Texas.
    due = date(2027, 2, 17)

    assert (request.nudge.due_on, request.nudge.owner) == (due, cast.dana)
    assert [MeetingRequest.objects.to_nudge(day).exists() for day in (date(2027, 2, 16), due)] == [
        False,
        True,
    ]


def test_the_holidays_are_those_of_the_office(cast: Cast):
    quebec = official_in(seat_in(province("qc", "Quebec", "Québec"), "Laurier"), "Ève Roy")

    assert asked(cast.dana, quebec).nudge.due_on == date(2027, 2, 16)


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (Step.REPLY, "done"),
        (Step.CONFIRM, "done"),
        (Step.DECLINE, "done"),
        (Step.GIVE_UP, "cancelled"),
        (Step.WITHDRAW, "cancelled"),
    ],
)
def test_nobody_is_told_to_ask_again_for_what_was_answered_or_given_up(
    cast: Cast, request_: MeetingRequest, step: Step, status: str
):
    took(request_, step, by=cast.priya, meets_on=TOMORROW if step == Step.CONFIRM else None)

    nudge = FollowUp.objects.get()
    assert (nudge.status, nudge.done_by) == (status, cast.priya)


def test_a_nudge_closed_by_hand_stays_closed(cast: Cast, request_: MeetingRequest):
    followups.complete(request_.nudge, by=cast.dana, on=TODAY)
    request_.refresh_from_db()

    took(request_, Step.GIVE_UP, by=cast.dana)

    assert FollowUp.objects.get().status == "done"


# --- Into the log -----------------------------------------------------------------------------------------------


def test_logging_the_meeting_closes_the_request(cast: Cast, request_: MeetingRequest):
    interaction = log_it(held(request_, by=cast.dana), cast.dana)

    request_.refresh_from_db()
    assert (request_.state, request_.interaction) == (RequestState.LOGGED, interaction)


def test_a_draft_holds_the_place_until_it_is_logged(cast: Cast, request_: MeetingRequest):
    held(request_, by=cast.dana)
    entry = entry_by(cast.dana, [request_.official])
    draft, _ = contacts.save_draft(
        by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now(), request=request_
    )
    request_.refresh_from_db()
    before = request_.state
    contacts.edit(by=cast.dana, interaction=draft, entry=entry, version=1, now=timezone.now(), state="logged")
    request_.refresh_from_db()

    assert (before, request_.state) == (RequestState.HELD, RequestState.LOGGED)


def test_a_contact_with_another_office_does_not_close_it(cast: Cast, request_: MeetingRequest):
    held(request_, by=cast.dana)
    other = official_in(seat_in(state("tx", "Texas"), "132"), "Bo Lane")
    entry = entry_by(cast.dana, [other])

    contacts.log(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now(), request=request_)

    request_.refresh_from_db()
    assert request_.state == RequestState.HELD


def test_who_may_not_move_the_request_does_not_close_it_by_logging(cast: Cast, request_: MeetingRequest):
    log_it(held(request_, by=cast.dana), cast.luis)

    request_.refresh_from_db()
    assert (request_.state, request_.interaction) == (RequestState.HELD, None)


def test_a_request_nobody_confirmed_is_not_closed_by_logging(cast: Cast, request_: MeetingRequest):
    log_it(request_, cast.dana)

    request_.refresh_from_db()
    assert (request_.state, request_.interaction) == (RequestState.REQUESTED, None)


def test_one_record_closes_one_request(cast: Cast, request_: MeetingRequest, reyes: Official):
    interaction = log_it(held(request_, by=cast.dana), cast.dana)
    second = held(asked(cast.dana, reyes), by=cast.dana)

    assert not meeting_requests.attach(second, interaction, by=cast.dana)


def test_a_record_taken_out_of_the_log_opens_the_request_again_and_brings_it_back(
    cast: Cast, request_: MeetingRequest
):
    interaction = log_it(held(request_, by=cast.dana), cast.dana)
    states = []
    contacts.delete(by=cast.dana, interaction=interaction, reason="Twice", now=timezone.now())
    request_.refresh_from_db()
    states.append(request_.state)
    interaction.refresh_from_db()
    contacts.restore(by=cast.dana, interaction=interaction)
    request_.refresh_from_db()
    states.append(request_.state)

    assert states == [RequestState.HELD, RequestState.LOGGED]


def test_after_a_record_was_taken_out_the_meeting_can_be_logged_anew(cast: Cast, request_: MeetingRequest):
    gone = log_it(held(request_, by=cast.dana), cast.dana)
    contacts.delete(by=cast.dana, interaction=gone, reason="Wrong day", now=timezone.now())

    again = log_it(request_, cast.dana)

    request_.refresh_from_db()
    assert (request_.state, request_.interaction) == (RequestState.LOGGED, again)


def test_an_official_who_left_office_can_still_be_asked(cast: Cast):
    gone = official_in(seat_in(state("tx", "Texas"), "9"), "Al Gone", ends_on=date(2026, 1, 1))

    request = asked(cast.dana, gone)

    assert (request.seat, request.jurisdiction, request.nudge.due_on) == (None, None, date(2027, 2, 17))


def test_a_meeting_on_the_29th_of_february(cast: Cast, reyes: Official, clock):
    leap = date(2028, 2, 29)
    clock.move_to("2028-02-29T16:00:00Z")
    member = cast.jordan
    request = asked(member, reyes, chapter=cast.gulf_prairie, requested_on=leap)
    confirmed(request, by=member, for_day=leap, on=leap)
    clock.move_to("2028-03-01T16:00:00Z")
    took(request, Step.HOLD, by=member, on=date(2028, 3, 1))

    # 2 March, Texas Independence Day, is no business day there.
    assert (request.confirmed_on, request.days_to_reply, request.nudge.due_on) == (leap, 0, date(2028, 3, 8))
    assert "Feb. 29, 2028" in str(request)


def test_logging_without_any_request_touches_none(cast: Cast, request_: MeetingRequest):
    held(request_, by=cast.dana)
    logged(cast.dana, [request_.official])

    request_.refresh_from_db()
    assert request_.state == RequestState.HELD
