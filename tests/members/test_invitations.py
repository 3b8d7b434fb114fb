"""Inviting, and what the link behind an invitation does."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from members.access import reach_of
from members.actions import invitations, people, roles
from members.models import Invitation, Role, RoleAssignment, TermsAcceptance
from members.terms import TERM_KEYS, TERMS_VERSION
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.people import PASSWORD, UserFactory, advocate_of
from tests.mail import Sink

NEWCOMER = {
    "full_name": "Ada New",
    "language": "en",
    "time_zone": "America/Chicago",
    "password": "a quiet heron, wading",
    "password_again": "a quiet heron, wading",
}
SAME_AS_NAME = dict.fromkeys(("full_name", "password", "password_again"), "Adelaide Newcombe")
TICKED = dict.fromkeys(TERM_KEYS, "on")


def invite(cast: Cast, **fields: Any) -> Invitation:
    """Chris, president of Gulf Prairie, nominates ada@example.org as its advocate."""
    nomination = {
        "by": cast.chris,
        "email": "ada@example.org",
        "full_name": "Ada New",
        "role": Role.ADVOCATE,
        "chapter": cast.gulf_prairie,
        "starts_on": TODAY,
        "now": timezone.now(),
    }
    return invitations.invite(**(nomination | fields))


def link(invitation: Invitation) -> str:
    return reverse("members:invitation_accept", args=[invitations.token_of(invitation)])


def everything() -> list[int]:
    tables = (User, EmailAddress, Invitation, RoleAssignment, TermsAcceptance, Entry)
    return [table.objects.count() for table in tables]


# --- who may invite ---


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("jordan", {*Role.values}),
        ("chris", {Role.MEMBER, Role.VOLUNTEER, Role.ADVOCATE}),
        ("dana", {Role.MEMBER, Role.VOLUNTEER}),
        *((who, set()) for who in ("priya", "sam", "luis", "tom", "angela", "former")),
    ],
)
def test_who_may_invite_to_which_role_in_gulf_prairie(cast: Cast, who: str, may: set[str]):
    person = getattr(cast, who)

    allowed = {
        role for role in Role.values if invitations.may_invite(person, role=role, chapter=cast.gulf_prairie)
    }

    assert allowed == may


def test_an_advocate_cannot_invite_into_another_chapter(cast: Cast):
    with pytest.raises(invitations.MayNotInvite):
        invite(cast, by=cast.dana, role=Role.MEMBER, chapter=cast.hill_country)


def test_an_advocate_cannot_withdraw_the_invitation_of_an_advocate(cast: Cast):
    invitation = invite(cast)

    with pytest.raises(invitations.MayNotInvite):
        invitations.revoke(invitation, by=cast.dana, now=NOW)
    with pytest.raises(invitations.MayNotInvite):
        invitations.resend(invitation, by=cast.dana, now=NOW)


# --- inviting ---


def test_an_invitation_is_mailed_and_recorded(cast: Cast):
    invitation = invite(cast)

    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert message.subject == "Chris Lang invites you to the advocacy portal of Society for Health Data"
    assert "as: Chapter advocate, Gulf Prairie." in message.body
    assert invitations.link_of(invitation) in message.body
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert invitation.expires_at == NOW + timedelta(days=14)
    assert Entry.objects.about(invitation).get().verb == "invited"  # type: ignore[attr-defined]


def test_the_mail_arrives_through_a_real_server_in_the_language_of_the_invited_person(
    cast: Cast, smtp_sink: Sink
):
    invitation = invite(cast, full_name="Zoé", language="fr")

    (message,) = smtp_sink.messages
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert message["To"] == "ada@example.org"
    assert text is not None
    assert invitations.link_of(invitation) in text.get_content()
    assert html is not None
    assert '<html lang="fr">' in html.get_content()


def test_a_name_with_markup_is_only_text_in_the_mail(cast: Cast):
    invite(cast, full_name="<b>Ada</b> & Co")

    html = str(mail.outbox[0].alternatives[0].content)  # type: ignore[attr-defined]
    assert "<b>Ada</b> & Co" in mail.outbox[0].body
    assert "&lt;b&gt;Ada&lt;/b&gt; &amp; Co" in html


def test_nobody_is_invited_twice_to_the_same_role(cast: Cast):
    invite(cast)

    with pytest.raises(invitations.CannotBeInvited, match="Send that invitation again"):
        invite(cast, email="ADA@example.org")


def test_an_expired_invitation_gives_way_to_a_new_one(cast: Cast):
    old = invite(cast)

    new = invite(cast, now=NOW + timedelta(days=15))

    old.refresh_from_db()
    assert (old.revoked_at, new.revoked_at) == (NOW + timedelta(days=15), None)


def test_whoever_holds_the_role_is_not_invited_to_it(cast: Cast):
    with pytest.raises(invitations.CannotBeInvited, match="holds this role here already"):
        invite(cast, email=cast.dana.email)


def test_a_closed_account_is_not_invited(cast: Cast):
    people.deactivate(cast.luis, by=cast.jordan)

    with pytest.raises(invitations.CannotBeInvited, match="account of this address is closed"):
        invite(cast, email=cast.luis.email)


def test_an_invitation_to_a_term_that_ends_before_it_begins_is_refused(cast: Cast):
    with pytest.raises(ValidationError, match="ends after the day it starts"):
        invite(cast, ends_on=TODAY)


def test_a_second_board_seat_is_warned_of_when_inviting(cast: Cast):
    invitation = invite(cast, email=cast.luis.email)

    assert "sits on another chapter's board" in invitations.board_service_warning(invitation)
    assert invitations.board_service_warning(invite(cast)) == ""


def test_sending_again_gives_another_fourteen_days(cast: Cast):
    invitation = invite(cast)

    invitations.resend(invitation, by=cast.chris, now=NOW + timedelta(days=20))

    assert invitation.expires_at == NOW + timedelta(days=34)
    assert len(mail.outbox) == 2


def test_an_answered_invitation_is_neither_sent_again_nor_withdrawn(cast: Cast):
    invitation = invite(cast)
    assert invitations.revoke(invitation, by=cast.chris, now=NOW)

    assert not invitations.revoke(invitation, by=cast.chris, now=NOW)
    with pytest.raises(invitations.LinkProblem):
        invitations.resend(invitation, by=cast.chris, now=NOW)


# --- the link ---


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
