"""What each rule names, on which day, to whom, and in what words."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.actions import contacts, followups
from advocacy.interactions.entry import AskMade
from advocacy.interactions.models import (
    AskKind,
    AskResponse,
    FollowUp,
    Interaction,
    KeyContact,
    Rank,
    RelationshipScore,
    Stance,
    StanceEvidence,
    Step,
)
from advocacy.kernel.reminder_rules import Days, Due, reminder_rules
from legislation.models import LeaverDecision, Official
from members.models import RoleAssignment
from tests.campaigns.reminding import promised
from tests.cast import NOW, TODAY, Cast
from tests.factories.log import alma_reyes, entry_by, hb_210, logged
from tests.factories.requests import asked, took

_DAY = timedelta(days=1)


def due(name: str, first: date, last: date | None = None) -> list[Due]:
    rule = reminder_rules[name]
    return list(rule.due(Days(first, last or first), rule.offsets))


def words(name: str, person: User, *periods: str, on: date = TODAY) -> list[str]:
    """What the person is told on that day, by the roles they have then."""
    person = User.objects.get(pk=person.pk)
    return [line.text for line in reminder_rules[name].words(person, periods, on).values()]


def in_touch(person: User, official: Official, cast: Cast, **fields) -> KeyContact:
    known = {"chapter": cast.gulf_prairie, "rank": Rank.PRIMARY, "starts_on": date(2026, 8, 1)}
    return KeyContact.objects.create(person=person, official=official, **(known | fields))


def test_a_followup_that_is_done_or_moved_is_not_spoken_of(cast: Cast):
    done, moved, waits = (promised(cast.dana, due_on=date(2027, 2, 10), text=text) for text in "abc")
    periods = [one.period for one in due("interactions.followup", TODAY)]
    followups.complete(done, by=cast.dana, on=TODAY)
    FollowUp.objects.filter(pk=moved.pk).update(due_on=date(2027, 2, 20))

    assert len(periods) == 3
    assert words("interactions.followup", cast.dana, *periods) == ["Send information is due on Feb. 10, 2027"]
    assert {period.split(":")[0] for period in periods} == {str(one.pk) for one in (done, moved, waits)}


def test_of_a_restricted_record_a_mail_says_only_that_something_is_due(cast: Cast):
    thanks = logged(cast.dana, [alma_reyes()], confidentiality="restricted").followups.get()
    (period,) = [one.period for one in due("interactions.followup", thanks.due_on - _DAY)]

    assert words("interactions.followup", cast.dana, period) == [
        "A follow-up of a restricted record is due on Feb. 10, 2027"
    ]
    assert words("interactions.followup", cast.luis, period) == []


def test_a_draft_is_spoken_of_after_two_and_five_days_to_its_author(cast: Cast):
    draft, _ = contacts.save_draft(
        by=cast.dana, entry=entry_by(cast.dana, []), form_key=uuid4(), now=timezone.now()
    )
    # Left at 10:00 in Chicago: the first morning after 48 hours is the third day's; dana's clock is New York's.
    owed = due("interactions.draft", TODAY, TODAY + 10 * _DAY)

    assert [(one.person_id, one.day) for one in owed] == [
        (cast.dana.pk, date(2027, 2, 12)),
        (cast.dana.pk, date(2027, 2, 15)),
    ]
    text = ["A record of Feb. 9, 2027 is not finished"]
    assert words("interactions.draft", cast.dana, owed[0].period) == text
    assert words("interactions.draft", cast.luis, owed[0].period) == []
    Interaction.objects.filter(pk=draft.pk).update(updated_at=NOW + 2 * _DAY)
    assert words("interactions.draft", cast.dana, owed[0].period) == []


def test_a_request_without_an_answer_is_spoken_of_after_five_business_days(cast: Cast):
    request = asked(cast.dana, alma_reyes())
    # Presidents' Day, 15 February, is no business day of the Texas House.
    owed = due("interactions.request", TODAY, TODAY + 20 * _DAY)

    assert [(one.person_id, one.day) for one in owed] == [(cast.dana.pk, date(2027, 2, 17))]
    assert due("interactions.followup", TODAY, TODAY + 30 * _DAY) == []
    said = ["Alma Reyes has not answered your request of Feb. 9, 2027"]
    assert words("interactions.request", cast.dana, owed[0].period, on=date(2027, 2, 17)) == said
    took(request, Step.REPLY, by=cast.dana)
    assert words("interactions.request", cast.dana, owed[0].period, on=date(2027, 2, 17)) == []


def test_key_contacts_hear_on_the_first_of_the_month_of_whom_they_have_not_spoken_to(cast: Cast):
    in_touch(cast.dana, alma_reyes(), cast)
    (owed,) = due("interactions.quiet", date(2027, 2, 25), date(2027, 3, 3))

    assert owed == Due(cast.dana.pk, "2027-03", date(2027, 3, 1))
    quiet = words("interactions.quiet", cast.dana, "2027-03", on=date(2027, 3, 1))
    logged(cast.dana, [KeyContact.objects.get().official])
    assert quiet == ["No contact for longer than you meant to: Alma Reyes"]
    assert words("interactions.quiet", cast.dana, "2027-03", on=date(2027, 3, 1)) == []


def test_judgements_older_than_a_year_are_asked_about_each_quarter(cast: Cast):
    reyes = alma_reyes()
    in_touch(cast.dana, reyes, cast)
    known = {"official": reyes, "person": cast.dana, "chapter": cast.gulf_prairie, "said_by": cast.dana}
    RelationshipScore.objects.create(strength=4, said_on=date(2026, 1, 10), **known)
    days = date(2027, 1, 1), date(2027, 12, 31)

    assert [one.period for one in due("interactions.stale", *days)] == [
        f"2027-Q{quarter}" for quarter in (1, 2, 3, 4)
    ]
    old = words("interactions.stale", cast.dana, "2027-Q1")
    RelationshipScore.objects.create(strength=3, said_on=TODAY, **known)
    assert old == ["Judged more than twelve months ago, is it still so? Alma Reyes"]
    assert words("interactions.stale", cast.dana, "2027-Q1") == []


def test_an_old_stance_is_asked_about_only_where_its_record_may_be_read(cast: Cast):
    reyes = alma_reyes()
    in_touch(cast.dana, reyes, cast)
    in_touch(cast.luis, reyes, cast, chapter=cast.hill_country)
    measure = hb_210()
    ask = AskMade(
        kind=AskKind.COSPONSOR,
        response=AskResponse.WILL_CONSIDER,
        official=reyes,
        measure=measure,
        stance=Stance.YES,
        evidence=StanceEvidence.SAID_DIRECTLY,
    )
    logged(cast.dana, [reyes], confidentiality="chapter", measures=[measure], asks=[ask])

    a_year_later = date(2028, 2, 10)
    assert words("interactions.stale", cast.dana, "2028-Q1", on=TODAY) == []
    assert len(words("interactions.stale", cast.dana, "2028-Q1", on=a_year_later)) == 1
    assert words("interactions.stale", cast.luis, "2028-Q1", on=a_year_later) == []


def test_terms_that_end_in_june_are_told_to_who_leaves_and_to_their_president(cast: Cast):
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=date(2027, 7, 1))
    RoleAssignment.objects.filter(person=cast.luis).update(ends_on=date(2027, 7, 2))

    owed = due("members.term_ends", date(2027, 5, 28), date(2027, 6, 4))

    first = date(2027, 6, 1)
    assert {one.person_id for one in owed} == {cast.dana.pk, cast.chris.pk}
    assert {(one.period, one.day) for one in owed} == {("2027", first)}
    with time_machine.travel(datetime(2027, 6, 1, 15, tzinfo=UTC), tick=False):
        mine = words("members.term_ends", cast.dana, "2027", on=first)
        theirs = words("members.term_ends", cast.chris, "2027", on=first)
        others = words("members.term_ends", cast.luis, "2027", on=first)
    assert mine == ["Terms that end soon: you, Chapter advocate · Gulf Prairie, on July 1, 2027"]
    assert theirs == ["Terms that end soon: Dana Whitfield, Chapter advocate · Gulf Prairie, on July 1, 2027"]
    assert others == []


def test_what_leavers_left_open_is_told_on_mondays_to_those_who_decide(cast: Cast):
    monday = date(2027, 2, 15)
    nothing_open = due("members.leavers", monday)
    row = promised(cast.dana, due_on=TODAY, official=alma_reyes())
    LeaverDecision.objects.create(
        kind="follow-up", model="interactions.followup", object_id=row.pk, label="x", official=row.official
    )

    assert nothing_open == []
    assert due("members.leavers", date(2027, 2, 16)) == []
    assert cast.dana.pk in {one.person_id for one in due("members.leavers", monday)}
    text = "1 thing is addressed to an official who left: decide what becomes of it"
    assert words("members.leavers", cast.dana, str(monday), on=monday) == [text]
    assert words("members.leavers", cast.luis, str(monday), on=monday) == []


@pytest.mark.parametrize("name", [name for name in reminder_rules.names() if "rehearsal" not in name])
def test_a_rule_names_each_reminder_once_and_nothing_for_days_it_was_not_asked_about(cast: Cast, name: str):
    in_touch(cast.dana, alma_reyes(), cast)
    for number in range(20):
        promised(cast.dana, due_on=TODAY + _DAY * number)
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    whole = due(name, first, last)
    by_day = [one for number in range(365) for one in due(name, first + _DAY * number)]

    assert len(set(whole)) == len(whole)
    assert len({(one.person_id, one.period) for one in whole}) == len(whole)
    assert sorted(map(str, whole)) == sorted(map(str, by_day))
