"""Handing over: what is open goes along, what was logged keeps its author."""

from datetime import date, timedelta

import pytest

from advocacy.audit.models import Entry
from advocacy.interactions.actions.hand_over import HandedOver, hand_over
from advocacy.interactions.models import FollowUp, Interaction, KeyContact, Rank, RelationshipScore
from legislation.actions import leavers
from legislation.models import LeaverDecision, Official, Tenure
from members.models import Role, RoleAssignment
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, logged, official_in, seat_in
from tests.factories.people import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def tie(cast: Cast, person, official: Official, **values) -> KeyContact:
    values = {"chapter": cast.gulf_prairie, "rank": Rank.PRIMARY, "starts_on": date(2026, 8, 1)} | values
    return KeyContact.objects.create(person=person, official=official, rhythm_days=60, **values)


def handed(cast: Cast) -> HandedOver:
    return hand_over(
        by=cast.chris, chapter=cast.gulf_prairie, outgoing=cast.dana, incoming=cast.priya, on=TODAY
    )


def roles(person) -> list[str]:
    return sorted(RoleAssignment.objects.filter(person=person).in_force(TODAY).values_list("role", flat=True))


def test_open_follow_ups_and_key_contacts_go_along(cast: Cast, reyes: Official):
    record = logged(cast.dana, [reyes])
    thanks = FollowUp.objects.get(interaction=record, kind="thank_you")
    done = FollowUp.objects.create(
        chapter=cast.gulf_prairie, kind="other", owner=cast.dana, due_on=TODAY, created_by=cast.dana,
        status="done", done_on=TODAY, done_by=cast.dana,
    )  # fmt: skip
    held = tie(cast, cast.dana, reyes)
    open_before = FollowUp.objects.open().count()

    assert handed(cast) == HandedOver(followups=open_before, key_contacts=1)

    thanks.refresh_from_db()
    done.refresh_from_db()
    held.refresh_from_db()
    begun = KeyContact.objects.open().get()
    assert (thanks.owner, done.owner) == (cast.priya, cast.dana)
    assert (held.ends_on, held.end_reason) == (TODAY, "Handed on to Priya Shah")
    assert (begun.person, begun.rank, begun.rhythm_days) == (cast.priya, Rank.PRIMARY, 60)
    assert Interaction.objects.get().logged_by == cast.dana


def test_the_relationship_itself_is_not_inherited(cast: Cast, reyes: Official):
    tie(cast, cast.dana, reyes)
    RelationshipScore.objects.create(
        official=reyes,
        person=cast.dana,
        chapter=cast.gulf_prairie,
        strength=5,
        said_by=cast.dana,
        said_on=TODAY,
    )

    handed(cast)

    assert not RelationshipScore.objects.filter(person=cast.priya).exists()


def test_what_was_to_be_decided_about_a_leaver_is_the_new_advocates_to_decide(cast: Cast, reyes: Official):
    """The follow-up and the tie alike: neither falls between the two."""
    tie(cast, cast.dana, reyes, seat=Tenure.objects.get(official=reyes).seat)
    FollowUp.objects.create(
        official=reyes, chapter=cast.gulf_prairie, kind="other", owner=cast.dana, due_on=TODAY,
        created_by=cast.dana,
    )  # fmt: skip
    Tenure.objects.filter(official=reyes).update(ends_on=TODAY)
    leavers.list_for_decision(None, [reyes.pk], day=TODAY)

    handed(cast)

    waiting = LeaverDecision.objects.open()
    assert not waiting.visible_to(cast.dana, TODAY).exists()
    theirs = waiting.visible_to(cast.priya, TODAY).order_by("kind")
    assert [row.kind for row in theirs] == ["follow-up", "key contact"]
    assert theirs[1].object_id == KeyContact.objects.open().get().pk
    assert "Priya Shah" in theirs[1].label


def test_whoever_keeps_in_touch_already_moves_up(cast: Cast, reyes: Official):
    tie(cast, cast.dana, reyes)
    hers = tie(cast, cast.priya, reyes, rank=Rank.SECONDARY)

    handed(cast)

    hers.refresh_from_db()
    assert list(KeyContact.objects.open()) == [hers]
    assert hers.rank == Rank.PRIMARY


def test_what_is_owed_to_another_chapter_stays(cast: Cast, reyes: Official):
    elsewhere = official_in(seat_in(state("tx", "Texas"), "9"), "Una Grey")
    tie(cast, cast.dana, elsewhere, chapter=cast.hill_country)

    assert handed(cast) == HandedOver(0, 0)
    assert KeyContact.objects.open().get().person == cast.dana


def test_the_roles_change_and_the_outgoing_stays_as_a_member(cast: Cast, reyes: Official):
    handed(cast)

    assert roles(cast.dana) == [Role.MEMBER]
    assert Role.ADVOCATE in roles(cast.priya)
    entry = Entry.objects.about(cast.gulf_prairie).get(verb="handed over")
    assert entry.actor == cast.chris
    assert entry.changes["advocate"] == ["Dana Whitfield", "Priya Shah"]


def test_a_term_that_begins_that_day_is_not_given_twice(cast: Cast, reyes: Official):
    RoleAssignment.objects.create(
        person=cast.priya, role=Role.ADVOCATE, chapter=cast.gulf_prairie, starts_on=TODAY,
        ends_on=TODAY + timedelta(days=365),
    )  # fmt: skip

    handed(cast)

    assert RoleAssignment.objects.filter(person=cast.priya, role=Role.ADVOCATE).count() == 1


def test_nobody_hands_over_to_themselves(cast: Cast, reyes: Official):
    tie(cast, cast.dana, reyes)

    answer = browser_of(cast.chris).post(
        "/log/hand-over/gulf-prairie/", {"outgoing": cast.dana.pk, "incoming": cast.dana.pk}
    )

    assert "Hand over to somebody else." in answer.content.decode()
    assert roles(cast.dana) == [Role.ADVOCATE]
