import pytest

from advocacy.audit import trail
from advocacy.audit.models import Entry
from members.models import Chapter
from tests.cast import Cast, browser_of


def test_a_difference_names_only_what_changed_as_people_read_it(cast: Cast):
    fields = ("name", "tax_status", "region")
    before = trail.snapshot(cast.gulf_prairie, fields)
    cast.gulf_prairie.tax_status = "501c3"

    changes = trail.difference(before, trail.snapshot(cast.gulf_prairie, fields))

    assert changes == {"tax_status": ["Not known", "501(c)(3) charity"]}


@pytest.mark.parametrize("act", [lambda rows: rows.update(verb="x"), lambda rows: rows.delete()])
def test_the_trail_is_append_only(cast: Cast, act):
    trail.record(by=cast.jordan, verb="edited", of=cast.gulf_prairie)

    with pytest.raises(TypeError, match="append-only"):
        act(Entry.objects.all())


def test_a_change_in_the_admin_is_on_the_rows_history_with_old_and_new(cast: Cast):
    browser = browser_of(cast.jordan)
    chapter = Chapter.objects.get(slug="cascadia-north")
    trail.record(by=cast.jordan, verb="edited", of=chapter, changes={"name": ["Cascadia North", "Cascadia"]})

    page = browser.get(f"/admin/members/chapter/{chapter.pk}/history/").content.decode()

    assert "<del>Cascadia North</del> <ins>Cascadia</ins>" in page
    assert "Jordan Blake" in page


def test_a_row_keeps_its_trail_after_it_is_gone(cast: Cast):
    entry = trail.record(by=cast.jordan, verb="deleted", of=cast.texas_team)
    cast.texas_team.delete()

    assert Entry.objects.get(pk=entry.pk).label == "Texas team"
