"""The staff's door to hearings: what is announced, moved, called off and held, by the same actions as everywhere."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin
from legislation.actions import hearings
from legislation.forms.hearings import HearingForm
from legislation.models import Hearing, HearingMove, HearingStatus

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
else:
    _Inline = admin.StackedInline

_CLOCK = _("All times are those of the room’s own clock, in its time zone.")


def _by_its_clock(moment: datetime, hearing: Hearing) -> str:
    return date_format(moment.astimezone(ZoneInfo(hearing.zone)), "DATETIME_FORMAT")


class HearingMoveInline(_Inline):
    """What had been announced: to read."""

    model = HearingMove
    extra = 0
    can_delete = False
    fields = (("at", "was_to_start", "room"),)
    readonly_fields = ("was_to_start",)

    @admin.display(description=_("had been to start"))
    def was_to_start(self, move: HearingMove) -> str:
        return _by_its_clock(move.started_at, move.hearing)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Hearing)
class HearingAdmin(AuditedAdmin):
    """A hearing that was held or cancelled stays as it was: calendars and the record refer to it."""

    form = HearingForm
    list_display = ("held_by", "jurisdiction", "starts", "zone", "status")
    list_filter = ("status", "jurisdiction__country")
    search_fields = ("committee__search_text", "committee_name", "measures__search_text")
    autocomplete_fields = ("jurisdiction", "committee")
    # The search box of several choices has no label that a screen reader could say.
    raw_id_fields = ("measures",)
    list_select_related = ("jurisdiction", "committee")
    date_hierarchy = "starts_at"
    inlines = (HearingMoveInline,)
    fieldsets = (
        (None, {"fields": ("jurisdiction", "committee", "committee_name", "measures", "status")}),
        (_("When and where"), {"fields": ("starts_at", "zone", "room", "stream_url"), "description": _CLOCK}),
        (_("To testify"), {"fields": ("sign_up_url", "sign_up_by", "written_by", "language_rule")}),
        (_("The notice"), {"fields": ("url", "notice_received_at", "note")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is only read is shown like every moment of the admin, by the clock of who reads."""
        sets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return sets
        return [(name, {"fields": options["fields"]}) for name, options in sets]

    @admin.display(description=_("starts"), ordering="starts_at")
    def starts(self, hearing: Hearing) -> str:
        return _by_its_clock(hearing.starts_at, hearing)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Each part of what was changed goes to the action that holds its rules."""
        by, now = request.user, timezone.now()
        if not change:
            hearings.schedule(obj, by=by, now=now)  # type: ignore[arg-type]  # signed in: the admin sees to it
            return
        try:
            self._take_steps(request, obj, now)
        except hearings.NotOpen as problem:
            self.message_user(request, str(problem), messages.ERROR)

    def _take_steps(self, request: HttpRequest, obj: Any, now: datetime) -> None:
        by, stored = request.user, Hearing.objects.get(pk=obj.pk)
        details = {name: getattr(obj, name) for name in hearings.DETAILS}
        place = {"starts_at": obj.starts_at, "zone": obj.zone, "room": obj.room}
        named = {name: getattr(obj, name) for name in hearings.NAMES}
        hearings.edit(stored, by=by, **named, **details)  # type: ignore[arg-type]  # as above
        hearings.move(stored, by=by, now=now, **place)  # type: ignore[arg-type]  # as above
        if obj.status == HearingStatus.CANCELLED:
            hearings.cancel(stored, by=by, now=now)  # type: ignore[arg-type]  # as above
        elif obj.status == HearingStatus.HELD:
            hearings.mark_held(stored, by=by, now=now)  # type: ignore[arg-type]  # as above

    def save_choices(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What comes onto the agenda comes by the action; what was taken off it goes with the form."""
        chosen = form.cleaned_data.get("measures") or ()
        stored = Hearing.objects.get(pk=form.instance.pk)
        hearings.put_on_agenda(stored, chosen, by=request.user, now=timezone.now())  # type: ignore[arg-type]  # as above
        super().save_choices(request, form, formsets, change)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Asked of the row as it is stored: the form has already put into `obj` what was chosen."""
        is_open = obj is None or Hearing.objects.open().filter(pk=obj.pk).exists()
        return is_open and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
