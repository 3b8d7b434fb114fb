"""Who took part, in the admin: the queue of those held, and what left in whose name."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.audit.admin import LookOnlyAdmin
from advocacy.outbox.admin.asking import by
from campaigns.actions import moderation
from campaigns.models import Letter, Mailing, Participation, Recipient


class LetterInline(admin.TabularInline[Letter, Participation]):
    model = Letter
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


@admin.register(Participation)
class ParticipationAdmin(LookOnlyAdmin):
    """What was held is let through or refused here, many at once; nothing that somebody sent is edited."""

    list_display = (
        "contact",
        "campaign",
        "at",
        "state",
        "reasons",
        "own_share",
        "likeness",
        "source",
        "chapter",
    )
    list_filter = ("state", "campaign", "source", "language", "chapter")
    list_select_related = ("contact", "campaign", "chapter")
    search_fields = ("contact__search_text",)
    date_hierarchy = "at"
    fields = (
        "campaign", "contact", "chapter", "at", "state", "reasons", "language", "source", "postal_code", "own_words",
        "own_share", "likeness", "acknowledged", "wants_news", "revision", "judged_by", "judged_at",
    )  # fmt: skip
    readonly_fields = fields
    inlines = (LetterInline,)
    actions = ("let_through", "refuse")

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


@admin.register(Mailing)
class MailingAdmin(LookOnlyAdmin):
    """How far each mailing is. Who was skipped and why is the list of its recipients."""

    list_display = (
        "campaign",
        "purpose",
        "state",
        "audience",
        "written_count",
        "skipped_count",
        "sent_count",
    )
    list_filter = ("state", "purpose")
    list_select_related = ("campaign",)
    search_fields = ("campaign__name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_counts()

    @admin.display(description=_("written"), ordering="written")
    def written_count(self, row: Mailing) -> int:
        return row.written

    @admin.display(description=_("skipped"), ordering="skipped")
    def skipped_count(self, row: Mailing) -> int:
        return row.skipped

    @admin.display(description=_("sent"), ordering="sent")
    def sent_count(self, row: Mailing) -> int:
        return row.sent


@admin.register(Recipient)
class RecipientAdmin(LookOnlyAdmin):
    """One line for everybody a mailing was meant for: with the message, or with the reason."""

    list_display = ("contact", "mailing", "language", "variant", "why_skipped", "mail", "viewed_at")
    list_filter = ("mailing__campaign", "mailing__purpose", "skipped", "language", "variant")
    list_select_related = ("contact", "mailing__campaign", "message")
    search_fields = ("contact__search_text",)

    @admin.display(description=_("skipped because"), ordering="skipped")
    def why_skipped(self, row: Recipient) -> str:
        return row.why

    @admin.display(description=_("mail"), ordering="message__state")
    def mail(self, row: Recipient) -> str:
        return str(row.message.get_state_display()) if row.message else "–"
