from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.actions import contacts, followups, relationships
from advocacy.interactions.models import FollowUp, Interaction
from advocacy.kernel.periods import Month
from advocacy.portal.home import Desk
from legislation.models import Official
from members.models import Chapter
from members.taskforce.actions import answers
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, entry_by, logged, official_in, seat_in
from tests.factories.meetings import the_meeting
from tests.factories.months import report_on, submitted_at
from tests.factories.people import advocate_of, state

HOME = reverse("portal:home")
QUERIES_OF_AN_ADVOCATES_HOME = 33


def texas_official(district: str, name: str) -> Official:
    return official_in(seat_in(state("tx", "Texas"), district), name)


def desk_of(user: User) -> Desk:
    return Desk(User.objects.get(pk=user.pk), timezone.now())


def draft_by(author: User, official: Official) -> Interaction:
    entry = entry_by(author, [official], summary="Half a sentence")
    draft, _ = contacts.save_draft(by=author, entry=entry, form_key=new_key(), now=timezone.now())
    return draft


def new_key():
    return Interaction._meta.get_field("form_key").get_default()


def fill(cast: Cast, number: int) -> None:
    """Give dana `number` of everything that the home page lists."""
    for position in range(number):
        official = texas_official(f"{position}", f"Official Number{position}")
        logged(cast.dana, [official])
        draft_by(cast.dana, official)
        contacts.plan(
            by=cast.dana,
            entry=entry_by(cast.dana, [official], occurred_on=TODAY + timedelta(days=3)),
            form_key=new_key(),
            now=timezone.now(),
        )
        adopt(cast.dana, texas_official(f"9{position}", f"Quiet Number{position}"), cast.gulf_prairie)
        words = {
            "summary": "A month.",
            "decided_at": timezone.now(),
            "decided_by": cast.angela,
            "reason": "Why?",
        }
        handed_in = submitted_at(timezone.now(), cast.dana) | {"state": "returned"} | words
        report_on(cast.gulf_prairie, Month(2026, 1 + position), **handed_in)


def home_of(user: User) -> str:
    return browser_of(user).get(HOME).content.decode()


def adopt(
    person: User, official: Official, chapter: Chapter, *, since: date = date(2026, 8, 1), every: int = 30
):
    return relationships.adopt(by=person, official=official, chapter=chapter, rhythm_days=every, on=since)


def test_overdue_follow_ups_come_first(cast: Cast, clock: time_machine.Traveller):
    logged(cast.dana, [alma_reyes()])
    clock.shift(timedelta(days=3))
    logged(cast.dana, [texas_official("134", "Lee Brand")])

    due = [
        (str(row.official), row.is_overdue(desk_of(cast.dana).today)) for row in desk_of(cast.dana).followups
    ]

    assert due == [("Alma Reyes", True), ("Lee Brand", False)]


def test_the_done_button_leads_back_home(cast: Cast):
    followup = logged(cast.dana, [alma_reyes()]).followups.get()
    browser = browser_of(cast.dana)
    page = browser.get(HOME).content.decode()

    answer = browser.post(reverse("interactions:followup_complete", args=[followup.pk]), {"next": HOME})

    assert f'name="next" value="{HOME}"' in page
    assert answer.headers["Location"] == HOME
    assert desk_of(cast.dana).followups == []


def test_an_official_beyond_the_rhythm_is_named_with_the_days(cast: Cast):
    reyes = alma_reyes()
    adopt(cast.dana, reyes, cast.gulf_prairie, since=date(2026, 11, 1), every=90)

    quiet = [(one.name, one.seat, one.last_contact_on, one.days_late) for one in desk_of(cast.dana).quiet]

    assert quiet == [("Alma Reyes", "Texas House 131", None, 10)]


def test_a_colleagues_contact_counts_for_the_rhythm(cast: Cast):
    reyes = alma_reyes()
    adopt(cast.dana, reyes, cast.gulf_prairie)
    logged(cast.luis, [reyes])

    assert desk_of(cast.dana).quiet == []


def test_a_restricted_contact_of_another_chapter_stays_unknown_to_the_rhythm(cast: Cast):
    reyes = alma_reyes()
    adopt(cast.dana, reyes, cast.gulf_prairie)
    logged(cast.luis, [reyes], confidentiality="restricted")

    assert [one.last_contact_on for one in desk_of(cast.dana).quiet] == [None]


def test_a_voicemail_is_no_contact(cast: Cast):
    reyes = alma_reyes()
    adopt(cast.dana, reyes, cast.gulf_prairie)
    logged(cast.dana, [reyes], kind="phone_call", was_voicemail_only=True)

    assert [str(one.official) for one in desk_of(cast.dana).quiet] == ["Alma Reyes"]


def test_a_draft_asks_to_be_finished_after_two_days(cast: Cast, clock: time_machine.Traveller):
    draft_by(cast.dana, alma_reyes())
    fresh = [draft.is_neglected for draft in desk_of(cast.dana).drafts]
    clock.shift(timedelta(hours=49))

    assert (fresh, [draft.is_neglected for draft in desk_of(cast.dana).drafts]) == ([False], [True])


def test_a_draft_is_on_its_authors_home_only(cast: Cast):
    draft_by(cast.dana, alma_reyes())

    assert [len(desk_of(person).drafts) for person in (cast.dana, cast.priya, cast.jordan)] == [1, 0, 0]


