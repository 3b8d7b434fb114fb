"""Kinds of touches, and which of them are meetings."""

from django.db import models
from django.utils.translation import pgettext_lazy


class TouchKind(models.TextChoices):
    MEETING = "meeting", pgettext_lazy("a touch", "Meeting")
    COALITION_MEETING = "coalition", pgettext_lazy("a touch", "Coalition meeting")
    CALL = "call", pgettext_lazy("a touch", "Call")
    MESSAGE = "message", pgettext_lazy("a touch", "E-mail or message")
    EVENT = "event", pgettext_lazy("a touch", "Talk at an event")
    OTHER = "other", pgettext_lazy("a touch", "Other")


# The others are light touches.
MEETINGS = (TouchKind.MEETING, TouchKind.COALITION_MEETING)
