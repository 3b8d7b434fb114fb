"""Staff's door to issues, tracked measures and positions."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.admin import AuditedAdmin, AuditedPartsAdmin
from advocacy.positions.actions import decisions
from advocacy.positions.models import Issue, Position, TierChange, Tracking
from advocacy.positions.models import IssueQuerySet as Issues

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
def held_by(row: Position | Tracking) -> str:
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


class PositionForm(_ModelForm):
    """How it ended for us is said once the measure has ended; that rule is of this form, not of the table."""

    class Meta:
        model = Position
        fields = (
            "measure", "chapter", "position", "rationale", "proposed_on", "proposed_by", "status", "approved_on",
            "approved_by", "ends_on", "amendments_obtained", "contribution",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = [name for name in ("amendments_obtained", "contribution") if cleaned.get(name)]
        measure = cleaned.get("measure")
        if said and measure and measure.fate(timezone.localdate()).is_open:
            raise forms.ValidationError(
                {name: _("This measure has not ended yet: enter its last stage first.") for name in said}
            )
        return cleaned


@admin.register(Position)
class PositionAdmin(AuditedAdmin):
    """Positions are decided about and withdrawn, and never deleted: they are the history."""

    form = PositionForm
    list_display = ("measure", held_by, "position", "status", "proposed_on", "approved_on", "ends_on")
    list_filter = ("status", "position", "chapter")
    list_select_related = ("measure__session", "chapter")
    search_fields = ("measure__search_text", "rationale")
    autocomplete_fields = ("measure", "chapter", "proposed_by", "approved_by")
    actions = ("approve", "decline", "withdraw")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Approve, in place of what held before"), permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Position]) -> None:
        today = timezone.localdate()
        _tell(request, queryset, lambda row: decisions.approve(row, by=request.user, on=today))  # type: ignore[arg-type]  # signed in

    @admin.action(description=_("Decline"), permissions=["change"])
    def decline(self, request: HttpRequest, queryset: QuerySet[Position]) -> None:
        _tell(request, queryset, lambda row: decisions.decline(row, by=request.user))  # type: ignore[arg-type]  # signed in

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Position]) -> None:
        today = timezone.localdate()
        _tell(request, queryset, lambda row: decisions.withdraw(row, by=request.user, on=today))  # type: ignore[arg-type]  # signed in


def _tell(request: HttpRequest, rows: QuerySet[Position], decide: Callable[[Position], bool]) -> None:
    done = sum(decide(row) for row in rows)
    text = ngettext("%(count)d position changed.", "%(count)d positions changed.", done)
    messages.success(request, text % {"count": done})
