"""The staff's door to the planner."""

from datetime import date

from django.urls import reverse

from advocacy.audit.models import Entry
from campaigns.models import Occurrence, RuleSetting
from campaigns.reminders import planner
from tests.campaigns.reminding import FOLLOWUP, chicago, promised
from tests.cast import Cast, browser_of


def test_staff_see_what_was_missed_and_send_it_into_the_next_mail(cast: Cast):
    promised(cast.dana, due_on=date(2027, 2, 9))
    planner.tick(chicago(2, 9, 10))
    missed = Occurrence.objects.get()
    browser = browser_of(cast.jordan)
    address = reverse("admin:campaigns_occurrence_changelist")

    page = browser.get(address).content.decode()
    answer = browser.post(address, {"action": "send_now", "_selected_action": [missed.pk]}, follow=True)
    planner.tick(chicago(2, 9, 10))

    assert "Missed: send now?" in page
    assert "Follow-up due or overdue" in page
    assert "1 reminder goes into the next mail." in answer.content.decode()
    assert Occurrence.objects.get().state == "mailed"
    assert Entry.objects.get(verb="sent").actor == cast.jordan


def test_staff_change_the_days_of_a_rule_and_it_is_on_record(cast: Cast):
    planner.tick(chicago(2, 9, 10))
    row = RuleSetting.objects.get(name=FOLLOWUP)
    browser = browser_of(cast.jordan)
    address = reverse("admin:campaigns_rulesetting_change", args=[row.pk])

    as_delivered = browser.get(address).content.decode()
    browser.post(address, {"is_on": "on", "days": "−2, 3"})

    row.refresh_from_db()
    assert "−1, +1, +5" in as_delivered
    assert row.offsets == (-2, 3)
    assert Entry.objects.get(verb="edited").changes["days"] == ["", "−2, 3"]


def test_a_person_sees_their_own_reminders_and_staff_all(cast: Cast):
    promised(cast.dana, due_on=date(2027, 2, 10))
    planner.tick(chicago(2, 9, 10))

    assert Occurrence.objects.visible_to(cast.dana).count() == 1
    assert Occurrence.objects.visible_to(cast.luis).count() == 0
    assert Occurrence.objects.visible_to(cast.jordan).count() == 1


def test_reminders_are_filtered_by_the_words_of_a_rule_and_what_became_of_the_mail(cast: Cast):
    promised(cast.dana, due_on=date(2027, 2, 10))
    planner.tick(chicago(2, 9, 10))
    browser, address = browser_of(cast.jordan), reverse("admin:campaigns_occurrence_changelist")

    def shown(**filters: str) -> int:
        return int(browser.get(address, filters).context["cl"].result_count)

    assert "Follow-up due or overdue" in browser.get(address).content.decode()
    assert (shown(rule=FOLLOWUP), shown(rule="interactions.draft")) == (1, 0)
    assert (shown(mail="pending"), shown(mail="uncertain")) == (1, 0)
