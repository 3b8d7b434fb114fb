"""Following measures: who decides what, triage, the archive and the way back, watching, notes and their levels."""

from datetime import UTC, date, datetime

import pytest

from advocacy.audit.models import Entry
from advocacy.kernel.business_days import Workdays
from advocacy.positions.actions import trackings
from advocacy.positions.actions.trackings import Triage
from advocacy.positions.errors import AlreadyFollowed
from advocacy.positions.models import Issue, Tier, TierChange, Tracking, TrackingNote, TrackingWatcher
from legislation.models import MeasureAction, Stage
from members.confidentiality import Confidentiality
from tests.cast import TODAY, Cast
from tests.factories.measures import measure, stepped, tracked
from tests.factories.people import state

NOW = datetime(2027, 2, 9, 16, tzinfo=UTC)
EVERYBODY = ("dana", "priya", "chris", "luis", "tom", "angela", "jordan", "sam", "ruth", "former")


def tier_of(tracking: Tracking, day: date = TODAY) -> int | None:
    return Tracking.objects.with_tier(day).get(pk=tracking.pk).tier


def issue() -> Issue:
    return Issue.objects.get_or_create(title_en="Connected health")[0]


def test_what_is_added_waits_for_its_tier(cast: Cast):
    tracking = trackings.add(measure("HB 1"), chapter=cast.gulf_prairie, by=cast.dana, on=TODAY)

    assert (tracking.added_on, tracking.added_by) == (TODAY, cast.dana)
    assert list(Tracking.objects.untriaged(TODAY)) == [tracking]
    assert not Tracking.objects.tracked(TODAY).exists()
    assert [entry.verb for entry in Entry.objects.about(tracking)] == ["added"]


def test_a_chapter_follows_a_measure_once(cast: Cast):
    bill = measure("HB 1")
    for chapter in (cast.gulf_prairie, None):
        trackings.add(bill, chapter=chapter, by=cast.jordan, on=TODAY)

        with pytest.raises(AlreadyFollowed):
            trackings.add(bill, chapter=chapter, by=cast.jordan, on=TODAY)

    assert Tracking.objects.count() == 2


def test_triage_is_due_after_five_business_days(cast: Cast):
    """From Friday, January 15, over the weekend and Martin Luther King Day."""
    friday = date(2027, 1, 15)
    tracking = trackings.add(measure("HB 1"), chapter=cast.gulf_prairie, by=cast.dana, on=friday)

    assert tracking.triage_due_on(Workdays("US", "OH")) == date(2027, 1, 25)


def test_what_was_decided_is_written_with_its_history(cast: Cast):
    tracking = trackings.add(measure("HB 1"), chapter=cast.gulf_prairie, by=cast.dana, on=TODAY)
    decided = Triage(Tier.LEAD, cast.dana, "It opens the exchange.", "helps", "high", [issue()])

    assert trackings.decide(tracking, decided, by=cast.dana, on=TODAY)
    assert not trackings.decide(tracking, decided, by=cast.dana, on=TODAY)

    tracking.refresh_from_db()
    assert (tracking.owner, tracking.why, tracking.effect, tracking.likelihood) == (
        cast.dana,
        "It opens the exchange.",
        "helps",
        "high",
    )
    assert (tier_of(tracking), list(tracking.issues.all())) == (1, [issue()])
    entry = Entry.objects.about(tracking).get(verb="edited")
    assert entry.changes == {
        "owner": [None, "Dana Whitfield"],
        "why": ["", "It opens the exchange."],
        "effect": ["", "Helps"],
        "likelihood": ["", "High"],
        "issues": [[], [str(issue())]],
        "tier": [None, "1 – Lead"],
    }


def test_without_a_tier_the_one_in_force_stays(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie, tier=2)

    trackings.decide(tracking, Triage(owner=cast.dana), by=cast.dana, on=TODAY)

    assert tier_of(tracking) == 2
    assert TierChange.objects.count() == 1


def test_a_day_has_one_tier_and_the_last_decision_counts(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie, tier=3)

    for tier in (Tier.ENGAGE, Tier.LEAD):
        trackings.decide(tracking, Triage(tier), by=cast.dana, on=TODAY)

    changes = TierChange.objects.order_by("on").values_list("on", "tier")
    assert list(changes) == [(date(2027, 1, 11), 3), (TODAY, 1)]


def test_the_archive_gives_back_the_tier_that_was(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie, tier=2)

    assert trackings.archive(tracking, by=cast.dana, on=TODAY) == 2
    assert trackings.archive(tracking, by=cast.dana, on=TODAY) is None
    assert (tier_of(tracking), trackings.tier_before_archive(tracking)) == (4, 2)
    assert trackings.restore(tracking, tier=Tier.ENGAGE, by=cast.dana, on=TODAY)
    assert not trackings.restore(tracking, tier=Tier.LEAD, by=cast.dana, on=TODAY)

    assert tier_of(tracking) == 2
    said = [(entry.verb, entry.changes["tier"]) for entry in Entry.objects.about(tracking).order_by("pk")]
    assert said == [
        ("archived", ["2 – Engage", "4 – Archive"]),
        ("restored", ["4 – Archive", "2 – Engage"]),
    ]


