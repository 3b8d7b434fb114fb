"""Every way in which a row can come to be approved, or be used, without the decisions it needs: none works."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.admin import site
from django.core import serializers
from django.db import IntegrityError, transaction
from django.urls import reverse
from import_export.resources import modelresource_factory

from advocacy.positions.actions import testimonies
from advocacy.positions.errors import MayNotDecide, NotUsable
from advocacy.positions.models import ApprovalStep, Position, PositionDecision, Ruling, Standpoint
from advocacy.positions.models import Testimony as Statement  # pytest takes a name with Test for a test
from advocacy.positions.use import usable_for, why_not_usable
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import decided, measure, proposed, took
from tests.factories.people import with_second_factor
from tests.factories.positions import approved_by, put_forward, ruled

APPROVED = {"status": "approved", "approved_on": TODAY}
Path = Callable[[Cast, Position], Any]


def waiting(cast: Cast) -> Position:
    """Proposed by the advocate: the team and the nation have not spoken."""
    return put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)


def _saved(cast: Cast, row: Position) -> None:
    row.status, row.approved_on, row.approved_by = "approved", TODAY, cast.jordan
    row.save()


def _imported(cast: Cast, row: Position) -> None:
    """As a file with the columns of the table would bring it."""
    resource = modelresource_factory(Position)()
    data = resource.export(Position.objects.filter(pk=row.pk))
    line = dict(zip(data.headers, data[0], strict=True))
    line |= {"status": "approved", "approved_on": TODAY.isoformat(), "approved_by": str(cast.jordan.pk)}
    data.pop()
    data.append([line[name] for name in data.headers])
    result = resource.import_data(data, raise_errors=False)
    assert result.has_errors() or result.has_validation_errors()


def _deserialised(cast: Cast, row: Position) -> None:
    (one,) = serializers.deserialize("json", serializers.serialize("json", [row]))
    one.object.status, one.object.approved_on, one.object.approved_by = "approved", TODAY, cast.jordan
    one.save()


PATHS: dict[str, Path] = {
    "saved": _saved,
    "imported": _imported,
    "loaded from a fixture": _deserialised,
    "updated": lambda cast, row: Position.objects.filter(pk=row.pk).update(**APPROVED, approved_by=cast.jordan),
    "created": lambda cast, row: proposed(
        row.measure, cast.hill_country, Standpoint.SUPPORT, approved_by=cast.jordan, **APPROVED
    ),
    "created in bulk": lambda cast, row: Position.objects.bulk_create(
        [
            Position(
                measure=row.measure, position="support", proposed_on=TODAY, approved_by=cast.jordan, **APPROVED
            )
        ]
    ),
    "approved with the decision of another position": lambda cast, row: Position.objects.filter(pk=row.pk).update(
        approval=decided(proposed(row.measure, None, Standpoint.SUPPORT), cast.jordan, TODAY),
        approved_by=cast.jordan,
        **APPROVED,
    ),
    "approved by its team alone": lambda cast, row: Position.objects.filter(pk=row.pk).update(
        approval=decided(row, cast.luis, TODAY, ApprovalStep.TEAM), approved_by=cast.luis, **APPROVED
    ),
    "approved by a refusal": lambda cast, row: Position.objects.filter(pk=row.pk).update(
        approval=PositionDecision.objects.create(
            position=row, step="national", ruling="declined", standpoint=row.position, words="No.",
            decided_by=cast.jordan, decided_on=TODAY,
        ),
        approved_by=cast.jordan,
        **APPROVED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PATHS)
def test_no_row_is_usable_that_was_not_decided_about(cast: Cast, name: str):
    row = waiting(cast)

    try:
        with transaction.atomic():
            PATHS[name](cast, row)
    except IntegrityError:
        pass

    assert list(Position.objects.usable()) == []
    assert usable_for(row.measure, cast.gulf_prairie) is None
    assert why_not_usable(row.measure, cast.gulf_prairie) != ""


def test_what_was_approved_is_not_turned_into_its_opposite(cast: Cast):
    row = took(measure("HB 210"), cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)

    Position.objects.filter(pk=row.pk).update(position="oppose")

    assert list(Position.objects.usable()) == []


def test_staff_approve_from_the_list_only_the_step_that_is_theirs(cast: Cast):
    row = waiting(cast)
    picked = {"action": "approve", "_selected_action": [row.pk]}

    early = browser_of(cast.jordan).post("/admin/positions/position/", picked, follow=True)
    between = Position.objects.get().status
    ruled(row, cast.luis)
    late = browser_of(cast.jordan).post("/admin/positions/position/", picked, follow=True)

    row.refresh_from_db()
    assert "0 positions changed." in early.content.decode()
    assert "The others wait for somebody else" in early.content.decode()
    assert between == "proposed"
    assert "1 position changed." in late.content.decode()
    assert (row.status, row.approved_on, row.approved_by) == ("approved", TODAY, cast.jordan)
    assert row.approval in row.decisions.all()


def test_the_form_of_the_admin_changes_neither_what_it_says_nor_where_it_stands(cast: Cast):
    row = waiting(cast)
    said = {
        "status": "approved", "approved_on": "2027-02-09", "approved_by": cast.jordan.pk, "position": "oppose",
        "chapter": cast.hill_country.pk, "amendments_obtained": "", "contribution": "",
        "decisions-TOTAL_FORMS": "1", "decisions-INITIAL_FORMS": "0", "decisions-0-step": "national",
        "decisions-0-ruling": "approved", "decisions-0-position": row.pk, "decisions-0-decided_on": "2027-02-09",
        "decisions-0-decided_by": cast.jordan.pk,
    }  # fmt: skip

    browser_of(cast.jordan).post(f"/admin/positions/position/{row.pk}/change/", said)

    now = Position.objects.get()
    assert (now.status, now.position, now.chapter) == ("proposed", "support", cast.gulf_prairie)
    assert not now.decisions.exists()


def test_the_admin_adds_neither_positions_nor_decisions_nor_testimony(cast: Cast):
    browser = browser_of(cast.jordan)

    assert browser.post("/admin/positions/position/add/", APPROVED).status_code == 403
    assert browser.post("/admin/positions/testimony/add/", {}).status_code == 403
    assert PositionDecision not in site._registry


def test_whoever_proposes_approves_it_by_no_page_whatever_roles_they_collect(cast: Cast):
    row = waiting(cast)
    for chapter in (cast.hill_country, None):
        role = "chapter_advocate" if chapter else "national_staff"
        cast.dana.roles.create(role=role, chapter=chapter, starts_on=date(2026, 7, 1))
    browser = browser_of(with_second_factor(cast.dana))
    address = reverse("positions:position_decide", args=[row.pk])

    answers = [
        browser.post(address, {"step": step, "ruling": "approved"}).status_code for step in ApprovalStep
    ]
    with pytest.raises(MayNotDecide):
        ruled(row, cast.dana)

    assert answers == [404, 404, 404]
    assert list(Position.objects.usable()) == []


@pytest.mark.parametrize("state", ["nothing", "proposed", "declined", "withdrawn", "ended"])
def test_nobody_testifies_under_what_is_not_approved(cast: Cast, state: str):
    bill = measure("HB 210")
    if state in ("proposed", "declined"):
        row = put_forward(cast.dana, bill, cast.gulf_prairie)
        if state == "declined":
            ruled(row, cast.luis, Ruling.DECLINED, words="Too early.")
    if state in ("withdrawn", "ended"):
        took(
            bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan, ends_on=TODAY,
            status="approved" if state == "ended" else "withdrawn",
        )  # fmt: skip
    said = {"person": cast.dana, "form": "written", "side": "for", "organisation": "Gulf Prairie"}
    address = reverse("positions:testimony_register", args=[bill.pk, "gulf-prairie"])

    with pytest.raises(NotUsable):
        testimonies.register(by=cast.dana, on=TODAY, measure=bill, chapter=cast.gulf_prairie, **said)
    answer = browser_of(cast.dana).post(address, said | {"person": cast.dana.pk}, follow=True)

    assert why_not_usable(bill, cast.gulf_prairie) in answer.content.decode()
    assert not Statement.objects.exists()


def test_a_testimony_row_of_any_origin_needs_an_approved_position(cast: Cast):
    row = waiting(cast)
    known: dict[str, Any] = {
        "measure": row.measure, "chapter": row.chapter, "person": cast.dana, "form": "written", "side": "for",
        "organisation": "Gulf Prairie", "registered_on": TODAY, "registered_by": cast.dana,
    }  # fmt: skip

    with pytest.raises(NotUsable):
        Statement.objects.create(position=row, **known)
    approved_by(row, cast.luis, cast.jordan)

    assert Statement.objects.create(position=row, **known).pk
