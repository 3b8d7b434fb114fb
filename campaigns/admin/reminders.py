"""The staff's door to the planner: what was reminded of, what was not and why, and which rules are on."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.admin import AuditedAdmin
from advocacy.kernel.reminder_rules import reminder_rules
from advocacy.outbox.models import MessageState
from campaigns.models import Occurrence, RuleSetting
from campaigns.reminders import actions


@admin.register(RuleSetting)
class RuleSettingAdmin(AuditedAdmin):
    """Switch a rule off, or change its days. The rows come by themselves, one for each rule."""

    list_display = ("rule", "is_on", "days_in_force")
    list_filter = ("is_on",)
    fields = ("rule", "is_on", "days", "days_as_delivered")
    readonly_fields = ("rule", "days_as_delivered")

    @admin.display(description=_("rule"), ordering="name")
    def rule(self, row: RuleSetting) -> str:
        return str(row)

    @admin.display(description=_("days"))
    def days_in_force(self, row: RuleSetting) -> str:
        return _in_words(row.offsets if row.name in reminder_rules else ())

    @admin.display(description=_("days as delivered"))
    def days_as_delivered(self, row: RuleSetting) -> str:
        return _in_words(reminder_rules[row.name].offsets if row.name in reminder_rules else ())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RuleFilter(admin.SimpleListFilter):
    """By the words of a rule; the row keeps its code."""

    title, parameter_name = _("rule"), "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, str(reminder_rules[name].label)) for name in sorted(reminder_rules.names())]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(rule=self.value()) if self.value() else queryset


class MailFilter(admin.SimpleListFilter):
    """By what became of the mail it went into."""

    title, parameter_name = _("mail"), "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return MessageState.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(message__state=self.value()) if self.value() else queryset


@admin.register(Occurrence)
class OccurrenceAdmin(AuditedAdmin):
    """Each reminder that was owed, and what became of it."""

    list_display = ("due_at", "person", "rule_in_words", "state", "mail", "reason")
    list_filter = ("state", MailFilter, RuleFilter)
    search_fields = ("person__full_name", "person__email", "period")
    date_hierarchy = "due_at"
    list_select_related = ("person", "message")
    actions = ("send_now",)

    @admin.display(description=_("rule"), ordering="rule")
    def rule_in_words(self, row: Occurrence) -> str:
        return str(reminder_rules[row.rule].label) if row.rule in reminder_rules else row.rule

    @admin.display(description=_("mail"), ordering="message__state")
    def mail(self, row: Occurrence) -> str:
        return str(row.message.get_state_display()) if row.message else "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Send what was missed now"), permissions=["view"])
    def send_now(self, request: HttpRequest, queryset: QuerySet[Occurrence]) -> None:
        now = timezone.now()
        count = sum(actions.send_now(row, by=request.user, now=now) for row in queryset)  # type: ignore[arg-type]  # signed in
        text = ngettext(
            "%(count)d reminder goes into the next mail.", "%(count)d reminders go into the next mail.", count
        )
        messages.success(request, text % {"count": count})


def _in_words(days: tuple[int, ...]) -> str:
    """Signed numbers, as people write them: −1, +1, +5."""
    return ", ".join(f"{day:+d}".replace("-", "−") for day in days) or str(_("a calendar of its own"))
