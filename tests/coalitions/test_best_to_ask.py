"""Who is the best person to ask this official."""

from datetime import date, timedelta
from typing import Any

import pytest

from advocacy.accounts.models import User
from advocacy.coalitions.best_to_ask import people_to_ask
from advocacy.interactions.models import Basis, KeyContact, Rank, RelationshipScore
from legislation.models import Official
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes
from tests.factories.partners import grasstop, reaches, touched

DAY = timedelta(days=1)


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def knows(cast: Cast, who: str, reyes: Official, strength: int, **fields: Any) -> RelationshipScore:
    person = getattr(cast, who)
    known = {"chapter": cast.gulf_prairie, "said_by": person, "said_on": TODAY}
    return RelationshipScore.objects.create(
        official=reyes, person=person, strength=strength, **(known | fields)
    )


def asked_first(reyes: Official, user: User) -> list[str]:
    return [one.name for one in people_to_ask(reyes, user=user, today=TODAY)]


def test_how_well_they_know_the_official_weighs_most(cast: Cast, reyes: Official):
    knows(cast, "dana", reyes, 3)
    knows(cast, "luis", reyes, 5)
    reaches(grasstop(cast), reyes, strength=4)

    assert asked_first(reyes, cast.dana) == ["Luis Ortega", "Robin Vale", "Dana Whitfield"]


def test_what_was_said_more_than_a_year_ago_weighs_half(cast: Cast, reyes: Official):
    knows(cast, "luis", reyes, 5, said_on=TODAY - 366 * DAY)
    knows(cast, "dana", reyes, 3)

    found = people_to_ask(reyes, user=cast.dana, today=TODAY)

    assert [one.name for one in found] == ["Dana Whitfield", "Luis Ortega"]
    assert "not confirmed for more than twelve months" in found[1].reasons


def test_a_key_contact_a_constituent_and_the_willing_go_before_others_of_the_same_strength(
    cast: Cast, reyes: Official
):
    knows(cast, "chris", reyes, 3)
    knows(cast, "luis", reyes, 3, basis=Basis.CONSTITUENT)
    knows(cast, "dana", reyes, 3)
    knows(cast, "pat", reyes, 3, willingness=5)
    KeyContact.objects.create(
        person=cast.dana,
        official=reyes,
        chapter=cast.gulf_prairie,
        rank=Rank.PRIMARY,
        starts_on=date(2026, 8, 1),
    )

    found = people_to_ask(reyes, user=cast.dana, today=TODAY)

    assert [one.name for one in found] == [str(cast.pat), "Dana Whitfield", "Luis Ortega", str(cast.chris)]
    assert found[1].reasons == ["3 · met, recognises the chapter", "primary key contact"]


def test_of_grasstops_contacts_influence_will_and_a_recent_touch_count_and_are_said(
    cast: Cast, reyes: Official
):
    reaches(grasstop(cast, "Ann Near"), reyes)
    busy = grasstop(cast, "Bea Busy", willingness=2, influence=4)
    reaches(busy, reyes, basis=Basis.NEIGHBOUR)
    touched(busy, by=cast.dana, on=date(2027, 2, 1))

    found = people_to_ask(reyes, user=cast.dana, today=TODAY)

    assert [one.name for one in found] == ["Bea Busy", "Ann Near"]
    assert found[0].reasons == [
        "strength 3 of 5", "Neighbour", "willingness to act 2 of 5", "influence 4 of 5", "last touch on Feb. 1, 2027"
    ]  # fmt: skip
    assert found[1].reasons == ["strength 3 of 5", "Professional contact", "no touch on record"]


def test_nobody_is_named_whom_the_reader_may_not_read_nor_anybody_gone(cast: Cast, reyes: Official):
    reaches(grasstop(cast, "Kim Secret", confidentiality="restricted"), reyes)
    reaches(grasstop(cast, "Ann Gone", ends_on=TODAY), reyes)
    knows(cast, "former", reyes, 5)
    knows(cast, "dana", reyes, 1)

    assert asked_first(reyes, cast.dana) == ["Kim Secret"]
    assert asked_first(reyes, cast.chris) == []
