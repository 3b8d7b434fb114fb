"""The page behind the link of an invitation: for somebody without an account, in the language of the address.

The signed token is the key. The page looks at no session, sets no cookie, and looking at it changes nothing.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import writing
from advocacy.coalitions import links
from advocacy.coalitions.actions import invitations
from advocacy.coalitions.errors import Locked
from advocacy.coalitions.forms.partners import AnswerForm
from advocacy.coalitions.models import SignOnInvitation
from advocacy.coalitions.signatories import signatories
from members.models import Society

_ASKED = ("answer", "reason", "signed_as", "approver_name", "approver_title")


@csrf_exempt
@login_not_required
@never_cache
@writing
def partner(request: HttpRequest, language: str, token: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        try:
            invitation = links.behind(token)
        except links.LinkProblem as problem:
            return _page("coalitions/partner_problem.html", {"problem": str(problem)}, status=410)
        return _answered(request, invitation, language)


def _answered(request: HttpRequest, invitation: SignOnInvitation, language: str) -> HttpResponse:
    now = timezone.now()
    closed = links.why_closed(invitation, now)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=_stored(invitation))
    if request.method == "POST" and not closed and form.is_valid():
        try:
            invitations.answer(invitation, now=now, said=form.answered())
        except Locked:
            invitation = links.behind(links.token_of(invitation))
            closed = links.why_closed(invitation, timezone.now())
        else:
            return HttpResponseRedirect(links.path_of(invitation, language), status=303)
    return _shown(invitation, form, closed, language, is_refused=bool(closed) and request.method == "POST")


def _stored(invitation: SignOnInvitation) -> dict[str, str]:
    known = {name: getattr(invitation, name) for name in _ASKED}
    return known | {"signed_as": invitation.signed_as or str(invitation.organisation)}


def _shown(
    invitation: SignOnInvitation, form: AnswerForm, closed: str, language: str, *, is_refused: bool
) -> HttpResponse:
    """Their own row alone; who else signed is said once the letter was sent, as everybody can read it then."""
    letter, zone = invitation.letter, invitation.contact.zone
    texts = sorted(letter.texts(), key=lambda version: version[0] != language)
    context = {
        "invitation": invitation,
        "letter": letter,
        "title": letter.title_in(language),
        "asked_by": letter.chapter or Society.objects.first(),
        "texts": [(code, title, text) for code, title, text in texts],
        "addressees": letter.addressees(),
        "soft_deadline": letter.soft_deadline_for(zone),
        "hard_deadline": letter.hard_deadline_for(zone),
        "form": form,
        "closed": closed,
        "names": [one.name for one in signatories(letter)] if letter.sent_on else [],
        "other_language": _other(invitation, language),
    }
    status = 409 if is_refused else 422 if form.errors else 200
    return _page("coalitions/partner.html", context, status=status)


def _other(invitation: SignOnInvitation, language: str) -> dict[str, str]:
    code = next(one for one in Language.values if one != language)
    return {
        "code": code,
        "url": links.path_of(invitation, code),
        "name": "Français" if code == "fr" else "English",
    }


def _page(template: str, context: dict[str, object], *, status: int) -> HttpResponse:
    """Drawn without the request: what depends on who is signed in cannot get in."""
    return HttpResponse(render_to_string(template, context), status=status)
