"""Staff's door: every token and webhook, to look at and to close."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.api.actions import deliveries, endpoints, tokens
from advocacy.api.models import ApiToken, WebhookDelivery, WebhookEndpoint
from advocacy.audit.admin import LookOnlyAdmin


@admin.register(ApiToken)
class ApiTokenAdmin(LookOnlyAdmin):
    """A secret is nobody's to see again; a token that is in the wrong hands is revoked."""

    list_display = ("name", "prefix", "owner", "created_at", "expires_at", "last_used_on", "revoked_at")
    list_filter = ("revoked_at", "expires_at")
    list_select_related = ("owner",)
    search_fields = ("name", "prefix", "owner__full_name", "owner__email")
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen tokens"))
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        now = timezone.now()
        count = sum(tokens.revoke(one, by=request.user, now=now) for one in chosen)  # type: ignore[arg-type]  # signed in: the admin sees to it
        self.message_user(
            request,
            ngettext("%(count)d token revoked.", "%(count)d tokens revoked.", count) % {"count": count},
        )


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(LookOnlyAdmin):
    list_display = ("url", "owner", "created_at", "failing_since", "disabled_at")
    list_filter = ("disabled_at", "failing_since")
    list_select_related = ("owner",)
    search_fields = ("url", "owner__full_name", "owner__email")
    actions = ("switch_off",)

    @admin.action(description=_("Switch the chosen webhooks off"))
    def switch_off(self, request: HttpRequest, chosen: QuerySet[WebhookEndpoint]) -> None:
        now = timezone.now()
        count = sum(endpoints.switch_off(one, by=request.user, now=now) for one in chosen)  # type: ignore[arg-type]  # as above
        text = ngettext("%(count)d webhook switched off.", "%(count)d webhooks switched off.", count)
        self.message_user(request, text % {"count": count})


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(LookOnlyAdmin):
    list_display = ("event", "endpoint", "state", "attempts", "last_code", "last_at", "next_at")
    list_filter = ("state", "event__kind")
    list_select_related = ("event", "endpoint")
    search_fields = ("endpoint__url", "event__public_id")
    actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("event", "endpoint")

    @admin.action(description=_("Send the chosen deliveries again"))
    def send_again(self, request: HttpRequest, chosen: QuerySet[WebhookDelivery]) -> None:
        now = timezone.now()
        count = sum(deliveries.send_again(one, by=request.user, now=now) for one in chosen)  # type: ignore[arg-type]  # as above
        text = ngettext("%(count)d is sent again.", "%(count)d are sent again.", count)
        self.message_user(request, text % {"count": count})
