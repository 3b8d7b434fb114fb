"""Materials by language and version: who reads and writes them, and when one may be used."""

import pytest
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.positions.actions import decisions, materials
from advocacy.positions.errors import MayNotWrite, NotUsable
from advocacy.positions.models import Material, MaterialVersion, Standpoint
from tests.cast import TODAY, Cast, browser_of
from tests.factories.materials import paper, written
from tests.factories.measures import measure, took

_KEY = "9a1a39a8-74f5-4cbb-8dd5-8eb5fcafa9f9"
LIST, NEW = reverse("materials:material_list"), reverse("materials:material_new")


def page_of(person, address: str) -> str:
    return " ".join(browser_of(person).get(address).content.decode().split())


def test_it_is_put_on_record_once_and_a_second_version_stands_above_the_first(cast: Cast):
    browser = browser_of(cast.dana)
    said = {
        "title": "One page", "kind": "leave_behind", "chapter": cast.gulf_prairie.pk, "confidentiality": "shared",
        "form_key": _KEY,
    }  # fmt: skip
    for _twice in range(2):
        browser.post(NEW, said)
    material = Material.objects.get()
    for text, key in (("First.", _KEY), ("First.", _KEY), ("Second.", _KEY.replace("9", "8"))):
        browser.post(material.get_absolute_url(), {"language": "en", "text": text, "form_key": key})

    assert [(one.number, one.text) for one in material.versions.all()] == [(2, "Second."), (1, "First.")]
    assert [entry.verb for entry in Entry.objects.about(material).order_by("pk")] == [
        "added", "wrote a version", "wrote a version",
    ]  # fmt: skip
    page = page_of(cast.dana, material.get_absolute_url())
    assert page.index("Second.") < page.index("First.")
    assert "It is not written in this language yet." in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "Write the text, or say where the file is kept."),
        ({"link": "http://example.org/a.pdf"}, "A link begins with https://."),
    ],
)
def test_what_a_version_lacks_is_said_by_the_field(cast: Cast, said: dict[str, str], words: str):
    material = paper(cast)
    answer = browser_of(cast.dana).post(
        material.get_absolute_url(), {"language": "en", "text": "So.", "form_key": _KEY} | said
    )

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not material.versions.exists()


def test_the_current_version_of_each_language_is_the_one_with_the_highest_number(cast: Cast):
    material = paper(cast, title_fr="Des dossiers qui suivent le patient")
    for language in ("fr", "en", "en"):
        written(material, language)
    (row,) = Material.objects.with_current_versions()

    assert [(one.language, one.number) for one in row.current_versions] == [("en", 2), ("fr", 1)]
    assert (row.title_in("fr"), row.missing_for("fr")) == ("Des dossiers qui suivent le patient", "")


def test_which_language_is_missing_is_said(cast: Cast):
    alone = paper(cast)
    written(alone, "en")
    paper(cast, "Zebra")
    rows = Material.objects.with_current_versions()

    assert [row.missing_for("fr") for row in rows] == ["in English only", "not written yet"]


def test_about_a_measure_it_rests_on_a_position_that_may_be_used(cast: Cast):
    bill = measure("HB 210")
    with pytest.raises(NotUsable):
        paper(cast, measure=bill)
    position = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    material = paper(cast, measure=bill)
    written(material)

    assert material.position == position
    assert list(Material.objects.usable()) == [material]
    decisions.withdraw(position, by=cast.jordan, on=TODAY)
    assert not Material.objects.usable().exists()
    with pytest.raises(NotUsable):
        written(material, "fr")
    with pytest.raises(NotUsable):
        MaterialVersion(material=material, language="fr", number=1, text="So.").save()
    assert "Its position has ended." in page_of(cast.dana, material.get_absolute_url())
    assert "Position has ended" in page_of(cast.dana, LIST)
    material.title = "Corrected"
    assert materials.keep(material, by=cast.dana, on=TODAY).title == "Corrected"


def test_the_form_says_why_a_measure_cannot_be_chosen(cast: Cast):
    bill = measure("HB 210")
    answer = browser_of(cast.dana).post(
        NEW,
        {
            "title": "One page", "kind": "script", "chapter": cast.gulf_prairie.pk, "confidentiality": "shared",
            "form_key": _KEY, "about": [bill.pk],
        },
    )  # fmt: skip

    assert "Nobody has proposed a position on this measure yet." in answer.content.decode()
    assert not Material.objects.exists()


def test_only_what_is_written_shared_and_not_archived_is_handed_out(cast: Cast):
    shared, own, gone = paper(cast), paper(cast, confidentiality="chapter"), paper(cast)
    paper(cast, "Empty")
    for one in (shared, own, gone):
        written(one)
    materials.archive(gone, by=cast.dana, on=TODAY)

    assert list(Material.objects.to_hand_out()) == [shared]
    assert materials.archive(gone, by=cast.dana, on=TODAY) is False
    assert materials.restore(gone, by=cast.dana) is True
    assert set(Material.objects.to_hand_out()) == {shared, gone}


def test_a_chapters_own_is_read_in_the_chapter_and_kept_by_its_advocates(cast: Cast):
    own, shared, nations = paper(cast, confidentiality="chapter"), paper(cast), paper(cast, chapter=None)
    rows = Material.objects.all()

    def keys(found) -> set[int]:
        return {row.pk for row in found}

    assert keys(rows.visible_to(cast.priya)) == {own.pk, shared.pk, nations.pk}
    for outside in (cast.sam, cast.luis, cast.angela):
        assert keys(rows.visible_to(outside)) == {shared.pk, nations.pk}
    assert keys(rows.editable_by(cast.priya)) == set()
    assert keys(rows.editable_by(cast.dana)) == {own.pk, shared.pk}
    assert keys(rows.editable_by(cast.angela)) == {nations.pk}
    with pytest.raises(MayNotWrite):
        materials.write(own, by=cast.priya, on=TODAY, language="en", text="So.")


def test_the_list_keeps_its_filters_in_the_address(cast: Cast):
    french, english = paper(cast, "Santé"), paper(cast, "Data", kind="script")
    written(french, "fr")
    written(english, "en")
    gone = paper(cast, "Old")
    materials.archive(gone, by=cast.dana, on=TODAY)
    browser = browser_of(cast.dana)

    def titles(query: str) -> list[str]:
        return [str(row) for row in browser.get(f"{LIST}?{query}").context["page"].rows]

    assert titles("") == ["Data", "Santé"]
    assert titles("language=fr") == ["Santé"]
    assert titles("kind=script&q=data") == ["Data"]
    assert titles("shown=archived") == ["Old"]


def test_the_next_version_begins_with_the_language_that_is_missing(cast: Cast):
    row = paper(cast)

    def offered() -> object:
        return browser_of(cast.dana).get(row.get_absolute_url()).context["form"]["language"].value()

    nothing_written = offered()
    written(row, "en")
    only_english = offered()
    written(row, "fr")

    assert (nothing_written, only_english, offered()) == (None, "fr", None)
