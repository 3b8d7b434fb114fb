"""What mail I want: each class with its switch, and duties with a pause, a bundle and a way out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, writing
from advocacy.outbox.actions import preferences as wishes
from advocacy.outbox.finer_choices import finer_choices
from advocacy.outbox.forms import PauseForm
from advocacy.outbox.models import MailPreference
from advocacy.outbox.streams import MAY_BE_OFF, Stream
from advocacy.outbox.views import duties

_HOW = gettext_lazy("on the page of preferences")
_ABOUT = {
    Stream.ALERT: gettext_lazy("News on what you follow, as it happens: a hearing is set, a bill moves."),
    Stream.EVENT: gettext_lazy("Schedules and changes of the Advocacy Days you signed up for."),
    Stream.OPTIONAL: gettext_lazy("The summary on Monday morning, and hints about what may be out of date."),
    Stream.CAMPAIGN: gettext_lazy("Requests to write or call, with at most two reminders."),
}


@writing
def preferences(request: SignedInRequest) -> HttpResponse:
    user, now = User.objects.get(pk=request.user.pk), timezone.now()
    form = PauseForm(today=user.today(now))
    if request.method == "POST":
        act, _colon, stream = request.POST.get("act", "").partition(":")
        if act in ("off", "on") and stream in MAY_BE_OFF:
            switch = wishes.switch_off if act == "off" else wishes.switch_on
            switch(user, stream, now=now, how=str(_HOW))
            said = _("Switched off: %(what)s.") if act == "off" else _("Switched on: %(what)s.")
            messages.success(request, said % {"what": Stream(stream).label})
            return redirect("outbox:preferences")
        done, form = duties.choose(user, request.POST, now=now, how=str(_HOW))
        if done is not None:
            messages.success(request, done.words)
            return redirect(done.url or "outbox:preferences")
    return render(request, "outbox/preferences.html", _context(user, form))


def _context(user: User, form: PauseForm) -> dict[str, Any]:
    rows = {row.stream: row for row in MailPreference.objects.visible_to(user)}
    duty = rows.get(Stream.DUTY)
    today = user.today(timezone.now())
    classes = [
        {
            "stream": stream,
            "label": stream.label,
            "about": _ABOUT[stream],
            "is_off": stream in rows and rows[stream].is_off,
            "finer": [choice.link() for choice in finer_choices if choice.stream == stream],
        }
        for stream in MAY_BE_OFF
    ]
    return {
        "person": user,
        "classes": classes,
        "paused_until": duty.paused_until if duty and duty.is_paused(today) else None,
        "is_bundled": duty is not None and duty.is_bundled,
        **duties.context_of(user, form),
    }
