"""Who took part, in the admin: the queue of those held, what left in whose name, and how far the mail is."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.admin import LookOnlyAdmin
from advocacy.audit.importing import ExportingAdmin
from advocacy.outbox.admin.asking import by
from campaigns import trouble
from campaigns.actions import moderation
from campaigns.models import Letter, Mailing, Participation, Recipient
from campaigns.sendlog import reason_label, said_of

if TYPE_CHECKING:
    _Inline = admin.TabularInline[Any, Any]
else:
    _Inline = admin.TabularInline


class _Rows(LookOnlyAdmin, ExportingAdmin):
    """Read here, and taken away as a file."""


class LetterInline(_Inline):
    model = Letter
    template = "admin/look_only_table.html"
    extra = 0
    fields = readonly_fields = (
        "target",
        "method",
        "confirmation",
        "call_outcome",
        "at",
        "reply",
        "replied_on",
    )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("target__official", "participation__contact")


@admin.register(Participation)
class ParticipationAdmin(_Rows):
    """What was held is let through or refused here, many at once; nothing that somebody sent is edited."""

    list_display = (
        "contact",
        "state",
        "reasons",
        "campaign",
        "at",
        "own_share",
        "likeness",
        "source",
        "chapter",
    )
    list_filter = ("state", "campaign", "source", "language", "chapter")
    list_select_related = ("contact", "campaign", "chapter")
    search_fields = ("contact__search_text",)
    date_hierarchy = "at"
    fields = readonly_fields = (
        "campaign", "contact", "signed_as", "chapter", "at", "state", "reasons", "language", "source", "postal_code",
        "own_words", "own_share", "likeness", "acknowledged", "wants_news", "revision", "judged_by", "judged_at",
    )  # fmt: skip
    inlines = (LetterInline,)
    actions = (*_Rows.actions, "let_through", "refuse")

    @admin.display(description=_("held because"))
    def reasons(self, row: Participation) -> str:
        return moderation.in_words(row)

    @admin.action(description=_("Let through what is held"), permissions=["view"])
    def let_through(self, request: HttpRequest, queryset: QuerySet[Participation]) -> None:
        count = moderation.let_through(queryset, by=by(request), now=timezone.now())
        text = ngettext("%(count)d counts now.", "%(count)d count now.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=_("Refuse what is held"), permissions=["view"])
    def refuse(self, request: HttpRequest, queryset: QuerySet[Participation]) -> None:
        count = moderation.refuse(queryset, by=by(request), now=timezone.now())
        text = ngettext("%(count)d is refused.", "%(count)d are refused.", count)
        messages.success(request, text % {"count": count})


class LetterTroubleFilter(admin.SimpleListFilter):
    title, parameter_name = _("mail"), "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("trouble", _("Not delivered or uncertain"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Letter]) -> QuerySet[Letter]:
        return queryset.filter(trouble.failed_letters()) if self.value() else queryset


@admin.register(Letter)
class LetterAdmin(_Rows):
    """One line for each office that somebody wrote to or called. What the text says is the supporter's own."""

    list_display = (
        "supporter",
        "target",
        "campaign",
        "at",
        "method",
        "confirmation",
        "mail",
        "reply",
        "replied_on",
    )
    list_filter = (LetterTroubleFilter, "confirmation", "method", "reply", "participation__campaign")
    list_select_related = (
        "participation__contact",
        "participation__campaign",
        "target__official",
        "message",
    )
    search_fields = ("participation__contact__search_text", "target__official__search_text")
    date_hierarchy = "at"
    fields = readonly_fields = (
        "supporter", "campaign", "target", "method", "confirmation", "subject", "text", "message", "call_outcome", "at",
        "told_at", "reply", "replied_on", "reply_text", "forgotten_at",
    )  # fmt: skip

    @admin.display(description=_("supporter"), ordering="participation__contact")
    def supporter(self, row: Letter) -> str:
        return str(row.participation.contact)

    @admin.display(description=_("mail"), ordering="message__state")
    def mail(self, row: Letter) -> str:
        return row.message.in_words(timezone.now()) if row.message else "–"

    @admin.display(description=_("campaign"), ordering="participation__campaign")
    def campaign(self, row: Letter) -> str:
        return str(row.participation.campaign)


class StillFilter(admin.SimpleListFilter):
    title, parameter_name = _("mail"), "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("still", _("Stands still"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mailing]) -> QuerySet[Mailing]:
        return trouble.still(queryset, timezone.now()) if self.value() else queryset


@admin.register(Mailing)
class MailingAdmin(_Rows):
    """How far each mailing is. Who was skipped and why is the list of its recipients."""

    list_display = ("campaign", "purpose", "state", "begun_at", "audience", "written", "skipped", "sent")
    list_filter = ("state", StillFilter, "purpose", "campaign")
    list_select_related = ("campaign",)
    search_fields = ("campaign__name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_counts()  # type: ignore[attr-defined]  # MailingQuerySet

    @admin.display(description=_("written"), ordering="written")
    def written(self, row: Mailing) -> int:
        return row.written

    @admin.display(description=_("skipped"), ordering="skipped")
    def skipped(self, row: Mailing) -> int:
        return row.skipped

    @admin.display(description=_("sent"), ordering="sent")
    def sent(self, row: Mailing) -> int:
        return row.sent


class TroubleFilter(admin.SimpleListFilter):
    title, parameter_name = _("mail"), "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("trouble", _("Refused or uncertain")),
            ("written", _("Written to")),
            ("skipped", _("Skipped")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Recipient]) -> QuerySet[Recipient]:
        if self.value() == "trouble":
            return queryset.filter(trouble.failed_mail())
        if self.value() == "skipped":
            return queryset.exclude(skipped="")
        return queryset.filter(skipped="") if self.value() else queryset


class ReasonFilter(admin.SimpleListFilter):
    """Only reasons that occur, in words."""

    title, parameter_name = _("skipped because"), "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        found = Recipient.objects.skipped_ones().order_by("skipped").values_list("skipped", flat=True)
        return [(code, reason_label(code)) for code in found.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Recipient]) -> QuerySet[Recipient]:
        return queryset.filter(skipped=self.value()) if self.value() else queryset


@admin.register(Recipient)
class RecipientAdmin(_Rows):
    """One line for everybody a mailing was meant for: with the message, or with the reason."""

    list_display = ("contact", "mailing", "language", "variant", "why_skipped", "mail", "said", "viewed_at")
    list_filter = (
        TroubleFilter,
        ReasonFilter,
        "mailing__campaign",
        "mailing__purpose",
        "language",
        "variant",
    )
    list_select_related = ("contact", "mailing__campaign", "message")
    search_fields = ("contact__search_text",)

    @admin.display(description=_("skipped because"), ordering="skipped")
    def why_skipped(self, row: Recipient) -> str:
        return reason_label(row.skipped) if row.skipped else ""

    @admin.display(description=_("mail"), ordering="message__state")
    def mail(self, row: Recipient) -> str:
        return row.message.in_words(timezone.now()) if row.message else "–"

    @admin.display(description=_("last try"))
    def said(self, row: Recipient) -> str:
        return said_of(row.message)
