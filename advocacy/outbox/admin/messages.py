"""Messages in the admin: what waits, what was tried, and what staff decide about those nobody is certain of."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import NothingToDecide
from advocacy.outbox.admin.asking import AskingAdmin, Refused
from advocacy.outbox.kinds import kinds, label_of
from advocacy.outbox.models import WAITING, DeliveryEvent, MessageState, OutboundMessage


class KindFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("kind"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, label_of(name)) for name in kinds.names()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(OutboundMessage)
class OutboundMessageAdmin(AskingAdmin):
    """Nothing is edited here: a message goes as it was written with its cause, or not at all."""

    list_display = ("subject", "recipient", "state", "kind_label", "age", "attempts")
    date_hierarchy = "created_at"
    list_filter = ("state", "stream", KindFilter, "created_at")
    search_fields = ("recipient", "subject", "message_id", "key")
    ordering = ("-pk",)
    acts = ("send_again", "arrived", "cancel")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("text", "html", "attachments")

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, message: OutboundMessage) -> str:
        return label_of(message.kind)

    @admin.display(description=gettext_lazy("age"), ordering="created_at")
    def age(self, message: OutboundMessage) -> str:
        return timesince(message.created_at, timezone.now())

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One message with every try as evidence. The text of account mail opens a door, so nobody reads it here."""
        message: OutboundMessage | None = self.get_object(request, object_id)
        if message is None:
            return super().change_view(request, object_id, form_url, extra_context)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": message,
            "title": message.subject,
            "message": message,
            "kind": label_of(message.kind),
            "tries": message.deliveries.order_by("pk"),
            "events": DeliveryEvent.objects.filter(message=message).order_by("at", "pk"),
            "shows_text": message.shows_text,
            "is_uncertain": message.state == MessageState.UNCERTAIN,
            "may_cancel": message.state in WAITING and not message.maybe_delivered,
        }
        return TemplateResponse(request, "admin/mail_message.html", context)

    def send_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        risk = _("It may have arrived already: then the person gets it twice.")
        said = _("It is in the queue again.")
        return self._decide(request, pk, _("Send again"), messages.send_again, said, risk)

    def arrived(self, request: HttpRequest, pk: int) -> HttpResponse:
        proof = _("What shows it: an answer, the relay's log, the person themselves.")
        return self._decide(request, pk, _("It arrived"), messages.arrived, _("It counts as sent."), proof)

    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = _("Cancelled: it will not be sent.")
        return self._decide(request, pk, _("Cancel the message"), messages.cancel, said)

    def _decide(
        self, request: HttpRequest, pk: int, verb: str, decide: Any, said: str, *lines: str
    ) -> HttpResponse:
        message: OutboundMessage = self.row(request, pk)

        def act(by: User, reason: str) -> str:
            try:
                decide(message, by=by, because=reason, now=timezone.now())
            except NothingToDecide as refusal:
                raise Refused(str(refusal)) from refusal
            return said

        about = f"{message.subject} → {message.recipient}"
        back = reverse("admin:outbox_outboundmessage_change", args=[pk])
        return self.ask(request, message, verb, act, lines=[about, *lines], back=back)
