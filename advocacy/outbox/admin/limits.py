"""How fast mail may leave, changed by staff."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.audit.admin import AuditedAdmin
from advocacy.outbox.models import Lane

if TYPE_CHECKING:
    _LaneForm = forms.ModelForm[Lane]
else:
    _LaneForm = forms.ModelForm
_NAME = re.compile(r"all|identity:[a-z0-9_.-]+|domain:[a-z0-9.-]+")


class LaneForm(_LaneForm):
    class Meta:
        model = Lane
        fields = ("name", "per_hour", "paused_until", "paused_because")
        help_texts = {
            "name": gettext_lazy("all, identity:reminders or domain:example.org"),
            "per_hour": gettext_lazy("Empty: no limit, the line only serves to pause."),
        }

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip().lower()
        if not _NAME.fullmatch(name):
            raise forms.ValidationError(_("Write all, identity:… or domain:…"))
        return name


@admin.register(Lane)
class LaneAdmin(AuditedAdmin):
    """A pause is a date in the future; clearing it lets the mail go on."""

    form = LaneForm
    list_display = ("name", "per_hour", "failures", "paused_until", "paused_because")
    list_filter = (("paused_until", admin.EmptyFieldListFilter),)
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.filled_at = timezone.now()
        super().save_model(request, obj, form, change)
