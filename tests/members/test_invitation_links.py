"""What the link behind an invitation does: a newcomer, somebody with an account, and links that do not open."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from members.access import reach_of
from members.actions import invitations, roles
from members.models import Invitation, Role, TermsAcceptance
from members.terms import TERM_KEYS, TERMS_VERSION
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.people import PASSWORD, UserFactory, advocate_of
from tests.members.inviting import NEWCOMER, SAME_AS_NAME, TICKED, everything, invite, link


def test_looking_at_the_link_changes_nothing(cast: Cast):
    invitation = invite(cast)
    before = everything()

    answer = Client().get(link(invitation))

    assert answer.status_code == 200
    assert "Chris Lang invites you as: Chapter advocate, Gulf Prairie." in answer.content.decode()
    assert everything() == before


def test_a_newcomer_opens_an_account_takes_the_role_and_is_signed_in(cast: Cast):
    invitation = invite(cast)
    browser = Client()

    answer = browser.post(link(invitation), NEWCOMER | TICKED)

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("members:profile"))
    ada = User.objects.get(email="ada@example.org")
    assert reach_of(ada).advocate_of == {cast.gulf_prairie.pk}
    assert ada.check_password("a quiet heron, wading")
    address = EmailAddress.objects.get(user=ada)
    assert (address.email, address.verified, address.primary) == ("ada@example.org", True, True)
    assert TermsAcceptance.objects.get(person=ada).version == TERMS_VERSION
    invitation.refresh_from_db()
    assert (invitation.accepted_by, invitation.accepted_at) == (ada, NOW)
    assert browser.get(reverse("members:person_list")).status_code == 200


@pytest.mark.parametrize("missing", sorted(TERM_KEYS))
def test_every_one_of_the_terms_must_be_agreed_to(cast: Cast, missing: str):
    invitation = invite(cast)
    before = everything()

    answer = Client().post(link(invitation), NEWCOMER | dict.fromkeys(TERM_KEYS - {missing}, "on"))

    assert answer.status_code == 200
    assert everything() == before


def test_the_action_itself_insists_on_the_terms(cast: Cast):
    invitation = invite(cast, email=cast.luis.email)

    with pytest.raises(invitations.TermsNotAccepted):
        invitations.accept(invitation, by=cast.luis, terms=TERM_KEYS - {"lists"}, now=NOW)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"password_again": "something else entirely"}, "The two passwords differ."),
        ({"password": "short", "password_again": "short"}, "at least 12 characters"),
        (SAME_AS_NAME, "too similar to the name"),
        ({"full_name": ""}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(cast: Cast, change: dict[str, str], complaint: str):
    invitation = invite(cast)

    answer = Client().post(link(invitation), NEWCOMER | TICKED | change)

    assert complaint in answer.content.decode()
    assert User.objects.filter(email="ada@example.org").count() == 0


def test_whoever_has_an_account_is_asked_to_sign_in_first(cast: Cast):
    invitation = invite(cast, email=cast.luis.email)

    shown = Client().get(link(invitation))
    posted = Client().post(link(invitation), NEWCOMER | TICKED)

    for answer in (shown, posted):
        assert "has an account already" in answer.content.decode()
        assert (
            f"/account/login/?next={link(invitation).replace('/', '%2F')}"
            in answer.content.decode().replace("%3A", ":")
        )
    assert Invitation.objects.get().accepted_at is None


def test_signed_in_as_the_invited_person_the_second_chapter_is_added(cast: Cast):
    invitation = invite(cast, email=cast.luis.email, role=Role.VOLUNTEER)

    answer = browser_of(cast.luis).post(link(invitation), TICKED)

    assert answer.status_code == 302
    assert reach_of(cast.luis).logs_for == {cast.hill_country.pk, cast.gulf_prairie.pk}
    assert reach_of(cast.luis).primary_chapter_id == cast.hill_country.pk


def test_another_proven_address_of_the_same_person_counts(cast: Cast):
    EmailAddress.objects.create(user=cast.luis, email="luis@work.example", verified=True, primary=False)
    invitation = invite(cast, email="Luis@work.example", role=Role.VOLUNTEER)

    assert browser_of(cast.luis).post(link(invitation), TICKED).status_code == 302


def test_an_address_that_is_not_proven_does_not_count(cast: Cast):
    EmailAddress.objects.create(user=cast.luis, email="ada@example.org", verified=False, primary=False)
    invitation = invite(cast)

    assert browser_of(cast.luis).post(link(invitation), TICKED).status_code == 403


def test_somebody_else_who_is_signed_in_cannot_accept(cast: Cast):
    invitation = invite(cast)
    before = everything()
    browser = browser_of(cast.sam)

    for answer in (browser.get(link(invitation)), browser.post(link(invitation), NEWCOMER | TICKED)):
        assert answer.status_code == 403
        assert "This invitation is for ada@example.org." in answer.content.decode()
    assert everything() == before
    with pytest.raises(invitations.NotTheInvitedPerson):
        invitations.accept(invitation, by=cast.sam, terms=TERM_KEYS, now=NOW)


def test_a_former_advocate_can_accept_a_new_invitation(cast: Cast):
    invitation = invite(cast, email=cast.former.email)

    assert browser_of(cast.former).post(link(invitation), TICKED).status_code == 302
    assert reach_of(cast.former).advocate_of == {cast.gulf_prairie.pk}


@pytest.mark.parametrize(
    "token",
    ["nonsense", "MQ:1abc:def", signing.dumps(1), signing.dumps(1, salt="other")],
    ids=["no token", "no signature", "no salt", "other salt"],
)
def test_a_forged_link_opens_nothing(cast: Cast, token: str):
    invite(cast)

    answer = Client().get(reverse("members:invitation_accept", args=[token]))

    assert answer.status_code == 410
    assert "Copy all of it from the mail." in answer.content.decode()
    assert "ada@example.org" not in answer.content.decode()


def test_a_link_to_an_invitation_that_is_gone_says_so(cast: Cast):
    invitation = invite(cast)
    address = link(invitation)
    Invitation.objects.all().delete()

    assert "does not exist any more" in Client().get(address).content.decode()


def test_an_expired_link_says_so_and_whom_to_ask(cast: Cast, clock: time_machine.Traveller):
    address = link(invite(cast))
    clock.move_to(NOW + timedelta(days=14))

    answer = Client().post(address, NEWCOMER | TICKED)

    assert answer.status_code == 410
    assert "has expired" in answer.content.decode()
    assert "chris.lang@example.org" in answer.content.decode()
    assert User.objects.filter(email="ada@example.org").count() == 0


def test_an_old_link_expires_although_the_invitation_was_sent_again(
    cast: Cast, clock: time_machine.Traveller
):
    invitation = invite(cast)
    old = link(invitation)
    clock.move_to(NOW + timedelta(days=13))
    invitations.resend(invitation, by=cast.chris, now=timezone.now())
    new = link(invitation)
    clock.move_to(NOW + timedelta(days=14, seconds=1))

    assert "use the newer mail" in Client().get(old).content.decode()
    assert Client().get(new).status_code == 200


def test_a_link_works_once(cast: Cast):
    invitation = invite(cast)
    Client().post(link(invitation), NEWCOMER | TICKED)
    after_first = everything()

    answer = Client().post(link(invitation), NEWCOMER | TICKED | {"full_name": "Eve"})

    assert answer.status_code == 410
    assert "was accepted already" in answer.content.decode()
    assert everything() == after_first


def test_two_tabs_that_were_open_before_the_first_acceptance_make_one_role(cast: Cast):
    invitation = invite(cast, email=cast.luis.email, role=Role.VOLUNTEER)
    seen_in_second_tab = Invitation.objects.get(pk=invitation.pk)
    invitations.accept(invitation, by=cast.luis, terms=TERM_KEYS, now=NOW)

    with pytest.raises(invitations.LinkProblem, match="accepted already"):
        invitations.accept(seen_in_second_tab, by=cast.luis, terms=TERM_KEYS, now=NOW)

    assert cast.luis.roles.filter(role=Role.VOLUNTEER).count() == 1


def test_the_second_of_two_newcomers_with_the_same_link_is_sent_to_sign_in(cast: Cast):
    invitation = invite(cast)
    advocate_of(cast.hill_country, person=UserFactory(email="ada@example.org"))

    with pytest.raises(invitations.SignInFirst):
        invitations.accept_as_newcomer(
            invitation,
            full_name="Ada",
            language="en",
            time_zone="America/Chicago",
            password=PASSWORD,
            terms=TERM_KEYS,
            now=NOW,
        )


def test_a_withdrawn_link_says_so(cast: Cast):
    invitation = invite(cast)
    invitations.revoke(invitation, by=cast.chris, now=NOW)

    answer = Client().get(link(invitation))

    assert (answer.status_code, "was withdrawn" in answer.content.decode()) == (410, True)


def test_an_invitation_to_a_term_that_is_over_says_so(cast: Cast, clock: time_machine.Traveller):
    address = link(invite(cast, ends_on=TODAY + timedelta(days=2)))
    clock.move_to(NOW + timedelta(days=2))

    assert "The term that this invitation offered has ended" in Client().get(address).content.decode()


def test_an_invitation_to_a_role_taken_meanwhile_says_so(cast: Cast):
    invitation = invite(cast, email=cast.luis.email, role=Role.VOLUNTEER)
    roles.give(
        by=cast.jordan, person=cast.luis, role=Role.VOLUNTEER, chapter=cast.gulf_prairie, starts_on=TODAY
    )

    answer = browser_of(cast.luis).post(link(invitation), TICKED)

    assert (answer.status_code, "holds this role here already" in answer.content.decode()) == (410, True)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
