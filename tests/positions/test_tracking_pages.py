"""The pages of a followed measure: following, triage, archive and undo, watching, and notes."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.positions.actions import trackings
from advocacy.positions.models import Issue, Tracking, TrackingNote, TrackingWatcher
from members.confidentiality import Confidentiality
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import measure, tracked
from tests.factories.people import state

NOW = datetime(2027, 2, 9, 16, tzinfo=UTC)
SECRET = "The chair told us in confidence"


def issue() -> Issue:
    return Issue.objects.get_or_create(title_en="Connected health")[0]


def decided(**changes: object) -> dict[str, object]:
    known = {
        "tier": "2",
        "owner": "",
        "issues": [issue().pk],
        "effect": "hurts",
        "likelihood": "",
        "why": "Costly.",
    }
    return known | changes


def text_of(user: User, tracking: Tracking) -> str:
    return browser_of(user).get(tracking.get_absolute_url()).content.decode()


def tier_of(tracking: Tracking) -> int | None:
    return Tracking.objects.with_tier(TODAY).get(pk=tracking.pk).tier


def note(tracking: Tracking, by: User, level: str = "restricted") -> TrackingNote:
    return trackings.note(tracking, text=SECRET, confidentiality=Confidentiality(level), by=by, now=NOW)


def test_dana_follows_a_measure_and_decides_at_once(cast: Cast):
    bill = measure("HB 1")
    browser = browser_of(cast.dana)
    assert "Follow" in browser.get(bill.get_absolute_url()).content.decode()

    answer = browser.post(
        f"/measures/measure/{bill.pk}/follow/", decided(holder=cast.gulf_prairie.pk, owner=cast.dana.pk)
    )

    row = Tracking.objects.get()
    assert answer.headers["Location"] == row.get_absolute_url()
    assert (row.measure, row.chapter, row.owner, row.effect, tier_of(row)) == (
        bill,
        cast.gulf_prairie,
        cast.dana,
        "hurts",
        2,
    )
    text = browser.get(bill.get_absolute_url()).content.decode()
    assert "Tier 2, Dana Whitfield" in text


def test_dana_follows_a_measure_and_decides_later(cast: Cast):
    bill = measure("HB 1")

    browser_of(cast.dana).post(
        f"/measures/measure/{bill.pk}/follow/", decided(holder=cast.gulf_prairie.pk, tier="")
    )

    row = Tracking.objects.get()
    assert (tier_of(row), row.added_on) == (None, TODAY)
    assert "To triage" in text_of(cast.dana, row)


def test_an_issue_is_asked_for_and_a_stranger_is_no_owner(cast: Cast):
    bill = measure("HB 1")
    said = decided(holder=cast.gulf_prairie.pk, issues=[], owner=cast.luis.pk, why="x" * 501)

    answer = browser_of(cast.dana).post(f"/measures/measure/{bill.pk}/follow/", said)

    assert set(answer.context["form"].errors) == {"issues", "owner", "why"}
    assert not Tracking.objects.exists()


def test_staff_follow_for_the_society_and_nobody_else_does(cast: Cast):
    bill = measure("HB 1")
    said = decided(holder="society")

    refused = browser_of(cast.dana).post(f"/measures/measure/{bill.pk}/follow/", said)
    browser_of(cast.jordan).post(f"/measures/measure/{bill.pk}/follow/", said)

    assert "holder" in refused.context["form"].errors
    assert Tracking.objects.get().chapter is None


def test_another_chapters_key_follows_nothing(cast: Cast):
    bill = measure("HB 1")

    answer = browser_of(cast.dana).post(
        f"/measures/measure/{bill.pk}/follow/", decided(holder=cast.hill_country.pk)
    )

    assert "holder" in answer.context["form"].errors
    assert not Tracking.objects.exists()


def test_what_the_chapter_follows_already_is_offered_to_open(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)

    text = browser_of(cast.dana).get(f"/measures/measure/{row.measure_id}/follow/").content.decode()

    assert "Gulf Prairie follows it already." in text
    assert row.get_absolute_url() in text
    assert 'name="holder"' not in text


def test_a_measure_of_a_legislature_one_does_not_work_with_is_not_there_to_follow(cast: Cast):
    bill = measure("SB 9", jurisdiction=state("md", "Maryland"))
    browser = browser_of(cast.dana)

    assert browser.get(f"/measures/measure/{bill.pk}/follow/").status_code == 404
    assert "/follow/" not in browser.get(bill.get_absolute_url()).content.decode()


def test_triage_shows_what_was_decided_and_writes_what_changed(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie, tier=3, why="Costly.")
    row.issues.add(issue())
    browser = browser_of(cast.dana)
    form = browser.get(f"/measures/{row.pk}/edit/").context["form"]
    assert (form["tier"].value(), form["why"].value(), form["issues"].value()) == (3, "Costly.", [issue().pk])

    browser.post(f"/measures/{row.pk}/edit/", decided(tier="1", effect=""))

    assert tier_of(row) == 1
    assert Entry.objects.about(row).get().changes == {"tier": ["3 – Monitor", "1 – Lead"]}


def test_a_decided_tier_is_not_taken_back(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie, tier=3)

    answer = browser_of(cast.dana).post(f"/measures/{row.pk}/edit/", decided(tier=""))

    assert set(answer.context["form"].errors) == {"tier"}


def test_an_owner_who_left_stays_until_somebody_else_is_named(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie, owner=cast.former)

    offered = browser_of(cast.dana).get(f"/measures/{row.pk}/edit/").context["form"].fields["owner"].queryset

    assert set(offered) == {cast.former, cast.dana, cast.priya}


def press(browser: Client, row: Tracking, what: str, **data: object) -> str:
    """Press a button of the page; the text of the page that follows."""
    return browser.post(f"/measures/{row.pk}/{what}/", data, follow=True).content.decode()


def test_the_archive_is_undone_in_one_click_also_on_the_day_of_the_decision(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie, tier=2, since=TODAY)
    browser = browser_of(cast.dana)

    text = press(browser, row, "archive")
    assert "Archived. You can bring it back below." in text
    assert '<option value="2" selected>' in text
    press(browser, row, "restore", tier="2")

    assert tier_of(row) == 2


def test_what_is_archived_is_brought_back_before_it_is_changed(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie, tier=4)

    answer = browser_of(cast.dana).post(f"/measures/{row.pk}/edit/", decided(tier="1"), follow=True)

    assert "It is in the archive: bring it back first." in answer.content.decode()
    assert tier_of(row) == 4


@pytest.mark.parametrize("tier", ["4", "0", "", "one"])
def test_nothing_is_brought_back_to_a_tier_that_is_none(cast: Cast, tier: str):
    row = tracked(measure("HB 1"), cast.gulf_prairie, tier=4)

    text = press(browser_of(cast.dana), row, "restore", tier=tier)

    assert "Choose a tier to bring it back to." in text
    assert tier_of(row) == 4


def test_a_neighbour_watches_and_stops(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    browser = browser_of(cast.luis)

    assert "Luis Ortega" in press(browser, row, "watch", watch="on")
    press(browser, row, "watch", watch="off")

    assert not TrackingWatcher.objects.exists()


def test_a_neighbour_sees_no_button_that_decides(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)

    text = text_of(cast.luis, row)

    for what in ("edit", "archive", "note"):
        assert f"/measures/{row.pk}/{what}/" not in text
        assert browser_of(cast.luis).post(f"/measures/{row.pk}/{what}/").status_code == 404


def test_priya_writes_a_note_for_the_chapter(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    browser = browser_of(cast.priya)
    form = browser.get(f"/measures/{row.pk}/note/").context["form"]
    assert form["confidentiality"].value() == "chapter"

    text = press(browser, row, "note", text=SECRET, confidentiality="chapter")

    assert SECRET in text
    assert SECRET in text_of(cast.dana, row)
    assert SECRET not in text_of(cast.luis, row)


def test_a_restricted_note_stands_on_its_page_for_its_readers_and_nowhere_else(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    note(row, cast.dana)
    assert SECRET in text_of(cast.dana, row)

    for name in ("luis", "tom", "angela", "chris", "priya"):
        assert SECRET not in text_of(getattr(cast, name), row)
    browser = browser_of(cast.dana)
    for address in ("/measures/", row.measure.get_absolute_url(), "/", "/search/?q=confidence"):
        assert SECRET not in browser.get(address).content.decode()
    assert SECRET not in str(list(Entry.objects.values_list("label", "changes", "reason")))


def test_opening_a_colleagues_restricted_note_leaves_a_trace(cast: Cast):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    written = note(row, cast.dana)
    note(row, cast.dana, "chapter")

    for reader in (cast.dana, cast.tom, cast.jordan):
        text_of(reader, row)

    opened = [(entry.actor, entry.object_id) for entry in Entry.objects.filter(verb="opened")]
    assert opened == [(cast.jordan, str(written.pk))]


def test_who_follows_it_stands_on_the_page_of_the_measure_without_the_archive(cast: Cast):
    bill = measure("HB 1")
    tracked(bill, cast.gulf_prairie, tier=3, owner=cast.dana, why="It costs.")
    tracked(bill, None, tier=4)
    trackings.add(bill, chapter=cast.hill_country, by=cast.luis, on=TODAY)

    panel = browser_of(cast.dana).get(bill.get_absolute_url()).context["panels"]["aside"]
    (followed,) = [one.context["followed"] for one in panel if "followed" in one.context]

    assert [(one.holder, one.tier) for one in followed] == [("Gulf Prairie", 3), ("Hill Country", None)]


def test_a_page_of_one_measure_costs_the_same_with_three_notes_as_with_one(
    cast: Cast, django_assert_num_queries
):
    row = tracked(measure("HB 1"), cast.gulf_prairie)
    browser = browser_of(cast.dana)
    for count in (1, 3):
        for person in (cast.priya, cast.chris, cast.luis)[:count]:
            note(row, person, "shared")
            trackings.watch(row, by=person)
        with django_assert_num_queries(21):
            browser.get(row.get_absolute_url())
