"""What a reader may do about mail that comes with a role: the same on the page of preferences and behind a link."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox.actions import preferences
from advocacy.outbox.forms import PauseForm
from advocacy.outbox.ways_out import ways_out_of


class Done:
    """What was done, in words, and where to go on."""

    def __init__(self, words: str, url: str = "") -> None:
        self.words, self.url = words, url


def choose(user: User, data: QueryDict, *, now: datetime, how: str) -> tuple[Done | None, PauseForm]:
    """Do what the pressed button says. None where nothing was chosen or the day is wrong: the form says why."""
    today = user.today(now)
    form = PauseForm(today=today)
    act = data.get("act", "")
    if act == "pause":
        form = PauseForm(data, today=today)
        if not form.is_valid():
            return None, form
        preferences.pause(user, until=form.cleaned_data["until"], now=now, how=how)
        return Done(_("Paused. Mail about your duties comes again on the day you chose.")), form
    if act == "resume":
        preferences.pause(user, until=None, now=now, how=how)
        return Done(_("Mail about your duties comes again.")), form
    if act in ("bundle", "unbundle"):
        preferences.bundle(user, weekly=act == "bundle", now=now, how=how)
        if act == "bundle":
            return Done(_("Mail about your duties comes in one bundle on Monday morning.")), form
        return Done(_("Mail about your duties comes as it is written.")), form
    if act.startswith("hand-over:"):
        ways = {way.url: way for way in ways_out_of(user)}
        way = ways.get(act.removeprefix("hand-over:"))
        if way is not None:
            preferences.asked_to_hand_over(user, now=now, how=how)
            return Done(_("Choose here who takes over."), way.url), form
    return None, form


def context_of(user: User, form: PauseForm) -> dict[str, Any]:
    return {"pause_form": form, "ways_out": ways_out_of(user)}
