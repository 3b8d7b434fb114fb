"""Campaigns in the admin: written, put before a second person, launched, watched."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.audit.admin import AuditedPartsAdmin
from advocacy.outbox.admin.asking import AsksFirst, Refused, by
from campaigns import audience, checks, targeting
from campaigns.actions import editing
from campaigns.admin import moves
from campaigns.admin.moves import MOVES
from campaigns.content import differences
from campaigns.errors import AudienceMoved, MayNotDecide, MayNotRun, NotReady, NotWhatWasApproved, WrongStatus
from campaigns.models import Appeal, Campaign, Message, Status, TargetRule, Verdict
from members.access import society_today

SHOWN_OFFICES = 50


class MessageInline(admin.StackedInline[Message, Campaign]):
    model = Message
    extra = 0
    fields = (("group", "language"), "subject", "body", "prompt")


class AppealInline(admin.StackedInline[Appeal, Campaign]):
    model = Appeal
    extra = 0
    fields = (("purpose", "language"), "subject", "subject_b", "body")


class TargetRuleForm(forms.ModelForm[TargetRule]):
    class Meta:
        model = TargetRule
        fields = (
            "kind",
            "jurisdiction",
            "chamber_code",
            "chamber",
            "committee",
            "officials",
            "stances",
            "party",
            "agency_name",
            "agency_name_fr",
            "agency_email",
            "agency_url",
            "docket",
            "is_fallback",
        )


class TargetRuleInline(admin.StackedInline[TargetRule, Campaign]):
    model = TargetRule
    form = TargetRuleForm
    extra = 0
    autocomplete_fields = ("jurisdiction", "committee", "officials")
    fieldsets = (
        (None, {"fields": (("kind", "is_fallback"), ("jurisdiction", "chamber_code"))}),
        (
            gettext_lazy("A body, or people"),
            {"fields": ("chamber", "committee", "officials", "stances", "party"), "classes": ("collapse",)},
        ),
        (
            gettext_lazy("An agency"),
            {
                "fields": (
                    ("agency_name", "agency_name_fr"),
                    ("agency_email", "agency_url"),
                    "docket",
                ),
                "classes": ("collapse",),
            },
        ),
    )


@admin.register(Campaign)
class CampaignAdmin(AsksFirst, AuditedPartsAdmin):
    """Everything is written here while it is a draft; then it is only moved, by pages that ask first."""

    change_form_template = "admin/campaign_change.html"
    list_display = ("name", "status", "kind", "holder", "opens_at", "closes_at", "took_part")
    list_filter = ("status", "kind", "chapter", "compliance")
    list_select_related = ("chapter",)
    search_fields = ("name", "name_fr", "slug", "goal")
    date_hierarchy = "opens_at"
    ordering = ("-created_at", "-pk")
    prepopulated_fields = {"slug": ("name",)}
    autocomplete_fields = ("chapter", "chapters", "measures", "lists", "owner", "next_campaign")
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
        return super().get_queryset(request).with_participants()

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

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        now = timezone.now()
        if change:
            editing.hold(obj)
        else:
            obj.created_by, obj.created_at, obj.status_at = by(request), now, now
        super().save_model(request, obj, form, change)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except WrongStatus:
            self.message_user(request, _faster(), messages.ERROR)
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
        if obj is not None:
            context |= self._state_of(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _state_of(self, request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
        """What the page shows above the form: checks, offices, audience, what changed, how far the mail is."""
        offices = targeting.offices_of(campaign, society_today())
        return {
            "campaign": campaign,
            "moves": moves.offered(campaign, by(request)),
            "why_not_decide": moves.why_not_decide(campaign, by(request)),
            "checks": checks.of(campaign) if campaign.status not in (Status.CLOSED, Status.EVALUATED) else [],
            "offices": offices[:SHOWN_OFFICES],
            "office_count": len(offices),
            "audience": audience.audience_of(campaign, timezone.now()).count(),
            "differences": _since_the_approval(campaign),
            "status_changes": campaign.status_changes.select_related("by"),
            "mailings": campaign.mailings.with_counts(),
        }

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/move/<slug:name>/", self.admin_site.admin_view(self.move), name="campaign_move")
        ]
        return own + super().get_urls()

    def move(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        campaign: Campaign = self.row(request, pk)
        back = reverse("admin:campaigns_campaign_change", args=[pk])
        move = MOVES.get(name)
        if move is None:
            return redirect(back)
        form = move.form(request.POST or None) if move.form else None

        def act(person: Any) -> str:
            said = form.cleaned_data if form else {}
            try:
                move.do(campaign, person, timezone.now(), said)
            except AudienceMoved as moved:
                raise Refused(_ask_again(moved)) from moved
            except NotReady as missing:
                raise Refused(" ".join(missing.problems)) from missing
            except NotWhatWasApproved as changed:
                raise Refused(
                    _("It is not what was approved: change it back, or have it reviewed.")
                ) from changed
            except (MayNotRun, MayNotDecide) as refusal:
                raise Refused(_("Somebody else has to do this.")) from refusal
            except WrongStatus as faster:
                raise Refused(_faster()) from faster
            return str(move.said)

        lines = [str(campaign), *(str(line) for line in move.lines)]
        return self.put(request, campaign, str(move.label), act, form=form, lines=lines, back=back)


def _ask_again(moved: AudienceMoved) -> str:
    return _("%(counts)s Look at the audience, and confirm the new count.") % {"counts": moved}


def _faster() -> str:
    return _("Somebody was faster: look at where it stands now.")


def _since_the_approval(campaign: Campaign) -> list[Any]:
    """What differs between what waits and what was approved last; everything, the first time."""
    waiting = campaign.revisions.waiting().first()
    last = campaign.revisions.filter(verdict=Verdict.APPROVED).order_by("-number").first()
    if waiting is None:
        return []
    return differences(last.content if last else {}, waiting.content)
