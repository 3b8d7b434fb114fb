"""The pages of those who invite: the form, the list, sending again and withdrawing."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from members.models import Invitation, Role
from tests.cast import Cast, browser_of
from tests.factories.people import advocate_of
from tests.mail import Sink
from tests.members.inviting import invite


def _filled_in(cast: Cast, **fields: Any) -> dict[str, Any]:
    known = {"full_name": "Ada New", "email": "ada@example.org", "language": "en", "role": Role.ADVOCATE}
    return (
        known | {"chapter": cast.gulf_prairie.pk, "starts_on": "2027-07-01", "ends_on": "2028-07-01"} | fields
    )


def test_a_president_nominates_the_advocate_on_the_form(cast: Cast):
    answer = browser_of(cast.chris).post(reverse("members:invitation_create"), _filled_in(cast), follow=True)

    assert "Invitation sent to ada@example.org." in answer.content.decode()
    assert "ada@example.org" in answer.content.decode()
    invitation = Invitation.objects.get()
    assert (invitation.invited_by, invitation.starts_on) == (cast.chris, date(2027, 7, 1))


def test_the_form_offers_only_what_its_user_may_give(cast: Cast):
    form = browser_of(cast.dana).get(reverse("members:invitation_create")).context["form"]

    assert [role for role, _ in form.fields["role"].choices] == ["member", "advocacy_volunteer"]
    assert list(form.fields["chapter"].queryset) == [cast.gulf_prairie]
    assert "region" not in form.fields


@pytest.mark.parametrize("change", [{"role": Role.STAFF}, {"role": Role.PRESIDENT}])
def test_a_role_that_was_not_offered_is_refused(cast: Cast, change: dict[str, str]):
    browser_of(cast.chris).post(reverse("members:invitation_create"), _filled_in(cast, **change))

    assert Invitation.objects.count() == 0


def test_another_chapter_in_the_form_is_refused(cast: Cast):
    browser_of(cast.chris).post(
        reverse("members:invitation_create"), _filled_in(cast, chapter=cast.hill_country.pk)
    )

    assert Invitation.objects.count() == 0


def test_the_president_of_one_chapter_and_advocate_of_another_nominates_only_in_the_first(cast: Cast):
    advocate_of(cast.hill_country, person=cast.chris)

    answer = browser_of(cast.chris).post(
        reverse("members:invitation_create"), _filled_in(cast, chapter=cast.hill_country.pk)
    )

    assert "You cannot invite people to this role here." in answer.content.decode()
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"role": Role.VOLUNTEER, "chapter": ""}, "Choose the chapter of this role."),
        ({"role": Role.VICE_CHAIR, "chapter": ""}, "Choose the region of this vice chair."),
        ({"ends_on": "2027-07-01"}, "A role ends after the day it starts."),
        ({"email": "dana.whitfield@example.org"}, "This person holds this role here already."),
        ({"email": "not an address"}, "Enter a valid email address."),
        ({"role": Role.LEAD}, "A chapter role needs a chapter"),
    ],
)
def test_staff_are_told_what_is_wrong_with_an_invitation(cast: Cast, fields: dict[str, str], complaint: str):
    answer = browser_of(cast.jordan).post(reverse("members:invitation_create"), _filled_in(cast, **fields))

    assert complaint in answer.content.decode()
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("who", ["priya", "sam", "tom", "angela"])
def test_for_those_who_may_not_invite_the_pages_do_not_exist(cast: Cast, who: str):
    browser = browser_of(getattr(cast, who))

    assert browser.get(reverse("members:invitation_create")).status_code == 404
    assert browser.get(reverse("members:invitation_list")).status_code == 404


def test_open_invitations_are_sent_again_and_withdrawn_from_the_list(cast: Cast):
    invitation = invite(cast)
    browser = browser_of(cast.chris)

    again = browser.post(reverse("members:invitation_resend", args=[invitation.pk]), follow=True)
    assert "Invitation sent again to ada@example.org." in again.content.decode()

    withdrawn = browser.post(reverse("members:invitation_revoke", args=[invitation.pk]), follow=True)
    assert "Its link no longer works." in withdrawn.content.decode()
    assert "No open invitations" in withdrawn.content.decode()


@pytest.mark.parametrize("name", ["members:invitation_resend", "members:invitation_revoke"])
def test_an_invitation_of_another_chapter_does_not_exist(cast: Cast, name: str):
    invitation = invite(cast)

    assert browser_of(cast.pat).post(reverse(name, args=[invitation.pk])).status_code == 404
    assert browser_of(cast.chris).get(reverse(name, args=[invitation.pk])).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_invitations_needs_the_same_queries_for_any_number(
    cast: Cast, count: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for number in range(count):
        invite(cast, email=f"ada{number}@example.org")
    browser = browser_of(cast.chris)

    with django_assert_num_queries(LIST_QUERIES):
        browser.get(reverse("members:invitation_list"))


LIST_QUERIES = 8


def test_an_invitation_that_cannot_be_mailed_is_not_kept(cast: Cast, smtp_sink: Sink):
    smtp_sink.refused.add("ada@example.org")

    answer = browser_of(cast.chris).post(reverse("members:invitation_create"), _filled_in(cast))

    assert "could not be sent, so nothing was saved" in answer.content.decode()
    assert 'value="ada@example.org"' in answer.content.decode()
    assert Invitation.objects.count() == 0
