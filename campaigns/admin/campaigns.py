"""Campaigns in the admin: begun, written while they are a draft, then only moved by pages that ask first."""

import json
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.outbox.admin.asking import by
from campaigns.actions import editing
from campaigns.admin.forms import BeginForm, CampaignForm, PastForm
from campaigns.admin.pages import CampaignPages
from campaigns.admin.parts import AppealInline, MessageInline, TargetRuleInline, asked_by_kind
from campaigns.admin.picking import PicksSeveral
from campaigns.admin.state import state_of
from campaigns.errors import NotToEdit
from campaigns.models import Campaign

_BEGIN = ("name", "chapter", "kind", "measures", "ask", "ask_fr", "languages")


@admin.register(Campaign)
class CampaignAdmin(PicksSeveral, CampaignPages):
    change_form_template = "admin/campaign_change.html"
    form = CampaignForm
    list_display = ("name", "status_shown", "kind", "holder", "window", "took_part")
    list_filter = ("status", "kind", "compliance", "chapter")
    list_select_related = ("chapter",)
    search_fields = ("name", "name_fr", "slug", "goal")
    date_hierarchy = "opens_at"
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("chapter", "chapters", "measures", "lists", "owner", "next_campaign")
    added_here = ("lists",)
    inlines = (MessageInline, AppealInline, TargetRuleInline)
    fieldsets = (
        (None, {"fields": (("name", "name_fr"), "slug", ("kind", "compliance"), ("chapter", "owner"))}),
        (
            gettext_lazy("What it asks for"),
            {"fields": ("goal", ("ask", "ask_fr"), "measures", ("summary", "summary_fr"))},
        ),
        (gettext_lazy("When"), {"fields": (("opens_at", "closes_at"), "zone")}),
        (gettext_lazy("Whom we ask"), {"fields": ("chapters", "asks_members", "lists", "tolerated_drift")}),
        (
            gettext_lazy("The page"),
            {
                "fields": (
                    ("needs_own_words", "word_limit"),
                    "handover_url",
                    "french_waived_because",
                    "next_campaign",
                )
            },
        ),
        (
            gettext_lazy("Success"),
            {"fields": (("wanted_participants", "wanted_officials", "wanted_personalised"),)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_participants()  # type: ignore[attr-defined]  # CampaignQuerySet

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, campaign: Campaign) -> str:
        said = campaign.get_status_display()
        return format_html('<span class="campaign-status {}">{}</span>', campaign.tone, said)

    @admin.display(description=gettext_lazy("window"), ordering="opens_at")
    def window(self, campaign: Campaign) -> str:
        """Its days, by its own clock."""
        zone = ZoneInfo(campaign.zone)
        ends = [
            date_format(moment.astimezone(zone), "SHORT_DATE_FORMAT") if moment else "…"
            for moment in (campaign.opens_at, campaign.closes_at)
        ]
        return " – ".join(ends) if campaign.opens_at or campaign.closes_at else ""

    @admin.display(description=gettext_lazy("run by"), ordering="chapter")
    def holder(self, campaign: Campaign) -> str:
        return campaign.holder

    @admin.display(description=gettext_lazy("took part"), ordering="participants")
    def took_part(self, campaign: Campaign) -> int:
        return campaign.participants

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_editable)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else ((None, {"fields": _BEGIN}),)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = BeginForm
        return super().get_form(request, obj, change, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            said = {name: form.cleaned_data[name] for name in form.changed_data}
            editing.edit(obj, by=by(request), **said)
        else:
            begun = editing.begin(by=by(request), now=timezone.now(), **form.cleaned_data)
            obj.__dict__.update(begun.__dict__)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """On to the texts that were proposed."""
        words = _("A draft with proposed texts. Fill in what the checks name, then submit it.")
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:campaigns_campaign_change", args=[obj.pk]))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """What was submitted while somebody wrote on it stays as it was submitted, to the last line."""
        kept = self.get_object(request, object_id) if request.method == "POST" and object_id else None
        try:
            if kept is not None and not kept.is_editable:
                raise NotToEdit
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotToEdit:
            words = _("Nothing was saved: somebody has submitted it meanwhile. Take it back to change it.")
            self.message_user(request, words, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["show_save_and_add_another"] = False
        if obj is None:
            context |= {"past_form": PastForm(user=by(request)), "show_save_and_continue": False}
        else:
            context |= state_of(obj, by(request)) | {"rule_fields": json.dumps(asked_by_kind())}
        return super().render_change_form(request, context, add, change, form_url, obj)
