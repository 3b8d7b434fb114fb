"""Each rule of the tables, broken once: the form says it in words, the database refuses it anyway."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from advocacy.accounts.models import User
from members.models import (
    Chapter,
    ChapterTerritory,
    Invitation,
    Region,
    Role,
    RoleAssignment,
    SavedDistrict,
    SavedPlace,
    TermsAcceptance,
)
from tests.cast import NOW, TODAY, Cast
from tests.factories.maps import division
from tests.factories.people import state

Broken = Callable[[Cast], models.Model]


def _chapter(cast: Cast, **fields: Any) -> Chapter:
    fields = {"name": "X", "slug": "x", "starts_on": TODAY} | fields
    return Chapter(society=cast.society, region=cast.southern, **fields)


def _role(cast: Cast, **fields: Any) -> RoleAssignment:
    return RoleAssignment(**({"person": cast.sam, "role": Role.VOLUNTEER, "starts_on": TODAY} | fields))


def _invitation(cast: Cast, **fields: Any) -> Invitation:
    now = timezone.now()
    known = {"email": "a@example.org", "full_name": "A", "role": Role.MEMBER, "starts_on": TODAY}
    known |= {"invited_by": cast.dana, "invited_at": now, "expires_at": now + timedelta(days=14)}
    return Invitation(**(known | fields))


def _saved_place(cast: Cast, **fields: Any) -> SavedPlace:
    return SavedPlace(person=cast.sam, remembered_on=TODAY, consented_at=NOW, **{"method": "zip", **fields})


def _saved_districts(cast: Cast) -> models.Model:
    place = _saved_place(cast)
    place.save()
    texas = cast.texas_team.jurisdiction
    fields = {
        "place": place,
        "jurisdiction": texas,
        "chamber_code": "lower",
        "edition_key": "x",
        "edition_name": "X",
    }
    first, second = (division(f"{texas.ocd_id}/sldl:{number}") for number in (1, 2))
    return _second(SavedDistrict(division=first, **fields), SavedDistrict(division=second, **fields))


def _second(first: models.Model, second: models.Model) -> models.Model:
    first.save()
    return second


BROKEN: dict[str, Broken] = {
    "accounts_user_email_is_unique_in_any_case": lambda cast: User(
        email=cast.dana.email.upper(), full_name="Other", password="x"
    ),
    "members_region_name_is_unique": lambda cast: Region(society=cast.society, name="SOUTHERN"),
    "members_chapter_ends_after_it_starts": lambda cast: _chapter(cast, ends_on=TODAY),
    "members_chapterterritory_names_a_jurisdiction_once": lambda cast: ChapterTerritory(
        chapter=cast.gulf_prairie, jurisdiction=state("tx", "Texas")
    ),
    "members_chapterterritory_details_only_when_partial": lambda cast: ChapterTerritory(
        chapter=cast.gulf_prairie, jurisdiction=state("ok", "Oklahoma"), counties="Tulsa"
    ),
    "members_roleassignment_has_the_place_its_role_needs": lambda cast: _role(cast, region=cast.southern),
    "members_roleassignment_ends_after_it_starts": lambda cast: _role(
        cast, chapter=cast.hill_country, ends_on=TODAY - timedelta(days=1)
    ),
    "members_roleassignment_primary_only_in_a_chapter": lambda cast: _role(
        cast, person=cast.tom, role=Role.LEAD, is_primary=True
    ),
    "members_roleassignment_one_primary_chapter_per_person": lambda cast: _role(
        cast, chapter=cast.hill_country, is_primary=True
    ),
    "members_roleassignment_open_once_per_chapter": lambda cast: _role(
        cast, role=Role.MEMBER, chapter=cast.gulf_prairie
    ),
    "members_roleassignment_open_once_per_region": lambda cast: _role(
        cast, person=cast.tom, role=Role.VICE_CHAIR, region=cast.southern
    ),
    "members_roleassignment_open_once_nationally": lambda cast: _role(
        cast, person=cast.angela, role=Role.LEAD
    ),
    "members_invitation_has_the_place_its_role_needs": lambda cast: _invitation(cast),
    "members_invitation_accepted_at_and_by_go_together": lambda cast: _invitation(
        cast, chapter=cast.gulf_prairie, accepted_at=timezone.now()
    ),
    "members_invitation_is_not_both_accepted_and_withdrawn": lambda cast: _invitation(
        cast,
        chapter=cast.gulf_prairie,
        accepted_at=timezone.now(),
        accepted_by=cast.sam,
        revoked_at=timezone.now(),
    ),
    "members_invitation_role_ends_after_it_starts": lambda cast: _invitation(
        cast, chapter=cast.gulf_prairie, ends_on=TODAY
    ),
    "members_invitation_unanswered_once_per_chapter": lambda cast: _second(
        _invitation(cast, chapter=cast.gulf_prairie),
        _invitation(cast, chapter=cast.gulf_prairie, email="A@Example.org"),
    ),
    "members_invitation_unanswered_once_per_region": lambda cast: _second(
        _invitation(cast, role=Role.VICE_CHAIR, region=cast.southern),
        _invitation(cast, role=Role.VICE_CHAIR, region=cast.southern),
    ),
    "members_invitation_unanswered_once_nationally": lambda cast: _second(
        _invitation(cast, role=Role.LEAD), _invitation(cast, role=Role.LEAD)
    ),
    "members_termsacceptance_once_per_version": lambda cast: _second(
        TermsAcceptance(person=cast.sam, version="1", accepted_at=timezone.now()),
        TermsAcceptance(person=cast.sam, version="1", accepted_at=timezone.now()),
    ),
    "members_savedplace_address_only_where_one_was_looked_up": lambda cast: _saved_place(
        cast, street_address="12 Elm Street"
    ),
    "members_saveddistrict_is_one_for_each_chamber": _saved_districts,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named_in_words_and_refused_by_the_database(cast: Cast, name: str):
    row = BROKEN[name](cast)
    rule = next(rule for rule in row._meta.constraints if rule.name == name)

    with pytest.raises(ValidationError) as refusal:
        row.validate_constraints()
    assert [str(rule.violation_error_message)] == refusal.value.messages

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_rule_of_these_tables_is_broken_above():
    tables = (
        User,
        Region,
        Chapter,
        ChapterTerritory,
        RoleAssignment,
        Invitation,
        TermsAcceptance,
        SavedPlace,
        SavedDistrict,
    )

    assert set(BROKEN) == {rule.name for table in tables for rule in table._meta.constraints}


def test_a_chapter_is_active_from_its_first_day_to_the_day_before_it_ends(cast: Cast):
    past = _chapter(cast, slug="past", starts_on=date(2020, 1, 1), ends_on=TODAY)
    future = _chapter(cast, slug="future", starts_on=TODAY + timedelta(days=1))
    Chapter.objects.bulk_create([past, future])

    active = Chapter.objects.active(TODAY)  # type: ignore[attr-defined]

    assert not {past, future} & set(active)
    assert (past.is_active(TODAY), future.is_active(TODAY)) == (False, False)
    assert all(chapter.is_active(TODAY) for chapter in active)


def test_postal_prefixes_are_kept_in_capitals_and_read_as_a_list(cast: Cast):
    row = ChapterTerritory(
        chapter=cast.saint_laurent,
        jurisdiction=state("vt", "Vermont"),
        coverage="partial",
        postal_prefixes="h2x; h3a\n j4k,",
        counties="Franklin,  Orleans",
    )
    row.save()

    assert row.postal_prefix_list == ["H2X", "H3A", "J4K"]
    assert row.county_list == ["Franklin", "Orleans"]
