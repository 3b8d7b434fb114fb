"""Whom do you know?: a list kept through the year, and a record only after review."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from advocacy.audit.models import Entry
from advocacy.interactions.actions import surveys
from advocacy.interactions.coverage import coverage
from advocacy.interactions.models import (
    AnswerState,
    Basis,
    KeyContact,
    Rank,
    RelationshipScore,
    Survey,
    SurveyAnswer,
    year_of,
)
from legislation.models import Official, Staffer
from members import delegation
from tests.cast import TODAY, Cast, browser_of
from tests.factories.maps import houston

pytestmark = pytest.mark.django_db
ADDRESS = "/log/whom-do-you-know/"


@pytest.fixture
def world(cast: Cast) -> Cast:
    houston()
    return cast


@pytest.fixture
def lund(world: Cast) -> Official:
    return Official.objects.get(name="Otto Lund")


def says(
    cast: Cast, who, official: Official, *, staffer: Staffer | None = None, strength: int = 5
) -> SurveyAnswer:
    surveys.add(
        by=who, chapter=cast.gulf_prairie, known=[(official, staffer)], basis=Basis.SCHOOL, strength=strength,
        calls_within_a_day=True, on=TODAY,
    )  # fmt: skip
    return SurveyAnswer.objects.get(survey__person=who, official=official, staffer=staffer)


def sent(cast: Cast, who, official: Official, **values) -> SurveyAnswer:
    answer = says(cast, who, official, **values)
    surveys.send(by=who, on=TODAY)
    answer.refresh_from_db()
    return answer


def standing(cast: Cast, name: str) -> str:
    found = coverage(delegation.of_chapter(cast.gulf_prairie, TODAY), user=cast.dana, today=TODAY)
    (line,) = [one for one in found.lines if str(one.member.holder.tenure.official) == name]
    return line.standing


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 6, 30), 2025), (date(2026, 7, 1), 2026), (date(2027, 2, 9), 2026)]
)
def test_the_year_of_the_society_begins_on_the_first_of_july(day: date, year: int):
    assert year_of(day) == year
    assert Survey(year=1999).years == "1999–00"


def test_a_member_fills_in_a_list_goes_on_with_it_and_sends_it(world: Cast, lund: Official):
    vale = Official.objects.get(name="Iris Vale")
    aide = Staffer.objects.create(name="Wes Okada", official=vale)
    browser = browser_of(world.sam)
    browser.post(ADDRESS, {"officials": [lund.pk], "basis": "neighbour", "strength": "3", "add": "1"})

    browser.post(
        ADDRESS, {"staffers": [aide.pk], "basis": "school", "strength": "4", "calls_within_a_day": "on"}
    )
    page = browser.get(ADDRESS).content.decode()
    browser.post(ADDRESS, {"send": "1"})

    assert "Otto Lund" in page
    assert "Wes Okada (Iris Vale)" in page
    assert Survey.objects.get().year == 2026
    rows = SurveyAnswer.objects.order_by("pk").values_list(
        "official__name", "staffer__name", "basis", "strength", "calls_within_a_day", "state"
    )
    assert list(rows) == [
        ("Otto Lund", None, "neighbour", 3, False, "sent"),
        ("Iris Vale", "Wes Okada", "school", 4, True, "sent"),
    ]


def test_nobody_is_listed_twice(world: Cast, lund: Official):
    says(world, world.sam, lund, strength=2)

    says(world, world.sam, lund, strength=5)

    assert SurveyAnswer.objects.get().strength == 2


def test_a_draft_can_be_taken_off_the_list_and_what_was_sent_cannot(world: Cast, lund: Official):
    browser = browser_of(world.sam)
    draft = says(world, world.sam, lund)
    browser.post(ADDRESS, {"remove": str(draft.pk)})
    assert not SurveyAnswer.objects.exists()

    answer = sent(world, world.sam, lund)
    browser.post(ADDRESS, {"remove": str(answer.pk)})

    assert SurveyAnswer.objects.get() == answer


def test_without_javascript_find_offers_people_and_saves_nothing(world: Cast, lund: Official):
    page = browser_of(world.sam).post(ADDRESS, {"officials__q": "lund", "find": "officials"}).content.decode()

    assert f'value="{lund.pk}"' in page
    assert "Choose at least one" not in page
    assert not SurveyAnswer.objects.exists()


def test_an_empty_list_is_refused_in_words(world: Cast):
    page = browser_of(world.sam).post(ADDRESS, {"basis": "school", "strength": "4", "add": "1"})

    assert "Choose at least one official or staffer." in page.content.decode()


def test_an_answer_counts_nowhere_before_it_is_reviewed(world: Cast, lund: Official):
    answer = sent(world, world.sam, lund, strength=5)
    assert standing(world, "Otto Lund") == "none"
    assert "Who knows this office" not in browser_of(world.dana).get(lund.get_absolute_url()).content.decode()

    surveys.accept(answer, by=world.dana, on=TODAY)

    assert standing(world, "Otto Lund") == "strong"
    page = browser_of(world.dana).get(lund.get_absolute_url()).content.decode()
    assert "Who knows this office" in page
    assert "Sam Reed" in page


def test_accepted_it_is_a_record_said_by_who_answered(world: Cast, lund: Official):
    answer = sent(world, world.sam, lund)

    assert surveys.accept(answer, by=world.dana, on=TODAY)

    score = RelationshipScore.objects.get()
    answer.refresh_from_db()
    assert (score.person, score.said_by, score.said_on, score.strength, score.basis) == (
        world.sam, world.sam, TODAY, 5, "school",
    )  # fmt: skip
    assert (answer.state, answer.decided_by, answer.score) == (AnswerState.ACCEPTED, world.dana, score)
    assert not KeyContact.objects.exists()
    assert Entry.objects.about(answer).get(verb="approved").actor == world.dana


def test_accepted_as_a_key_contact_they_keep_in_touch_from_now_on(world: Cast, lund: Official):
    surveys.accept(sent(world, world.sam, lund), by=world.dana, on=TODAY, as_key_contact=True)

    tie = KeyContact.objects.get()
    assert (tie.person, tie.rank, tie.starts_on, tie.chapter) == (
        world.sam, Rank.PRIMARY, TODAY, world.gulf_prairie,
    )  # fmt: skip


def test_with_a_key_contact_on_record_it_is_merged(world: Cast, lund: Official):
    tie = KeyContact.objects.create(
        person=world.sam, official=lund, chapter=world.gulf_prairie, starts_on=date(2026, 8, 1)
    )
    answer = sent(world, world.sam, lund)
    browser = browser_of(world.dana)
    page = browser.get(f"{ADDRESS}review/{answer.pk}/").content.decode()

    browser.post(f"{ADDRESS}review/{answer.pk}/", {"decision": "merge"})

    answer.refresh_from_db()
    assert "make them a key contact" not in page
    assert (answer.state, answer.tie) == (AnswerState.MERGED, tie)
    assert KeyContact.objects.get() == tie
    assert RelationshipScore.objects.get().strength == 5


def test_turned_down_it_says_why_to_who_answered(world: Cast, lund: Official):
    answer = sent(world, world.sam, lund)
    browser = browser_of(world.dana)

    silent = browser.post(f"{ADDRESS}review/{answer.pk}/", {"decision": "reject", "reason": ""})
    browser.post(f"{ADDRESS}review/{answer.pk}/", {"decision": "reject", "reason": "Another Otto Lund."})

    assert "Say why it is not accepted." in silent.content.decode()
    assert "Another Otto Lund." in browser_of(world.sam).get(ADDRESS).content.decode()
    assert not RelationshipScore.objects.exists()


def test_of_two_reviews_the_first_stands(world: Cast, lund: Official):
    answer = sent(world, world.sam, lund)

    assert surveys.reject(answer, by=world.jordan, on=TODAY, reason="Somebody else.")
    assert not surveys.accept(answer, by=world.dana, on=TODAY, as_key_contact=True)

    assert not RelationshipScore.objects.exists()
    assert not KeyContact.objects.exists()


def test_who_reads_an_answer(world: Cast, lund: Official):
    says(world, world.sam, lund)
    everybody = ("sam", "dana", "luis", "priya", "chris", "tom", "angela", "jordan", "former")

    def readers() -> set[str]:
        return {name for name in everybody if SurveyAnswer.objects.visible_to(getattr(world, name)).exists()}

    assert readers() == {"sam"}
    surveys.send(by=world.sam, on=TODAY)
    assert readers() == {"sam", "dana", "jordan"}
    queue = {name for name in everybody if SurveyAnswer.objects.reviewable_by(getattr(world, name)).exists()}
    assert queue == {"dana", "jordan"}


def test_knowing_an_aide_makes_no_seat_strong_and_says_when_the_aide_has_left(world: Cast, lund: Official):
    aide = Staffer.objects.create(name="Wes Okada", official=lund)
    surveys.accept(sent(world, world.sam, lund, staffer=aide), by=world.dana, on=TODAY)
    browser = browser_of(world.dana)

    before = browser.get(lund.get_absolute_url()).content.decode()
    Staffer.objects.filter(pk=aide.pk).update(ends_on=TODAY)
    after = browser.get(lund.get_absolute_url()).content.decode()

    assert standing(world, "Otto Lund") == "none"
    assert "Sam Reed → Wes Okada" in before
    assert "has left" not in before
    assert "has left" in after


def test_staff_without_a_chapter_have_no_list_of_their_own(world: Cast):
    assert browser_of(world.jordan).get(ADDRESS).status_code == 404


def test_the_queue_costs_the_same_for_one_answer_and_for_three(world: Cast, django_assert_num_queries):
    names = ["Otto Lund", "Iris Vale", "Omar Dell"]
    browser = browser_of(world.dana)
    for number in (1, 3):
        for name in names[:number]:
            sent(world, world.sam, Official.objects.get(name=name))
        with django_assert_num_queries(9):
            page = browser.get(f"{ADDRESS}review/").content.decode()
        assert page.count("Sam Reed:") == number


Broken = Callable[[SurveyAnswer], object]


def _changed(**values) -> Broken:
    return lambda answer: SurveyAnswer.objects.filter(pk=answer.pk).update(**values)


BROKEN: dict[str, Broken] = {
    "a second survey of the year": lambda answer: Survey.objects.create(
        person=answer.survey.person, chapter=answer.survey.chapter, year=answer.survey.year
    ),
    "an official twice": lambda answer: SurveyAnswer.objects.create(
        survey=answer.survey, official=answer.official, basis="school", strength=3, answered_on=TODAY
    ),
    "strength six": _changed(strength=6),
    "decided by nobody": _changed(state="rejected", reason="X"),
    "rejected without a reason": lambda answer: SurveyAnswer.objects.filter(pk=answer.pk).update(
        state="rejected", decided_by=answer.survey.person, decided_on=TODAY
    ),
    "accepted without a record": lambda answer: SurveyAnswer.objects.filter(pk=answer.pk).update(
        state="accepted", decided_by=answer.survey.person, decided_on=TODAY
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(world: Cast, lund: Official, name: str):
    answer = sent(world, world.sam, lund)

    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](answer)


def test_a_staffer_is_named_once_and_judged_once_a_day(world: Cast, lund: Official):
    aide = Staffer.objects.create(name="Wes Okada", official=lund)
    answer = sent(world, world.sam, lund, staffer=aide)
    surveys.accept(answer, by=world.dana, on=TODAY)
    score = RelationshipScore.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.create(
            survey=answer.survey, official=lund, staffer=aide, basis="school", strength=3, answered_on=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RelationshipScore.objects.create(
            official=lund, staffer=aide, person=world.sam, chapter=score.chapter, strength=3,
            said_by=world.sam, said_on=TODAY,
        )  # fmt: skip
