"""Staff's door to Advocacy Days. What has rules of its own is done on its page, by the actions that hold them."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.admin import AuditedAdmin, AuditedPartsAdmin, LookOnlyAdmin
from advocacy.audit.importing import ImportingAdmin
from advocacy.events.actions import checklists, places, registrations
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    Building,
    ChecklistItem,
    EventAsk,
    Recognition,
    Registration,
    RegistrationDistrict,
    Team,
    TeamMember,
    Walk,
)
from advocacy.events.resources import RegistrationResource
from members.admin.forgetting import ForgetsPeople

if TYPE_CHECKING:
    _Inline = admin.TabularInline[Any, Any]
    _Stacked = admin.StackedInline[Any, Any]
else:
    _Inline, _Stacked = admin.TabularInline, admin.StackedInline


class _Shown(_Inline):
    """Read here; changed on the pages of the day, where the rules are."""

    template = "admin/look_only_table.html"
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class AskInline(_Shown):
    model = EventAsk
    fields = readonly_fields = ("order", "kind", "text", "measure", "issue", "position")


class ChecklistInline(_Shown):
    model = ChecklistItem
    fields = readonly_fields = ("step", "text", "due_on", "owner", "done_on", "done_by")


class BuildingInline(_Stacked):
    model = Building
    fields = ("name", "directions", "is_closed")
    extra = 0


class RecognitionInline(_Shown):
    model = Recognition
    fields = readonly_fields = ("title", "kind", "direction", "status", "due_on", "owner")


@admin.register(AdvocacyEvent)
class AdvocacyEventAdmin(AuditedPartsAdmin):
    """Begun, moved on and given another day on its pages; corrected here. A day is cancelled, not deleted."""

    list_display = ("name", "held_on", "status", "format", "jurisdiction", "coordinator", "cap")
    list_filter = ("status", "format", "hosts", "is_public")
    list_select_related = ("jurisdiction", "coordinator")
    search_fields = ("name", "name_fr")
    date_hierarchy = "held_on"
    inlines = (AskInline, ChecklistInline, BuildingInline, RecognitionInline)
    readonly_fields = (
        "status", "held_on", "zone", "cap", "hosts", "coordinator", "jurisdiction", "edition", "published_at",
        "cancelled_reason", "copied_from",
    )  # fmt: skip
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "name_fr",
                    "goal",
                    "status",
                    "format",
                    "hosts",
                    "jurisdiction",
                    "coordinator",
                )
            },
        ),
        (
            _("When and where"),
            {"fields": ("held_on", "zone", "opens_at", "closes_at", "place", "link", "emergency_phone")},
        ),
        (_("Registration"), {"fields": ("cap", "registration_until", "is_public")}),
        (_("Teams"), {"fields": ("team_min", "team_max", "walking_minutes")}),
        (
            _("Means and ends"),
            {"fields": (("budget", "budget_currency"), "sponsors", "people_wanted", "meetings_wanted")},
        ),
        (
            _("Afterwards"),
            {"fields": ("lessons", "next_on", "copied_from", "edition", "published_at", "cancelled_reason")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Building)
class BuildingAdmin(AuditedAdmin):
    list_display = ("name", "event", "is_closed")
    list_filter = ("is_closed",)
    list_select_related = ("event",)
    search_fields = ("name", "event__name")
    autocomplete_fields = ("event",)


@admin.register(Walk)
class WalkAdmin(AuditedAdmin):
    """The older building stands first."""

    list_display = ("start", "end", "minutes")
    list_select_related = ("start", "end")
    autocomplete_fields = ("start", "end")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(LookOnlyAdmin):
    list_display = ("__str__", "event", "due_on", "owner", "done_on", "done_by")
    list_filter = ("step", ("done_on", admin.EmptyFieldListFilter))
    list_select_related = ("event", "owner", "done_by")
    search_fields = ("text", "event__name")
    date_hierarchy = "due_on"
    actions = ("tick",)

    @admin.action(description=_("Mark as done"), permissions=["view"])
    def tick(self, request: HttpRequest, queryset: QuerySet[ChecklistItem]) -> None:
        today = request.user.today(timezone.now())  # type: ignore[union-attr]  # signed in: the admin sees to it
        done = sum(checklists.tick(item, by=request.user, on=today) for item in queryset)  # type: ignore[arg-type]  # as above
        text = ngettext("%(count)d step is done.", "%(count)d steps are done.", done) % {"count": done}
        messages.success(request, text)


class DistrictInline(_Shown):
    model = RegistrationDistrict
    fields = readonly_fields = ("division", "chamber_code", "jurisdiction")


@admin.register(Registration)
class RegistrationAdmin(ForgetsPeople, ImportingAdmin):
    """Read, imported, exported, moved up, withdrawn and forgotten here; corrected on their page, with the districts."""

    resource_classes = (RegistrationResource,)
    list_display = ("name", "event", "status", "chapter", "is_first_timer", "language", "registered_at")
    list_filter = ("status", "event", "language", "is_first_timer", "photo_consent", "wished_role")
    list_select_related = ("event", "chapter")
    search_fields = ("search_text",)
    date_hierarchy = "registered_at"
    inlines = (DistrictInline,)
    actions = (*ImportingAdmin.actions, "move_up", "withdraw", "forget")
    exclude = ("link_key", "search_text")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_import_permission(self, request: HttpRequest) -> bool:
        """A file is previewed row by row, and each row goes the way of everybody who registers."""
        return self.has_view_permission(request)

    @admin.action(description=_("Give a place"), permissions=["view"])
    def move_up(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        now = timezone.now()
        self._say(request, sum(places.move_up(row, by=request.user, now=now) for row in queryset))  # type: ignore[arg-type]  # signed in

    @admin.action(description=_("Withdraw"), permissions=["view"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        now = timezone.now()
        self._say(request, sum(registrations.withdraw(row, by=request.user, now=now) for row in queryset))  # type: ignore[arg-type]  # as above

    def to_forget(self, queryset: QuerySet[Registration]) -> list[Registration]:
        return list(queryset.reachable())  # type: ignore[attr-defined]  # of registrations

    def _say(self, request: HttpRequest, count: int) -> None:
        words = ngettext("%(count)d registration changed.", "%(count)d registrations changed.", count)
        messages.success(request, words % {"count": count})


class MemberInline(_Shown):
    model = TeamMember
    fields = readonly_fields = ("registration", "role", "second_role", "is_captain", "is_locked")


@admin.register(Team)
class TeamAdmin(LookOnlyAdmin):
    """Made on the page of teams and appointments."""

    list_display = ("number", "name", "event")
    list_filter = ("event",)
    list_select_related = ("event",)
    search_fields = ("name", "event__name")
    inlines = (MemberInline,)


@admin.register(Appointment)
class AppointmentAdmin(LookOnlyAdmin):
    """Kept on the page of teams and appointments."""

    list_display = ("office", "event", "status", "starts_at", "team", "building")
    list_filter = ("status", "event", "is_locked")
    list_select_related = ("event", "official", "committee", "team", "building")
    search_fields = ("official__name", "committee__name", "agency", "event__name")


@admin.register(Recognition)
class RecognitionAdmin(AuditedAdmin):
    list_display = ("title", "kind", "direction", "status", "chapter", "due_on", "owner")
    list_filter = ("status", "kind", "direction", "chapter")
    list_select_related = ("chapter", "owner")
    search_fields = ("title", "office", "official__name")
    date_hierarchy = "due_on"
    autocomplete_fields = ("official", "owner", "event")
