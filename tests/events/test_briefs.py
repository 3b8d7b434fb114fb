"""Briefs: what stands on them for whom, and what never does."""

from datetime import date, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from advocacy.accounts.models import User
from advocacy.events import brief_pdf, brief_words, briefs
from advocacy.events.models import AdvocacyEvent, EventAsk, EventStatus
from advocacy.events.papers import Sheet
from advocacy.interactions.entry import AskMade, Promise
from advocacy.interactions.models import (
    Ask,
    AskKind,
    AskResponse,
    Commitment,
    CommitmentSide,
    Confidentiality,
    KeyContact,
    Outcome,
    RelationshipScore,
)
from advocacy.positions.models import Standpoint
from legislation.models import Committee, CommitteeMembership, Official, PartyAffiliation
from members.access import keep_reach
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, meets, team
from tests.factories.log import alma_reyes, hb_210, logged
from tests.factories.materials import paper, written
from tests.factories.measures import took
from tests.factories.partners import grasstop, reaches
from tests.factories.stances import noted, voted

LONG = "Wörter über Gesundheit und Daten, élève à l’hôpital. " * 40


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, EventStatus.PUBLISHED)


def said(found: list[briefs.Brief]) -> str:
    """All words of briefs, as page and paper show them."""
    lines = [
        text
        for one in found
        for text in (
            one.office,
            *brief_words.heading(one),
            *(
                words
                for section in brief_words.sections(one)
                for line in section.lines
                for words in (line.main, line.more)
            ),
        )
    ]
    return "\n".join(lines)


def test_it_says_who_they_are_where_they_stand_what_was_said_and_what_we_ask(
    cast: Cast, event: AdvocacyEvent, reyes: Official
):
    bill = hb_210()
    position = took(bill, None, Standpoint.SUPPORT, cast.jordan, rationale="Records follow the patient.")
    EventAsk.objects.create(
        event=event, kind=AskKind.COSPONSOR, measure=bill, position=position, text="Cosponsor HB 210"
    )
    committee = Committee.objects.create(
        jurisdiction=bill.session.jurisdiction, name="Public Health", external_id="ph"
    )
    CommitteeMembership.objects.create(committee=committee, official=reyes, role="chair")
    noted(cast.dana, bill, reyes, "lean_yes")
    voted(bill, reyes, "yes")
    row = logged(
        cast.dana,
        [reyes],
        summary="Met about the exchange bill.",
        asks=[AskMade(kind=AskKind.COSPONSOR, measure=bill, response=AskResponse.WILL_CONSIDER)],
    )
    Commitment.objects.create(
        interaction=row,
        side=CommitmentSide.THEM,
        official=reyes,
        text="Raises it in committee",
        check_back_on=TODAY,
        outcome=Outcome.KEPT,
        settled_on=TODAY,
    )
    Commitment.objects.create(
        interaction=row, side=CommitmentSide.US, text="Sends the county numbers", check_back_on=TODAY
    )
    KeyContact.objects.create(
        person=cast.dana,
        official=reyes,
        chapter=cast.gulf_prairie,
        rank="primary",
        starts_on=date(2027, 1, 1),
    )
    RelationshipScore.objects.create(
        official=reyes,
        person=cast.luis,
        chapter=cast.hill_country,
        strength=4,
        basis="patient_or_clinician",
        said_by=cast.luis,
        said_on=TODAY,
    )
    PartyAffiliation.objects.create(official=reyes, party="Unity Party")
    words = said(briefs.to_print([meets(event, reyes, time(10), room="E2.10")], cast.dana, TODAY))

    for fact in (
        "Texas House 131",
        "Public Health (Chair)",
        "E2.10",
        "Cosponsor HB 210",
        "Our position: Support, approved Jan. 15, 2027 · Records follow the patient.",
        "HB 210 (90R): Yes",
        "HB 210 (90R): Lean yes",
        "Met about the exchange bill. · Kim Ito",
        "Raises it in committee\nKept, Feb. 9, 2027",
        "Sends the county numbers\nDue Feb. 9, 2027",
        "Cosponsor: HB 210 (90R)\nWill consider",
        "Dana Whitfield\nKey contact · Primary · Gulf Prairie",
        "Luis Ortega\n4 · takes our calls, asks our view",
    ):
        assert fact in words
    assert "Unity" not in words
    assert "atient or clinician" not in words


