from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.interactions.actions import contacts, followups
from advocacy.interactions.models import FollowUp, FollowUpStatus
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, logged


@pytest.fixture
def thanks(cast: Cast) -> FollowUp:
    """The thank-you that dana owes Rep. Reyes, due on 10 February."""
    return logged(cast.dana, [alma_reyes()]).followups.get()


def test_the_first_completion_stands(cast: Cast, thanks: FollowUp):
    assert followups.complete(thanks, by=cast.dana, on=TODAY)
    assert not followups.complete(thanks, by=cast.priya, on=date(2027, 2, 11))

    thanks.refresh_from_db()
    assert (thanks.status, thanks.done_on, thanks.done_by) == (FollowUpStatus.DONE, TODAY, cast.dana)


def test_overdue_is_computed_from_the_day(cast: Cast, thanks: FollowUp):
    overdue_on = {day: FollowUp.objects.overdue(date(2027, 2, day)).exists() for day in (9, 10, 11)}

    assert overdue_on == {9: False, 10: False, 11: True}


def test_cancelling_says_why_and_can_be_undone(cast: Cast, thanks: FollowUp):
    followups.cancel(thanks, by=cast.dana, on=TODAY, reason="Thanked them in person")
    thanks.refresh_from_db()
    cancelled = (thanks.status, thanks.cancel_reason)
    followups.reopen(thanks, by=cast.dana)
    thanks.refresh_from_db()

    assert cancelled == (FollowUpStatus.CANCELLED, "Thanked them in person")
    assert (thanks.status, thanks.cancel_reason, thanks.done_by) == (FollowUpStatus.OPEN, "", None)


@pytest.mark.parametrize(
    "broken",
    [
        {"status": "done"},
        {"status": "open", "done_on": TODAY},
        {"status": "cancelled", "done_on": TODAY, "cancel_reason": ""},
        {"cancel_reason": "without cancelling"},
    ],
)
def test_half_a_closure_is_refused_by_the_database(cast: Cast, thanks: FollowUp, broken):
    if "cancelled" in broken.values():
        broken = broken | {"done_by": cast.dana}

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=thanks.pk).update(**broken)


def test_one_rule_makes_one_follow_up_however_often_the_record_is_saved(cast: Cast, thanks: FollowUp):
    assert thanks.interaction is not None
    followups.arise_from(thanks.interaction, promised=[], by=cast.dana, now=timezone.now())

    assert FollowUp.objects.count() == 1


def test_a_follow_up_is_handed_to_a_colleague(cast: Cast, thanks: FollowUp):
    browser = browser_of(cast.dana)

    browser.post(thanks.get_absolute_url(), {"owner": cast.priya.pk, "due_on": "2027-02-15", "text": "Card"})

    thanks.refresh_from_db()
    assert (thanks.owner, thanks.due_on, thanks.text) == (cast.priya, date(2027, 2, 15), "Card")


def test_done_on_the_home_page_comes_back_to_the_home_page(cast: Cast, thanks: FollowUp):
    answer = browser_of(cast.dana).post(f"/log/follow-ups/{thanks.pk}/done/", {"next": "/"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_done_never_leads_to_another_site(cast: Cast, thanks: FollowUp):
    answer = browser_of(cast.dana).post(f"/log/follow-ups/{thanks.pk}/done/", {"next": "//evil.example/"})

    assert answer.headers["Location"] == thanks.get_absolute_url()


def test_a_president_reads_a_follow_up_and_cannot_close_it(cast: Cast, thanks: FollowUp):
    browser = browser_of(cast.chris)

    assert browser.get(thanks.get_absolute_url()).status_code == 200
    assert browser.post(f"/log/follow-ups/{thanks.pk}/done/").status_code == 404
    thanks.refresh_from_db()
    assert thanks.status == FollowUpStatus.OPEN


def test_the_list_shows_mine_first_and_others_on_request(cast: Cast, thanks: FollowUp):
    browser = browser_of(cast.priya)

    assert "Send thank-you" not in browser.get("/log/follow-ups/").content.decode()
    assert "Send thank-you" in browser.get("/log/follow-ups/?whose=all").content.decode()


def test_follow_ups_of_a_deleted_record_wait_with_it(cast: Cast, thanks: FollowUp):
    assert thanks.interaction is not None
    contacts.delete(by=cast.dana, interaction=thanks.interaction, reason="Wrong office", now=timezone.now())

    assert browser_of(cast.dana).get(thanks.get_absolute_url()).status_code == 404
