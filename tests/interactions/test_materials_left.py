"""What was left at an office: picked in the log, on the record, and counted where it comes from."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils import timezone

from advocacy.interactions.actions import contacts
from advocacy.interactions.models import Interaction
from advocacy.positions.models import Material
from advocacy.research.models import FindingUse
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, entry_by, logged
from tests.factories.materials import paper, written
from tests.factories.research import conversation, finding
from tests.interactions.test_log_form import NEW, filled


@pytest.fixture
def leaflet(cast: Cast) -> Material:
    row = paper(cast)
    written(row)
    return row


def test_a_material_picked_in_the_form_stands_on_the_record_and_in_its_form(cast: Cast, leaflet: Material):
    browser = browser_of(cast.dana)

    browser.post(NEW, filled(cast, alma_reyes(), materials=[leaflet.pk]))

    meeting = Interaction.objects.get()
    assert list(meeting.materials.all()) == [leaflet]
    for page in (meeting.get_absolute_url(), f"{meeting.get_absolute_url()}edit/"):
        assert str(leaflet) in browser.get(page).content.decode(), page


def test_an_edit_takes_away_what_is_not_picked_any_more_and_the_history_says_so(
    cast: Cast, leaflet: Material
):
    entry = entry_by(cast.dana, [alma_reyes()], materials=[leaflet])
    meeting, _ = contacts.log(by=cast.dana, entry=entry, form_key=uuid4(), now=timezone.now())

    now, without = timezone.now(), replace(entry, materials=[])
    contacts.edit(by=cast.dana, interaction=meeting, entry=without, version=meeting.version, now=now)

    assert not meeting.materials.exists()
    page = browser_of(cast.dana).get(f"{meeting.get_absolute_url()}history/").content.decode()
    assert "Materials left" in page
    assert str(leaflet) in page


def test_what_only_a_chapter_may_read_was_not_left_with_anybody(cast: Cast, leaflet: Material):
    own = paper(cast, "Our own numbers", confidentiality="chapter")
    assert own in Material.objects.visible_to(cast.dana)

    answer = browser_of(cast.dana).post(NEW, filled(cast, alma_reyes(), materials=[own.pk]))

    assert answer.status_code == 422
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(("who", "reads_it"), [("dana", True), ("noor", False)])
def test_what_is_not_shared_any_more_stays_on_the_record(
    cast: Cast, leaflet: Material, who: str, reads_it: bool
):
    writer, reyes = getattr(cast, who), alma_reyes()
    meeting = logged(writer, [reyes], materials=[leaflet])
    Material.objects.update(confidentiality="chapter")

    now, entry = timezone.now(), entry_by(writer, [reyes])
    contacts.edit(by=writer, interaction=meeting, entry=entry, version=meeting.version, now=now)

    assert list(meeting.materials.all()) == [leaflet]
    page = browser_of(writer).get(meeting.get_absolute_url()).content.decode()
    assert (str(leaflet) in page) == reads_it


def test_a_reader_sees_on_a_material_and_on_its_findings_the_contacts_they_may_read(
    cast: Cast, leaflet: Material
):
    found = finding(conversation(cast))
    FindingUse.objects.create(finding=found, material_on_file=leaflet, used_on=TODAY, recorded_by=cast.dana)
    reyes = alma_reyes()
    open_one = logged(cast.dana, [reyes], materials=[leaflet])
    own = logged(cast.dana, [reyes], materials=[leaflet], confidentiality="restricted")

    seen = {}
    for name in ("dana", "tom"):
        browser = browser_of(getattr(cast, name))
        material = browser.get(leaflet.get_absolute_url()).content.decode()
        said = browser.get(found.get_absolute_url()).content.decode()
        links = [row.get_absolute_url() in material for row in (open_one, own)]
        seen[name] = (links, "left in 2 contacts" in said, "left in 1 contact" in said)

    assert seen == {"dana": ([True, True], True, False), "tom": ([True, False], False, True)}


def test_only_what_may_be_handed_out_today_is_offered(cast: Cast, leaflet: Material):
    for title, level in (("Records for us", "chapter"), ("Records, old", "shared")):
        written(paper(cast, title, confidentiality=level))
    paper(cast, "Records, not written")
    Material.objects.filter(title="Records, old").update(archived_on=TODAY, archived_by=cast.dana)

    answer = browser_of(cast.dana).get("/materials/suggest/", {"q": "récords"})

    assert answer.json() == {
        "results": [{"value": leaflet.pk, "label": leaflet.title, "hint": "Leave-behind"}]
    }
