"""Staff's door to issues, tracked measures, positions and testimony."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin, AuditedPartsAdmin, LookOnlyAdmin
from advocacy.positions import approval
from advocacy.positions.actions import decisions
from advocacy.positions.models import (
    Issue,
    Material,
    MaterialVersion,
    Outcome,
    Position,
    PositionDecision,
    Ruling,
    Testimony,
    TierChange,
    Tracking,
)
from advocacy.positions.models import IssueQuerySet as Issues
from members.access import today_for

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
    _ModelForm = forms.ModelForm[Any]
else:
    _Inline = admin.StackedInline
    _ModelForm = forms.ModelForm


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter at run time
    """Issues are retired, not deleted: contacts refer to them."""

    list_display = ("title_en", "title_fr", "is_retired")
    list_filter = ("is_retired",)
    search_fields = ("title_en", "title_fr")

    def get_queryset(self, request: HttpRequest) -> Issues:
        return Issues(Issue).visible_to(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return False


@admin.display(description=_("whose"), ordering="chapter__name")
def held_by(row: Material | Outcome | Position | Testimony | Tracking) -> str:
    return row.holder


class TierChangeInline(_Inline):
    model = TierChange
    extra = 0
    min_num = 1
    fields = (("on", "tier"),)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """What is followed has a tier."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(Tracking)
class TrackingAdmin(AuditedPartsAdmin):
    """What is no longer followed goes to tier 4 and stays."""

    list_display = ("measure", held_by, "tier_now", "owner")
    list_filter = ("tier_changes__tier", "chapter", "issues")
    list_select_related = ("measure__session", "chapter", "owner")
    search_fields = ("measure__search_text", "owner__full_name")
    autocomplete_fields = ("measure", "chapter", "owner")
    inlines = (TierChangeInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Tracking.objects.visible_to(request.user).with_tier(timezone.localdate())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=_("tier"))
    def tier_now(self, tracking: Tracking) -> str:
        return str(TierChange(tier=tracking.tier)) if tracking.tier else ""


class DecisionInline(_Inline):
    """Read here, made on the page of the position by those whose step it is."""

    model = PositionDecision
    extra = 0
    fields = readonly_fields = ("step", "ruling", "words", "decided_by", "decided_on")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Position)
class PositionAdmin(AuditedAdmin):
    """Positions are proposed and decided about on their pages; here staff approve their own step.

    What a proposal says is never edited: whoever approved it approved those words. Nothing is deleted: it is the
    history.
    """

    fields = (
        "measure", "chapter", "position", "text_version", "rationale", "principles", "requested_amendments",
        "requested_by", "needed_by", "is_expedited", "hearing", "status", "proposed_on", "proposed_by", "approved_on",
        "approved_by", "ends_on",
    )  # fmt: skip
    readonly_fields = fields
    list_display = ("measure", held_by, "position", "status", "proposed_on", "approved_on", "ends_on")
    list_filter = ("status", "position", "chapter")
    list_select_related = ("measure__session", "chapter")
    search_fields = ("measure__search_text", "rationale")
    inlines = (DecisionInline,)
    actions = ("approve", "withdraw")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Approve my step"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Position]) -> None:
        today = timezone.localdate()
        _tell(request, queryset, lambda row: _approve_my_step(row, request.user, today))  # type: ignore[arg-type]  # signed in

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Position]) -> None:
        today = timezone.localdate()
        _tell(request, queryset, lambda row: decisions.withdraw(row, by=request.user, on=today))  # type: ignore[arg-type]  # signed in


def _approve_my_step(row: Position, person: User, today: date) -> bool:
    """False where the next step is somebody else's."""
    course = approval.course_of(row, today_for(person))
    if not course.next_step or not course.waits_for(person):
        return False
    made = decisions.decide(row, step=course.next_step, ruling=Ruling.APPROVED, by=person, on=today)
    return made is not None


def _tell(request: HttpRequest, rows: QuerySet[Position], decide: Callable[[Position], bool]) -> None:
    done = sum(decide(row) for row in rows)
    text = ngettext("%(count)d position changed.", "%(count)d positions changed.", done)
    messages.success(request, text % {"count": done})
    if done < len(rows):
        messages.warning(
            request, _("The others wait for somebody else: nobody decides about the own proposal.")
        )


@admin.register(Testimony)
class TestimonyAdmin(AuditedAdmin):
    """Registered on the page of the measure, under an approved position; how it went is written down here too."""

    list_display = ("measure", held_by, "person", "form", "side", "submitted_at", "was_delivered")
    list_filter = ("form", "side", "chapter")
    list_select_related = ("measure__session", "chapter", "person")
    search_fields = ("measure__search_text", "person__full_name", "organisation")
    fields = (
        "measure", "chapter", "position", "person", "form", "side", "organisation", "hearing", "registered_on",
        "registered_by", "text", "link", "submitted_at", "was_delivered", "reception",
    )  # fmt: skip
    readonly_fields = fields[:10]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Outcome)
class OutcomeAdmin(LookOnlyAdmin):
    """Recorded on the page of the measure, once it has ended; read here."""

    list_display = ("measure", held_by, "contribution", "amendments_obtained", "recorded_on", "recorded_by")
    list_filter = ("contribution", "amendments_obtained", "chapter")
    list_select_related = ("measure__session", "chapter", "recorded_by")
    search_fields = ("measure__search_text", "lessons")


class VersionInline(_Inline):
    """Read here, written on the page of the material."""

    model = MaterialVersion
    extra = 0
    fields = readonly_fields = ("language", "number", "text", "link", "written_on", "written_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Material)
class MaterialAdmin(LookOnlyAdmin):
    """Kept, written and archived on its page; read here."""

    list_display = ("title", "kind", held_by, "measure", "confidentiality", "added_on", "archived_on")
    list_filter = ("kind", "confidentiality", "versions__language", "chapter", "issue")
    list_select_related = ("measure__session", "chapter")
    search_fields = ("search_text", "measure__search_text")
    inlines = (VersionInline,)