def test_what_never_had_a_tier_comes_back_to_be_monitored(cast: Cast):
    tracking = trackings.add(measure("HB 1"), chapter=cast.gulf_prairie, by=cast.dana, on=TODAY)

    assert trackings.archive(tracking, by=cast.dana, on=TODAY) is None

    assert tier_of(tracking) == 4
    assert trackings.tier_before_archive(tracking) == Tier.MONITOR


def test_watching_is_said_once_and_taken_back_once(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie)

    assert [trackings.watch(tracking, by=cast.luis) for _ in range(2)] == [True, False]
    assert list(Tracking.objects.looked_after_by(cast.luis)) == [tracking]
    assert [trackings.unwatch(tracking, by=cast.luis) for _ in range(2)] == [True, False]

    assert not TrackingWatcher.objects.exists()
    verbs = [entry.verb for entry in Entry.objects.about(tracking).order_by("pk")]
    assert verbs == ["watched", "no longer watched"]


def test_its_chapters_advocates_and_staff_decide_about_it(cast: Cast):
    tracked(measure("HB 1"), cast.gulf_prairie)
    tracked(measure("HB 2"), None)

    may = {
        name: [one.measure.number for one in Tracking.objects.editable_by(getattr(cast, name)).order_by("pk")]
        for name in EVERYBODY
    }

    assert {name: found for name, found in may.items() if found} == {
        "dana": ["HB 1"],
        "jordan": ["HB 1", "HB 2"],
    }


def test_who_logs_for_the_chapter_writes_notes(cast: Cast):
    tracked(measure("HB 1"), cast.gulf_prairie)

    may = {name for name in EVERYBODY if Tracking.objects.open_to_notes_of(getattr(cast, name)).exists()}

    assert may == {"dana", "priya", "jordan"}


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        ("shared", {"dana", "priya", "chris", "luis", "tom", "angela", "jordan"}),
        ("chapter", {"dana", "priya", "chris", "tom", "jordan"}),
        ("restricted", {"dana", "priya", "jordan"}),
    ],
)
def test_a_note_is_read_at_its_own_level(cast: Cast, level: str, readers: set[str]):
    """Priya, a volunteer, wrote it: she reads it at every level."""
    tracking = tracked(measure("HB 1"), cast.gulf_prairie)
    trackings.note(
        tracking, text="She is for it.", confidentiality=Confidentiality(level), by=cast.priya, now=NOW
    )

    read = {name for name in EVERYBODY if TrackingNote.objects.visible_to(getattr(cast, name)).exists()}

    assert read == readers


def test_a_restricted_note_of_an_advocate_is_not_read_by_the_chapters_volunteers(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie)
    trackings.note(
        tracking, text="She is for it.", confidentiality=Confidentiality.RESTRICTED, by=cast.dana, now=NOW
    )

    assert not TrackingNote.objects.visible_to(cast.priya).exists()


def test_the_trail_tells_of_a_note_and_not_what_it_says(cast: Cast):
    tracking = tracked(measure("HB 1"), cast.gulf_prairie)
    trackings.note(
        tracking, text="She is for it.", confidentiality=Confidentiality.RESTRICTED, by=cast.dana, now=NOW
    )

    entry = Entry.objects.about(tracking).get()

    assert (entry.verb, entry.changes) == ("noted", {"notes": [None, "Restricted"]})


def test_the_last_change_is_a_stage_or_an_action_and_never_one_to_come(cast: Cast):
    moved, acted, still = (tracked(measure(f"HB {number}"), cast.gulf_prairie) for number in (1, 2, 3))
    stepped(moved.measure, Stage.INTRODUCED, date(2027, 1, 20))
    stepped(moved.measure, Stage.IN_FORCE, date(2027, 9, 1))
    stepped(acted.measure, Stage.INTRODUCED, date(2027, 1, 12))
    MeasureAction.objects.create(measure=acted.measure, order=1, on=date(2027, 2, 1), text="Read first time")

    rows = list(Tracking.objects.last_moved_first(TODAY))

    assert [(row, row.last_change_on) for row in rows] == [
        (acted, date(2027, 2, 1)),
        (moved, date(2027, 1, 20)),
        (still, None),
    ]


def test_what_a_neighbour_follows_in_another_state_is_not_seen(cast: Cast):
    tracking = tracked(measure("HB 1", jurisdiction=state("md", "Maryland")), cast.three_capitals)
    trackings.note(tracking, text="Ours.", confidentiality=Confidentiality.SHARED, by=cast.ruth, now=NOW)
    trackings.watch(tracking, by=cast.ruth)

    assert not TrackingNote.objects.visible_to(cast.dana).exists()
    assert not TrackingWatcher.objects.visible_to(cast.dana).exists()
    assert TrackingWatcher.objects.visible_to(cast.ruth).count() == 1
