"""Measures put on record by hand, those that exist already, and how measures of several sessions belong together."""

from datetime import date

import pytest

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.positions.actions import measures
from advocacy.positions.actions.measures import NewMeasure
from advocacy.positions.errors import NumberTaken
from advocacy.positions.models import Position, Standpoint, Tracking
from legislation.models import (
    Jurisdiction,
    LegislativeSession,
    Measure,
    MeasureRelation,
    RelationKind,
    Stage,
)
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import measure, stepped, took
from tests.factories.people import canada, state


def session_of(jurisdiction: Jurisdiction, identifier: str, **fields: object) -> LegislativeSession:
    known = {"name": f"{jurisdiction}, {identifier}", **fields}
    return LegislativeSession.objects.get_or_create(
        jurisdiction=jurisdiction, identifier=identifier, defaults=known
    )[0]


def said(session: LegislativeSession, number: str, **changes: object) -> dict[str, object]:
    known = {"session": session.pk, "number": number, "kind": "bill", "title_en": "An Act", "title_fr": ""}
    return known | {"short_name": "", "url": "", "holder": ""} | changes


def add(user: User, data: dict[str, object]):  # type: ignore[no-untyped-def]  # an answer of the test client
    return browser_of(user).post("/measures/new/", data)


def related(bill: Measure) -> list[tuple[str, str, str]]:
    rows = MeasureRelation.objects.of(bill).select_related("measure__session", "other__session")
    return [(str(row.measure), row.kind, str(row.other)) for row in rows]


def test_a_number_that_exists_is_offered_however_it_is_written(cast: Cast):
    died = measure("C-72", jurisdiction=canada(), session="44-1")
    stepped(died, Stage.DIED, date(2025, 1, 6))

    answer = add(cast.elise, said(died.session, "c 072"))

    assert "C-72 (Canada 44-1) existe" in answer.content.decode() or "C-72 (Canada 44-1) exists already" in (
        answer.content.decode()
    )
    assert died.get_absolute_url() in answer.content.decode()
    assert Measure.objects.count() == 1


def test_another_number_is_the_same_idea_in_a_later_session_and_positions_stay(cast: Cast):
    died = measure("C-72", jurisdiction=canada(), session="44-1")
    took(died, cast.saint_laurent, Standpoint.SUPPORT, cast.jordan)

    answer = add(cast.elise, said(session_of(canada(), "45-1"), "S-5", prior=[died.pk]))

    new = Measure.objects.get(number="S-5")
    assert answer.headers["Location"] == new.get_absolute_url()
    assert related(new) == [("S-5 (45-1)", "prior_session", "C-72 (44-1)")]
    assert Position.objects.count() == 1
    browser = browser_of(cast.noor)
    here, there = (browser.get(one.get_absolute_url()).content.decode() for one in (new, died))
    assert ("C-72 (Canada 44-1)" in here, "Same idea in an earlier session" in here) == (True, True)
    assert ("S-5 (Canada 45-1)" in there, "Same idea in a later session" in there) == (True, True)


def test_the_same_number_in_another_session_is_asked_about_and_may_be_another_measure(cast: Cast):
    measure("C-72", jurisdiction=canada(), session="44-1")
    old = session_of(canada(), "42-1")

    asked = add(cast.elise, said(old, "C-72"))
    assert set(asked.context["form"].errors) == {"same_number"}
    add(cast.elise, said(old, "C-72", same_number="none"))

    third = Measure.objects.get(session=old)
    assert related(third) == []
    found = browser_of(cast.noor).get("/officials/measures/?q=C-72").content.decode()
    assert ("Canada 42-1" in found, "Canada 44-1" in found) == (True, True)


@pytest.mark.parametrize("dated", [True, False], ids=["by their days", "by their numbers"])
def test_the_same_idea_is_related_from_the_later_session_to_the_earlier_one(cast: Cast, dated: bool):
    later = measure("C-72", jurisdiction=canada(), session="44-1")
    old = session_of(canada(), "42-1")
    if dated:
        LegislativeSession.objects.filter(pk=later.session_id).update(starts_on=date(2021, 11, 22))
        LegislativeSession.objects.filter(pk=old.pk).update(starts_on=date(2015, 12, 3))

    add(cast.elise, said(old, "C-72", same_number=later.pk))

    assert related(later) == [("C-72 (44-1)", "prior_session", "C-72 (42-1)")]


def test_a_measure_that_was_added_waits_for_triage_and_the_trail_says_who_brought_it(cast: Cast):
    add(cast.elise, said(session_of(canada(), "45-1"), "S-5", holder=cast.saint_laurent.pk))

    row = Tracking.objects.get()
    assert (row.measure.number, row.chapter, row.added_on) == ("S-5", cast.saint_laurent, TODAY)
    assert [entry.actor for entry in Entry.objects.about(row.measure)] == [cast.elise]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"number": " .-"}, {"number"}),
        ({"title_en": ""}, {"title_en"}),
        ({"kind": "song"}, {"kind"}),
        ({"url": "javascript:alert(1)"}, {"url"}),
        ({"session": "999999999999999999999"}, {"session"}),
        ({"session": ""}, {"session"}),
        ({"holder": "society"}, {"holder"}),
        ({"prior": ["x"]}, {"prior"}),
    ],
    ids=str,
)
def test_what_is_wrong_is_named_beside_its_field(cast: Cast, changes: dict[str, object], wrong: set[str]):
    answer = add(cast.elise, said(session_of(canada(), "45-1"), "S-5") | changes)

    assert set(answer.context["form"].errors) == wrong
    assert not Measure.objects.exists()