def test_the_month_counts_a_meeting_and_an_official_once(cast: Cast):
    reyes = alma_reyes()
    meeting = logged(cast.dana, [reyes, texas_official("134", "Lee Brand")])
    contacts.join(by=cast.luis, interaction=meeting, chapter=cast.hill_country)
    logged(cast.dana, [reyes], kind="phone_call", was_voicemail_only=True)

    tally = desk_of(cast.dana).tally

    assert (tally.contacts, tally.officials, tally.chapters) == (1, 2, 2)


def test_follow_ups_on_time_leave_out_what_is_due_today(cast: Cast, clock: time_machine.Traveller):
    thanks = logged(cast.dana, [alma_reyes()]).followups.get()
    clock.shift(timedelta(days=1))
    on_the_day = desk_of(cast.dana).tally
    followups.complete(thanks, by=cast.dana, on=TODAY + timedelta(days=1))
    closed = desk_of(cast.dana).tally

    assert (on_the_day.due, on_the_day.on_time_percent) == (0, None)
    assert (closed.due, closed.on_time, closed.on_time_percent) == (1, 1, 100)


def test_a_late_follow_up_lowers_the_rate(cast: Cast, clock: time_machine.Traveller):
    logged(cast.dana, [alma_reyes()])
    clock.shift(timedelta(days=2))

    assert (desk_of(cast.dana).tally.due, desk_of(cast.dana).tally.on_time_percent) == (1, 0)


def test_a_vice_chair_is_told_which_chapters_have_gone_quiet(cast: Cast, clock: time_machine.Traveller):
    logged(cast.dana, [alma_reyes()])
    clock.shift(timedelta(days=20))
    logged(cast.luis, [texas_official("49", "Lee Brand")])
    clock.shift(timedelta(days=20))

    silent = [(str(one.chapter), one.last_contact_on) for one in desk_of(cast.tom).silent_chapters]

    assert silent == [("Gulf Prairie", TODAY)]


def test_a_member_learns_whom_to_turn_to(cast: Cast):
    page = browser_of(cast.sam).get(HOME).content.decode()

    assert [str(role.person) for role in desk_of(cast.sam).advocates] == ["Dana Whitfield"]
    assert "Who speaks for your chapter" in page
    assert "Log interaction" not in page


def test_a_member_sees_only_what_they_took_part_in(cast: Cast):
    mine = logged(cast.dana, [alma_reyes()], our_people=[cast.dana, cast.sam])
    logged(cast.dana, [texas_official("134", "Lee Brand")])

    assert desk_of(cast.sam).activity == [mine]


def test_the_first_staff_person_is_told_what_is_missing(cast: Cast):
    page = browser_of(cast.jordan).get(HOME).content.decode()

    assert desk_of(cast.jordan).missing == ["officials"]
    assert "load_record --download" in page


def test_an_open_report_says_when_it_is_due_and_leads_to_its_words(cast: Cast):
    report = report_on(cast.gulf_prairie, Month(2027, 1))

    page = home_of(cast.dana)

    assert "Due Feb. 5, 2027, 11:59 p.m. CST." in " ".join(page.split())
    assert reverse("reports:report_edit", args=[report.pk]) in page
    assert (home_of(cast.luis).count("Monthly report"), home_of(cast.sam).count("Monthly report")) == (0, 0)


def test_a_report_that_was_given_up_on_asks_for_nothing(cast: Cast):
    report_on(cast.gulf_prairie, Month(2026, 11))

    assert desk_of(cast.dana).reports_to_write == []


def test_the_lead_is_told_of_reports_to_accept_and_the_oldest_month(cast: Cast):
    words = {"summary": "A good month."}
    for chapter, period in ((cast.gulf_prairie, Month(2027, 1)), (cast.hill_country, Month(2026, 12))):
        report_on(chapter, period, **submitted_at(timezone.now(), cast.dana, **words))

    page = home_of(cast.angela)

    assert "2 reports wait to be accepted or returned." in page
    assert reverse("reports:report_list") + "?period=2026-12" in page
    assert "to be accepted" not in home_of(cast.tom) + home_of(cast.dana)


def test_the_next_meeting_asks_for_an_answer_until_there_is_one(cast: Cast):
    meeting = the_meeting(cast)
    before = home_of(cast.noor)

    answers.answer_in_portal(meeting, by=cast.noor, said="maybe", now=timezone.now(), delegate_name="")

    assert ("Say whether you come" in before, "Say whether you come" in home_of(cast.noor)) == (True, False)
    assert "Your answer: Maybe" in home_of(cast.noor)


@pytest.mark.parametrize(
    "who", ["dana", "luis", "elise", "priya", "sam", "chris", "tom", "angela", "jordan", "noor"]
)
def test_every_role_has_a_home_with_and_without_rows(cast: Cast, who: str):
    browser: Client = browser_of(getattr(cast, who))
    empty = browser.get(HOME)
    fill(cast, 2)

    assert (empty.status_code, browser.get(HOME).status_code) == (200, 200)


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_queries_however_much_there_is(
    cast: Cast, number: int, django_assert_num_queries
):
    fill(cast, number)
    advocate_of(cast.gulf_prairie)
    browser = browser_of(cast.dana)
    browser.get(HOME)

    with django_assert_num_queries(QUERIES_OF_AN_ADVOCATES_HOME):
        browser.get(HOME)


def test_home_writes_nothing(cast: Cast):
    fill(cast, 1)
    before = FollowUp.objects.count(), Interaction.objects.count()

    browser_of(cast.dana).get(HOME)

    assert (FollowUp.objects.count(), Interaction.objects.count()) == before
