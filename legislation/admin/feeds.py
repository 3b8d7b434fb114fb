"""One screen for what the portal fetches by itself: how each feed is, and when it runs next."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin
from legislation.actions import feeds
from legislation.models import Feed


@admin.register(Feed)
class FeedAdmin(AuditedAdmin):
    """Staff switch a feed on and say how often; everything else is what its visits left."""

    list_display = ("source", "health", "is_on", "age", "rows", "calls", "next_run_at", "error")
    list_filter = ("is_on",)
    list_select_related = ("source",)
    search_fields = ("source__name",)
    actions = ("fetch_now",)
    fields = (
        "source",
        ("is_on", "every_hours", "most_calls_a_day"),
        ("last_tried_at", "last_success_at", "last_changed_at"),
        ("rows", "calls", "failures", "next_run_at"),
        "error",
    )
    readonly_fields = (
        "source",
        "last_tried_at",
        "last_success_at",
        "last_changed_at",
        "rows",
        "calls",
        "failures",
        "next_run_at",
        "error",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("how it is"))
    def health(self, feed: Feed) -> str:
        if feed.failures:
            return ngettext("failed once", "failed %(count)d times in a row", feed.failures) % {
                "count": feed.failures
            }
        if feed.last_success_at is None:
            return _("never fetched")
        return _("fine") if feed.is_on else _("switched off")

    @admin.display(description=gettext_lazy("last success"), ordering="last_success_at")
    def age(self, feed: Feed) -> str:
        if feed.last_success_at is None:
            return "–"
        return _("%(time)s ago") % {"time": timesince(feed.last_success_at, timezone.now())}

    @admin.action(description=gettext_lazy("Fetch now"), permissions=["change"])
    def fetch_now(self, request: HttpRequest, queryset: Any) -> None:
        assert isinstance(request.user, User)  # noqa: S101 (the admin lets nobody else in)
        for feed in queryset:
            feeds.start(feed, by=request.user)
        count = len(queryset)
        text = ngettext("%(count)d feed is being fetched.", "%(count)d feeds are being fetched.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
