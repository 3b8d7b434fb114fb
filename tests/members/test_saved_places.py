"""Saved places: stored only on request, seen only by oneself, and never answering with old lines."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import serializers, signing
from django.test import Client

from advocacy.audit.models import Entry
from advocacy.kernel.postal import parse
from legislation.lookup.answering import represent
from legislation.models import MapEdition
from members.actions import saved_places
from members.models import SavedDistrict, SavedPlace
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.maps import Houston, area, edition, houston

pytestmark = pytest.mark.django_db
PAGE = "/representatives/"
ADDRESS = "4800 Calhoun Rd, Houston, TX 77004"


@dataclass
class Scene:
    cast: Cast
    here: Houston

    def ticket(self, day: date = TODAY, who: str = "sam") -> str:
        answer = represent(parse("29.72,-95.34"), day=day)
        return saved_places.ticket(answer, by=getattr(self.cast, who))

    def remember(self, **changes) -> SavedPlace:
        options = {"basis": "home", "now": NOW, **changes}
        return saved_places.remember(options.pop("ticket", self.ticket()), by=self.cast.sam, **options)


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return Scene(cast, houston())


def in_the_database() -> str:
    """Everything that could hold what somebody typed."""
    rows = [*SavedPlace.objects.all(), *SavedDistrict.objects.all(), *Entry.objects.all()]
    return serializers.serialize("json", rows)


def test_a_look_up_stores_nothing(scene: Scene):
    browser = browser_of(scene.cast.sam)

    browser.post(PAGE, {"text": ADDRESS})
    browser.post("/representatives/ask/", {"text": ADDRESS})

    assert not SavedPlace.objects.exists()
    assert "alhoun" not in in_the_database()


def test_what_is_remembered_are_the_districts_with_method_edition_and_day(scene: Scene):
    place = scene.remember()

    assert (place.person, place.method, place.remembered_on, place.consented_at) == (
        scene.cast.sam,
        "point",
        TODAY,
        NOW,
    )
    assert place.street_address == ""
    assert [(one.division, one.edition, one.edition_key) for one in place.districts.all()] == [
        (scene.here.tx9, scene.here.cd120, "cd120"),
        (scene.here.lower_131, scene.here.tx_lower, "tx-lower-2021"),
    ]


def test_the_ticket_holds_nothing_that_was_typed(scene: Scene):
    content = signing.loads(scene.ticket(), salt="members.saved_places")

    assert sorted(content) == ["method", "rows", "who"]
    assert [row[1] for row in content["rows"]] == ["cd120", "tx-lower-2021"]
    assert "29.7" not in str(content)


def test_only_a_looked_up_address_comes_back_with_the_form(scene: Scene):
    page = browser_of(scene.cast.sam).post(PAGE, {"text": "29.72,-95.34"}).content.decode()

    assert 'name="street_address"' not in page
    assert 'name="ticket"' in page


def test_without_the_tick_nothing_is_remembered(scene: Scene):
    browser = browser_of(scene.cast.sam)

    browser.post("/representatives/remember/", {"ticket": scene.ticket(), "basis": "home"})

    assert not SavedPlace.objects.exists()


def test_with_the_tick_the_districts_are_on_ones_own_profile(scene: Scene):
    browser = browser_of(scene.cast.sam)

    browser.post("/representatives/remember/", {"ticket": scene.ticket(), "basis": "work", "remember": "on"})

    page = browser.get("/people/me/").content.decode()
    names = re.findall(r'href="/officials/\d+/">([^<]+)</a>', page)
    assert names == ["Iris Vale", "Otto Lund", "Theo Marsh", "Alma Reyes", "Gov. Maud Stone"]
    assert "I work there" in page
    assert "Forget this place" in page


def test_the_street_address_is_kept_only_where_that_is_ticked_too(scene: Scene):
    answer = represent(parse("29.72,-95.34"), day=TODAY)
    sealed = saved_places.ticket(type(answer)(**{**answer.__dict__, "method": "address"}), by=scene.cast.sam)
    browser = browser_of(scene.cast.sam)
    data = {"ticket": sealed, "basis": "home", "remember": "on", "street_address": ADDRESS}

    browser.post("/representatives/remember/", data)
    without = SavedPlace.objects.get().street_address
    browser.post("/representatives/remember/", {**data, "keep_address": "on"})

    assert (without, SavedPlace.objects.get().street_address) == ("", ADDRESS)


def test_the_audit_trail_tells_that_it_happened_and_not_where(scene: Scene):
    scene.remember(street_address=ADDRESS)
    saved_places.forget(by=scene.cast.sam)

    told = list(Entry.objects.order_by("pk").values_list("verb", "label", "actor"))
    assert told == [
        ("remembered where they are a constituent", "Saved place", scene.cast.sam.pk),
        ("had their place forgotten", "Saved place", scene.cast.sam.pk),
    ]
    assert "alhoun" not in in_the_database()
    assert "131" not in serializers.serialize("json", Entry.objects.all(), fields=["changes", "label"])


def test_forgetting_deletes_everything(scene: Scene):
    scene.remember()

    assert saved_places.forget(by=scene.cast.sam)
    assert not saved_places.forget(by=scene.cast.sam)
    assert (SavedPlace.objects.count(), SavedDistrict.objects.count()) == (0, 0)


def test_a_second_place_takes_the_place_of_the_first(scene: Scene):
    first = scene.remember()
    second = scene.remember(basis="work")

    assert list(SavedPlace.objects.all()) == [second]
    assert first.pk != second.pk
    assert second.districts.count() == 2


def test_nobody_else_sees_a_saved_place(scene: Scene):
    place = scene.remember()

    cast = scene.cast
    sees = {
        person.full_name
        for person in (cast.sam, cast.dana, cast.angela, cast.jordan, cast.chris)
        if SavedPlace.objects.visible_to(person).exists()
    }
    assert sees == {"Sam Reed"}
    assert list(SavedPlace.objects.visible_to(cast.sam)) == [place]
    assert not SavedPlace.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("sealed", ["", "nonsense", "a:b:c"])
def test_a_ticket_of_ones_own_making_is_refused(scene: Scene, sealed: str):
    browser = browser_of(scene.cast.sam)
    browser.post("/representatives/remember/", {"ticket": sealed, "basis": "home", "remember": "on"})

    with pytest.raises(saved_places.CannotRemember):
        scene.remember(ticket=sealed)
    assert not SavedPlace.objects.exists()


def test_a_ticket_of_somebody_else_is_refused(scene: Scene):
    with pytest.raises(saved_places.CannotRemember, match="Somebody else"):
        scene.remember(ticket=scene.ticket(who="dana"))


def test_an_old_ticket_is_refused(scene: Scene, clock):
    sealed = scene.ticket()
    clock.shift(13 * 3600)

    with pytest.raises(saved_places.CannotRemember, match="too old"):
        scene.remember(ticket=sealed)


def test_several_possible_districts_cannot_be_remembered(scene: Scene):
    assert saved_places.ticket(represent(parse("77004"), day=TODAY), by=scene.cast.sam) == ""


def mine(scene: Scene, day: date) -> tuple[list[str], list[str]]:
    """The districts that still answer, and those whose lines have changed."""
    found = saved_places.my_officials(scene.cast.sam, day, "en")
    assert found
    return [one.name for one in found.answer.divisions], [one.division.name for one in found.outdated]


def test_districts_of_a_congress_that_no_longer_sits_name_nobody(scene: Scene):
    scene.remember(ticket=scene.ticket(date(2026, 12, 1)), now=datetime(2026, 12, 1, 12, tzinfo=UTC))

    assert mine(scene, date(2027, 1, 2)) == (["U.S. House TX-18", "Texas House 131"], [])
    assert mine(scene, date(2027, 1, 3)) == (["Texas House 131"], ["U.S. House TX-18"])


def test_the_profile_says_that_the_lines_have_changed(scene: Scene, client: Client):
    scene.remember()
    browser = browser_of(scene.cast.sam)
    quiet = browser.get("/people/me/").content.decode()
    MapEdition.objects.filter(pk=scene.here.tx_lower.pk).update(valid_until=TODAY)

    told = browser.get("/people/me/").content.decode()

    assert "The lines have changed since" not in quiet
    assert "The lines have changed since" in told
    assert "Alma Reyes" not in told


def test_newer_lines_of_a_chamber_outdate_a_district_read_from_anybody_elses(scene: Scene):
    place = scene.remember()
    place.districts.filter(edition=scene.here.tx_lower).update(edition=None, edition_key="2024 lines")
    MapEdition.objects.filter(pk=scene.here.tx_lower.pk).update(valid_until=date(2027, 3, 1))
    newer = edition("tx-lower-2027", scene.here.texas, "lower", date(2027, 3, 1))
    area(newer, scene.here.lower_147, -96, 29, -95, 30)

    assert mine(scene, date(2027, 2, 28))[1] == []
    assert mine(scene, date(2027, 3, 1))[1] == ["Texas House 131"]


def test_a_district_of_a_past_congress_names_nobody_even_where_its_edition_was_never_loaded(scene: Scene):
    place = scene.remember(ticket=scene.ticket(date(2026, 12, 1)), now=datetime(2026, 12, 1, 12, tzinfo=UTC))
    place.districts.filter(edition=scene.here.cd119).update(edition=None)
    MapEdition.objects.filter(pk=scene.here.cd120.pk).update(valid_from=None)

    assert mine(scene, date(2027, 1, 3))[1] == ["U.S. House TX-18"]
