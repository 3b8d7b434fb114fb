"""Handing an advocate's open work over to whoever comes next."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.interactions.actions.hand_over import hand_over, holders, may_hand_over_for
from advocacy.interactions.forms.hand_over import HandOverForm
from members.models import Chapter


@writing
def chapter_hand_over(request: SignedInRequest, slug: str) -> HttpResponse:
    chapter = get_object_or_404(Chapter.objects.visible_to(request.user), slug=slug)
    if not may_hand_over_for(request.user, chapter):
        raise Http404
    today = request.user.today(timezone.now())
    open_work = holders(chapter)
    form = HandOverForm(
        request.POST or None, user=request.user, chapter=chapter, holders=open_work, today=today
    )
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data
        handed = hand_over(by=request.user, chapter=chapter, on=today, **people)
        said = {
            "incoming": people["incoming"],
            "followups": handed.followups,
            "ties": handed.key_contacts,
        }
        messages.success(
            request,
            _("%(incoming)s has it now. Follow-ups: %(followups)d, key contacts: %(ties)d.") % said,
        )
        return redirect(chapter)
    context = {"chapter": chapter, "form": form, "holders": open_work}
    return render(request, "interactions/hand_over.html", context)
