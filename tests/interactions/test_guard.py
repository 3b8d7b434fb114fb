"""The contact guard: what a reader learns of an office before contacting it, and what they do not."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from advocacy.interactions.actions import contacts, relationships
from advocacy.interactions.guard import guard
from advocacy.interactions.models import Confidentiality, KeyContact, Step
from legislation.models import Official
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, entry_by, logged, official_in, seat_in
from tests.factories.people import state
from tests.factories.requests import asked, confirmed, quiet, took

MEETING = "Meeting in person"
Told = tuple[str, date, str, str | None, bool]


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def told(cast: Cast, who: str, official: Official, today: date = TODAY) -> list[Told]:
    """What the guard says to somebody: what, day, kind, chapter, and whether it can be opened."""
    notices = guard(official, user=getattr(cast, who), today=today).notices
    return [
        (one.what.value, one.day, one.kind, one.chapter.name if one.chapter else None, one.record is not None)
        for one in notices
    ]


def planned(cast: Cast, official: Official, day: date, **changes: Any) -> Any:
    entry = entry_by(cast.dana, [official], occurred_on=day, **changes)
    return contacts.plan(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())[0]


def test_a_shared_contact_is_told_to_every_chapter_with_kind_and_day_and_opened_by_its_readers(
    cast: Cast, reyes: Official
):
    logged(cast.dana, [reyes])
    named = ("contacted", TODAY, MEETING, "Gulf Prairie")

    assert {who: told(cast, who, reyes) for who in ("dana", "luis", "sam", "elise")} == {
        "dana": [(*named, True)],
        "luis": [(*named, True)],
        "sam": [(*named, False)],
        "elise": [(*named, False)],
    }


def test_of_a_contact_kept_within_a_chapter_others_learn_the_day_alone(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes], confidentiality=Confidentiality.CHAPTER)
    unnamed = [("contacted", TODAY, "", None, False)]

    assert {who: told(cast, who, reyes) for who in ("priya", "sam", "luis", "angela", "tom")} == {
        "priya": [("contacted", TODAY, MEETING, "Gulf Prairie", True)],
        "sam": [("contacted", TODAY, "", "Gulf Prairie", False)],
        "luis": unnamed,
        "angela": unnamed,
        "tom": [("contacted", TODAY, MEETING, "Gulf Prairie", True)],
    }


def test_a_restricted_contact_is_hinted_at_to_nobody_who_may_not_read_it(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes], confidentiality=Confidentiality.RESTRICTED)
    planned(cast, reyes, TODAY + timedelta(days=3), confidentiality=Confidentiality.RESTRICTED)
    counts = {
        who: len(told(cast, who, reyes))
        for who in ("dana", "jordan", "priya", "chris", "sam", "luis", "angela", "tom", "former")
    }

    assert counts == {
        "dana": 2, "jordan": 2, "priya": 0, "chris": 0, "sam": 0, "luis": 0, "angela": 0, "tom": 0, "former": 0,
    }  # fmt: skip


def test_drafts_and_deleted_records_say_nothing_even_to_their_author(cast: Cast, reyes: Official):
    entry = entry_by(cast.dana, [reyes])
    contacts.save_draft(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())
    gone = logged(cast.dana, [reyes])
    contacts.delete(by=cast.dana, interaction=gone, reason="Twice", now=timezone.now())

    assert told(cast, "dana", reyes) == []


def test_it_looks_a_week_back_and_two_weeks_ahead(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes], occurred_on=TODAY)
    week, fortnight = TODAY + timedelta(days=7), TODAY + timedelta(days=14)
    planned(cast, reyes, fortnight)
    seen = {
        day: [what for what, *_ in told(cast, "luis", reyes, day)]
        for day in (TODAY - timedelta(days=1), TODAY, week, week + timedelta(days=1), fortnight)
    }

    assert seen == {
        TODAY - timedelta(days=1): [],
        TODAY: ["contacted", "planned"],
        week: ["contacted", "planned"],
        week + timedelta(days=1): ["planned"],
        fortnight: ["planned"],
    }


def test_other_offices_are_no_matter(cast: Cast, reyes: Official):
    other = official_in(seat_in(state("tx", "Texas"), "132"), "Bo Lane")
    logged(cast.dana, [other])
    asked(cast.dana, other)
    quiet(other, by=cast.jordan)

    warning = guard(reyes, user=cast.luis, today=TODAY)

    assert (warning.notices, warning.notes, warning.warns) == ([], [], False)


def test_a_request_is_told_to_every_chapter_and_its_meeting_once_confirmed(cast: Cast, reyes: Official):
    request = asked(cast.dana, reyes)
    day = TODAY + timedelta(days=5)
    confirmed(request, by=cast.dana, for_day=day)

    assert told(cast, "elise", reyes) == [
        ("asked", TODAY, "Meeting", "Gulf Prairie", False),
        ("planned", day, "Meeting", "Gulf Prairie", False),
    ]
    assert [one[4] for one in told(cast, "luis", reyes)] == [True, True]
    took(request, Step.DECLINE, by=cast.dana)
    assert [one[0] for one in told(cast, "luis", reyes)] == ["asked"]


def test_a_meeting_that_was_asked_for_and_planned_in_the_log_is_told_once(cast: Cast, reyes: Official):
    day = TODAY + timedelta(days=5)
    request = confirmed(asked(cast.dana, reyes), by=cast.dana, for_day=day)
    entry = entry_by(cast.dana, [reyes], occurred_on=day, confidentiality=Confidentiality.RESTRICTED)
    contacts.plan(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now(), request=request)

    assert [one[:3] for one in told(cast, "dana", reyes)][1:] == [("planned", day, MEETING)]
    # Who may not know of the plan still knows of the request, as before.
    assert [one[:3] for one in told(cast, "luis", reyes)][1:] == [("planned", day, "Meeting")]


def test_the_newest_comes_first_then_what_is_planned_soonest_first(cast: Cast, reyes: Official):
    logged(cast.luis, [reyes], occurred_on=TODAY - timedelta(days=4))
    logged(cast.dana, [reyes])
    planned(cast, reyes, TODAY + timedelta(days=9))
    planned(cast, reyes, TODAY + timedelta(days=2))

    days = [(day - TODAY).days for _, day, *_ in told(cast, "dana", reyes)]

    assert days == [0, -4, 2, 9]


def test_who_holds_the_tie_is_named_to_colleagues_and_is_no_warning(cast: Cast, reyes: Official):
    relationships.adopt(
        by=cast.luis, official=reyes, chapter=cast.hill_country, rhythm_days=60, on=TODAY - timedelta(days=9)
    )

    warning = guard(reyes, user=cast.dana, today=TODAY)

    assert [tie.person for tie in warning.ties] == [cast.luis]
    assert not warning.warns
    assert guard(reyes, user=cast.sam, today=TODAY).ties == []


def test_of_several_who_hold_the_tie_the_primary_goes_first_and_who_left_the_chapter_is_not_named(
    cast: Cast, reyes: Official
):
    for person, rank in ((cast.priya, "secondary"), (cast.former, "secondary"), (cast.dana, "primary")):
        KeyContact.objects.create(
            person=person, official=reyes, chapter=cast.gulf_prairie, rank=rank, starts_on=date(2026, 6, 1)
        )

    assert [tie.person for tie in guard(reyes, user=cast.luis, today=TODAY).ties] == [cast.dana, cast.priya]


def test_a_note_holds_until_its_day_and_then_no_longer(cast: Cast, reyes: Official):
    note = quiet(reyes, by=cast.jordan, days=10)

    held = {
        days: guard(reyes, user=cast.sam, today=TODAY + timedelta(days=days)).notes for days in (0, 9, 10)
    }

    assert held == {0: [note], 9: [note], 10: []}


def test_nobody_without_a_role_learns_anything(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes])
    quiet(reyes, by=cast.jordan)

    warning = guard(reyes, user=cast.former, today=TODAY)

    assert (warning.notices, warning.ties, warning.notes) == ([], [], [])


def test_the_banner_says_it_on_the_profile_the_composer_and_the_log_form(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes])
    pages = (reyes.get_absolute_url(), f"/officials/{reyes.pk}/write/", f"/log/new/?official={reyes.pk}")

    for page in pages:
        text = browser_of(cast.luis).get(page).content.decode()
        told = [part in text for part in ("Contacted today by Gulf Prairie", f"· {MEETING} · Dana Whitfield")]
        assert told == [True, True], page


def test_the_words_of_a_record_never_stand_in_the_banner(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes], confidentiality=Confidentiality.CHAPTER, summary="zebra crossing")

    text = browser_of(cast.luis).get(f"/officials/{reyes.pk}/write/").content.decode()

    assert "Contacted today by another chapter" in text
    assert not any(secret in text for secret in ("zebra", "Dana Whitfield", "Gulf Prairie", MEETING))


def test_what_is_logged_in_hindsight_is_not_warned_of(cast: Cast, reyes: Official):
    logged(cast.dana, [reyes])
    browser = browser_of(cast.luis)
    picked = {"officials": reyes.pk, "chapter": cast.hill_country.pk}

    shown = {
        day: "Contacted today by Gulf Prairie"
        in browser.get("/log/similar/", picked | {"occurred_on": day}).content.decode()
        for day in ("2027-02-08", "2027-02-09", "2027-02-20", "someday")
    }

    assert shown == {"2027-02-08": False, "2027-02-09": True, "2027-02-20": True, "someday": False}
