"""Who reads coalitions, grasstops contacts and touches (DOMAIN.md §4.8, W7)."""

import pytest

from advocacy.coalitions.errors import MayNotWrite
from advocacy.coalitions.models import Coalition, Grasstops, Influence, Touch
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.partners import coalition_of, grasstop, reaches, touched
from tests.factories.people import volunteer_of

READERS = {
    "shared": {"dana", "chris", "tom", "luis", "angela", "jordan"},
    "chapter": {"dana", "chris", "tom", "jordan"},
    "restricted": {"dana", "jordan"},
}
ASKED = ("dana", "luis", "ruth", "sam", "tom", "angela", "jordan", "chris", "former")


def readers_of(cast: Cast, model: type, pk: int) -> set[str]:
    return {name for name in ASKED if model.objects.visible_to(getattr(cast, name)).filter(pk=pk).exists()}


@pytest.mark.parametrize("level", READERS)
def test_a_contact_and_their_map_are_read_by_their_level_and_the_lead_reads_none_of_the_chapters(
    cast: Cast, level: str
):
    contact = grasstop(cast, confidentiality=level)
    line = reaches(contact, alma_reyes())

    assert readers_of(cast, Grasstops, contact.pk) == READERS[level]
    assert readers_of(cast, Influence, line.pk) == READERS[level]


@pytest.mark.parametrize(("of_contact", "of_touch"), [("shared", "restricted"), ("restricted", "shared")])
def test_a_touch_is_read_by_whoever_reads_it_and_its_contact(cast: Cast, of_contact: str, of_touch: str):
    touch = touched(grasstop(cast, confidentiality=of_contact), by=cast.dana, confidentiality=of_touch)

    assert readers_of(cast, Touch, touch.pk) == READERS["restricted"]
    assert not Touch.objects.exportable().exists()


def test_the_author_of_a_restricted_touch_reads_it_and_colleagues_who_log_do_not(cast: Cast):
    volunteer, other = volunteer_of(cast.gulf_prairie), volunteer_of(cast.gulf_prairie)
    touch = touched(coalition_of(cast), by=volunteer, confidentiality="restricted")

    assert [Touch.objects.editable_by(one).filter(pk=touch.pk).exists() for one in (volunteer, other)] == [
        True,
        False,
    ]


def test_a_chapters_coalition_is_known_to_its_state_team_and_the_societys_to_all_who_work_with_partners(
    cast: Cast,
):
    ours = coalition_of(cast)
    national = coalition_of(cast, "Open Records", by=cast.angela, chapter=None)

    assert readers_of(cast, Coalition, ours.pk) == READERS["shared"]
    assert readers_of(cast, Coalition, national.pk) == READERS["shared"] | {"ruth"}


def test_nobody_keeps_what_is_another_chapters(cast: Cast):
    coalition, contact = coalition_of(cast), grasstop(cast, confidentiality="shared")

    assert Coalition.objects.visible_to(cast.luis).get() == coalition
    assert not Coalition.objects.editable_by(cast.luis).exists()
    assert not Grasstops.objects.editable_by(cast.luis).exists()
    with pytest.raises(MayNotWrite):
        reaches(Grasstops(pk=contact.pk, added_by=cast.luis), alma_reyes())
    with pytest.raises(MayNotWrite):
        touched(contact, by=cast.luis)
