"""A surname that two members share stays a name; staff may say who it is, and imports keep to that."""

import pytest
from django.core.exceptions import ValidationError

from advocacy.audit.models import Entry
from legislation.actions import name_matches
from legislation.models import (
    ChamberCode,
    LegislativeSession,
    NameMatch,
    Official,
    SponsorRole,
    Sponsorship,
    Vote,
    VoteOption,
)
from legislation.unmatched_names import unmatched_names
from tests.cast import Cast, browser_of
from tests.factories.log import official_in, seat_in
from tests.factories.people import state
from tests.legislation.admin_form import form_of
from tests.legislation.measures.loading import SESSION, action, again, bill, loaded, roll_call, sponsor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
YES, NO, LOWER = VoteOption.YES, VoteOption.NO, ChamberCode.LOWER
LIST, ADD = "/admin/legislation/namematch/", "/admin/legislation/namematch/add/"


@pytest.fixture
def browns() -> tuple[Official, Official]:
    texas = state("tx", "Texas")
    return official_in(seat_in(texas, "1"), "Gary Brown"), official_in(seat_in(texas, "2"), "Lee Brown")


def voted(number: str = "HB 1", **more):
    """Brown, whoever it is, put the bill forward and voted for it."""
    call = roll_call(f"v {number}", {"Brown": YES, "Wu": NO})
    return bill(number, sponsors=(sponsor("Brown"),), roll_calls=(call,), **more)


def said(
    official: Official, *, chamber: str = LOWER, name: str = "Brown", reason: str = "The journal.", **more
):
    session = LegislativeSession.objects.get(identifier="90R")
    return NameMatch(session=session, chamber=chamber, name=name, official=official, reason=reason, **more)


def who_voted(name: str = "Brown") -> set[str | None]:
    return set(Vote.objects.filter(name=name).values_list("official__name", flat=True))


def who_sponsors() -> set[str | None]:
    return set(Sponsorship.objects.values_list("official__name", flat=True))


def test_a_shared_surname_waits_with_those_who_bear_it_and_how_often_it_stands(browns):
    loaded(voted("HB 1"), voted("HB 2"))

    assert (who_voted(), who_sponsors()) == ({None}, {None})
    assert [
        (one.name, one.chamber, one.times, [str(person) for person in one.candidates])
        for one in unmatched_names(10)
    ] == [
        ("Brown", "", 2, ["Gary Brown", "Lee Brown"]),
        ("Brown", "lower", 2, ["Gary Brown", "Lee Brown"]),
        ("Wu", "lower", 2, []),
    ]  # fmt: skip
    assert len(unmatched_names(1)) == 1


def test_what_staff_say_of_a_voter_settles_the_votes_of_that_chamber_and_session_alone(cast: Cast, browns):
    gary, _lee = browns
    other = SESSION._replace(identifier="89R")
    loaded(voted("HB 1"), voted("HB 2", session=other))

    assert name_matches.match(said(gary), by=cast.jordan) == 1

    settled = Vote.objects.exclude(official=None).values_list("roll_call__measure__number", "official__name")
    assert (list(settled), who_sponsors()) == ([("HB 1", "Gary Brown")], {None})
    waiting = {(one.name, one.session.identifier) for one in unmatched_names(10) if one.chamber}
    assert waiting == {("Brown", "89R"), ("Wu", "90R"), ("Wu", "89R")}


def test_names_of_sponsors_are_those_of_the_whole_legislature(cast: Cast, browns):
    _gary, lee = browns
    loaded(voted())

    assert name_matches.match(said(lee, chamber="", name="BROWN"), by=cast.jordan) == 1

    assert (who_sponsors(), who_voted()) == ({"Lee Brown"}, {None})


def test_it_survives_the_next_import_and_holds_for_what_comes_later(cast: Cast, browns):
    gary, _lee = browns
    record = voted()
    loaded(record)
    for chamber in ("", LOWER):
        name_matches.match(said(gary, chamber=chamber), by=cast.jordan)

    for one in (record, again(record, actions=(action("Passed"),)), voted("HB 3")):
        report = loaded(one)

    assert (who_voted(), who_sponsors()) == ({"Gary Brown"}, {"Gary Brown"})
    assert report.unmatched == {"Wu": 1}


def test_a_name_that_stands_twice_in_a_vote_or_beside_its_own_official_stays_a_name(cast: Cast, browns):
    gary, _lee = browns
    loaded(voted("HB 1"), voted("HB 2"))
    first, second = Vote.objects.filter(name="Brown").order_by("pk")
    Vote.objects.create(roll_call=first.roll_call, name="Brown", option=NO, order=9)
    Vote.objects.create(roll_call=second.roll_call, name="Brown, G", option=YES, order=9, official=gary)
    Sponsorship.objects.create(
        measure=second.roll_call.measure, name="Brown, G", role=SponsorRole.COSPONSOR, official=gary
    )

    assert name_matches.match(said(gary), by=cast.jordan) == 0
    assert name_matches.match(said(gary, chamber=""), by=cast.jordan) == 1


