"""What somebody on our lists sees and changes about themselves, by the link in a mail. Looking changes nothing."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import writing
from campaigns import contact_links, kept
from campaigns.actions import consents, contacts
from campaigns.models import Contact, HowWithdrawn
from members import erasing
from members.views import quiet

DONE = {
    "stopped": _("Stopped. It takes effect at once."),
    "language": _("From now on we write to you in this language."),
}


class ForgetForm(forms.Form):
    is_sure = forms.BooleanField(
        label=_("Yes, forget me"), error_messages={"required": _("Tick this box if you are sure.")}
    )


# The token is the proof that it came from the mail: there is no session that a stranger could use.
@csrf_exempt
@login_not_required
@never_cache
@writing
def preferences(request: HttpRequest, language: str, token: str) -> HttpResponse:
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        contact = contact_links.whose(token)
        if contact is None:
            return quiet.page("campaigns/contacts/gone.html", {}, status=410)
        if request.method == "POST":
            return _change(request, contact, token)
        return _page(request, contact, token, ForgetForm())


def _page(request: HttpRequest, contact: Contact, token: str, form: ForgetForm) -> HttpResponse:
    other = Language.FRENCH if translation.get_language() == Language.ENGLISH else Language.ENGLISH
    context = {
        "contact": contact,
        "kept": kept.about(contact, now=timezone.now()),
        "form": form,
        "goes": erasing.kept_of(contact.email, by=None),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "other_code": other.value,
        "other_language": reverse("contacts:preferences", args=[other, token]),
        "languages": Language.choices,
    }
    return quiet.page("campaigns/contacts/preferences.html", context)


def _change(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    now, act = timezone.now(), request.POST.get("act", "")
    language = translation.get_language()
    if act == "forget":
        form = ForgetForm(request.POST)
        if not form.is_valid():
            return _page(request, contact, token, form)
        erasing.forget(contact.email, by=None, now=now)
        return quiet.page("campaigns/contacts/forgotten.html", {})
    if act == "language":
        language = request.POST.get("language", "")
        if language not in Language.values:
            return HttpResponse(status=400)
        contacts.correct(contact, by=None, language=language)
        return _back(language, token, "language")
    if act == "stop":
        return _stop(request, contact, token)
    return HttpResponse(status=400)


def _stop(request: HttpRequest, contact: Contact, token: str) -> HttpResponse:
    """The mail of one chapter, named by its number; all of it where none is named."""
    chosen, now = request.POST.get("chapter", ""), timezone.now()
    places = {str(place.chapter.pk): place for place in kept.about(contact, now=now).places}
    if chosen and chosen not in places:
        return HttpResponse(status=400)
    place = places.get(chosen)
    # Pressed twice it is one withdrawal.
    if place is None or place.stopped_on is None:
        chapter = place.chapter if place else None
        consents.withdraw(contact, chapter=chapter, how=HowWithdrawn.PAGE, now=now)
    return _back(translation.get_language(), token, "stopped")


def _back(language: str, token: str, done: str) -> HttpResponse:
    return redirect(reverse("contacts:preferences", args=[language, token]) + f"?done={done}")
