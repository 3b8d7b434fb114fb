"""The materials of a day: who chooses them, and how each reader meets them in their language."""

from datetime import date, time
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from advocacy.events import schedule_links
from advocacy.events.actions import days, materials
from advocacy.events.actions.checklists import MayNotPrepare
from advocacy.events.models import AdvocacyEvent, EventMaterial, EventStatus
from advocacy.positions.actions import materials as kept
from advocacy.positions.models import Material
from tests.cast import TODAY, Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, meets, team
from tests.factories.log import alma_reyes
from tests.factories.materials import paper, written


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    return day_of(cast, EventStatus.PUBLISHED)


@pytest.fixture
def leaflet(cast: Cast, event: AdvocacyEvent) -> Material:
    """On the day's list, in both languages."""
    row = paper(cast, "One page", title_fr="Une page")
    written(row, "en", link="https://example.org/en.pdf")
    written(row, "fr", link="https://example.org/fr.pdf")
    EventMaterial.objects.create(event=event, material=row)
    return row


def page(who, address: str) -> str:
    return browser_of(who).get(address).content.decode()


def test_whoever_prepares_the_day_ticks_what_may_be_handed_out(cast: Cast, event: AdvocacyEvent):
    shared, own = paper(cast, "Shared"), paper(cast, "Own", confidentiality="chapter")
    for one in (shared, own):
        written(one)
    paper(cast, "Empty")
    address = f"/advocacy-days/{event.pk}/materials/"
    form = page(cast.priya, address)
    browser_of(cast.priya).post(address, {"materials": [shared.pk]})
    refused = browser_of(cast.priya).post(address, {"materials": [own.pk]})

    assert ("Shared (Leave-behind; English 1)" in form, "Own (" in form, "Empty (" in form) == (
        True,
        False,
        False,
    )
    assert refused.status_code == 422
    assert [row.material for row in event.materials.all()] == [shared]
    assert materials.choose(event, by=cast.priya, materials=[shared, own]) is False
    with pytest.raises(MayNotPrepare):
        materials.choose(event, by=cast.sam, materials=[])


def test_schedule_brief_and_paper_name_them_in_the_readers_language(
    cast: Cast, event: AdvocacyEvent, leaflet: Material
):
    english = paper(cast, "Script", kind="script")
    written(english)
    EventMaterial.objects.create(event=event, material=english)
    guest = coming(event, "Lise Gagnon", language="fr")
    meeting = meets(event, alma_reyes(), time(10), team=team(event, coming(event, cast.dana), guest))
    mine = f"/advocacy-days/{event.pk}/mine/"
    theirs = Client().get(schedule_links.path_of(guest)).content.decode()
    pdf = browser_of(cast.dana).get(f"{mine}schedule.pdf?language=fr").content

    for address in (
        mine,
        meeting.event.get_absolute_url(),
        f"/advocacy-days/appointments/{meeting.pk}/brief/",
    ):
        shown = page(cast.dana, address)
        assert ("One page" in shown, leaflet.get_absolute_url() in shown, "in English only" in shown) == (
            True,
            True,
            False,
        )
    assert 'href="https://example.org/fr.pdf"' in theirs
    assert ("Une page" in theirs, "/materials/" in theirs) == (True, False)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert ("Une page" in text, "Script" in text) == (True, True)


def test_what_is_archived_stays_on_the_list_and_is_handed_out_no_longer(
    cast: Cast, event: AdvocacyEvent, leaflet: Material
):
    kept.archive(leaflet, by=cast.dana, on=TODAY)

    assert "One page" not in page(cast.dana, event.get_absolute_url())
    assert "is not handed out" in page(cast.priya, f"/advocacy-days/{event.pk}/materials/")
    assert not days.copy(event, by=cast.priya, held_on=date(2028, 4, 12)).materials.exists()


def test_the_page_of_a_material_names_the_days_that_take_it_along(
    cast: Cast, event: AdvocacyEvent, leaflet: Material
):
    assert str(event) in page(cast.dana, leaflet.get_absolute_url())
