"""The staff's door to people, roles, chapters and invitations."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from advocacy.audit.models import Entry
from members.actions import invitations
from members.models import Chapter, Invitation, JurisdictionTeam, Region, Role, RoleAssignment
from tests.cast import TODAY, Cast, browser_of
from tests.factories.people import PASSWORD, state, volunteer_of

PAGES = [
    f"admin:{name}_changelist"
    for name in (
        "accounts_user",
        "audit_entry",
        *(f"members_{model}" for model in ("society", "region", "chapter", "jurisdictionteam")),
        *(f"members_{model}" for model in ("roleassignment", "invitation", "termsacceptance")),
    )
]


def act(browser: Client, page: str, action: str, *rows: Any) -> HttpResponse:
    keys = [str(row.pk) for row in rows]
    return browser.post(reverse(page), {"action": action, "_selected_action": keys}, follow=True)


@pytest.mark.parametrize("name", PAGES)
def test_staff_open_every_page_and_search_it(cast: Cast, name: str):
    browser = browser_of(cast.jordan)

    assert browser.get(reverse(name)).status_code == 200
    assert browser.get(reverse(name), {"q": "dana"}).status_code in {200, 302}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["dana", "chris", "tom", "angela", "sam", "former"])
def test_nobody_else_opens_any(cast: Cast, name: str, who: str):
    assert browser_of(getattr(cast, who)).get(reverse(name)).status_code in {302, 403}


def test_what_belongs_to_its_owner_has_no_page(cast: Cast):
    registered = {model._meta.label for model in admin.site._registry}

    assert not registered & {
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
        "auth.Group",
    }
    answer = browser_of(cast.jordan).get(reverse("admin:password_change"))
    assert answer.headers["Location"] == reverse("account_change_password")


# --- roles ---


def test_staff_give_a_role_and_are_warned_of_a_second_board_seat(cast: Cast):
    answer = browser_of(cast.jordan).post(
        reverse("admin:members_roleassignment_add"),
        {
            "person": cast.dana.pk,
            "role": Role.ADVOCATE,
            "chapter": cast.hill_country.pk,
            "region": "",
            "title": "",
            "starts_on": "2027-02-09",
            "ends_on": "",
        },
        follow=True,
    )

    given = RoleAssignment.objects.get(person=cast.dana, chapter=cast.hill_country)
    assert (given.given_by, given.is_primary) == (cast.jordan, False)
    assert "sits on another chapter&#x27;s board" in answer.content.decode()
    assert Entry.objects.about(given).get().verb == "gave role"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({}, "holds this role here already"),
        ({"chapter": ""}, "A chapter role needs a chapter"),
        ({"role": Role.VOLUNTEER, "ends_on": "2027-01-01"}, "ends on or after the day it starts"),
    ],
)
def test_a_role_that_cannot_be_given_says_why(cast: Cast, change: dict[str, str], complaint: str):
    before = RoleAssignment.objects.count()
    form = {"person": cast.dana.pk, "role": Role.ADVOCATE, "chapter": cast.gulf_prairie.pk, "region": ""}

    answer = browser_of(cast.jordan).post(
        reverse("admin:members_roleassignment_add"),
        form | {"title": "", "starts_on": "2027-02-09", "ends_on": ""} | change,
    )

    assert complaint in answer.content.decode()
    assert RoleAssignment.objects.count() == before


def test_staff_end_a_role_with_a_reason(cast: Cast):
    role = cast.dana.roles.get()

    browser_of(cast.jordan).post(
        reverse("admin:members_roleassignment_change", args=[role.pk]),
        {"title": "Chair", "ends_on": "2027-03-01", "reason": "Moved to Ohio"},
    )

    role.refresh_from_db()
    assert (role.title, str(role.ends_on)) == ("Chair", "2027-03-01")
    assert [(entry.verb, entry.reason) for entry in Entry.objects.about(role)] == [  # type: ignore[attr-defined]
        ("ended role", "Moved to Ohio"),
        ("edited", ""),
    ]


@pytest.mark.parametrize("ends_on", ["", "2028-01-01"])
def test_an_end_is_not_taken_away(cast: Cast, ends_on: str):
    role = volunteer_of(cast.gulf_prairie, ends_on=TODAY + timedelta(days=30)).roles.get()

    answer = browser_of(cast.jordan).post(
        reverse("admin:members_roleassignment_change", args=[role.pk]), {"title": "", "ends_on": ends_on}
    )

    assert "give a new term instead" in answer.content.decode()


def test_several_roles_end_today(cast: Cast):
    roles = [cast.dana.roles.get(), cast.priya.roles.get(), cast.former.roles.get()]

    answer = act(browser_of(cast.jordan), "admin:members_roleassignment_changelist", "end_today", *roles)

    assert "2 roles ended." in answer.content.decode()
    assert [role.ends_on for role in RoleAssignment.objects.filter(person__in=[cast.dana, cast.priya])] == [
        TODAY
    ] * 2


def test_the_primary_chapter_is_chosen(cast: Cast):
    second = volunteer_of(cast.hill_country, person=cast.dana).roles.get(chapter=cast.hill_country)
    browser = browser_of(cast.jordan)

    act(browser, "admin:members_roleassignment_changelist", "make_primary", second)
    refused = act(browser, "admin:members_roleassignment_changelist", "make_primary", cast.tom.roles.get())

    assert cast.dana.roles.get(is_primary=True) == second
    assert "Only a role in a chapter" in refused.content.decode()


@pytest.mark.parametrize(("term", "count"), [("now", 12), ("ahead", 1), ("past", 1), ("", 14)])
def test_roles_are_filtered_by_their_term(cast: Cast, term: str, count: int):
    volunteer_of(cast.gulf_prairie, starts_on=TODAY + timedelta(days=1))

    answer = browser_of(cast.jordan).get(
        reverse("admin:members_roleassignment_changelist"), {"term": term} if term else {}
    )

    assert answer.context["cl"].result_count == count


def test_roles_are_not_deleted(cast: Cast):
    role = cast.dana.roles.get()

    answer = browser_of(cast.jordan).post(
        reverse("admin:members_roleassignment_delete", args=[role.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403
    assert RoleAssignment.objects.filter(pk=role.pk).exists()


# --- people ---


def test_accounts_are_closed_and_opened_again_but_never_ones_own(cast: Cast):
    browser = browser_of(cast.jordan)

    act(browser, "admin:accounts_user_changelist", "close_accounts", cast.dana, cast.jordan)
    cast.dana.refresh_from_db()
    cast.jordan.refresh_from_db()
    assert (cast.dana.is_active, cast.jordan.is_active) == (False, True)

    act(browser, "admin:accounts_user_changelist", "reopen_accounts", cast.dana)
    cast.dana.refresh_from_db()
    assert cast.dana.is_active


def test_a_reset_link_is_mailed_and_no_password_is_seen(cast: Cast):
    browser = browser_of(cast.jordan)

    act(browser, "admin:accounts_user_changelist", "send_reset_link", cast.dana)

    assert [message.to for message in mail.outbox] == [[cast.dana.email]]
    page = browser.get(reverse("admin:accounts_user_change", args=[cast.dana.pk])).content.decode()
    assert "password/reset/key" in mail.outbox[0].body
    assert cast.dana.password not in page
    assert PASSWORD not in page


def test_a_person_is_corrected_with_a_trace_but_not_made_more_powerful(cast: Cast):
    browser_of(cast.jordan).post(
        reverse("admin:accounts_user_change", args=[cast.dana.pk]),
        {
            "full_name": "Dana W.",
            "language": "en",
            "time_zone": "America/Denver",
            "phone": "",
            "email": "other@example.org",
            "is_superuser": "on",
        },
    )

    cast.dana.refresh_from_db()
    assert (cast.dana.full_name, cast.dana.email) == ("Dana W.", "dana.whitfield@example.org")
    assert not cast.dana.is_superuser
    entry = Entry.objects.about(cast.dana).get()  # type: ignore[attr-defined]
    assert entry.changes["full_name"] == ["Dana Whitfield", "Dana W."]


def test_people_are_neither_added_nor_deleted_here(cast: Cast):
    browser = browser_of(cast.jordan)

    assert browser.get(reverse("admin:accounts_user_add")).status_code == 403
    assert browser.post(reverse("admin:accounts_user_delete", args=[cast.dana.pk])).status_code == 403


# --- chapters, regions, teams ---


def _territory(**row: Any) -> dict[str, Any]:
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    forms = {f"territories-{key}": value for key, value in empty.items()}
    forms |= {f"roles-{key}": value for key, value in empty.items()}
    if row:
        forms |= {f"territories-0-{key}": value for key, value in row.items()} | {
            "territories-TOTAL_FORMS": 1
        }
    return forms


def _chapter_form(cast: Cast, **fields: Any) -> dict[str, Any]:
    known = {"society": cast.society.pk, "region": cast.southern.pk, "name": "Lone Star", "slug": "lone-star"}
    known |= {
        "tax_status": "unknown",
        "time_zone": "America/Chicago",
        "language": "en",
        "starts_on": "2026-07-01",
    }
    return known | fields


def test_staff_add_a_chapter_with_its_territory_and_both_leave_a_trace(cast: Cast):
    place = _territory(jurisdiction=state("tx", "Texas").pk, coverage="partial", counties="Lubbock")

    browser_of(cast.jordan).post(reverse("admin:members_chapter_add"), _chapter_form(cast) | place)

    chapter = Chapter.objects.get(slug="lone-star")
    assert chapter.territories.get().county_list == ["Lubbock"]
    entries = Entry.objects.about(chapter)  # type: ignore[attr-defined]
    assert {entry.verb: entry.changes for entry in entries} == {
        "added": {},
        "changed territory": {"territory": [[], ["Texas · partial · Lubbock"]]},
    }


def test_details_of_a_full_territory_are_refused_in_words(cast: Cast):
    place = _territory(jurisdiction=state("tx", "Texas").pk, coverage="full", counties="Lubbock")

    answer = browser_of(cast.jordan).post(reverse("admin:members_chapter_add"), _chapter_form(cast) | place)

    assert "Name counties or postal prefixes only for part of a jurisdiction." in answer.content.decode()


def test_chapters_end_instead_of_being_deleted(cast: Cast):
    address = reverse("admin:members_chapter_delete", args=[cast.gulf_prairie.pk])

    assert browser_of(cast.jordan).post(address, {"post": "yes"}).status_code == 403


def test_a_region_with_chapters_stays_and_an_empty_one_may_go(cast: Cast):
    empty = Region.objects.create(society=cast.society, name="Western")
    browser = browser_of(cast.jordan)

    kept = browser.post(reverse("admin:members_region_delete", args=[cast.southern.pk]), {"post": "yes"})
    gone = browser.post(reverse("admin:members_region_delete", args=[empty.pk]), {"post": "yes"})

    assert (kept.status_code, gone.status_code) == (403, 302)
    assert not Region.objects.filter(pk=empty.pk).exists()


def test_there_is_one_society(cast: Cast):
    browser = browser_of(cast.jordan)

    assert browser.get(reverse("admin:members_society_add")).status_code == 403
    assert browser.get(reverse("admin:members_society_change", args=[cast.society.pk])).status_code == 200


def test_a_team_is_made_by_picking_its_jurisdiction_and_coordinator(cast: Cast):
    browser_of(cast.jordan).post(
        reverse("admin:members_jurisdictionteam_add"),
        {"name": "Virginia team", "jurisdiction": state("va", "").pk, "coordinator": cast.ruth.pk},
    )

    assert JurisdictionTeam.objects.get(name="Virginia team").coordinator == cast.ruth


# --- invitations ---


def test_inviting_leads_to_the_portals_own_form(cast: Cast):
    answer = browser_of(cast.jordan).get(reverse("admin:members_invitation_add"))

    assert answer.headers["Location"] == reverse("members:invitation_create")


def test_staff_send_invitations_again_and_withdraw_them(cast: Cast):
    invitation = invitations.invite(
        by=cast.jordan,
        email="ada@example.org",
        full_name="Ada",
        role=Role.LEAD,
        starts_on=TODAY,
        now=timezone.now(),
    )
    browser = browser_of(cast.jordan)

    again = act(browser, "admin:members_invitation_changelist", "send_again", invitation)
    withdrawn = act(browser, "admin:members_invitation_changelist", "withdraw", invitation)
    too_late = act(browser, "admin:members_invitation_changelist", "send_again", invitation)

    assert "Sent again to ada@example.org." in again.content.decode()
    assert "1 invitation withdrawn." in withdrawn.content.decode()
    assert "accepted or withdrawn in the meantime" in too_late.content.decode()
    assert len(mail.outbox) == 2
    assert Invitation.objects.get().revoked_at is not None


# --- cost ---


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("admin:accounts_user_changelist", 11),
        ("admin:members_roleassignment_changelist", 13),
        ("admin:members_chapter_changelist", 11),
    ],
)
def test_lists_need_the_same_queries_for_any_number_of_rows(
    cast: Cast, count: int, name: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for _number in range(count):
        volunteer_of(cast.gulf_prairie)
    browser = browser_of(cast.jordan)

    with django_assert_num_queries(queries):
        browser.get(reverse(name))
