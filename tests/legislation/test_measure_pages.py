"""The pages of one measure and of a recorded vote, and the clock of a session."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from legislation.legislature import chambers
from legislation.measure_search import index_measures
from legislation.models import (
    Chamber,
    Jurisdiction,
    Measure,
    MeasureAction,
    MeasureRelation,
    RollCall,
    SessionDeadline,
    Source,
    SourceRecord,
    Sponsorship,
    Stage,
    StageEvent,
    TextVersion,
    Vote,
)
from legislation.progress_line import progress
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, stepped
from tests.factories.people import state

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 2, 8, 12, tzinfo=UTC)


def acted(bill: Measure, *texts: str, on: date = date(2027, 2, 1), **fields: str) -> None:
    MeasureAction.objects.bulk_create(
        MeasureAction(measure=bill, order=order, on=on, text=text, **fields)
        for order, text in enumerate(texts)
    )
    index_measures([bill.pk])


def page_of(person, bill: Measure, query: str = "") -> str:
    return browser_of(person).get(bill.get_absolute_url() + query).content.decode()


def card(page: str, title: str) -> str:
    return page.partition(f'id="{title}"')[2].partition("</section>")[0]


# --- One measure ---


def line(bill: Measure, day: date = TODAY) -> list[tuple[str, str]]:
    events = StageEvent.objects.filter(measure=bill).until(day).oldest_first()
    with translation.override("en"):
        return [
            (step.label, step.state) for step in progress(bill, events, chambers(bill.session.jurisdiction))
        ]


def test_the_line_of_a_bill_names_what_happened_in_local_words_and_what_lies_ahead_in_usual_ones():
    bill = measure("HB 1")
    texas = bill.session.jurisdiction
    for code, name in (("lower", "Texas House"), ("upper", "Texas Senate")):
        Chamber.objects.get_or_create(jurisdiction=texas, code=code, defaults={"name": name})
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12), local_label="Filed", chamber="lower")
    stepped(bill, Stage.COMMITTEE_1, date(2027, 1, 20), chamber="lower")
    stepped(bill, Stage.HEARING_1, date(2027, 2, 1), local_label="Left pending", chamber="lower")

    assert line(bill) == [
        ("Filed", "done"),
        ("Left pending", "current"),
        ("Passed Texas House", "todo"),
        ("In committee, second chamber", "todo"),
        ("Passed Texas Senate", "todo"),
        ("Awaiting signature or assent", "todo"),
        ("Enacted", "todo"),
    ]


def test_a_bill_that_is_recalled_stands_further_back_again():
    bill = measure("HB 1")
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
    stepped(bill, Stage.PASSED_1, date(2027, 1, 20))
    stepped(bill, Stage.COMMITTEE_1, date(2027, 2, 1), local_label="Recommitted")

    assert line(bill)[:3] == [
        ("Introduced", "done"),
        ("Recommitted", "current"),
        ("Passed first chamber", "todo"),
    ]


def test_the_line_of_a_bill_that_ended_has_nothing_ahead():
    bill = measure("HB 1")
    stepped(bill, Stage.INTRODUCED, date(2027, 1, 12))
    stepped(bill, Stage.DIED, date(2027, 2, 1), local_label="Sine die")

    assert line(bill) == [("Introduced", "done"), ("Sine die", "current")]


def test_parliaments_and_rules_have_steps_of_their_own():
    canada = Jurisdiction.objects.create(
        ocd_id="ocd-jurisdiction/country:ca/legislature", name="Canada", country="CA", level="federal"
    )
    quebec = Jurisdiction.objects.create(
        ocd_id="ocd-jurisdiction/country:ca/province:qc/legislature",
        name="Quebec",
        abbreviation="QC",
        country="CA",
        level="province",
    )
    federal, projet = measure("C-72", jurisdiction=canada), measure("96", jurisdiction=quebec)
    rule = measure("2027-11", kind="regulation")
    stepped(rule, Stage.COMMENT_CLOSED, date(2027, 2, 1))

    assert [label for label, _ in line(federal)] == [
        "First reading",
        "Second reading",
        "Committee",
        "Report stage",
        "Third reading",
        "The other house",
        "Royal assent",
    ]
    assert [label for label, _ in line(projet)][1] == "Passage in principle"
    assert line(rule) == [
        ("Comments closed", "current"),
        ("Made, not yet in force", "todo"),
        ("In force", "todo"),
    ]


def test_the_history_tells_its_newest_line_first_and_goes_on_after_fifty(cast: Cast):
    bill = measure("HB 1")
    acted(bill, *(f"Line {number:02}" for number in range(60)))

    first = browser_of(cast.dana).get(bill.get_absolute_url()).context["actions"]
    second = browser_of(cast.dana).get(bill.get_absolute_url() + first.next_url).context["actions"]

    told = [row.text for row in [*first.rows, *second.rows]]
    assert (len(first.rows), told) == (50, [f"Line {number:02}" for number in range(59, -1, -1)])


def test_a_history_of_two_thousand_lines_costs_what_one_of_sixty_costs(
    cast: Cast, django_assert_max_num_queries
):
    bill = measure("HB 1")
    acted(bill, *(f"Line {number:04}" for number in range(2_000)))
    browser = browser_of(cast.dana)

    with django_assert_max_num_queries(39):
        first = browser.get(bill.get_absolute_url())
    with django_assert_max_num_queries(39):
        second = browser.get(bill.get_absolute_url() + first.context["actions"].next_url)

    told = [row.text for page in (first, second) for row in page.context["actions"].rows]
    assert told == [f"Line {number:04}" for number in range(1_999, 1_899, -1)]
    assert first.context["actions_in_all"] == 2_000


def test_a_measure_with_nothing_on_record_has_a_page(cast: Cast):
    page = page_of(cast.dana, measure("HB 1"))

    assert "No step is on record yet" in page
    assert "Entered by our own people" in page
    assert "history-title" not in page


def test_sponsors_lead_to_officials_and_unmatched_names_are_told_as_such(cast: Cast):
    bill, alma = measure("HB 1"), alma_reyes()
    Sponsorship.objects.create(measure=bill, name="Reyes", role="sponsor", official=alma)
    Sponsorship.objects.create(measure=bill, name="Smith", role="cosponsor")

    sponsors = card(page_of(cast.dana, bill), "sponsors-title")

    assert f'<a href="{alma.get_absolute_url()}">Alma Reyes</a>' in sponsors
    assert sponsors.index("Alma Reyes") < sponsors.index("Smith") < sponsors.index("Not matched")
    assert sponsors.count("Not matched") == 1


def test_texts_relatives_and_sources_stand_on_the_page(cast: Cast):
    bill, companion, earlier = measure("HB 1"), measure("SB 1"), measure("HB 9", session="89R")
    MeasureRelation.objects.create(measure=bill, other=companion, kind="companion")
    MeasureRelation.objects.create(measure=bill, other=earlier, kind="prior_session")
    TextVersion.objects.create(measure=bill, key="1", label="Introduced", label_fr="Déposé", on=TODAY)
    source = Source.objects.create(key="listed", name="A register", attribution="Data by A Register, CC BY")
    SourceRecord.objects.create(
        source=source, kind="measure", external_id="1", measure=bill, first_seen_at=NOON, last_seen_at=NOON
    )

    page = page_of(cast.dana, bill)

    assert "SB 1 (Texas 90R)" in card(page, "related-title")
    assert "HB 9 (Texas 89R)" in card(page, "related-title")
    assert "Introduced" in card(page, "texts-title")
    assert "Data by A Register, CC BY" in page
    assert "fetched Feb. 8, 2027" in page
    assert "Same idea in a later session" in card(page_of(cast.dana, earlier), "related-title")


def roll_call(bill: Measure, **fields: object) -> RollCall:
    source, _ = Source.objects.get_or_create(key="listed", defaults={"name": "A register"})
    known = {
        "external_id": "v1",
        "on": TODAY,
        "motion": "Third reading",
        "yes": 2,
        "no": 1,
        "result": "passed",
    }
    return RollCall.objects.create(measure=bill, source=source, **(known | fields))


def test_a_recorded_vote_has_its_count_on_the_measure_and_its_names_on_a_page_of_its_own(cast: Cast):
    bill, alma = measure("HB 1"), alma_reyes()
    vote = roll_call(bill)
    Vote.objects.create(roll_call=vote, name="Reyes", option="yes", order=0, official=alma)
    Vote.objects.create(roll_call=vote, name="Smith", option="yes", order=1)
    Vote.objects.create(roll_call=vote, name="Wu", option="no", order=2)

    assert "2 yes, 1 no" in card(page_of(cast.dana, bill), "votes-title")
    page = browser_of(cast.dana).get(vote.get_absolute_url()).content.decode()
    assert f'<a href="{alma.get_absolute_url()}">Alma Reyes</a>' in card(page, "way-yes")
    assert ("Wu" in card(page, "way-no"), "do not add up" in page) == (True, False)


def test_a_count_that_its_names_do_not_add_up_to_is_shown_with_both(cast: Cast):
    bill = measure("HB 1")
    vote = roll_call(bill, yes=7)
    Vote.objects.create(roll_call=vote, name="Smith", option="yes", order=0)

    page = browser_of(cast.dana).get(vote.get_absolute_url()).content.decode()

    assert ("7 yes, 1 no" in page, "do not add up" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_measure_costs_the_same_whatever_is_on_record(
    cast: Cast, rows: int, django_assert_num_queries
):
    bill = measure("HB 1")
    acted(bill, *(f"Line {number}" for number in range(rows)))
    for number in range(rows):
        Sponsorship.objects.create(measure=bill, name=f"Name {number}", role="sponsor")
        TextVersion.objects.create(measure=bill, key=str(number), label="Text")
        MeasureRelation.objects.create(measure=bill, other=measure(f"SB {number + 1}"), kind="companion")
        vote = roll_call(bill, external_id=str(number))
        Vote.objects.create(roll_call=vote, name="Smith", option="yes", order=0)
        stepped(bill, Stage.INTRODUCED, date(2027, 1, 12 + number))
    browser = browser_of(cast.dana)
    browser.get("/")

    with django_assert_num_queries(41):
        browser.get(bill.get_absolute_url())
    with django_assert_num_queries(11):
        browser.get(vote.get_absolute_url())


def test_a_french_reader_meets_french_titles_and_actions(cast: Cast):
    bill = measure("C-72", title_fr="Loi sur la santé connectée")
    acted(bill, "First reading", text_fr="Première lecture")

    page = page_of(cast.elise, bill)

    assert "Loi sur la santé connectée" in page
    assert "Première lecture" in card(page, "history-title")


# --- The clock of a session ---


def test_the_page_of_a_legislature_tells_what_falls_due_next_in_its_sessions(cast: Cast):
    texas = state("tx", "Texas")
    running = measure("HB 1").session
    over = measure("HB 1", session="89R").session
    over.ends_on = date(2025, 6, 3)
    over.save()
    for kind, on in (
        ("crossover", date(2027, 2, 10)),
        ("sine_die", TODAY),
        ("filing_ends", date(2027, 2, 8)),
    ):
        SessionDeadline.objects.create(session=running, kind=kind, on=on)

    page = browser_of(cast.dana).get(texas.get_absolute_url()).content.decode()

    clock = card(page, f"session-{running.pk}")
    assert clock.index("Final adjournment") < clock.index("today") < clock.index("in 1 day")
    assert "Last day to file" not in page
    assert over.name in card(page, "over-title")


def test_a_session_that_has_adjourned_runs_until_its_last_signature(cast: Cast):
    session = measure("HB 1").session
    session.ends_on = date(2027, 2, 1)
    session.save()
    SessionDeadline.objects.create(session=session, kind="executive_window_ends", on=date(2027, 2, 20))

    page = browser_of(cast.dana).get(session.jurisdiction.get_absolute_url()).content.decode()

    assert "Last day to sign or veto" in card(page, f"session-{session.pk}")