def test_a_title_in_french_alone_is_enough(cast: Cast):
    add(cast.elise, said(session_of(canada(), "45-1"), "S-5", title_en="", title_fr="Loi sur la santé"))

    assert Measure.objects.get().title == "Loi sur la santé"


def test_sessions_of_other_legislatures_are_not_on_offer(cast: Cast):
    texas = session_of(state("tx", "Texas"), "90R")
    own = session_of(canada(), "45-1")

    answer = add(cast.elise, said(texas, "HB 1"))

    assert set(answer.context["form"].errors) == {"session"}
    assert set(answer.context["form"].sessions) == {own.pk}


@pytest.mark.parametrize("name", ["sam", "priya", "chris", "tom", "angela"])
def test_only_advocates_and_staff_put_measures_on_record(cast: Cast, name: str):
    assert browser_of(getattr(cast, name)).get("/measures/new/").status_code == 404


def test_find_draws_the_form_again_without_judging_it(cast: Cast):
    died = measure("C-72", jurisdiction=canada(), session="44-1")

    answer = add(cast.elise, said(died.session, "", find="prior", prior__q="c-72"))

    assert dict(answer.context["form"].errors) == {}
    assert "C-72 (Canada 44-1)" in answer.content.decode()


def test_who_was_faster_with_a_number_is_named(cast: Cast):
    known = measure("HB 1")

    with pytest.raises(NumberTaken) as refusal:
        measures.add(NewMeasure(known.session, "H.B. 01", "bill", "Again"), by=cast.dana)

    assert refusal.value.measure == known


def relate(user: User, bill: Measure, other: Measure, what: str):  # type: ignore[no-untyped-def]  # an answer
    return browser_of(user).post(f"/measures/measure/{bill.pk}/relate/", {"other": [other.pk], "what": what})


def test_companions_stand_once_whoever_says_it_first(cast: Cast):
    house, senate = measure("HB 1"), measure("SB 1")

    relate(cast.dana, senate, house, "companion")
    relate(cast.luis, house, senate, "companion")

    assert related(house) == [("HB 1 (90R)", "companion", "SB 1 (90R)")]
    assert [entry.verb for entry in Entry.objects.about(house)] == ["related"]
    text = browser_of(cast.ruth).get(senate.get_absolute_url()).content.decode()
    assert "Companion in the other chamber" in text


@pytest.mark.parametrize(
    ("what", "row"),
    [
        ("replaced", ("HB 1 (90R)", "replaces", "HB 2 (90R)")),
        ("replaces", ("HB 2 (90R)", "replaces", "HB 1 (90R)")),
    ],
)
def test_a_substitution_has_a_direction_and_keeps_what_both_hold(cast: Cast, what: str, row: tuple[str, ...]):
    bill, other = measure("HB 1"), measure("HB 2")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    took(other, cast.gulf_prairie, Standpoint.OPPOSE, cast.jordan)

    relate(cast.dana, bill, other, what)

    assert related(bill) == [row]
    assert Position.objects.usable().count() == 2


@pytest.mark.parametrize(
    ("what", "is_right"),
    [("same_idea", False), ("companion", False), ("replaced", False), ("replaces", False), ("related", True)],
)
def test_only_a_loose_relation_joins_two_legislatures(cast: Cast, what: str, is_right: bool):
    bill, other = measure("HB 1"), measure("SB 9", jurisdiction=state("md", "Maryland"))

    relate(cast.dana, bill, other, what)

    assert bool(related(bill)) == is_right


def test_a_measure_is_not_related_to_itself_nor_to_two_at_once(cast: Cast):
    bill, others = measure("HB 1"), [measure("HB 2"), measure("HB 3")]
    browser = browser_of(cast.dana)

    for keys in ([bill.pk], [one.pk for one in others], []):
        answer = browser.post(f"/measures/measure/{bill.pk}/relate/", {"other": keys, "what": "related"})
        assert set(answer.context["form"].errors) == {"other"}


def test_what_was_said_by_hand_is_taken_back_and_what_a_source_says_stays(cast: Cast):
    bill, other, third = measure("HB 1"), measure("HB 2"), measure("HB 3")
    by_hand = MeasureRelation.objects.create(measure=bill, other=other, kind=RelationKind.RELATED)
    imported = MeasureRelation.objects.create(
        measure=bill, other=third, kind=RelationKind.RELATED, is_imported=True
    )
    browser = browser_of(cast.dana)
    text = browser.get(f"/measures/measure/{bill.pk}/relate/").content.decode()
    assert [f"/measures/relation/{one.pk}/remove/" in text for one in (by_hand, imported)] == [True, False]

    statuses = [
        browser.post(f"/measures/relation/{one.pk}/remove/", {"from": other.pk})
        for one in (by_hand, imported)
    ]

    assert [one.status_code for one in statuses] == [302, 404]
    assert statuses[0].headers["Location"] == f"/measures/measure/{other.pk}/relate/"
    assert list(MeasureRelation.objects.all()) == [imported]


def test_a_relation_of_another_state_is_not_ours_to_take_back(cast: Cast):
    bills = [measure(f"SB {number}", jurisdiction=state("md", "Maryland")) for number in (1, 2)]
    row = MeasureRelation.objects.create(measure=bills[0], other=bills[1], kind=RelationKind.RELATED)

    assert browser_of(cast.dana).post(f"/measures/relation/{row.pk}/remove/").status_code == 404
