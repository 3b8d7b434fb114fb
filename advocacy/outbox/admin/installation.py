"""The switch: whether mail leaves this installation, what would go, arming and stopping."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox import arming
from advocacy.outbox.admin.asking import AskingAdmin
from advocacy.outbox.models import Installation, OutboundMessage

_PAGE = "admin:outbox_installation_changelist"


@admin.register(Installation)
class InstallationAdmin(AskingAdmin):
    """One row, so one page."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("arm/", view(self.arm), name="outbox_installation_arm"),
            path("stop/", view(self.stop), name="outbox_installation_stop"),
        ]
        return own + super().get_urls()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Does mail leave?"),
            "row": Installation.objects.select_related("armed_by").first(),
            "state": arming.in_words(),
            "why_not": arming.why_not_armed(),
            "uncertain": OutboundMessage.objects.uncertain().count(),
            "would_go": arming.would_go(),
        }
        return TemplateResponse(request, "admin/mail_installation.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse(_PAGE))

    def arm(self, request: HttpRequest) -> HttpResponse:
        def act(by: User, reason: str) -> str:
            arming.arm(by=by, now=timezone.now())
            return _("Armed: mail leaves from now on.")

        lines = [_("These would go as soon as they are due:"), *_lines()]
        row = Installation.objects.first()
        back = reverse(_PAGE)
        return self.ask(request, row, _("Arm"), act, lines=lines, back=back, needs_reason=False)

    def stop(self, request: HttpRequest) -> HttpResponse:
        def act(by: User, reason: str) -> str:
            arming.disarm(by=by, because=reason)
            return _("Stopped: nothing leaves until somebody arms again.")

        lines = [_("What is being handed over at this moment is finished; everything else waits.")]
        row = Installation.objects.first()
        return self.ask(request, row, _("Stop all mail"), act, lines=lines, back=reverse(_PAGE))


def _lines() -> list[str]:
    found = [f"{group.label}: {group.count}" for group in arming.would_go()]
    return found or [_("Nothing waits.")]
