"""Writing a draft: its brief, its texts, its rules, whom it asks. What is not a draft says how it becomes one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import Language
from advocacy.accounts.requests import SignedInRequest, writing
from campaigns import default_texts, targeting, tokens
from campaigns.actions import editing
from campaigns.actions.targets import as_target
from campaigns.errors import MayNotChoose, NotToEdit
from campaigns.forms.brief import AskedForm, BriefForm
from campaigns.forms.rules import RuleForm
from campaigns.forms.texts import AppealForm, BothLanguages, MessageForm, PreviewForm
from campaigns.models import Appeal, Campaign, Message, Purpose, RuleKind, TargetGroup, TargetRule
from campaigns.preview import Preview, office_for, previews
from campaigns.views import frame
from campaigns.views.frame import sent
from members.access import today_for

_PREVIEW = "preview"


def _page_of(name: str, campaign: Campaign) -> str:
    return reverse(f"campaigns:{name}", args=[campaign.pk])


def _not_a_draft(request: SignedInRequest, campaign: Campaign) -> HttpResponse:
    words = _("It is %(status)s: what was submitted or approved is not changed. Take it back to draft first.")
    messages.error(request, words % {"status": campaign.get_status_display()})
    return redirect(campaign)


def _keep(request: SignedInRequest, form: Any, act: Callable[[], Any]) -> bool:
    """Whether the action went through; what it refuses stands in the form."""
    try:
        act()
    except MayNotChoose as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True


@writing
def campaign_brief(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = frame.run(request, pk)
    if not campaign.is_editable:
        return _not_a_draft(request, campaign)
    form = BriefForm(sent(request), instance=campaign, user=request.user)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        try:
            if _keep(request, form, lambda: editing.edit(campaign, by=request.user, **form.said())):
                return redirect(campaign)
        except NotToEdit:
            return _not_a_draft(request, frame.run(request, pk))
    return _form_page(
        request, campaign, form, _("Brief"), back=campaign.get_absolute_url(), sections=form.sections
    )


def _form_page(
    request: SignedInRequest,
    campaign: Campaign,
    form: Any,
    title: str,
    *,
    back: str,
    sections: Sequence[Any] = (),
) -> HttpResponse:
    """A form of one campaign, its fields under headings where it has `sections`."""
    context = {"campaign": campaign, "form": form, "title": title, "back": back, "sections": sections}
    return render(request, "campaigns/campaign_edit.html", context, status=422 if form.errors else 200)


@writing
def campaign_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = frame.run(request, pk)
    if not campaign.is_editable:
        return _not_a_draft(request, campaign)
    form = AskedForm(sent(request), user=request.user, campaign=campaign)
    back = _page_of("campaign_audience", campaign)
    if request.method == "POST" and form.is_valid():
        try:
            if _keep(request, form, lambda: editing.edit(campaign, by=request.user, **form.cleaned_data)):
                return redirect(back)
        except NotToEdit:
            return _not_a_draft(request, frame.run(request, pk))
    return _form_page(request, campaign, form, _("Whom it asks"), back=back)


@writing
def campaign_message(request: SignedInRequest, pk: int, group: str) -> HttpResponse:
    """What supporters send to one group of officials, both languages side by side, with a preview on request."""
    if group not in TargetGroup.values:
        raise Http404
    campaign = frame.run(request, pk)
    if not campaign.is_editable:
        return _not_a_draft(request, campaign)
    written = {one.language: one for one in campaign.messages.filter(group=group)}
    rows = written | {code: _proposed_message(campaign, group, code) for code in _proposed(request, written)}
    form = MessageForm(sent(request), rows=rows)
    shown: list[Preview] = []
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") != _PREVIEW:
            return _write(request, campaign, form, {"group": group})
        shown = _preview(request, campaign, form, group)
    context = _text_page(campaign, form, written, str(TargetGroup(group).label)) | {
        "previews": shown,
        "known": tokens.LETTER_TOKENS.items(),
        "has_preview": True,
    }
    return render(request, "campaigns/campaign_text.html", context, status=422 if form.errors else 200)


@writing
def campaign_appeal(request: SignedInRequest, pk: int, purpose: str) -> HttpResponse:
    """Our mail to supporters, both languages side by side."""
    if purpose not in Purpose.values:
        raise Http404
    campaign = frame.run(request, pk)
    if not campaign.is_editable:
        return _not_a_draft(request, campaign)
    written = {one.language: one for one in campaign.appeals.filter(purpose=purpose)}
    rows = written | {code: _proposed_appeal(campaign, purpose, code) for code in _proposed(request, written)}
    form = AppealForm(sent(request), rows=rows)
    if request.method == "POST" and form.is_valid():
        return _write(request, campaign, form, {"purpose": purpose})
    context = _text_page(campaign, form, written, str(Purpose(purpose).label)) | {
        "known": tokens.APPEAL_TOKENS.items(),
        "has_preview": False,
        "previews": [],
    }
    return render(request, "campaigns/campaign_text.html", context, status=422 if form.errors else 200)


def _proposed(request: SignedInRequest, written: dict[str, Any]) -> list[str]:
    """The languages that `propose` in the address asks to be filled, where nothing is written yet."""
    return [
        code for code in request.GET.getlist("propose") if code in Language.values and code not in written
    ]


def _proposed_message(campaign: Campaign, group: str, language: str) -> Message:
    has_measure = campaign.measures.exists()
    text = default_texts.message(campaign.kind, language, group=group, has_measure=has_measure)
    return Message(**text._asdict())


def _proposed_appeal(campaign: Campaign, purpose: str, language: str) -> Appeal:
    mail = default_texts.appeal(purpose, language, has_measure=campaign.measures.exists())
    return Appeal(subject=mail.subject, body=mail.body)


def _text_page(
    campaign: Campaign, form: BothLanguages, written: dict[str, Any], title: str
) -> dict[str, Any]:
    unwritten = [(code, label) for code, label in Language.choices if code not in written]
    return {"campaign": campaign, "form": form, "title": title, "unwritten": unwritten}


def _write(
    request: SignedInRequest, campaign: Campaign, form: BothLanguages, key: dict[str, str]
) -> HttpResponse:
    write: Callable[..., bool] = editing.write_message if "group" in key else editing.write_appeal
    try:
        for language in Language.values:
            write(campaign, by=request.user, language=language, **key, **form.texts(language))
    except NotToEdit:
        return _not_a_draft(request, frame.run(request, campaign.pk))
    messages.success(request, _("Saved."))
    return redirect(_page_of("campaign_texts", campaign))


def _preview(request: SignedInRequest, campaign: Campaign, form: MessageForm, group: str) -> list[Preview]:
    """For the first office of the group, or where it has none for the first there is."""
    day = today_for(request.user)
    offices = targeting.offices_of(campaign, day)
    first = office_for(offices, group)
    if first is None:
        messages.warning(
            request, _("Say first whom supporters write to: a preview is made for a real office.")
        )
        return []
    office, writer = PreviewForm(offices=[first], user=request.user).chosen()
    return previews(campaign, as_target(campaign, office, timezone.now()), writer, form.previewed(), day)


@writing
def rule_add(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in RuleKind.values:
        raise Http404
    campaign = frame.run(request, pk)
    return _rule_page(request, campaign, TargetRule(campaign=campaign, kind=kind))


@writing
def rule_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    return _rule_page(request, rule.campaign, rule)


def _rule(request: SignedInRequest, pk: int) -> TargetRule:
    theirs = Campaign.objects.run_by(request.user).order_by().values("pk")
    rows = TargetRule.objects.filter(campaign__in=theirs).select_related("campaign__chapter")
    return get_object_or_404(rows, pk=pk)


def _rule_page(request: SignedInRequest, campaign: Campaign, rule: TargetRule) -> HttpResponse:
    if not campaign.is_editable:
        return _not_a_draft(request, campaign)
    form = RuleForm(sent(request), instance=rule, user=request.user)
    form.is_judged = "find" not in request.POST
    back = _page_of("campaign_targets", campaign)
    if request.method == "POST" and form.is_judged and form.is_valid():
        officials = form.cleaned_data.get("officials", ())
        try:
            if _keep(request, form, lambda: editing.save_rule(rule, by=request.user, officials=officials)):
                return redirect(back)
        except NotToEdit:
            return _not_a_draft(request, frame.run(request, campaign.pk))
    return _form_page(request, campaign, form, rule.get_kind_display(), back=back)


@writing
def rule_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked once more: a rule may hold many names, and nothing brings them back."""
    rule = _rule(request, pk)
    campaign = rule.campaign
    if not campaign.is_editable:
        return _not_a_draft(request, campaign)
    back = _page_of("campaign_targets", campaign)
    if request.method != "POST":
        context = {"campaign": campaign, "rule": rule, "officials": rule.officials.all(), "back": back}
        return render(request, "campaigns/rule_remove.html", context)
    try:
        editing.remove_rule(rule, by=request.user)
    except NotToEdit:
        return _not_a_draft(request, frame.run(request, campaign.pk))
    messages.success(request, _("Removed."))
    return redirect(back)
