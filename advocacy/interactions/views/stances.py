"""How an official stood on what, day by day."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.interactions.forms.whip import HistoryFilters
from advocacy.interactions.stance_history import StanceHistory
from legislation.models import Official


@reading
def stance_history(request: SignedInRequest, official_pk: int) -> HttpResponse:
    """Every word on every measure and issue, and where they stood on each at the end of a day."""
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=official_pk)
    today = request.user.today(timezone.now())
    form = HistoryFilters(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("on") or today
    history = StanceHistory(official, user=request.user, day=day)
    context = {"official": official, "form": form, "history": history, "day": day, "is_today": day == today}
    return render(request, "interactions/stance_history.html", context)
