"""Inviting people, and the page behind the link of an invitation."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from members.access import invitations_visible_to, society_today
from members.actions import invitations, people, roles
from members.forms.invitations import InviteForm, NewcomerForm, TermsForm
from members.models import Invitation
from members.terms import TERMS


@reading
def invitation_list(request: SignedInRequest) -> HttpResponse:
    _require_inviter(request.user)
    mine = invitations_visible_to(request.user).select_related("chapter", "region", "invited_by")
    page = listing.page(mine.unanswered(), request.GET, ("-invited_at", "-pk"))
    context = {"page": page, "now": timezone.now(), "count": listing.counted(mine.unanswered())}
    return render(request, "members/invitation_list.html", context)


@writing
def invitation_create(request: SignedInRequest) -> HttpResponse:
    _require_inviter(request.user)
    first_day = {"starts_on": society_today(), "language": request.user.language}
    form = InviteForm(request.POST or None, by=request.user, initial=first_day | request.GET.dict())
    if request.method == "POST" and form.is_valid() and (invitation := _invited(request, form)):
        messages.success(request, _("Invitation sent to %(email)s.") % {"email": invitation.email})
        if warning := invitations.board_service_warning(invitation):
            messages.warning(request, warning)
        return redirect("members:invitation_list")
    return render(request, "members/invitation_form.html", {"form": form})


@require_POST
@writing
def invitation_resend(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    try:
        invitations.resend(invitation, by=request.user, now=timezone.now())
    except (invitations.LinkProblem, invitations.MayNotInvite) as problem:
        messages.error(request, str(problem))
    except OSError:  # what a mail server raises is among them
        messages.error(request, _not_sent())
    else:
        messages.success(request, _("Invitation sent again to %(email)s.") % {"email": invitation.email})
    return redirect("members:invitation_list")


@require_POST
@writing
def invitation_revoke(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(invitations_visible_to(request.user), pk=pk)
    try:
        if invitations.revoke(invitation, by=request.user, now=timezone.now()):
            messages.success(request, _("Invitation withdrawn. Its link no longer works."))
        else:
            messages.info(request, _("This invitation was answered already."))
    except invitations.MayNotInvite as problem:
        messages.error(request, str(problem))
    return redirect("members:invitation_list")


@login_not_required
@writing
def invitation_accept(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page behind the link. Looking at it changes nothing: mail scanners look too."""
    try:
        invitation = invitations.behind(token, now=timezone.now())
        return _answer(request, invitation)
    except invitations.SignInFirst:
        return redirect(request.path)
    except (invitations.LinkProblem, roles.AlreadyHeld) as problem:
        context = {"problem": str(problem), "invitation": getattr(problem, "invitation", None)}
        return render(request, "members/invitation_problem.html", context, status=410)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    holder = people.holder_of(invitation.email)
    if isinstance(request.user, User):
        return _for_somebody_signed_in(request, request.user, invitation, is_invited=holder == request.user)
    if holder is not None:
        sign_in = reverse("account_login") + "?" + urlencode({"next": request.path})
        context = {"invitation": invitation, "sign_in_url": sign_in}
        return render(request, "members/invitation_sign_in.html", context)
    return _for_a_newcomer(request, invitation)


def _for_somebody_signed_in(
    request: HttpRequest, person: User, invitation: Invitation, *, is_invited: bool
) -> HttpResponseBase:
    if not is_invited:
        problem = str(invitations.NotTheInvitedPerson(invitation))
        context = {"problem": problem, "invitation": invitation}
        return render(request, "members/invitation_problem.html", context, status=403)
    form = TermsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assignment = invitations.accept(invitation, by=person, terms=form.ticked(), now=timezone.now())
        messages.success(request, _("Welcome. Your role: %(role)s.") % {"role": assignment})
        return redirect("members:profile")
    context = {"invitation": invitation, "form": form, "terms": TERMS, "is_newcomer": False}
    return render(request, "members/invitation_accept.html", context)


def _for_a_newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    zone = invitation.chapter.time_zone if invitation.chapter else "America/New_York"
    offered = {"full_name": invitation.full_name, "language": invitation.language, "time_zone": zone}
    form = NewcomerForm(request.POST or None, email=invitation.email, initial=offered)
    if request.method == "POST" and form.is_valid():
        person = invitations.accept_as_newcomer(
            invitation, **form.account(), terms=form.ticked(), now=timezone.now()
        )
        messages.success(request, _("Welcome. Look through your profile, then start."))
        response: HttpResponseBase = perform_login(
            request, person, email_verification="none", redirect_url=reverse("members:profile")
        )
        return response
    context = {"invitation": invitation, "form": form, "terms": TERMS, "is_newcomer": True}
    return render(request, "members/invitation_accept.html", context)


def _invited(request: SignedInRequest, form: InviteForm) -> Invitation | None:
    """The invitation, sent; or None, with the reason on the form."""
    try:
        return invitations.invite(by=request.user, now=timezone.now(), **form.cleaned_data)
    except (invitations.MayNotInvite, invitations.CannotBeInvited, ValidationError) as problem:
        form.add_error(None, problem if isinstance(problem, ValidationError) else str(problem))
    except OSError:  # what a mail server raises is among them
        form.add_error(None, _not_sent())
    return None


def _not_sent() -> str:
    return _("The mail could not be sent, so nothing was saved. Try again in some minutes.")


def _require_inviter(user: User) -> None:
    """To everybody else these pages do not exist."""
    if not invitations.invitable_roles(user):
        raise Http404
