"""The furnished demo. It is built once for this file; what a test changes is rolled back after it."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.interactions.models import (
    DoNotContact,
    FollowUp,
    Impression,
    Interaction,
    KeyContact,
    MeetingRequest,
    OfficialStance,
)
from advocacy.kernel.periods import Month
from advocacy.kernel.postal import parse
from advocacy.portal.demo import furnish, sign_in
from advocacy.positions.models import Issue, Position
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national.issues import issues
from advocacy.reports.national.ladder import ladder
from advocacy.reports.national.policy import outcome_matrix, policy_changes
from legislation import freshness
from legislation.actions import corrections
from legislation.lookup.answering import represent
from legislation.models import (
    ContactPoint,
    Correction,
    Division,
    DivisionShape,
    FactCheck,
    FactReport,
    Jurisdiction,
    MapEdition,
    Office,
    Official,
    Seat,
    Staffer,
)
from members.access import compute_reach
from members.models import Chapter, Region, Society
from tests.cast import NOW, TODAY
from tests.portal.commands import rows, run


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        furnish.furnish(now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(built: None, clock: time_machine.Traveller, db: None) -> None:
    """The demo, on the morning of the stories."""


def test_it_is_large_enough_to_look_used(demo: None):
    assert Chapter.objects.count() == 13
    assert Region.objects.count() == 5
    assert 70 <= User.objects.count() <= 100
    assert 150 <= Official.objects.count() <= 190
    assert 390 <= Interaction.objects.logged().count() <= 460
    assert Interaction.objects.filter(occurred_on__gt=TODAY, state="logged").count() == 0


def test_the_officials_of_the_stories_hold_their_seats(demo: None):
    seats = {"Texas House 131": "Alma Reyes", "Texas Senate 15": "Joel Tran", "Texas Senate 13": "Omar Dell"}

    assert {
        seat: Official.objects.get(tenures__seat__label=seat, tenures__ends_on=None).name for seat in seats
    } == seats


def test_meeting_requests_stand_in_each_part_of_their_life(demo: None):
    states = set(MeetingRequest.objects.values_list("state", flat=True))

    assert states == {"requested", "confirmed", "held", "declined", "no_reply"}
    assert MeetingRequest.objects.to_nudge(TODAY).count() == 1
    assert [str(note.official) for note in DoNotContact.objects.in_force(TODAY)] == ["Omar Dell"]


def test_what_was_written_to_an_office_is_in_its_language(demo: None):
    french = MeetingRequest.objects.get(language="fr")

    assert french.wording.startswith("Invitation à une visite")
    assert "{" not in "".join(MeetingRequest.objects.values_list("wording", flat=True))


def test_nobody_has_met_rep_reyes_yet(demo: None):
    reyes = Official.objects.get(name="Alma Reyes")

    assert not Interaction.objects.with_official(reyes).exists()


def test_some_seats_are_vacant_and_some_officials_former(demo: None):
    assert {str(seat) for seat in Seat.objects.vacant(TODAY)} >= {"Texas House 143"}
    assert Official.objects.former(TODAY).count() >= 5


def test_every_official_is_marked_as_invented(demo: None):
    assert set(Official.objects.values_list("source__key", flat=True)) == {"demo"}
    assert not OfficialStance.objects.exclude(official__source__key="demo").exists()


def test_no_address_or_number_belongs_to_anybody(demo: None):
    phones = [
        *Office.objects.values_list("phone", flat=True),
        *Staffer.objects.values_list("phone", flat=True),
    ]
    mail = [*User.objects.values_list("email", flat=True), *Staffer.objects.values_list("email", flat=True)]
    mail += ContactPoint.objects.filter(kind="email").values_list("value", flat=True)

    assert [phone for phone in phones if not re.fullmatch(r"\d{3}-555-01\d\d", phone)] == []
    assert [address for address in mail if not address.endswith("@example.org")] == []


def test_every_confidentiality_and_kind_of_work_is_shown(demo: None):
    levels = Counter(Interaction.objects.values_list("confidentiality", flat=True))
    states = Counter(Interaction.objects.values_list("state", flat=True))

    assert set(levels) == {"shared", "chapter", "restricted"}
    assert set(states) == {"logged", "planned", "draft"}
    assert Impression.objects.filter(confidentiality="restricted").exists()
    assert Interaction.objects.filter(deleted_at__isnull=False).count() == 3
    assert {"edited", "joined", "deleted"} <= set(Entry.objects.values_list("verb", flat=True))
    assert FollowUp.objects.overdue(TODAY).count() >= 10
    assert KeyContact.objects.in_force(TODAY).count() >= 40


def test_summaries_have_no_gap_left_to_fill(demo: None):
    texts = [
        *Interaction.objects.values_list("summary", flat=True),
        *Impression.objects.values_list("text", flat=True),
    ]

    assert [text for text in texts if not text.strip() or "{" in text or "  " in text] == []


def test_some_facts_are_checked_some_doubted_and_some_old(demo: None):
    doubtful = freshness.stale(Official.objects.all(), TODAY)

    assert {state for (state,) in FactReport.objects.values_list("state")} == {"open", "rejected"}
    assert FactCheck.objects.filter(checked_for="Gulf Prairie").count() == 2
    assert 5 <= doubtful.count() <= 30
    assert set(doubtful.values_list("source_records__jurisdiction__abbreviation", flat=True)) == {"CO"}


def test_measures_fill_every_block_of_the_month_that_is_reported_on(demo: None):
    nation = Scope.of_nation("SHD", "America/Chicago")
    month, year = Window.of(Month(2027, 1)), Window(date(2026, 7, 1), date(2027, 2, 1))
    changed = {str(row[3]).partition(" (")[0] for row in policy_changes(nation, month).rows}
    results = {str(row[0]): row[-1] for row in outcome_matrix(nation, year).rows}

    assert changed == {
        "Enacted", "Voted down", "Ran out of time", "Vetoed", "Passed a chamber", "New in tier 1",
    }  # fmt: skip
    assert results["Support"] == "1 win (1 in a coalition), 1 loss, 7 open"
    assert results["Support if amended"] == "1 win (1 in a coalition), 2 open"
    assert results["Oppose unless amended"] == "1 win (1 in a coalition), 1 open"
    assert results["Oppose"] == "1 loss"
    assert sum(row[1] or 0 for row in issues(nation, month).rows) > 20  # type: ignore[misc]
    assert [bool(row[1]) for row in ladder(nation, month).rows] == [True, False, False, False, True, True]
    assert Position.objects.proposed().count() == 1
    assert Position.objects.usable().count() == Position.objects.holding().count() > 10


def test_starting_clean_also_takes_what_the_people_of_the_demo_put_right(demo: None):
    jordan, reyes = User.objects.get(email="jordan@example.org"), Official.objects.get(name="Alma Reyes")
    stored = Official.objects.get(pk=reyes.pk)
    reyes.suffix = "Jr."
    reyes.save()
    corrections.correct(stored, reyes, by=jordan, now=NOW, reason="On her card.")
    assert Correction.objects.exists()

    run("start_clean", "--yes")

    assert not Official.objects.exists()
    assert not Correction.objects.exists()


def test_saint_laurent_writes_in_french(demo: None):
    elise = User.objects.get(email="elise@example.org")

    assert elise.language == "fr"
    assert Interaction.objects.filter(logged_by=elise, summary__contains="projet de loi").exists()


def test_what_was_logged_long_ago_says_so_in_its_history(demo: None):
    oldest = Interaction.objects.logged().order_by("occurred_on").first()
    entry = Entry.objects.about(oldest).get(verb="logged")

    assert (entry.at, oldest.created_at) == (oldest.logged_at, oldest.logged_at)


def test_the_map_is_invented_and_says_so(demo: None):
    editions = MapEdition.objects.all()

    assert {str(edition)[:19] for edition in editions} == {"Invented districts:"}
    assert set(editions.values_list("files__source__key", flat=True)) == {"demo"}
    assert DivisionShape.objects.filter(division__ocd_id__startswith="ocd-division/demo/").count() > 90
    assert not DivisionShape.objects.exclude(division__ocd_id__startswith="ocd-division/demo/").exists()


def test_every_district_of_the_demo_but_those_at_large_is_drawn(demo: None):
    districts = Division.objects.filter(seats__chamber__code__in=["upper", "lower", "legislature"])

    assert set(districts.filter(shapes=None, ocd_id__contains="/demo/").values_list("name", flat=True)) == {
        "At Large"
    }


def test_the_look_up_answers_for_the_codes_and_points_of_the_demo(demo: None):
    code, point = (represent(parse(text), day=TODAY) for text in ("77004", "29.7, -95.4"))

    assert {group.name: len(group.candidates) for group in code.groups if group.edition} == {
        "U.S. House": 1,
        "Texas Senate": 1,
        "Texas House": 2,
    }
    assert {group.name: len(group.candidates) for group in point.groups if group.edition} == {
        "U.S. House": 1,
        "Texas Senate": 1,
        "Texas House": 1,
    }
    assert {group.edition.name[:19] for group in point.groups if group.edition} == {"Invented districts:"}


def test_everybody_with_a_button_has_the_role_it_says(demo: None):
    reach = {offer.value: compute_reach(sign_in.person_behind(offer.value)) for offer in sign_in.offered()}

    assert all(not one.is_empty for one in reach.values())
    assert reach["dana"].advocate_of
    assert reach["marcus"].logs_for
    assert not reach["marcus"].advocate_of
    assert not reach["sam"].reads
    assert reach["chris"].president_of
    assert (reach["tom"].is_vice_chair, reach["angela"].is_lead, reach["jordan"].is_staff) == (
        True,
        True,
        True,
    )


def test_a_second_run_changes_nothing(demo: None):
    before = rows()

    said = run("demo")

    assert "already" in said
    assert rows() == before


@pytest.mark.parametrize("who", [offer for offer, _ in sign_in._WHO])
def test_one_click_signs_in_and_opens_a_home(demo: None, who: str):
    browser = Client()

    answer = browser.post(reverse("portal:demo_sign_in"), {"who": who}, follow=True)

    assert answer.status_code == 200
    assert answer.context["user"].email == f"{who}@example.org"
    assert "Demo" in answer.content.decode() or "Démo" in answer.content.decode()


def test_the_sign_in_page_offers_the_people_of_the_demo(demo: None):
    page = Client().get(reverse("account_login")).content.decode()

    assert page.count('name="who"') == 8


@pytest.mark.parametrize("who", ["", "nobody", "luis@example.org", "helen"])
def test_only_people_with_a_button_can_be_signed_in(demo: None, who: str):
    assert Client().post(reverse("portal:demo_sign_in"), {"who": who}).status_code == 404


def test_an_installation_that_shows_no_demo_has_no_buttons(demo: None, settings):
    settings.DEMO_SIGN_IN = False

    assert Client().post(reverse("portal:demo_sign_in"), {"who": "dana"}).status_code == 404
    assert 'name="who"' not in Client().get(reverse("account_login")).content.decode()


def test_a_link_cannot_sign_anybody_in(demo: None):
    assert Client().get(reverse("portal:demo_sign_in"), {"who": "dana"}).status_code == 405


def test_starting_clean_leaves_issues_and_names_of_places_only(demo: None):
    said = run("start_clean", "--yes")

    left = rows()
    kept = ("legislation.jurisdiction", "positions.issue", "auth.permission", "contenttypes.contenttype")
    assert "found_society" in said
    assert {name for name in left if name not in kept} == set()
    assert left["positions.issue"] == Issue.objects.count() == 11


def test_starting_clean_keeps_what_a_real_source_said(demo: None):
    texas = Jurisdiction.objects.get(abbreviation="TX")
    real = Official.objects.create(name="Real Person")
    Seat.objects.get(label="Texas House 131").tenures.create(official=real, starts_on=TODAY)

    run("start_clean", "--yes")

    assert list(Official.objects.values_list("name", flat=True)) == ["Real Person"]
    assert [str(seat) for seat in Seat.objects.filter(chamber__jurisdiction=texas)] == ["Texas House 131"]


def test_the_demo_can_be_built_again_after_starting_clean(demo: None):
    run("start_clean", "--yes")

    assert "ready" in run("demo")
    assert Society.objects.get().is_demo


def test_nothing_goes_without_a_yes(demo: None, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("no\n"))

    with pytest.raises(CommandError, match="Nothing was removed"):
        run("start_clean")
    assert Society.objects.get().is_demo


def test_start_clean_can_go_on_to_found_the_real_society(demo: None):
    said = run("start_clean", "--yes", "--society", "Real Society", "--staff", "first@example.org")

    first = User.objects.get()
    assert (first.email, Society.objects.get().name) == ("first@example.org", "Real Society")
    assert compute_reach(first).is_staff
    assert "/account/password/reset/key/" in said


def test_real_officials_do_not_join_the_demo(demo: None):
    with pytest.raises(CommandError, match="start_clean"):
        run("load_record", "--download")
