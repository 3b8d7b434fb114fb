"""What changed, on the page of a measure: everybody sees what whoever follows it was told."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from legislation.actions import hearings, measure_events
from legislation.actions.measure_events import Teller
from legislation.models import Hearing, Measure, Source, Stage
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.measures import measure, stepped

pytestmark = pytest.mark.django_db


def changes_shown_to(person, bill: Measure) -> str:
    page = browser_of(person).get(bill.get_absolute_url()).content.decode()
    return " ".join(page.partition("What changed</h2>")[2].partition("</section>")[0].split())


def test_a_new_stage_and_a_moved_hearing_stand_there_with_what_was_before(cast: Cast):
    bill = measure("HB 210")
    stepped(bill, Stage.COMMITTEE_1, TODAY - timedelta(days=5), local_label="Referred to Public Health")
    before = measure_events.standing_of([bill.pk], TODAY)
    stepped(bill, Stage.REPORTED_1, TODAY, local_label="Reported favorably")
    source = Source.objects.create(key="openstates", name="Open States")
    measure_events.note_changes(before, Teller(NOW, source.pk))
    morning = datetime(2027, 2, 11, 8, tzinfo=ZoneInfo("America/Chicago"))
    draft = Hearing(
        jurisdiction=bill.session.jurisdiction, committee_name="Public Health", starts_at=morning,
        zone="America/Chicago",
    )  # fmt: skip
    hearing = hearings.schedule(draft, by=cast.jordan, now=NOW, measures=[bill])
    hearings.move(hearing, by=cast.jordan, now=NOW, starts_at=morning + timedelta(hours=5, minutes=30))

    shown = changes_shown_to(cast.sam, bill)

    assert "Referred to Public Health → Reported favorably" in shown
    assert "Open States" in shown
    assert "Thursday Feb. 11, 2027, 08:00 → Thursday Feb. 11, 2027, 13:30" in shown
    assert shown.index("Hearing moved") < shown.index("Hearing set") < shown.index("Stage changed")


def test_nothing_is_said_where_nothing_changed(cast: Cast):
    bill = measure("HB 210")
    stepped(bill, Stage.COMMITTEE_1, TODAY)

    assert changes_shown_to(cast.sam, bill) == ""
