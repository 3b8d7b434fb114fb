"""Inviting: who may invite whom, what is mailed, sent again, withdrawn."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from advocacy.audit.models import Entry
from members.actions import invitations, people
from members.models import Role
from tests.cast import NOW, TODAY, Cast
from tests.mail import Sink
from tests.members.inviting import invite


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