def test_two_bodies_of_one_name_stand_there_once(cast: Cast, event: AdvocacyEvent, reyes: Official):
    texas = hb_210().session.jurisdiction
    for key in ("ph-1", "ph-2"):
        committee = Committee.objects.create(jurisdiction=texas, name="Public Health", external_id=key)
        CommitteeMembership.objects.create(committee=committee, official=reyes, role="chair")

    (brief,) = briefs.to_print([meets(event, reyes, time(10))], cast.dana, TODAY)

    assert brief.committees == ["Public Health (Chair)"]


@pytest.mark.parametrize("who", ["dana", "luis", "angela", "jordan", "priya", "sam"])
def test_what_is_restricted_is_in_no_brief_of_anybody(
    cast: Cast, event: AdvocacyEvent, reyes: Official, who: str
):
    row = logged(
        cast.dana,
        [reyes],
        summary="private concern zebra",
        confidentiality=Confidentiality.RESTRICTED,
        asks=[AskMade(kind=AskKind.FUND, response=AskResponse.WILL_CONSIDER, text="zebra ask")],
        promises=[Promise(side=CommitmentSide.THEM, text="zebra promise", check_back_on=TODAY)],
    )
    noted(cast.dana, hb_210(), reyes, "no", confidentiality="restricted", source="zebra source")
    reader: User = getattr(cast, who)
    team(event, coming(event, reader))
    appointment = meets(event, reyes, time(10), team=event.teams.get())

    assert row.asks.exists()
    assert row.commitments.exists()
    for make in (briefs.to_read, briefs.to_print):
        assert "zebra" not in said(make([appointment], reader, TODAY))


def test_what_is_for_the_chapter_is_on_its_peoples_screen_and_on_no_paper(
    cast: Cast, event: AdvocacyEvent, reyes: Official
):
    logged(cast.dana, [reyes], summary="For the chapter alone", confidentiality=Confidentiality.CHAPTER)
    appointments = [meets(event, reyes, time(10))]

    assert "For the chapter alone" in said(briefs.to_read(appointments, cast.dana, TODAY))
    assert "For the chapter alone" not in said(briefs.to_read(appointments, cast.luis, TODAY))
    assert "For the chapter alone" not in said(briefs.to_print(appointments, cast.dana, TODAY))


@pytest.mark.parametrize(
    ("level", "on_screen", "on_paper"),
    [("shared", True, True), ("chapter", True, False), ("restricted", False, False)],
)
def test_grasstops_contacts_are_known_by_their_level(
    cast: Cast, event: AdvocacyEvent, reyes: Official, level: str, on_screen: bool, on_paper: bool
):
    reaches(grasstop(cast, "Dr. Ines Vale", confidentiality=level), reyes)
    appointments = [meets(event, reyes, time(10))]

    assert ("Ines Vale" in said(briefs.to_read(appointments, cast.dana, TODAY))) is on_screen
    assert ("Ines Vale" in said(briefs.to_print(appointments, cast.dana, TODAY))) is on_paper


def test_the_last_three_contacts_are_there_newest_first(cast: Cast, event: AdvocacyEvent, reyes: Official):
    for day in (1, 4, 2, 3):
        logged(cast.dana, [reyes], summary=f"Talk {day}", occurred_on=date(2027, 2, day))
    (brief,) = briefs.to_read([meets(event, reyes, time(10))], cast.dana, TODAY)

    assert [one.interaction.summary for one in brief.contacts] == ["Talk 4", "Talk 3", "Talk 2"]


def test_an_ask_that_was_answered_since_is_not_open(cast: Cast, event: AdvocacyEvent, reyes: Official):
    bill = hb_210()
    for day, response in ((1, AskResponse.WILL_CONSIDER), (3, AskResponse.AGREED)):
        asks = [AskMade(kind=AskKind.COSPONSOR, measure=bill, response=response)]
        logged(cast.dana, [reyes], asks=asks, occurred_on=date(2027, 2, day))
    (brief,) = briefs.to_read([meets(event, reyes, time(10))], cast.dana, TODAY)

    assert brief.open_asks == []


def test_what_was_said_of_another_office_of_the_same_meeting_is_not_on_it(
    cast: Cast, event: AdvocacyEvent, reyes: Official
):
    other = Official.objects.create(name="Joel Tran")
    row = logged(cast.dana, [reyes, other])
    Ask.objects.create(
        interaction=row, official=other, kind=AskKind.FUND, response=AskResponse.WILL_CONSIDER, text="Of Tran"
    )
    of_reyes, of_tran = briefs.to_read([meets(event, reyes), meets(event, other)], cast.dana, TODAY)

    assert [ask.text for ask in of_reyes.open_asks] == []
    assert [ask.text for ask in of_tran.open_asks] == ["Of Tran"]


