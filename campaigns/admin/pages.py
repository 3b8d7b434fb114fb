"""The pages of a campaign that ask before they act, and those that only show."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.audit.admin import AuditedPartsAdmin
from advocacy.audit.importing import ExportingAdmin
from advocacy.outbox.admin.asking import AsksFirst, Refused, by
from campaigns import checks, moves, preview, targeting, trouble
from campaigns.actions import campaigns, editing, targets, trials
from campaigns.admin.forms import PastForm, PreviewForm, TrialForm, WordsForm
from campaigns.admin.state import progress_of, review_of
from campaigns.audience import SkipReason
from campaigns.errors import (
    AudienceMoved,
    MayNotDecide,
    MayNotRun,
    NotReady,
    NotWhatWasApproved,
    SubmittedAnew,
    WrongStatus,
)
from campaigns.forms.begin import BeginLikeForm
from campaigns.forms.moves import DecisionForm, LaunchForm, MoveForm, form_of
from campaigns.heads import heads_of
from campaigns.left_out import left_out
from campaigns.models import Campaign, Purpose
from campaigns.moves import Move
from campaigns.trouble import Trouble
from members.access import society_today

_REFUSALS = (NotReady, NotWhatWasApproved, MayNotRun, MayNotDecide)


def _in_words(refusal: Exception) -> list[str]:
    if isinstance(refusal, NotReady | NotWhatWasApproved):
        return refusal.problems
    return [_("Somebody else has to do this.")]


class CampaignPages(ExportingAdmin, AsksFirst, AuditedPartsAdmin):
    """Below the address of one campaign, each act has a page of its own; looking at it changes nothing."""

    acts = ("decide", "preview", "words", "progress", "audience", "trial", "begin_like")

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                "<int:pk>/move/<slug:name>/",
                self.admin_site.admin_view(self.move),
                name="campaigns_campaign_move",
            ),
            path(
                "begin-like/",
                self.admin_site.admin_view(self.begin_like_one),
                name="campaigns_campaign_begin_like_one",
            ),
            path("trouble/", self.admin_site.admin_view(self.trouble), name="campaigns_campaign_trouble"),
        ]
        return own + super().get_urls()

    def move(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        campaign: Campaign = self.row(request, pk)
        move = moves.BY_NAME.get(name)
        if move is None:
            raise Http404
        if not move.is_offered(campaign):
            return self._faster(request, campaign)
        form = form_of(name)(_sent(request), campaign=campaign)
        if request.method == "POST" and form.is_valid():
            return self._make(request, campaign, move, form)
        return self._ask_to_move(request, campaign, move, form)

    def _make(self, request: HttpRequest, campaign: Campaign, move: Move, form: MoveForm) -> HttpResponse:
        try:
            move.make(campaign, by=by(request), now=timezone.now(), **form.cleaned_data)
        except WrongStatus:
            return self._faster(request, campaign)
        except _REFUSALS as refusal:
            return self._ask_to_move(request, campaign, move, form, problems=_in_words(refusal))
        except AudienceMoved as moved:
            again = LaunchForm(campaign=campaign, initial={"expected": moved.now})
            return self._ask_to_move(request, campaign, move, again, moved=moved)
        self.message_user(request, str(move.done), messages.SUCCESS)
        return HttpResponseRedirect(_page_of(campaign))

    def _ask_to_move(
        self,
        request: HttpRequest,
        campaign: Campaign,
        move: Move,
        form: MoveForm,
        *,
        problems: Sequence[str] = (),
        moved: AudienceMoved | None = None,
    ) -> HttpResponse:
        now = timezone.now()
        context = {
            "move": move,
            "form": form,
            "problems": problems,
            "moved": moved,
            "heads": heads_of(campaign, now) if move.name == "launch" else None,
        }
        if move.name == "submit" and not problems:
            context["problems"] = checks.problems(campaign)
        return self._page(request, campaign, "campaign_move", str(move.label), context)

    def _faster(self, request: HttpRequest, campaign: Campaign) -> HttpResponse:
        campaign.refresh_from_db()
        words = _("That is not possible now: the campaign is %(status)s. Perhaps somebody was faster.")
        self.message_user(request, words % {"status": campaign.get_status_display()}, messages.ERROR)
        return HttpResponseRedirect(_page_of(campaign))

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What changed, the checks, and the verdict of a second person."""
        campaign: Campaign = self.row(request, pk)
        found = review_of(campaign, by(request))
        if found["waiting"] is None:
            return self._faster(request, campaign)
        if request.method == "POST" and found["why_not"]:
            self.message_user(request, found["why_not"], messages.ERROR)
            return HttpResponseRedirect(_page_of(campaign))
        shown = {"version": found["waiting"].number}
        form, problems = DecisionForm(_sent(request), initial=shown), list[str]()
        if request.method == "POST" and form.is_valid():
            try:
                _decide(campaign, request, form.cleaned_data)
            except WrongStatus:
                return self._faster(request, campaign)
            except SubmittedAnew as refusal:
                form, problems = DecisionForm(initial=shown), refusal.problems
            except _REFUSALS as refusal:
                problems = _in_words(refusal)
            else:
                words = _("Decided. The campaign is %(status)s.") % {"status": campaign.get_status_display()}
                self.message_user(request, words, messages.SUCCESS)
                return HttpResponseRedirect(_page_of(campaign))
        context = found | {"form": form, "problems": problems, "checks": checks.of(campaign)}
        return self._page(request, campaign, "campaign_decide", _("Review"), context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The stored texts as an office gets them from a person, in every language they are written in."""
        campaign: Campaign = self.row(request, pk)
        day = society_today()
        offices = targeting.offices_of(campaign, day)
        form = PreviewForm({"q": "", **request.GET.dict()}, offices=offices, user=by(request))
        shown = []
        if form.is_valid():
            office = form.cleaned_data["office"]
            target = targets.as_target(campaign, office, timezone.now())
            texts = preview.texts_for(campaign, office.group)
            shown = preview.previews(campaign, target, form.writer(), texts, day)
        context = {"form": form, "previews": shown, "has_offices": bool(offices), "media": form.media}
        return self._page(request, campaign, "campaign_preview", _("Preview"), context)

    def words(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A part of the form's page: one text as it is being written, as its reader would get it. Nothing is kept."""
        campaign: Campaign = self.row(request, pk)
        form = WordsForm(request.POST)
        shown = form.previews(campaign, user=by(request), day=society_today()) if form.is_valid() else []
        return TemplateResponse(request, "admin/includes/campaign_previews.html", {"previews": shown})

    def progress(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A part of the form's page: how far the mail is, asked for again while it goes on."""
        campaign: Campaign = self.row(request, pk)
        return TemplateResponse(request, "admin/includes/campaign_progress.html", progress_of(campaign))

    def audience(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How many would get mail today; each reason leads to the people it holds back."""
        campaign: Campaign = self.row(request, pk)
        now = timezone.now()
        reason = request.GET.get("reason", "")
        people = left_out(campaign, SkipReason(reason), now) if reason in SkipReason.values else []
        context = {
            "heads": heads_of(campaign, now),
            "reasons": SkipReason,
            "reason": reason,
            "people": people,
        }
        return self._page(request, campaign, "campaign_audience", _("Audience"), context)

    def trial(self, request: HttpRequest, pk: int) -> HttpResponse:
        campaign: Campaign = self.row(request, pk)
        form = TrialForm(_sent(request), initial={"purpose": Purpose.LAUNCH})

        def send(person: Any) -> str:
            said = form.cleaned_data
            try:
                sent = trials.send(
                    campaign,
                    by=person,
                    now=timezone.now(),
                    to=said["to"],
                    purpose=Purpose(said["purpose"]),
                )
            except (NotReady, MayNotRun) as refusal:
                raise Refused(" ".join(_in_words(refusal))) from refusal
            if not sent:
                raise Refused(_("Nothing was sent: write this mail first."))
            text = ngettext("%(count)d test mail is sent.", "%(count)d test mails are sent.", len(sent))
            return text % {"count": len(sent)}

        lines = [_("It is marked as a test, shows the campaign as it stands now, and is counted nowhere.")]
        return self.put(
            request,
            campaign,
            _("Send a test"),
            send,
            form=form,
            lines=[str(campaign), *lines],
            back=_page_of(campaign),
        )

    def begin_like_one(self, request: HttpRequest) -> HttpResponse:
        """From the page of a new campaign: on to the earlier one that was chosen there."""
        form = PastForm(request.GET, user=by(request))
        if not form.is_valid():
            self.message_user(request, _("Choose an earlier campaign."), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:campaigns_campaign_add"))
        past = form.cleaned_data["past"]
        return HttpResponseRedirect(reverse("admin:campaigns_campaign_begin_like", args=[past.pk]))

    def begin_like(self, request: HttpRequest, pk: int) -> HttpResponse:
        past: Campaign = self.row(request, pk)
        form = BeginLikeForm(_sent(request), user=by(request), past=past)
        if request.method == "POST" and form.is_valid():
            begun = editing.begin_like(
                past,
                by=by(request),
                now=timezone.now(),
                chapter=form.chapter,
                name=form.cleaned_data["name"],
            )
            words = _("A draft with its words. Choose its window and its audience.")
            self.message_user(request, words, messages.SUCCESS)
            return HttpResponseRedirect(_page_of(begun))
        context = {
            "form": form,
            "verb": _("Begin another like this"),
            "back": _page_of(past),
            "lines": [_("It takes over the words and the target rules, and nobody of its people.")],
        }
        return self._page(request, past, "mail_confirm", _("Begin another like this"), context)

    def trouble(self, request: HttpRequest) -> HttpResponse:
        """What needs a person: what was held, failed, or stands still; each number leads to its rows."""
        wanted = request.GET.get("campaign", "")
        campaign = self.row(request, int(wanted)) if wanted.isdecimal() else None
        found = trouble.found(by(request), timezone.now(), campaign)
        context = {"troubles": [{"trouble": one, "url": _rows_of(one, campaign)} for one in found]}
        return self._page(request, campaign, "campaign_trouble", _("What needs a look"), context)

    def _page(
        self,
        request: HttpRequest,
        campaign: Campaign | None,
        template: str,
        title: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        frame = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "campaign": campaign,
            "object": campaign,
            "title": title,
        }
        return TemplateResponse(request, f"admin/{template}.html", frame | context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page_of(campaign: Campaign) -> str:
    return reverse("admin:campaigns_campaign_change", args=[campaign.pk])


def _rows_of(one: Trouble, campaign: Campaign | None) -> str:
    query = one.query | ({f"{one.of}__id__exact": str(campaign.pk)} if campaign else {})
    return f"{reverse(f'admin:campaigns_{one.model}_changelist')}?{urlencode(query)}"


def _decide(campaign: Campaign, request: HttpRequest, said: dict[str, Any]) -> None:
    known = {"by": by(request), "now": timezone.now(), "note": said["note"], "version": said["version"]}
    if said["verdict"] == DecisionForm.RETURN:
        campaigns.return_(campaign, **known)
    else:
        campaigns.approve(campaign, is_nonpartisan=said["is_nonpartisan"], **known)
