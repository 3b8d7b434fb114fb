"""Visits as a whole: what is asked for, what a killed or cancelled one leaves, two sources of one measure."""

from datetime import date, timedelta

import httpx
import pytest

from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job, State
from advocacy.jobs.progress import Cancelled
from advocacy.positions.models import Tier
from legislation.actions import feeds
from legislation.models import Feed, FeedSession, ImportRun, Measure, SourceRecord
from legislation.wanted_sessions import followed_on
from tests.factories.measures import measure, tracked
from tests.legislation.live.publishers import Publisher, Reply
from tests.legislation.live.test_legiscan import LegiScan
from tests.legislation.live.test_openstates import OpenStates, bill
from tests.legislation.live.visiting import NOON, chosen, feed_of, ohio, running_job, visit
from tests.legislation.measures.legiscan import bill as legiscan_bill

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def openstates(publisher: Publisher) -> OpenStates:
    publisher.answer = OpenStates(*(bill(number, number) for number in range(1, 46)))
    return publisher.answer


def test_nothing_is_asked_for_that_nobody_tracks_or_chose(openstates: OpenStates, publisher: Publisher):
    ohio()

    feed = visit(feed_of("openstates-v3"))

    assert publisher.asked == []
    assert feed.notice.startswith("Nobody tracks a measure")
    assert (feed.failures, feed.last_success_at) == (0, None)


def test_a_session_is_asked_for_as_long_as_somebody_tracks_a_measure_of_it(
    openstates: OpenStates, publisher: Publisher
):
    session = ohio()
    followed = measure("HB 900", jurisdiction=session.jurisdiction, session="136")
    tracking = tracked(followed, None, Tier.MONITOR, since=date(2026, 8, 1))
    feed = feed_of("openstates-v3")

    visit(feed)
    assert publisher.asked[0]["session"] == "136"
    assert FeedSession.objects.get().is_chosen is False

    tracking.tier_changes.create(on=date(2026, 8, 22), tier=Tier.ARCHIVE)
    publisher.asked.clear()
    visit(feed, NOON + DAY)
    assert publisher.asked == []


def test_what_waits_for_its_tier_is_kept_up_to_date_and_a_session_long_over_is_not():
    fresh, old = ohio(), ohio("132")
    old.ends_on = date(2018, 12, 31)
    old.save()
    for session in (fresh, old):
        followed = measure("HB 1", jurisdiction=session.jurisdiction, session=session.identifier)
        tracked(followed, None).tier_changes.all().delete()

    assert followed_on(date(2026, 8, 22)) == {fresh.pk}


def test_a_session_that_staff_chose_is_asked_for_even_when_it_is_over(openstates: OpenStates):
    session = ohio()
    session.ends_on = date(2018, 12, 31)
    session.save()

    visit(chosen("openstates-v3", session))

    assert Measure.objects.count() == 45


class _Killed(BaseException):
    """The process is gone: nothing gets to tidy up."""


def test_a_visit_that_was_killed_goes_on_where_the_last_page_was_loaded(
    openstates: OpenStates, publisher: Publisher
):
    feed = chosen("openstates-v3", ohio())

    def dies_at_the_third(answer: httpx.Response) -> None:
        if len(publisher.asked) == 3:
            raise _Killed

    with pytest.raises(_Killed):
        visit(feed, on_answer=dies_at_the_third)
    assert Measure.objects.count() == 39
    publisher.asked.clear()

    feed = visit(feed, NOON + DAY)

    assert [one["updated_since"] for one in publisher.asked] == ["2026-08-20T10:38:59"]
    assert (Measure.objects.count(), feed.last_success_at) == (45, NOON + DAY)
    assert [run.counts["created"] for run in ImportRun.objects.order_by("started_at")] == [39, 6]


def test_a_cancelled_visit_ends_between_two_pages_and_keeps_what_it_has(
    openstates: OpenStates, publisher: Publisher
):
    feed, job = chosen("openstates-v3", ohio()), running_job()

    def cancels_at_the_second(answer: httpx.Response) -> None:
        if len(publisher.asked) == 2:
            jobs.cancel(job, at=NOON)

    with pytest.raises(Cancelled):
        visit(feed, job=job, on_answer=cancels_at_the_second)

    assert (Measure.objects.count(), len(publisher.asked)) == (39, 2)
    assert Feed.objects.get(pk=feed.pk).failures == 0


def _cancelled(job: Job) -> None:
    assert jobs.cancel(job, at=NOON)


def test_a_visit_that_waits_hears_that_it_was_cancelled(openstates: OpenStates, publisher: Publisher):
    feed, job = chosen("openstates-v3", ohio()), running_job()
    publisher.answer = lambda question: Reply(status=429, headers={"Retry-After": "1"})

    with pytest.raises(Cancelled):
        visit(feed, job=job, on_answer=lambda answer: _cancelled(job))

    assert len(publisher.asked) == 1


def test_two_sources_of_one_measure_are_one_measure_with_two_provenances(publisher: Publisher):
    session = ohio()
    publisher.answer = OpenStates(bill(210, 1))
    visit(chosen("openstates-v3", session))
    publisher.answer = LegiScan(legiscan_bill())
    visit(chosen("legiscan", session), NOON + DAY)

    row = Measure.objects.get()
    assert row.source.key == "openstates-v3"
    assert sorted(SourceRecord.objects.values_list("source__key", "measure")) == [
        ("legiscan", row.pk),
        ("openstates-v3", row.pk),
    ]


def test_the_job_of_a_feed_is_the_same_for_measures_and_officials(
    openstates: OpenStates, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("celery.current_app.send_task", lambda *_, **__: None)
    chosen("openstates-v3", ohio())
    Feed.objects.filter(source__key="openstates-v3").update(is_on=True)

    assert feeds.start_due(now=NOON) == 1
    jobs.run(Job.objects.get().pk)

    assert (Job.objects.get().state, Job.objects.get().result) == (State.DONE, {"changes": 45})
    assert Measure.objects.count() == 45


def test_a_failure_is_the_state_of_the_job_as_well(publisher: Publisher, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda *_, **__: None)
    publisher.answer = lambda question: Reply(b"<html>Sorry</html>", kind="text/html")
    feed = chosen("openstates-v3", ohio())
    job = jobs.enqueue(feeds.SYNC, by=None, feed=feed.pk)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "web page instead of data" in job.error
    assert "k3y" not in job.error
