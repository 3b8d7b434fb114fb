"""Inviting people into roles: the link in the mail proves their address, and works once within fourteen
days.
"""

from collections.abc import Set
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from members import mail
from members.access import reach_of, society_today
from members.actions import people, roles
from members.models import Chapter, Invitation, Region, Role, RoleAssignment, TermsAcceptance
from members.terms import TERM_KEYS, TERMS_VERSION

INVITATION_LASTS = timedelta(days=14)
_SALT = "members.invitation"
_RECORDED = ("email", "full_name", "role", "chapter", "region", "starts_on", "ends_on")


class MayNotInvite(ValueError):
    """The person may not invite anybody to this role in this place."""

    def __init__(self) -> None:
        super().__init__(_("You cannot invite people to this role here."))


class CannotBeInvited(ValueError):
    """There is nothing to invite this person to: the reason is the message."""


class LinkProblem(ValueError):
    """The link does not open an invitation; the message says why, `invitation` (if known) whom to ask."""

    def __init__(self, message: str, invitation: Invitation | None = None) -> None:
        self.invitation = invitation
        super().__init__(message)


class NotTheInvitedPerson(ValueError):
    """Somebody else is signed in than the person the invitation was sent to."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(
            _("This invitation is for %(email)s. Sign in with that address to accept it.")
            % {"email": invitation.email}
        )


class SignInFirst(ValueError):
    """The invited address has an account: its owner must sign in before accepting."""


class TermsNotAccepted(ValueError):
    """Not every one of the terms was agreed to."""

    def __init__(self) -> None:
        super().__init__(_("Please agree to each of the terms."))


def invitable_roles(by: User) -> dict[str, Set[int] | None]:
    """The roles this person may invite to, and in which chapters; None means in every place.

    Staff invite to any role. Advocates and presidents invite members and volunteers of their own chapter,
    and the president nominates its advocate.
    """
    reach = reach_of(by)
    if reach.is_staff:
        return dict.fromkeys(Role.values)
    own = reach.advocate_of | reach.president_of
    offered = {Role.MEMBER: own, Role.VOLUNTEER: own, Role.ADVOCATE: reach.president_of}
    return {role.value: chapters for role, chapters in offered.items() if chapters}


def may_invite(by: User, *, role: str, chapter: Chapter | None) -> bool:
    offered = invitable_roles(by)
    if role not in offered:
        return False
    chapters = offered[role]
    return chapters is None or (chapter is not None and chapter.pk in chapters)


@transaction.atomic
def invite(
    *,
    by: User,
    email: str,
    full_name: str,
    role: str,
    starts_on: date,
    now: datetime,
    language: str = "en",
    chapter: Chapter | None = None,
    region: Region | None = None,
    ends_on: date | None = None,
) -> Invitation:
    """Offer a role to an address and mail the link. An expired invitation to the same role gives way to
    this one.

    Raises MayNotInvite, CannotBeInvited, and ValidationError when dates or place do not fit the role.
    """
    if not may_invite(by, role=role, chapter=chapter):
        raise MayNotInvite
    invitation = Invitation(
        email=email.strip().lower(),
        full_name=full_name.strip(),
        language=language,
        role=role,
        chapter=chapter,
        region=region,
        starts_on=starts_on,
        ends_on=ends_on,
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    _refuse_if_pointless(invitation, now)
    invitation.full_clean()
    invitation.save()
    shown = trail.snapshot(invitation, _RECORDED)
    changes = {name: [None, value] for name, value in shown.items()}
    trail.record(by=by, verb="invited", of=invitation, changes=changes)
    mail.send_invitation(invitation, link=link_of(invitation))
    return invitation


@transaction.atomic
def resend(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    """Mail the link again, working for another fourteen days. Raises LinkProblem when it was answered
    meanwhile.
    """
    _require_may_invite(by, invitation)
    expires_at = now + INVITATION_LASTS
    if Invitation.objects.unanswered().filter(pk=invitation.pk).update(expires_at=expires_at) != 1:
        raise LinkProblem(_("This invitation was accepted or withdrawn in the meantime."), invitation)
    invitation.expires_at = expires_at
    trail.record(by=by, verb="sent invitation again", of=invitation)
    mail.send_invitation(invitation, link=link_of(invitation))
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, now: datetime) -> bool:
    """Withdraw it: the link says so from now on. False when it was answered already."""
    _require_may_invite(by, invitation)
    if Invitation.objects.unanswered().filter(pk=invitation.pk).update(revoked_at=now) != 1:
        return False
    invitation.revoked_at = now
    trail.record(by=by, verb="withdrew invitation", of=invitation)
    return True


def link_of(invitation: Invitation) -> str:
    return str(settings.PORTAL_URL) + reverse("members:invitation_accept", args=[token_of(invitation)])


def token_of(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=_SALT)


def behind(token: str, *, now: datetime) -> Invitation:
    """The open invitation that a link leads to. Raises LinkProblem saying what is the matter with it."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        raise LinkProblem(_("This link is not complete. Copy all of it from the mail.")) from None
    invitation = Invitation.objects.select_related("chapter", "region", "invited_by").filter(pk=key).first()
    if invitation is None:
        raise LinkProblem(_("This invitation does not exist any more."))
    if problem := _why_closed(invitation, now) or _why_too_old(token):
        raise LinkProblem(problem, invitation)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, by: User, terms: Set[str], now: datetime) -> RoleAssignment:
    """The invited person takes the role. Raises NotTheInvitedPerson, TermsNotAccepted, LinkProblem,
    AlreadyHeld.
    """
    if people.holder_of(invitation.email) != by:
        raise NotTheInvitedPerson(invitation)
    if terms != TERM_KEYS:
        raise TermsNotAccepted
    _close(invitation, by=by, now=now)
    accept_terms(by, now=now)
    assignment = roles.give(
        by=invitation.invited_by,
        person=by,
        role=invitation.role,
        chapter=invitation.chapter,
        region=invitation.region,
        starts_on=invitation.starts_on,
        ends_on=invitation.ends_on,
    )
    trail.record(by=by, verb="accepted invitation", of=invitation)
    return assignment


