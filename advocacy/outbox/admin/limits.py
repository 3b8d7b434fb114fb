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
from advocacy.outbox.streams import Stream

if TYPE_CHECKING:
    _LaneForm = forms.ModelForm[Lane]
else:
    _LaneForm = forms.ModelForm
_NAME = re.compile(
    rf"all|identity:[a-z0-9_.-]+|domain:[a-z0-9.-]+|stream:({'|'.join(Stream.values)})|scope:[a-z]+:\d+"
)


class LaneForm(_LaneForm):
    class Meta:
        model = Lane
        fields = ("name", "per_hour", "paused_until", "paused_because")
        help_texts = {
            "name": gettext_lazy("all, identity:reminders, domain:example.org or stream:campaign"),
            "per_hour": gettext_lazy("Empty: no limit, the line only serves to pause."),
        }

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip().lower()
        if not _NAME.fullmatch(name):
            raise forms.ValidationError(_("Write all, identity:…, domain:…, stream:… or scope:…"))
        return name

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if str(found.get("name", "")).startswith(("stream:", "scope:")) and found.get("per_hour") is not None:
            self.add_error("per_hour", _("A class of mail can be paused, not slowed."))
        return found


@admin.register(Lane)
class LaneAdmin(AuditedAdmin):
    """A pause is a date in the future; clearing it lets the mail go on."""

    form = LaneForm
    list_display = ("name", "per_hour", "failures", "paused_until", "paused_because")
    list_filter = (("paused_until", admin.EmptyFieldListFilter),)
    search_fields = ("name",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # A class of mail that is let go again is judged by what comes back from now on.
        if not change or (obj.per_hour is None and obj.paused_until is None):
            obj.filled_at = timezone.now()
        super().save_model(request, obj, form, change)