def test_what_is_taken_back_is_a_name_again_and_stays_one(cast: Cast, browns):
    gary, _lee = browns
    record = voted()
    loaded(record)
    rows = [said(gary, chamber=chamber) for chamber in ("", LOWER)]
    for row in rows:
        name_matches.match(row, by=cast.jordan)

    assert [name_matches.unmatch(row, by=cast.jordan) for row in rows] == [1, 1]

    report = loaded(record)
    assert (report.changes, report.unmatched["Brown"]) == (0, 2)
    assert (who_voted(), who_sponsors(), NameMatch.objects.count()) == ({None}, {None}, 0)


def test_one_who_is_known_without_us_comes_back_with_the_next_import(cast: Cast, browns):
    """Taken back, a name that the roster knows by itself is looked for again though its source says nothing new."""
    gary, lee = browns
    lee.tenures.all().delete()
    record = voted()
    loaded(record)
    row = said(gary)
    name_matches.match(row, by=cast.jordan)

    name_matches.unmatch(row, by=cast.jordan)
    assert who_voted() == {None}

    assert (loaded(record).changes, who_voted()) == (0, {"Gary Brown"})


def test_saying_it_of_another_moves_the_votes_and_the_trail_tells_both(cast: Cast, browns):
    gary, lee = browns
    loaded(voted())
    row = said(gary)
    name_matches.match(row, by=cast.jordan)

    row.official = lee
    name_matches.match(row, by=cast.jordan)

    assert who_voted() == {"Lee Brown"}
    entries = Entry.objects.about(row).order_by("pk")
    assert [(one.verb, one.actor) for one in entries] == [("added", cast.jordan), ("edited", cast.jordan)]
    assert entries[1].changes == {"official": ["Gary Brown", "Lee Brown"]}


def test_only_somebody_who_sat_there_can_be_meant(cast: Cast, browns):
    loaded(voted())
    senator = official_in(seat_in(state("tx", "Texas"), "5", ChamberCode.UPPER), "Ann Brown")
    stranger = official_in(seat_in(state("oh", "Ohio"), "5"), "Al Brown")

    for row in (said(senator), said(stranger), said(stranger, chamber="")):
        with pytest.raises(ValidationError, match="No term of this official"):
            name_matches.match(row, by=cast.jordan)

    assert name_matches.match(said(senator, chamber=""), by=cast.jordan) == 1


# --- The list of staff ---


def test_staff_see_the_names_that_wait_and_match_one_in_two_steps(cast: Cast, browns):
    gary, _lee = browns
    loaded(voted())
    browser = browser_of(cast.jordan)
    page = browser.get(LIST).content.decode()
    session = LegislativeSession.objects.get(identifier="90R")
    link = f"{ADD}?session={session.pk}&amp;chamber=lower&amp;name=Brown&amp;official={gary.pk}"
    assert link in page

    form = form_of(browser, link.replace("&amp;", "&"))
    answer = browser.post(ADD, form | {"reason": "House journal, 1 February."}, follow=True)

    assert "1 vote or sponsorship is theirs now." in answer.content.decode()
    assert who_voted() == {"Gary Brown"}
    assert "House journal, 1 February." in browser.get(LIST).content.decode()
    row = NameMatch.objects.get()
    browser.post(f"{LIST}{row.pk}/delete/", {"post": "yes"})
    assert (who_voted(), NameMatch.objects.count()) == ({None}, 0)


def test_the_form_says_what_is_wrong(cast: Cast, browns):
    gary, lee = browns
    loaded(voted())
    name_matches.match(said(gary), by=cast.jordan)
    form = {"session": said(lee).session.pk, "chamber": LOWER, "name": "BROWN", "reason": "Seen."}
    browser = browser_of(cast.jordan)

    twice = browser.post(ADD, form | {"official": lee.pk}).content.decode()
    silent = browser.post(ADD, form | {"official": lee.pk, "name": "Green", "reason": ""}).content.decode()

    assert "It is said already who this name is there." in twice
    assert "This field is required." in silent
    assert NameMatch.objects.count() == 1


def test_the_page_of_a_vote_and_of_a_measure_show_the_name_as_not_matched(cast: Cast, browns):
    loaded(voted())
    vote = Vote.objects.get(name="Brown")
    browser = browser_of(cast.dana)

    for address in (vote.roll_call.get_absolute_url(), vote.roll_call.measure.get_absolute_url()):
        page = browser.get(address).content.decode()
        assert "Not matched" in page.partition("Brown")[2][:400]


def test_staff_are_led_from_a_vote_to_the_list_and_nobody_else_is(cast: Cast, browns):
    loaded(voted())
    address = Vote.objects.get(name="Brown").roll_call.get_absolute_url()

    assert f'href="{LIST}"' in browser_of(cast.jordan).get(address).content.decode()
    assert "Say who they are" not in browser_of(cast.dana).get(address).content.decode()
    Vote.objects.filter(name="Wu").delete()
    Vote.objects.update(official=browns[0])
    assert "Say who they are" not in browser_of(cast.jordan).get(address).content.decode()


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_list_costs_the_same_for_one_name_and_for_many(browns, sessions: int, django_assert_num_queries):
    of_each = (SESSION._replace(identifier=f"{number}R") for number in range(sessions))
    loaded(*(voted(f"HB {session.identifier}", session=session) for session in of_each))

    with django_assert_num_queries(7):
        assert len(unmatched_names(10)) == 3 * sessions
