"""One screen for what the portal fetches by itself: how each feed is, and when it runs next."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedPartsAdmin
from legislation import feed_health
from legislation.actions import feeds
from legislation.forms.feeds import FeedSessionForm
from legislation.models import Feed, FeedSession
from legislation.sources.measures.live.catalogue import LIVE

if TYPE_CHECKING:
    _Table = admin.TabularInline[Any, Any]
else:
    _Table = admin.TabularInline


_MOST_OF_A_REASON = 200


class FeedSessionInline(_Table):
    """What is asked for; sessions that somebody tracks come and go by themselves."""

    model = FeedSession
    form = FeedSessionForm
    extra = 0
    autocomplete_fields = ("session",)
    fields = ("session", "is_chosen", "last_good_at")
    readonly_fields = ("last_good_at",)


@admin.register(Feed)
class FeedAdmin(AuditedPartsAdmin):
    """Staff switch a feed on, say how often and what for; everything else is what its visits left."""

    list_display = ("source", "health", "why", "age", "quota", "next_run_at", "is_on", "rows")
    list_filter = ("is_on",)
    list_select_related = ("source",)
    search_fields = ("source__name",)
    actions = ("fetch_now",)
    fields = (
        "source",
        ("is_on", "every_hours", "most_calls_a_day"),
        ("last_tried_at", "last_success_at", "last_changed_at"),
        ("rows", "quota", "failures", "next_run_at"),
        "notice",
        "error",
    )
    readonly_fields = (
        "source",
        "last_tried_at",
        "last_success_at",
        "last_changed_at",
        "rows",
        "quota",
        "failures",
        "next_run_at",
        "notice",
        "error",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Officials come whole; measures by session."""
        return [FeedSessionInline] if obj is not None and obj.source.key in LIVE else []

    @admin.display(description=gettext_lazy("how it is"))
    def health(self, feed: Feed) -> str:
        return feed_health.in_words(feed)

    @admin.display(description=gettext_lazy("requests made"))
    def quota(self, feed: Feed) -> str:
        return feed_health.quota_used(feed, timezone.now())

    @admin.display(description=gettext_lazy("why"))
    def why(self, feed: Feed) -> str:
        return Truncator(feed.error or feed.notice).chars(_MOST_OF_A_REASON)

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