def test_a_position_that_may_not_be_used_is_not_shown_as_ours(
    cast: Cast, event: AdvocacyEvent, reyes: Official
):
    bill = hb_210()
    position = took(bill, None, Standpoint.SUPPORT, cast.jordan, ends_on=date(2027, 2, 1))
    EventAsk.objects.create(
        event=event, kind=AskKind.COSPONSOR, measure=bill, position=position, text="Cosponsor"
    )
    words = said(briefs.to_read([meets(event, reyes, time(10))], cast.dana, TODAY))

    assert "No approved position: leave this one out." in words
    assert "Our position" not in words


@pytest.mark.parametrize("sheet", Sheet)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_longest_of_everything_fits_on_one_page(
    cast: Cast, event: AdvocacyEvent, reyes: Official, sheet: Sheet, language: str
):
    _everything_as_long_as_may_be(cast, event, reyes)
    for _number in range(5):
        row = paper(cast, LONG[:160], title_fr=LONG[:160])
        written(row)
        event.materials.create(material=row)
    appointment = meets(event, reyes, time(10), room=LONG[:120], note=LONG[:300], expected_with=LONG[:150])
    found = briefs.to_print([appointment], cast.dana, TODAY)
    pages = PdfReader(BytesIO(brief_pdf.written(found, language=language, sheet=sheet, moment=NOW))).pages

    assert [len(section.lines) for section in brief_words.sections(found[0])] == [3, 4, 5, 3, 3, 3, 3, 4]
    assert len(pages) == 1
    assert round(pages[0].mediabox.height) == (842 if sheet == Sheet.A4 else 792)


def _everything_as_long_as_may_be(cast: Cast, event: AdvocacyEvent, reyes: Official) -> None:
    bill = hb_210()
    position = took(bill, None, Standpoint.SUPPORT, cast.jordan, rationale=LONG[:2000])
    for number in range(3):
        EventAsk.objects.create(
            event=event,
            order=number,
            kind=AskKind.COSPONSOR,
            measure=bill,
            position=position,
            text=LONG[:200],
        )
        row = logged(cast.dana, [reyes], summary=LONG[:200], occurred_on=date(2027, 2, 1 + number))
        for side in CommitmentSide:
            Commitment.objects.create(
                interaction=row, side=side, official=reyes, text=LONG[:200], check_back_on=TODAY
            )
    for kind in (AskKind.FUND, AskKind.VISIT_SITE, AskKind.AMEND):
        Ask.objects.create(
            interaction=row,
            official=reyes,
            kind=kind,
            response=AskResponse.WILL_CONSIDER,
            text=LONG[:200],
            reason_given=LONG[:300],
        )
    for day in range(1, 6):
        noted(cast.dana, bill, reyes, "yes", as_of=date(2027, 2, day), source=LONG[:200])
    for person in (cast.dana, cast.priya, cast.sam, cast.jordan):
        KeyContact.objects.create(
            person=person, official=reyes, chapter=cast.gulf_prairie, starts_on=date(2027, 1, 1)
        )


def test_a_hundred_offices_cost_as_many_queries_as_one(
    cast: Cast, event: AdvocacyEvent, reyes: Official, django_assert_num_queries
):
    def offices(count: int) -> list:
        names = [f"Official {number}" for number in range(count)]
        return [meets(event, Official.objects.create(name=name), time(10)) for name in names]

    keep_reach(cast.jordan)
    for appointments in (offices(1), offices(3)):
        with django_assert_num_queries(14):
            briefs.to_print(appointments, cast.jordan, TODAY)


def test_a_member_opens_the_brief_of_their_own_team_alone(cast: Cast, event: AdvocacyEvent, reyes: Official):
    mine = team(event, coming(event, cast.sam))
    met = meets(event, reyes, time(10), team=mine)
    other = meets(event, Official.objects.create(name="Joel Tran"), time(11), team=team(event))
    browser = browser_of(cast.sam)

    assert browser.get(f"/advocacy-days/appointments/{met.pk}/brief/").status_code == 200
    assert browser.get(f"/advocacy-days/appointments/{other.pk}/brief/").status_code == 404
    assert len(PdfReader(BytesIO(browser.get(f"/advocacy-days/{event.pk}/briefs.pdf").content)).pages) == 1
