"""The number of a chapter is the same on its own page and in the table of all chapters, whatever the record holds."""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.interactions.models import (
    Commitment,
    Confidentiality,
    Counterpart,
    Credit,
    FollowUp,
    Interaction,
    Kind,
    Level,
    MeetingRequest,
    Office,
    Participant,
)
from advocacy.reports.metrics.registry import METRICS
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport
from legislation.models import Official, Tenure
from members.models import Chapter
from tests.cast import Cast
from tests.factories.log import official_in, seat_in
from tests.factories.meetings import held
from tests.factories.months import FEBRUARY, report_on, submitted_at
from tests.factories.people import covers, state, united_states

WINDOW = Window.of(FEBRUARY)
NOW = datetime(2027, 3, 2, 15, tzinfo=UTC)
KINDS = [
    Kind.MEETING_IN_PERSON,
    Kind.EMAIL_EXCHANGE,
    Kind.PHONE_CALL,
    Kind.HEARING_TESTIMONY,
    Kind.RECOGNITION,
]


def shuffled_record(cast: Cast, seed: int) -> list[Chapter]:
    """Some hundred contacts of all kinds, credited to one chapter or several, with what follows from them."""
    chance = random.Random(seed)
    chapters = [cast.gulf_prairie, cast.hill_country, cast.three_capitals, cast.saint_laurent]
    covers(cast.three_capitals, united_states())
    officials = [official_in(seat_in(state("tx", "Texas"), str(n)), f"Official {n}") for n in range(6)]
    officials += [official_in(seat_in(united_states(), f"VA-{n}"), f"Member {n}") for n in range(3)]
    people = {cast.gulf_prairie: cast.dana, cast.hill_country: cast.luis, cast.three_capitals: cast.ruth}
    for _ in range(100):
        chapter = chance.choice(chapters)
        contact(cast, chance, chapter, chance.sample(chapters, chance.randint(0, 2)), officials, people)
    for chapter in chapters:
        state_of_it = submitted_at(NOW, cast.dana) if chance.random() < 0.5 else {}
        report_on(chapter, **state_of_it, volunteer_hours=chance.choice([None, 3, 5]))
    for month in (12, 1, 2):
        on = datetime(2026 if month == 12 else 2027, month, 10, 19, tzinfo=UTC)
        there = {
            who: (getattr(cast, who), chance.choice(["present", "absent"]))
            for who in ("dana", "luis", "ruth")
        }
        held(cast.angela, on, **there)
    return chapters


def contact(cast, chance, chapter, others, officials, people) -> None:
    on = date(2027, 1, 20) + timedelta(days=chance.randrange(45))
    kind, author = chance.choice(KINDS), people.get(chapter, cast.elise)
    row = Interaction.objects.create(
        kind=kind, occurred_on=on, zone="America/Chicago", chapter=chapter, summary="A contact.", logged_by=author,
        confidentiality=chance.choice(list(Confidentiality)), discussed_specific_legislation=False,
        replied_on=on if chance.random() < 0.5 else None, logged_at=NOW - timedelta(days=chance.randrange(20)),
    )  # fmt: skip
    for one in {chapter, *others}:
        Credit.objects.create(interaction=row, chapter=one)
    official: Official = chance.choice(officials)
    seat = Tenure.objects.get(official=official).seat
    Office.objects.create(interaction=row, official=official, seat=seat, jurisdiction=state("tx", "Texas"))
    if chance.random() < 0.3:
        Office.objects.create(interaction=row, agency="Department of Health")
    Counterpart.objects.create(
        interaction=row, name="A. Body", level=chance.choice([Level.OFFICIAL, Level.SCHEDULER])
    )
    Participant.objects.create(interaction=row, person=chance.choice([cast.sam, cast.dana, cast.luis]))
    kept = chance.random() < 0.5
    Commitment.objects.create(
        interaction=row, side="them", text="A letter.", check_back_on=on + timedelta(days=9),
        outcome="kept" if kept else "pending", settled_on=on if kept else None,
    )  # fmt: skip
    done = chance.random() < 0.6
    FollowUp.objects.create(
        interaction=row, chapter=chapter, kind=chance.choice(["thank_you", "answer_question"]), owner=author,
        created_by=author, due_on=on + timedelta(days=2), status="done" if done else "open",
        done_on=on + timedelta(days=chance.randrange(5)) if done else None, done_by=author if done else None,
    )  # fmt: skip
    MeetingRequest.objects.create(
        form_key=uuid4(), official=official, chapter=chapter, requested_by=author, purpose="A talk", wording="Dear",
        language="en", zone="America/Chicago", channel="email", requested_on=on,
        first_reply_on=on + timedelta(days=chance.randrange(6)) if done else None,
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_chapter_has_the_same_number_alone_and_among_others(cast: Cast, clock, seed: int):
    clock.move_to(NOW)
    chapters = shuffled_record(cast, seed)
    together = Scope.of_chapters(chapters, "All", "America/Chicago")

    for code, metric in METRICS.items():
        alone = {one.pk: metric.count(Scope.of_chapter(one), WINDOW) for one in chapters}
        assert metric.count_by_chapter(together, WINDOW) == alone, code
        # No chapter of this record follows a measure, has a position, a campaign, an Advocacy Day, research or a
        # partner: those have tests of their own.
        assert any(figure.value for figure in alone.values()) or code in (
            "measures",
            "outcomes",
            "campaigns",
            "advocacy_days",
            "research",
            "touches",
        ), code


@pytest.mark.parametrize("code", METRICS)
def test_many_chapters_cost_as_many_queries_as_two(cast: Cast, clock, code: str):
    clock.move_to(NOW)
    chapters = shuffled_record(cast, 4)
    counts = []
    for some in (chapters[:2], chapters):
        with CaptureQueriesContext(connection) as captured:
            METRICS[code].count_by_chapter(Scope.of_chapters(some, "Some", "America/Chicago"), WINDOW)
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert ChapterReport.objects.count() == len(chapters)
