"""Committees, sessions, the measures before them and the votes on them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import AuditedAdmin, AuditedPartsAdmin, LookOnlyAdmin
from legislation.actions import measure_events
from legislation.actions.measure_events import Teller
from legislation.measure_search import index_measures
from legislation.models import (
    Committee,
    CommitteeMembership,
    LegislativeSession,
    Measure,
    MeasureAction,
    RollCall,
    SessionDeadline,
    SourceRecord,
    Sponsorship,
    StageEvent,
    Vote,
)

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
    _Table = admin.TabularInline[Any, Any]
else:
    _Inline, _Table = admin.StackedInline, admin.TabularInline


class _LookOnlyTable(_Table):
    """Rows that imports write: to read, never to change. There may be hundreds."""

    template = "admin/look_only_table.html"
    extra = 0
    can_delete = False
    joined: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.visible_to(request.user)
        return rows.select_related(*self.joined)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CommitteeMembershipInline(_Inline):
    model = CommitteeMembership
    extra = 0
    autocomplete_fields = ("official",)


@admin.register(Committee)
class CommitteeAdmin(AuditedAdmin):
    list_display = ("name", "jurisdiction", "chamber", "parent")
    list_filter = ("jurisdiction__country",)
    search_fields = ("search_text",)
    autocomplete_fields = ("jurisdiction", "chamber", "parent")
    list_select_related = ("jurisdiction", "chamber", "parent")
    inlines = (CommitteeMembershipInline,)


class SessionDeadlineInline(_Inline):
    model = SessionDeadline
    extra = 0
    fields = (("kind", "on", "chamber"), ("local_label", "url"))
    formfield_overrides = AuditedAdmin.formfield_overrides


@admin.register(LegislativeSession)
class LegislativeSessionAdmin(AuditedPartsAdmin):
    """A session as staff set it up each year: its dates below, and the rules by which it ends."""

    list_display = ("name", "jurisdiction", "identifier", "kind", "starts_on", "ends_on", "carry_over")
    list_filter = ("kind", "carry_over", "jurisdiction__country")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "jurisdiction",
                    "identifier",
                    "name",
                    "kind",
                    "special_note",
                    "starts_on",
                    "ends_on",
                )
            },
        ),
        (_("Carry-over"), {"fields": ("carry_over", "year", "carries_over_to")}),
        (
            _("Signing window"),
            {"fields": ("signing_days", "signing_days_counted", "signing_from", "unsigned_becomes")},
        ),
        (_("Effect"), {"fields": ("effective_rule",)}),
    )
    search_fields = ("name", "identifier", "jurisdiction__name")
    autocomplete_fields = ("jurisdiction", "carries_over_to")
    list_select_related = ("jurisdiction",)
    inlines = (SessionDeadlineInline,)


class StageEventInline(_Inline):
    """Any order of stages is accepted, and none is ever refused for going backwards."""

    model = StageEvent
    extra = 0
    fields = (("on", "stage", "chamber"), ("local_label", "order"), "url", "note")
    formfield_overrides = AuditedAdmin.formfield_overrides


class SponsorshipInline(_LookOnlyTable):
    """A name beside which no official stands is one for which nobody was certain."""

    model = Sponsorship
    fields = ("name", "role", "official", "committee", "on", "withdrawn_on")
    joined = ("official", "committee")


class ProvenanceInline(_LookOnlyTable):
    """What each source last said of the measure, and when."""

    model = SourceRecord
    verbose_name_plural = _("where it comes from")
    fields = ("source", "kind", "external_id", "first_seen_at", "last_seen_at", "missing_since")
    joined = ("source",)


@admin.register(Measure)
class MeasureAdmin(AuditedPartsAdmin):
    list_display = ("number", "session", "title_en", "kind", "stage_now")
    list_filter = ("kind",)
    search_fields = ("search_text",)
    autocomplete_fields = ("session",)
    list_select_related = ("session__jurisdiction",)
    inlines = (StageEventInline, SponsorshipInline, ProvenanceInline)
    readonly_fields = ("source", "actions_on_record")

    @admin.display(description=_("lines of history"))
    def actions_on_record(self, measure: Measure) -> int:
        return MeasureAction.objects.filter(measure=measure).count() if measure.pk else 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Measure.objects.visible_to(request.user).with_stage(timezone.localdate())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        teller = Teller(timezone.now(), by=request.user)  # type: ignore[arg-type]  # signed in: the admin sees to it
        before = measure_events.standing_of([form.instance.pk] if change else [], teller.now.date())
        super().save_related(request, form, formsets, change)
        measure_events.ring_for(measure_events.note_changes(before, teller))
        index_measures([form.instance.pk])

    @admin.display(description=_("stage"))
    def stage_now(self, measure: Measure) -> str:
        return measure.stage_name


class VoteInline(_LookOnlyTable):
    model = Vote
    fields = ("name", "option", "official")
    joined = ("official",)


@admin.register(RollCall)
class RollCallAdmin(LookOnlyAdmin):
    """Votes are the legislature's to count: they are imported, and only read here."""

    list_display = ("on", "measure", "chamber", "motion", "result", "yes", "no")
    list_filter = ("result", "chamber", "source")
    search_fields = ("measure__search_text", "motion")
    date_hierarchy = "on"
    list_select_related = ("measure__session",)
    inlines = (VoteInline,)
