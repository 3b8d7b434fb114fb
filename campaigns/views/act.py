"""The public action page and its frame on a chapter's site. Nobody is known here: no session, no cookie, no messages.

Finding asks and writes nothing; sending writes once, whatever is pressed how often. `csrf_exempt`, because there is no
session that a stranger's form could use: the signed token of the form stands in its place.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.models import Language
from advocacy.accounts.requests import asking, reading, writing
from advocacy.kernel import limits
from campaigns import links
from campaigns.act import facts, ground, offices, receipts, steps
from campaigns.act import shown as shows
from campaigns.act.drafts import NoText
from campaigns.act.forms import WhoForm
from campaigns.act.frames import frameable
from campaigns.act.rendered import Pages
from campaigns.act.shown import Phase, Shown, Standing
from campaigns.act.steps import Letters
from campaigns.actions import letters
from campaigns.actions.letters import Act, NotOpen, NotWithoutALook, WrongWay
from campaigns.consent_words import acknowledgement
from campaigns.gate import fields, form_token, verdict
from campaigns.gate.verdict import Submission, Verdict
from campaigns.models import GateDecision, Source
from members.access import society_today
from members.views import quiet

pages = Pages()
_TOKEN, _MAIL, _VIA = "@@form-token@@", "@@mail@@", "@@via@@"


@dataclass(frozen=True)
class Visit:
    """One request: the page, in which language, in a frame or not."""

    request: HttpRequest
    slug: str
    language: str
    is_framed: bool
    now: datetime

    @property
    def find_url(self) -> str:
        return reverse("act:embed" if self.is_framed else "act:page", args=[self.slug, self.language])

    @property
    def send_url(self) -> str:
        return reverse("act:embed_send" if self.is_framed else "act:send", args=[self.slug, self.language])

    @property
    def other_language(self) -> dict[str, str]:
        other = Language.FRENCH if self.language == Language.ENGLISH else Language.ENGLISH
        name = "act:embed" if self.is_framed else "act:page"
        return {"code": other.value, "url": reverse(name, args=[self.slug, other.value])}

    @property
    def sent(self) -> dict[str, str]:
        return steps.clean(self.request.POST)

    @property
    def source(self) -> Source:
        if self.is_framed:
            return Source.EMBED
        return Source.SHARE if self.sent.get("via") == Source.SHARE else Source.DIRECT


@login_not_required
@reading
def any_language(request: HttpRequest, slug: str) -> HttpResponse:
    """In the language of the browser, where it is one of ours."""
    if shows.standing_of(slug) is None:
        raise Http404
    language = translation.get_language_from_request(request)
    language = language if language in Language.values else Language.ENGLISH.value
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    response = HttpResponseRedirect(reverse("act:page", args=[slug, language]) + query)
    response.headers["Vary"] = "Accept-Language"
    return response


@csrf_exempt
@login_not_required
@never_cache
@asking
def page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    return _look(Visit(request, slug, language, is_framed=False, now=timezone.now()))


@csrf_exempt
@login_not_required
@never_cache
@writing
def send(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    return _send(Visit(request, slug, language, is_framed=False, now=timezone.now()))


@csrf_exempt
@login_not_required
@never_cache
@frameable
@asking
def embed(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    return _look(Visit(request, slug, language, is_framed=True, now=timezone.now()))


@csrf_exempt
@login_not_required
@never_cache
@frameable
@writing
def embed_send(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    return _send(Visit(request, slug, language, is_framed=True, now=timezone.now()))


def _standing(visit: Visit) -> Standing:
    standing = shows.standing_of(visit.slug)
    if standing is None or visit.language not in Language.values:
        raise Http404
    return standing


def _look(visit: Visit) -> HttpResponse:
    is_asked = visit.request.method == "POST"
    standing = _standing(visit) if is_asked else pages.standing(visit.slug, visit.now, shows.standing_of)
    if standing is None or visit.language not in Language.values:
        raise Http404
    with override(visit.language):
        if is_asked and standing.phase(visit.now) is Phase.OPEN:
            return _find(visit, shows.shown(standing, visit.language, visit.now))
        return _first(visit, standing)


def _first(visit: Visit, standing: Standing) -> HttpResponse:
    """The page as it is opened: drawn once, and kept (campaigns/act/rendered.py)."""
    phase = standing.phase(visit.now)
    key = (standing, phase, visit.language, visit.is_framed, int(visit.now.timestamp() // 60))
    token = form_token.issue(standing.campaign_id, visit.now)
    came_by = visit.request.GET.get("m", "")
    via = str(Source.SHARE) if visit.request.GET.get("via") == Source.SHARE else ""
    marks = {_TOKEN: token, _MAIL: came_by if came_by and links.recipient_of(came_by) else "", _VIA: via}

    def draw() -> str:
        shown = shows.shown(standing, visit.language, visit.now)
        carried = [(fields.TOKEN, _TOKEN), ("m", _MAIL), ("via", _VIA)]
        return _drawn(visit, shown, "who", {"form": WhoForm(), "carried": carried})

    return HttpResponse(pages.get(key, marks, draw), headers={"Content-Language": visit.language})


def _find(visit: Visit, shown: Shown) -> HttpResponse:
    who, sent = WhoForm(visit.request.POST), visit.sent
    if not who.is_valid():
        return _step(visit, shown, "who", {"form": who}, None)
    client = limits.client_address(visit.request)
    may_ask = limits.take(
        "campaigns.find", client, most=facts.LOOKUPS_AN_HOUR, per=facts.HOUR, now=visit.now
    ).is_allowed
    try:
        found = steps.find(shown, who, sent, day=society_today(), may_ask=may_ask)
    except NoText:
        return _no_text(visit, shown)
    if isinstance(found, Letters):
        return _letters(visit, shown, found)
    return _step(visit, shown, "which", {"form": found.form, "remarks": found.remarks}, found)


def _send(visit: Visit) -> HttpResponse:
    standing = _standing(visit)
    if visit.request.method != "POST":
        return HttpResponseRedirect(visit.find_url)
    with override(visit.language):
        answers = fields.answers_in(visit.request.POST)
        token = form_token.read(answers.token, standing.campaign_id, visit.now)
        if token and (known := letters.sent_with(token.key)):
            return _thanked(visit, receipts.token_of(known))
        return _sending(visit, ground.shown(standing, visit.language, visit.now))


def _sending(visit: Visit, shown: Shown) -> HttpResponse:
    who, sent = WhoForm(visit.request.POST), visit.sent
    if not shown.is_open:
        return _too_late(visit, shown)
    if not who.is_valid():
        return _step(visit, shown, "who", {"form": who}, None)
    try:
        step = steps.sent_letters(shown, who, sent, now=visit.now)
    except NoText:
        return _no_text(visit, shown)
    if step is None:
        return _find(visit, shown)
    if not step.form.is_valid() or step.gone:
        return _letters(visit, shown, step)
    return _weighed(visit, shown, who, step)


def _weighed(visit: Visit, shown: Shown, who: WhoForm, step: Letters) -> HttpResponse:
    """Through the gate, and kept."""
    submission = Submission(
        campaign_id=shown.campaign.pk,
        client=limits.client_address(visit.request),
        email=who.cleaned_data["email"],
        own_words=step.form.paragraph,
        answers=fields.answers_in(visit.request.POST),
    )
    judged = verdict.judge(submission, now=visit.now)
    if judged.decision == GateDecision.REFUSE:
        return _refused(visit, shown, step, judged)
    try:
        sent = letters.send(_act(visit, shown, who, step), verdict=judged, now=visit.now)
    except NotWithoutALook:
        return _not_again(visit, shown, step)
    except (NotOpen, WrongWay) as problem:
        return _changed_meanwhile(visit, shown, who, problem)
    return _thanked(visit, receipts.token_of(sent))


def _changed_meanwhile(visit: Visit, shown: Shown, who: WhoForm, problem: NotOpen | WrongWay) -> HttpResponse:
    """What the page was drawn from does not hold any more."""
    try:
        step = steps.sent_letters(shown, who, visit.sent, now=visit.now, anew=True)
    except NoText:
        return _no_text(visit, shown)
    if step is None or isinstance(problem, NotOpen):
        return _too_late(visit, shown)
    step.form.full_clean()
    step.form.add_error(None, str(problem))
    return _letters(visit, shown, step)


def _act(visit: Visit, shown: Shown, who: WhoForm, step: Letters) -> Act:
    said = step.form.cleaned_data
    came_by = visit.sent.get("m", "")
    recipient = links.recipient_of(came_by) if came_by else None
    if recipient and recipient.mailing.campaign_id != shown.campaign.pk:
        recipient = None
    return Act(
        campaign=shown.campaign,
        name=who.cleaned_data["name"],
        email=who.cleaned_data["email"],
        language=visit.language,
        place=step.place,
        letters=step.form.written,
        own_words=step.form.paragraph,
        acknowledged=acknowledgement(),
        wants_news=bool(said["news"]),
        recipient=recipient,
        source=visit.source,
    )


def _letters(visit: Visit, shown: Shown, step: Letters, *, status: int = 200) -> HttpResponse:
    gate = fields.fields_for(shown.campaign.pk, now=visit.now, sent=visit.sent)
    context = {"form": step.form, "step": step, "gate": gate}
    if not step.offices:
        context |= {
            "asked": offices.places_asked(shown),
            "share_url": links.share_page_of(shown.campaign, shown.language),
        }
    return _step(visit, shown, "letters", context, step, status=status)


def _refused(visit: Visit, shown: Shown, step: Letters, judged: Verdict) -> HttpResponse:
    step.form.add_error(None, judged.words(visit.now))
    response = _letters(visit, shown, step, status=429 if judged.is_limit else 400)
    if judged.is_limit:
        response.headers["Retry-After"] = str(judged.seconds_to_wait(visit.now))
    return response


def _not_again(visit: Visit, shown: Shown, step: Letters) -> HttpResponse:
    words = _(
        "You took part before, and that counts. This further message was not taken as it is: leave links out, say it "
        "in words of your own, and send it again."
    )
    step.form.add_error(None, words)
    return _letters(visit, shown, step, status=400)


def _too_late(visit: Visit, shown: Shown) -> HttpResponse:
    """Paused or closed while somebody wrote: their texts are shown to be copied."""
    kept = [text for name, text in visit.sent.items() if name.startswith("text_") or name == "own_words"]
    fresh = shows.shown(_standing(visit), visit.language, visit.now)
    return _step(
        visit, fresh, "who", {"form": WhoForm(), "kept": [text for text in kept if text.strip()]}, None
    )


def _no_text(visit: Visit, shown: Shown) -> HttpResponse:
    words = _("This campaign cannot be sent just now: its text is being looked at. Please come back later.")
    return _step(visit, shown, "who", {"form": WhoForm(), "problem": words}, None, status=503)


def _thanked(visit: Visit, token: str) -> HttpResponse:
    link = reverse("act:receipt", args=[token])
    if not visit.is_framed:
        return HttpResponseRedirect(link, status=303)
    # The receipt may stand in no frame: it is opened by a link.
    return quiet.page("campaigns/act/framed_thanks.html", {"receipt": link, "is_framed": True})


def _step(
    visit: Visit, shown: Shown, name: str, context: dict[str, Any], step: Any, *, status: int = 200
) -> HttpResponse:
    carried = steps.carried(shown, visit.sent, step, visit.now)
    drawn = _drawn(visit, shown, name, {"carried": carried, **context})
    return HttpResponse(drawn, status=status, headers={"Content-Language": visit.language})


def _drawn(visit: Visit, shown: Shown, name: str, context: dict[str, Any]) -> str:
    known = {"shown": shown, "about": facts.about(shown), "visit": visit, "is_framed": visit.is_framed}
    return render_to_string(f"campaigns/act/{name}.html", quiet.known() | known | context)
