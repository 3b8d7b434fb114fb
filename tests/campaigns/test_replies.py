"""What offices answer, told by one of us or by the supporter, and the task that a request to meet brings."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.interactions.models import FollowUp, FollowUpKind, Rank
from campaigns.act import receipts
from campaigns.actions import replies
from campaigns.actions.letters import Sent
from campaigns.models import Letter, ParticipationState, ReplyKind
from tests.campaigns.answering import letter_of_jane, primary_for
from tests.cast import NOW, TODAY, Cast, browser_of

MEET = ReplyKind.REQUEST_TO_MEET
FRIDAY = datetime.fromisoformat("2027-02-12T16:00-06:00")


def noted(letter: Letter, kind: ReplyKind = ReplyKind.SUPPORTIVE, **said: object) -> Letter | None:
    known = {"on": TODAY, "text": "She will vote for it.", "by": None, "now": NOW}
    return replies.record(letter, kind=kind, **(known | said))  # type: ignore[arg-type]  # as record takes them


def receipt_of(letter: Letter) -> str:
    return receipts.token_of(Sent(letter.participation, [letter], []))


def told(letter: Letter, **said: str) -> object:
    fields = {"kind": "supportive", "on": "2027-02-09", "text": ""} | said
    sent = {f"letter{letter.pk}-{name}": value for name, value in fields.items()} | {"letter": str(letter.pk)}
    return Client().post(reverse("act:reply", args=[receipt_of(letter)]), sent)


def test_a_reply_is_kept_with_its_day_and_who_noted_it(cast: Cast):
    letter = letter_of_jane(cast)

    noted(letter, by=cast.dana)

    letter.refresh_from_db()
    assert (letter.reply, letter.replied_on, letter.reply_text) == (
        "supportive",
        TODAY,
        "She will vote for it.",
    )
    assert (letter.reply_noted_by, letter.reply_noted_at) == (cast.dana, NOW)
    assert not FollowUp.objects.exists()


def test_a_correction_is_told_by_the_trail_which_names_no_supporter_and_quotes_no_office(cast: Cast):
    letter = letter_of_jane(cast)
    noted(letter, by=cast.dana)

    noted(letter, ReplyKind.NONCOMMITTAL, by=cast.dana)

    first, second = Entry.objects.filter(model="campaigns.letter").order_by("pk")
    assert (first.verb, second.verb) == ("answered", "edited")
    assert second.changes == {"reply": ["Supportive", "Noncommittal"]}
    assert "Jane" not in first.label
    assert "vote" not in f"{first.reason}{first.changes}"


@pytest.mark.parametrize("on", [date(2027, 2, 8), date(2027, 2, 10)])
def test_nobody_answers_before_the_letter_or_tomorrow(cast: Cast, on: date):
    letter = letter_of_jane(cast)

    with pytest.raises(replies.NotThen):
        noted(letter, on=on)

    letter.refresh_from_db()
    assert letter.reply == ""


def test_what_one_of_us_noted_is_not_overruled_by_the_supporter(cast: Cast):
    letter = letter_of_jane(cast)
    noted(letter, ReplyKind.OPPOSED, by=cast.dana)

    assert noted(letter, ReplyKind.SUPPORTIVE) is None

    letter.refresh_from_db()
    assert letter.reply == "opposed"


def test_what_was_refused_brings_no_answer(cast: Cast):
    letter = letter_of_jane(cast)
    letter.participation.state = ParticipationState.REFUSED
    letter.participation.save()

    assert noted(letter, by=cast.dana) is None


def test_a_request_to_meet_becomes_one_task_of_the_chapters_primary_key_contact(cast: Cast):
    letter = letter_of_jane(cast)
    primary_for(letter, cast.priya, cast.gulf_prairie)

    for kind in (MEET, ReplyKind.SUPPORTIVE, MEET):
        noted(letter, kind, by=cast.dana)

    followup = FollowUp.objects.get()
    letter.refresh_from_db()
    assert letter.followup == followup
    assert (followup.owner, followup.chapter, followup.official) == (
        cast.priya,
        cast.gulf_prairie,
        letter.target.official,
    )
    assert (followup.kind, followup.created_by) == (FollowUpKind.SCHEDULE_MEETING, cast.dana)
    assert followup.text == "Asked to meet after a letter of “Records follow the patient”"
    assert followup.due_on == date(2027, 2, 11)


def test_the_task_stands_on_the_key_contacts_home_and_opens(cast: Cast):
    letter = letter_of_jane(cast)
    primary_for(letter, cast.priya, cast.gulf_prairie)
    noted(letter, MEET, by=cast.dana)
    browser = browser_of(cast.priya)

    home = browser.get("/").content.decode()

    task = FollowUp.objects.get().get_absolute_url()
    assert f'href="{task}"' in home
    assert "Records follow the patient" in browser.get(task).content.decode()


def test_two_business_days_are_of_the_owners_calendar(cast: Cast):
    """From Friday over the weekend and Presidents’ Day: Wednesday."""
    letter = letter_of_jane(cast)
    primary_for(letter, cast.priya, cast.gulf_prairie)

    with time_machine.travel(FRIDAY, tick=False):
        noted(letter, MEET, by=cast.dana, now=FRIDAY)

    assert FollowUp.objects.get().due_on == date(2027, 2, 17)


def test_a_chapter_without_a_key_contact_there_leaves_it_to_the_campaigns_chapter(cast: Cast):
    letter = letter_of_jane(cast, chapter=cast.hill_country)
    primary_for(letter, cast.priya, cast.gulf_prairie)

    noted(letter, MEET, by=cast.dana)

    assert FollowUp.objects.get().owner == cast.priya


def test_without_any_key_contact_the_owner_of_the_campaign_answers(cast: Cast):
    letter = letter_of_jane(cast, chapter=cast.hill_country)

    noted(letter, MEET, by=cast.dana)

    followup = FollowUp.objects.get()
    assert (followup.owner, followup.chapter) == (letter.participation.campaign.owner, cast.gulf_prairie)


def test_the_word_of_a_stranger_makes_no_task_until_one_of_us_confirms_it(cast: Cast):
    letter = letter_of_jane(cast)
    contact = letter.participation.contact
    contact.email_proven_at = None
    contact.save()

    noted(letter, MEET)
    assert not FollowUp.objects.exists()

    noted(letter, MEET, by=cast.dana)
    assert FollowUp.objects.count() == 1


def test_a_supporter_tells_on_the_receipt_what_came_back(cast: Cast):
    letter = letter_of_jane(cast, told_at=NOW)
    primary_for(letter, cast.priya, cast.gulf_prairie)
    page = Client().get(reverse("act:receipt", args=[receipt_of(letter)])).content.decode()
    assert "Did they answer?" in page

    answer = told(letter, kind="request_to_meet", text="Call the office.")

    letter.refresh_from_db()
    assert answer.status_code == 302
    assert (letter.reply, letter.reply_text, letter.reply_noted_by) == (
        "request_to_meet",
        "Call the office.",
        None,
    )
    assert FollowUp.objects.get().owner == cast.priya


def test_a_day_that_cannot_be_is_said_on_the_receipt_and_nothing_is_kept(cast: Cast):
    letter = letter_of_jane(cast, told_at=NOW)

    answer = told(letter, on="2027-03-01")

    letter.refresh_from_db()
    assert (answer.status_code, letter.reply) == (400, "")
    assert "not later than today" in answer.content.decode()


def test_a_receipt_names_no_letter_of_others(cast: Cast):
    letter = letter_of_jane(cast, told_at=NOW)
    url = reverse("act:reply", args=[receipts.token_of(Sent(letter.participation, [], []))])

    answer = Client().post(url, {"letter": letter.pk, f"letter{letter.pk}-kind": "opposed"})

    letter.refresh_from_db()
    assert (answer.status_code, letter.reply) == (404, "")


def test_looking_at_the_receipt_changes_nothing(cast: Cast):
    letter = letter_of_jane(cast, told_at=NOW)

    assert Client().get(reverse("act:reply", args=[receipt_of(letter)])).status_code == 302

    letter.refresh_from_db()
    assert letter.reply == ""
    assert timedelta(0) <= NOW - letter.at


def test_the_day_of_an_answer_is_told_by_the_campaigns_clock(cast: Cast):
    # A quarter to midnight in Chicago is the next day in UTC.
    late = NOW.replace(hour=23, minute=45)
    letter = letter_of_jane(cast, at=late)

    with pytest.raises(replies.NotThen):
        noted(letter, on=date(2027, 2, 10), by=cast.dana, now=late)

    assert noted(letter, on=TODAY, by=cast.dana, now=late)


def test_only_a_primary_key_contact_whose_time_is_not_over_takes_it_up(cast: Cast):
    letter = letter_of_jane(cast)
    over = primary_for(letter, cast.priya, cast.gulf_prairie)
    over.ends_on = TODAY
    over.save()
    secondary = primary_for(letter, cast.chris, cast.gulf_prairie)
    secondary.rank = Rank.SECONDARY
    secondary.save()

    noted(letter, MEET, by=cast.dana)

    assert FollowUp.objects.get().owner == letter.participation.campaign.owner


def test_the_chapter_of_the_supporter_comes_before_that_of_the_campaign(cast: Cast):
    letter = letter_of_jane(cast, chapter=cast.hill_country)
    primary_for(letter, cast.priya, cast.gulf_prairie)
    primary_for(letter, cast.luis, cast.hill_country)

    noted(letter, MEET, by=cast.dana)

    assert FollowUp.objects.get().owner == cast.luis