@transaction.atomic
def accept_as_newcomer(
    invitation: Invitation,
    *,
    full_name: str,
    language: str,
    time_zone: str,
    password: str,
    terms: Set[str],
    now: datetime,
) -> User:
    """Open an account for the invited address, which the link has proven, and take the role.

    Raises SignInFirst when the address has an account already, and whatever `accept` raises.
    """
    if people.holder_of(invitation.email) is not None:
        raise SignInFirst
    try:
        with transaction.atomic():
            person = people.open_account(
                by=None,
                email=invitation.email,
                full_name=full_name,
                password=password,
                address_is_proven=True,
                language=language,
                time_zone=time_zone,
            )
    except IntegrityError:  # the same link, sent twice at the same moment
        raise SignInFirst from None
    accept(invitation, by=person, terms=terms, now=now)
    return person


def accept_terms(person: User, *, now: datetime) -> bool:
    """Record that the person agreed to the terms of today. False when they had already."""
    _acceptance, is_new = TermsAcceptance.objects.get_or_create(
        person=person, version=TERMS_VERSION, defaults={"accepted_at": now}
    )
    return is_new


def board_service_warning(invitation: Invitation) -> str:
    """What to tell the inviter when the role would be a seat on a second chapter's board; empty when all is
    well.
    """
    person = people.holder_of(invitation.email)
    if person is None:
        return ""
    return roles.board_service_warning(
        RoleAssignment(
            person=person,
            role=invitation.role,
            chapter=invitation.chapter,
            starts_on=invitation.starts_on,
            ends_on=invitation.ends_on,
        )
    )


def _require_may_invite(by: User, invitation: Invitation) -> None:
    if not may_invite(by, role=invitation.role, chapter=invitation.chapter):
        raise MayNotInvite


def _refuse_if_pointless(invitation: Invitation, now: datetime) -> None:
    """Somebody who holds the role needs no invitation; somebody whose account is closed cannot use one."""
    same = Invitation.objects.unanswered().filter(
        email__iexact=invitation.email,
        role=invitation.role,
        chapter=invitation.chapter,
        region=invitation.region,
    )
    same.filter(expires_at__lte=now).update(revoked_at=now)
    if same.exists():
        raise CannotBeInvited(_("This person is invited already. Send that invitation again instead."))
    person = people.holder_of(invitation.email)
    if person is None:
        return
    if not person.is_active:
        raise CannotBeInvited(
            _("The account of this address is closed. Ask national staff to open it again.")
        )
    held = RoleAssignment.objects.filter(
        person=person, role=invitation.role, chapter=invitation.chapter, region=invitation.region
    )
    if held.overlapping(invitation.starts_on, invitation.ends_on).exists():
        raise CannotBeInvited(_("This person holds this role here already."))


def _close(invitation: Invitation, *, by: User, now: datetime) -> None:
    """Use the link up: the first to come gets it, and a second click is told that it was used."""
    taken = Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now, accepted_by=by)
    if taken != 1:
        invitation.refresh_from_db()
        raise LinkProblem(_why_closed(invitation, now), invitation)
    invitation.accepted_at, invitation.accepted_by = now, by


def _why_closed(invitation: Invitation, now: datetime) -> str:
    """Why an invitation can no longer be accepted; empty while it can."""
    if invitation.accepted_at is not None:
        return _("This invitation was accepted already. Sign in to go on.")
    if invitation.revoked_at is not None:
        return _("This invitation was withdrawn.")
    if invitation.expires_at <= now:
        return _("This invitation has expired: links work for fourteen days.")
    if invitation.ends_on is not None and invitation.ends_on <= society_today():
        return _("The term that this invitation offered has ended.")
    return ""


def _why_too_old(token: str) -> str:
    """An invitation that was sent again has two links: each works for its own fourteen days."""
    try:
        signing.loads(token, salt=_SALT, max_age=INVITATION_LASTS)
    except signing.SignatureExpired:
        return _("This link has expired. The invitation was sent again: use the newer mail.")
    return ""
