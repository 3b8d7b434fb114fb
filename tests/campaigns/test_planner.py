"""What is owed becomes a row once, and mail once."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.accounts.models import User
from advocacy.interactions.actions import followups
from advocacy.kernel.reminder_rules import Due
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import OutboundMessage, Suppression, fingerprint_of
from campaigns.models import Occurrence, RuleSetting
from campaigns.reminders import actions, planner
from legislation.models import SessionDeadline
from members.models import RoleAssignment
from tests.campaigns.reminding import FOLLOWUP, Script, chicago, promised, told
from tests.cast import Cast
from tests.factories.comments import comments_on
from tests.factories.hearings import hearing_on
from tests.factories.measures import measure, tracked
from tests.factories.people import UserFactory, member_of

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY_THE_12TH = date(2027, 2, 12)


def at(moment: datetime) -> Counter[str]:
    with time_machine.travel(moment, tick=False):
        return planner.tick(moment)


def mails_to(person: User) -> list[str]:
    return list(OutboundMessage.objects.filter(user=person).order_by("pk").values_list("subject", flat=True))


def test_a_followup_is_announced_the_day_before_and_asked_for_afterwards(cast: Cast):
    promise = promised(cast.dana, due_on=FRIDAY_THE_12TH)
    for hours in range(24 * 12):
        at(chicago(2, 10) + hours * HOUR)

    # D+1 is a Saturday: its morning is Monday's. On D+5 nobody else is an advocate of the chapter.
    assert told() == [
        (FOLLOWUP, "Dana", f"{promise.pk}:2027-02-12:{offset}", "mailed") for offset in ("+1", "+5", "-1")
    ]
    assert [row.due_at for row in Occurrence.objects.order_by("due_at")] == [
        chicago(2, 11),
        chicago(2, 16),
        chicago(2, 17),
    ]
    assert len(mails_to(cast.dana)) == 3


def test_the_last_reminder_goes_to_the_co_advocate_as_well(cast: Cast):
    colleague = UserFactory(full_name="Ana Colleague")
    RoleAssignment.objects.create(
        person=colleague, role="chapter_advocate", chapter=cast.gulf_prairie, starts_on=date(2026, 7, 1)
    )
    promised(cast.dana, due_on=FRIDAY_THE_12TH)

    at(chicago(2, 17))

    message = OutboundMessage.objects.get(user=colleague)
    assert message.subject == "Send information (Dana Whitfield) was due on Feb. 12, 2027"
    assert OutboundMessage.objects.get(user=cast.dana).subject == "Send information was due on Feb. 12, 2027"


def test_a_second_tick_and_a_replay_make_nothing_new(cast: Cast):
    promised(cast.dana, due_on=FRIDAY_THE_12TH)
    at(chicago(2, 11))
    once = told(), mails_to(cast.dana)

    for minutes in (0, 1, -30, 600):
        at(chicago(2, 11) + timedelta(minutes=minutes))

    assert (told(), mails_to(cast.dana)) == once
    assert len(once[1]) == 1


def test_a_missed_hour_is_made_up_for(cast: Cast):
    promised(cast.dana, due_on=FRIDAY_THE_12TH)

    at(chicago(2, 11, 8, 59))
    too_early = told()
    at(chicago(2, 11, 15))

    assert too_early == []
    assert [state for *_who, state in told()] == ["mailed"]


def test_more_than_a_day_late_is_shown_and_not_sent_until_somebody_says_so(cast: Cast):
    promised(cast.dana, due_on=date(2027, 2, 11))
    at(chicago(2, 11, 9, 1))
    (missed,) = Occurrence.objects.all()
    before = (missed.state, mails_to(cast.dana))

    first = actions.send_now(missed, by=cast.jordan, now=chicago(2, 11, 9, 5))
    second = actions.send_now(missed, by=cast.jordan, now=chicago(2, 11, 9, 5))
    at(chicago(2, 11, 9, 6))

    assert before == ("missed", [])
    assert (first, second) == (True, False)
    assert mails_to(cast.dana) == ["Send information is due on Feb. 11, 2027"]


def test_one_mail_a_day_and_what_comes_later_waits_for_the_next_working_morning(
    cast: Cast, rehearsal: Script
):
    friday = date(2027, 2, 12)
    rehearsal.owed = [Due(cast.dana.pk, "first", friday)]
    at(chicago(2, 12))
    rehearsal.owed.append(Due(cast.dana.pk, "second", friday))

    at(chicago(2, 12, 11))
    waits = Occurrence.objects.get(period="second")
    at(chicago(2, 15, 9))  # Presidents' Day
    at(chicago(2, 16, 9))

    assert (waits.state, waits.due_at) == ("planned", chicago(2, 16))
    assert mails_to(cast.dana) == ["Think of first", "Think of second"]


def test_several_reminders_of_a_day_are_one_mail_in_the_readers_language(cast: Cast, rehearsal: Script):
    thursday = date(2027, 2, 11)
    rehearsal.owed = [Due(cast.elise.pk, period, thursday) for period in ("a", "b")]
    promised(cast.elise, due_on=FRIDAY_THE_12TH)

    at(datetime(2027, 2, 11, 14, tzinfo=UTC))

    (message,) = OutboundMessage.objects.filter(user=cast.elise)
    assert (message.kind, message.stream) == ("reminders.duty", "duty")
    assert [f"Think of {period}" in message.text for period in "ab"] == [True, True]
    assert "12 février 2027" in message.text
    assert '<html lang="fr">' in message.html


def test_each_person_has_nine_oclock_where_they_live(cast: Cast, rehearsal: Script):
    thursday = date(2027, 2, 11)
    rehearsal.owed = [Due(person.pk, "once", thursday) for person in (cast.noor, cast.dana, cast.elise)]

    at(datetime(2027, 2, 11, 15, tzinfo=UTC))

    due = {row.person.get_short_name(): row.due_at for row in Occurrence.objects.all()}
    at(datetime(2027, 2, 11, 16, tzinfo=UTC))
    due |= {row.person.get_short_name(): row.due_at for row in Occurrence.objects.all()}

    assert due == {
        "Élise": datetime(2027, 2, 11, 14, tzinfo=UTC),
        "Dana": datetime(2027, 2, 11, 15, tzinfo=UTC),
        # British Columbia keeps UTC−7 all year round.
        "Noor": datetime(2027, 2, 11, 16, tzinfo=UTC),
    }


def test_nobody_is_written_to_at_night(cast: Cast, rehearsal: Script):
    rehearsal.owed = [Due(cast.dana.pk, "late", date(2027, 2, 11))]

    at(chicago(2, 11, 20))
    waits = Occurrence.objects.get()
    at(chicago(2, 12, 9))

    assert (waits.state, waits.due_at) == ("planned", chicago(2, 12))
    assert mails_to(cast.dana) == ["Think of late"]


def test_what_is_urgent_goes_alone_on_a_holiday_beside_the_bundle(cast: Cast, rehearsal: Script):
    holiday = date(2027, 2, 15)
    rehearsal.urgent = [Due(cast.dana.pk, period, holiday) for period in ("hearing", "vote")]
    rehearsal.owed = [Due(cast.dana.pk, "hint", holiday)]

    at(chicago(2, 15))
    on_the_holiday = mails_to(cast.dana)
    at(chicago(2, 16))

    assert on_the_holiday == ["Think of hearing", "Think of vote"]
    assert mails_to(cast.dana) == [*on_the_holiday, "Think of hint"]


def test_staff_switch_a_rule_off_and_move_its_days(cast: Cast):
    promise = promised(cast.dana, due_on=FRIDAY_THE_12TH)
    at(chicago(2, 9))
    RuleSetting.objects.filter(name=FOLLOWUP).update(is_on=False)
    at(chicago(2, 11))
    switched_off = told()
    RuleSetting.objects.filter(name=FOLLOWUP).update(is_on=True, days="−2, 3")
    at(chicago(2, 11, 12))

    assert switched_off == []
    assert told() == [(FOLLOWUP, "Dana", f"{promise.pk}:2027-02-12:-2", "missed")]


@pytest.mark.parametrize(
    ("stream", "state"), [("optional", "skipped"), ("", "skipped"), ("campaign", "mailed")]
)
def test_who_opted_out_is_left_alone_and_the_reason_is_kept(
    cast: Cast, rehearsal: Script, stream: str, state: str
):
    rehearsal.owed = [Due(cast.dana.pk, "hint", date(2027, 2, 11))]
    Suppression.objects.create(
        address=fingerprint_of(cast.dana.email), stream=stream, reason="unsubscribed", made_at=chicago(2, 1)
    )

    at(chicago(2, 11))

    row = Occurrence.objects.get()
    assert (row.state, bool(row.reason)) == (state, state == "skipped")


def test_who_has_left_is_not_reminded_of_what_they_may_not_read(cast: Cast):
    promised(cast.dana, due_on=FRIDAY_THE_12TH)
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=date(2027, 2, 10), is_primary=False)

    at(chicago(2, 11))

    row = Occurrence.objects.get()
    assert (row.state, row.reason) == ("skipped", "Nothing of it is left to do, or not for them to read.")


def claimed_after(moment: datetime) -> list[str]:
    """What a worker takes to hand over; it asks each kind again whether its mail still stands."""
    with time_machine.travel(moment, tick=False):
        held = Ledger("worker").claim(10, now=moment)
    return [message.subject for message in held]


def test_a_role_that_ends_between_writing_and_sending_takes_the_mail_back(cast: Cast):
    promised(cast.dana, due_on=FRIDAY_THE_12TH)
    at(chicago(2, 11))
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=date(2027, 2, 10), is_primary=False)

    went = claimed_after(chicago(2, 11, 9, 1))
    at(chicago(2, 11, 9, 2))

    assert went == []
    assert OutboundMessage.objects.get().state == "cancelled"
    assert [state for *_who, state in told()] == ["skipped"]


def test_of_a_mail_with_a_line_that_fell_the_rest_is_written_anew(cast: Cast):
    done, open_one = (promised(cast.dana, due_on=FRIDAY_THE_12TH, text=text) for text in ("a", "b"))
    at(chicago(2, 11))
    followups.complete(done, by=cast.dana, on=date(2027, 2, 11))

    first = claimed_after(chicago(2, 11, 9, 1))
    at(chicago(2, 11, 9, 2))
    second = claimed_after(chicago(2, 11, 9, 3))

    assert (first, second) == ([], ["Send information is due on Feb. 12, 2027"])
    states = {row.period.split(":")[0]: row.state for row in Occurrence.objects.all()}
    assert states == {str(done.pk): "skipped", str(open_one.pk): "mailed"}


def test_a_mail_that_staff_cancelled_does_not_come_back(cast: Cast):
    promised(cast.dana, due_on=FRIDAY_THE_12TH)
    at(chicago(2, 11))
    OutboundMessage.objects.update(state="cancelled", settled_at=chicago(2, 11, 9))

    at(chicago(2, 11, 9, 5))
    at(chicago(2, 11, 9, 6))

    assert [state for *_who, state in told()] == ["skipped"]
    assert OutboundMessage.objects.count() == 1


def test_one_persons_trouble_does_not_keep_the_others_waiting(cast: Cast, rehearsal: Script):
    thursday = date(2027, 2, 11)
    rehearsal.owed = [Due(person.pk, "once", thursday) for person in (cast.dana, cast.luis)]
    User.objects.filter(pk=cast.dana.pk).update(email="nobody at home")

    tally = at(chicago(2, 11))

    assert (tally["failed"], tally["mailed"]) == (1, 1)
    assert [who for _rule, who, *_rest in told()] == ["Luis"]


def test_while_nothing_is_due_the_number_of_questions_is_fixed(cast: Cast):
    at(chicago(2, 9))
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            at(chicago(2, 9, 11))
        counts.append(len(asked))
        for _person in range(20):
            promised(member_of(cast.gulf_prairie), due_on=date(2027, 8, 2))
        for number in range(3):
            bill = measure(f"HB {_round}{number}")
            tracked(bill, cast.gulf_prairie, owner=cast.dana)
            hearing_on(bill, starts_at=chicago(8, 2), sign_up_by=chicago(8, 1), written_by=chicago(8, 1))
            comments_on(bill, closes_at=chicago(8, 2))
            SessionDeadline.objects.create(
                session=bill.session, kind="crossover", on=date(2027, 8 + _round, number + 1)
            )

    assert counts == [50, 50]


def test_someone_who_moves_is_served_where_they_live_now(cast: Cast, rehearsal: Script):
    rehearsal.owed = [Due(cast.dana.pk, "late", date(2027, 2, 11))]
    at(chicago(2, 11, 20))
    User.objects.filter(pk=cast.dana.pk).update(time_zone="Pacific/Honolulu")

    at(chicago(2, 12, 9))
    asleep = mails_to(cast.dana)
    at(chicago(2, 12, 9) + 4 * HOUR)

    assert asleep == []
    assert mails_to(cast.dana) == ["Think of late"]
