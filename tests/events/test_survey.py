"""What those who came say afterwards: asked once a week later, answered on one page, read without names."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from advocacy.accounts.models import User
from advocacy.events import links, survey_results
from advocacy.events.actions import check_in, registrations
from advocacy.events.measures_of_a_day import table_of
from advocacy.events.models import AdvocacyEvent, Registration, SurveyAnswer
from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.outbox.kinds import kinds
from advocacy.outbox.models import OutboundMessage
from tests.cast import Cast, browser_of
from tests.factories.advocacy_days import coming, day_of

ON_THE_DAY = datetime.fromisoformat("2027-04-14T11:30-05:00")
A_WEEK_LATER = ON_THE_DAY + timedelta(days=7)


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, "published")


def came(event: AdvocacyEvent, who: User | str) -> Registration:
    return coming(event, who, checked_in_at=ON_THE_DAY)


def said(row: Registration, recommends: int, worked: str = "", better: str = "") -> SurveyAnswer:
    return SurveyAnswer.objects.create(
        registration=row, recommends=recommends, worked=worked, better=better, answered_at=A_WEEK_LATER
    )


def asked(person: User) -> list[str]:
    rule = reminder_rules["events.survey"]
    dues = rule.due(Days(date(2027, 4, 1), date(2027, 4, 30)), rule.offsets)
    assert rule.posts
    found = [
        (one.day, rule.posts(person, one.period, A_WEEK_LATER)) for one in dues if one.person_id == person.pk
    ]
    return [f"{day}: {message.subject}" for day, message in found if message]


def test_colleagues_who_came_are_asked_a_week_later_until_they_have_answered(
    cast: Cast, event: AdvocacyEvent
):
    row = came(event, cast.sam)
    coming(event, cast.luis)

    assert asked(cast.luis) == []
    assert asked(cast.sam) == ["2027-04-21: How was it? Health IT Day 2027"]

    said(row, 9)
    assert asked(cast.sam) == []


def test_who_has_no_account_is_asked_by_a_mail_that_waits_until_a_week_after_they_checked_in(
    cast: Cast, event: AdvocacyEvent
):
    row = coming(event, "Ann", language="fr")
    check_in.check_in(row, by=cast.priya, now=ON_THE_DAY)
    check_in.take_back(row, by=cast.priya, now=ON_THE_DAY)
    check_in.check_in(row, by=cast.priya, now=ON_THE_DAY)

    (mail,) = OutboundMessage.objects.filter(kind="events.survey")
    row.refresh_from_db()
    assert mail.state == "pending"
    assert mail.not_before == datetime.fromisoformat("2027-04-21T09:00-05:00")
    assert links.survey_path_of(row, "fr") in mail.text


@pytest.mark.parametrize("reason", ["was not there", "has answered", "was forgotten", "the day is closed"])
def test_a_mail_that_waits_does_not_leave_when_nothing_is_to_be_asked(
    cast: Cast, event: AdvocacyEvent, reason: str
):
    row = coming(event, "Ann")
    check_in.check_in(row, by=cast.priya, now=ON_THE_DAY)
    row.refresh_from_db()
    mails = list(OutboundMessage.objects.filter(kind="events.survey"))
    before = kinds["events.survey"].refusals(mails)
    if reason == "was not there":
        check_in.take_back(row, by=cast.priya, now=ON_THE_DAY)
    elif reason == "has answered":
        said(row, 3)
    elif reason == "was forgotten":
        registrations.erase(row, by=None, now=A_WEEK_LATER)
    else:
        AdvocacyEvent.objects.update(status="closed")

    assert before == {}
    assert list(kinds["events.survey"].refusals(mails)) == [mails[0].pk]


def test_an_answer_is_one_can_be_changed_and_stands_once_the_day_is_closed(cast: Cast, event: AdvocacyEvent):
    came(event, cast.sam)
    page, browser = f"/advocacy-days/{event.pk}/survey/", browser_of(cast.sam)
    statuses = [
        browser.post(page, {"recommends": number, "worked": "The briefs."}).status_code
        for number in ("11", "6", "9")
    ]
    AdvocacyEvent.objects.update(status="closed")
    late = browser.post(page, {"recommends": "1"})

    answer = SurveyAnswer.objects.get()
    assert statuses == [422, 302, 302]
    assert (late.status_code, answer.recommends, answer.worked) == (409, 9, "The briefs.")
    assert "The day is closed, and so is its survey." in late.content.decode()


def test_without_an_account_it_is_answered_behind_the_link_of_the_registration(
    cast: Cast, event: AdvocacyEvent
):
    row, absent = came(event, "Ann"), coming(event, "Bo")
    page, stranger = links.survey_path_of(row), Client()

    assert stranger.get(page).status_code == 200
    assert stranger.post(page, {"recommends": "10", "better": "More time."}).status_code == 303
    assert SurveyAnswer.objects.get().better == "More time."
    assert stranger.get(links.survey_path_of(absent)).status_code == 410
    assert not stranger.cookies


def test_who_did_not_come_finds_no_survey(cast: Cast, event: AdvocacyEvent):
    coming(event, cast.sam)

    assert browser_of(cast.sam).get(f"/advocacy-days/{event.pk}/survey/").status_code == 404


def test_the_score_is_promoters_less_detractors_and_is_not_shown_of_fewer_than_five(
    cast: Cast, event: AdvocacyEvent
):
    for place, number in enumerate((10, 9, 8, 6)):
        said(came(event, f"Guest {place}"), number, worked=f"Words {place}")
    few = survey_results.score_of(event), survey_results.lessons_of(event).worked, lines(event)
    said(came(event, "Guest 5"), 9, worked="Briefs")

    assert few == ((4, None), [], [("Survey answers", 4, 4), ("Net promoter score", None, None)])
    assert survey_results.score_of(event) == (5, 40)
    assert survey_results.lessons_of(event).worked == ["Briefs", *(f"Words {place}" for place in range(4))]


def lines(event: AdvocacyEvent) -> list[tuple[object, ...]]:
    return [
        tuple(row[1:4]) for row in table_of(event).rows if row[1] in ("Survey answers", "Net promoter score")
    ]


def test_the_words_are_read_without_names_by_those_who_run_the_day_alone(cast: Cast, event: AdvocacyEvent):
    for place in range(5):
        said(came(event, f"Guest {place}"), 9, better="Start later." if place else "")
    results, again = f"/advocacy-days/{event.pk}/results/", f"/advocacy-days/{event.pk}/again/"
    run = [browser_of(cast.priya).get(page).content.decode() for page in (results, again)]
    AdvocacyEvent.objects.update(status="closed")
    reader = browser_of(cast.noor).get(results).content.decode()

    assert [("Start later." in page, "Guest" in page) for page in run] == [(True, False)] * 2
    assert ("Net promoter score" in reader, "Start later." in reader) == (True, False)


def test_who_is_forgotten_leaves_a_number_and_no_words(cast: Cast, event: AdvocacyEvent):
    row = came(event, "Ann")
    answer = said(row, 7, worked="My own clinic was heard.", better="More time.")

    registrations.erase(row, by=None, now=A_WEEK_LATER)

    answer.refresh_from_db()
    assert (answer.recommends, answer.worked, answer.better) == (7, "", "")
