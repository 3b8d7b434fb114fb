"""A campaign that waits for a second person: who is reminded of it, when, and when no more."""

from datetime import UTC, datetime

from advocacy.kernel.reminder_rules import Days, reminder_rules
from advocacy.outbox.models import OutboundMessage
from campaigns.actions import campaigns
from campaigns.models import Campaign, Occurrence
from tests.campaigns.mailing import drafted_for
from tests.campaigns.reminding import chicago
from tests.campaigns.test_planner import at, mails_to
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory

RULE = "campaigns.review_waiting"


def submitted(cast: Cast) -> Campaign:
    """On a Tuesday; Monday of the week after is Presidents’ Day."""
    campaign = drafted_for(cast, ContactFactory())
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    return campaign


def test_after_two_and_four_business_days_whoever_may_decide_is_named(cast: Cast):
    submitted(cast)
    rule = reminder_rules[RULE]

    found = list(rule.due(Days(TODAY, TODAY.replace(day=28)), rule.offsets))

    assert {due.day.isoformat() for due in found} == {"2027-02-11", "2027-02-16"}
    assert {due.person_id for due in found} == {cast.angela.pk, cast.jordan.pk}
    assert len(found) == 4


def test_the_line_names_the_campaign_and_who_waits_and_stops_with_the_decision(cast: Cast):
    campaign = submitted(cast)
    at(chicago(2, 11))
    first = mails_to(cast.jordan)

    campaigns.return_(campaign, by=cast.angela, now=datetime(2027, 2, 12, 16, tzinfo=UTC), note="Shorter.")
    at(chicago(2, 16))

    assert first == [
        "The campaign “Records follow the patient” waits for a second person since Feb. 9, 2027 (Dana Whitfield)"
    ]
    assert mails_to(cast.jordan) == first
    assert set(Occurrence.objects.filter(rule=RULE).values_list("state", flat=True)) <= {"mailed", "skipped"}
    assert not OutboundMessage.objects.filter(kind__startswith="reminders", user=cast.dana).exists()


def test_who_submitted_it_is_not_asked_to_decide_about_it(cast: Cast):
    campaigns.submit(drafted_for(cast, ContactFactory()), by=cast.jordan, now=NOW)
    rule = reminder_rules[RULE]

    found = rule.due(Days(TODAY, TODAY.replace(day=28)), rule.offsets)

    assert {due.person_id for due in found} == {cast.angela.pk}
