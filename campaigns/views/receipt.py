"""What a supporter gets: the receipt, what they still do themselves, and the letters on paper."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from advocacy.accounts.requests import reading, writing
from campaigns import letter_pdf, links
from campaigns.act import facts, receipts
from campaigns.act import shown as shows
from campaigns.act.receipts import Receipt
from campaigns.act.shown import Shown
from campaigns.actions import letters
from campaigns.letter_pdf import LetterToPrint
from campaigns.models import Letter
from campaigns.reply_forms import ReplyForm
from members.access import society_today
from members.views import quiet


@login_not_required
@never_cache
@reading
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    found, shown = _behind(token)
    return _page(request, token, found, shown)


def _page(
    request: HttpRequest, token: str, found: Receipt, shown: Shown, asked: ReplyForm | None = None
) -> HttpResponse:
    language = found.participation.language
    with override(language):
        lines = receipts.lines(found, shown, asked)
        context = {
            "shown": shown,
            "receipt": found,
            "lines": lines,
            "about": facts.about(shown),
            "token": token,
            "is_framed": False,
            "share_url": links.share_page_of(shown.campaign, language),
            "can_print": any(line.is_for_paper for line in lines),
        }
        return quiet.page("campaigns/act/receipt.html", context, status=400 if asked else 200)


@csrf_exempt  # The token is the key; there is no session that a stranger's form could use.
@login_not_required
@never_cache
@writing
def tell(request: HttpRequest, token: str) -> HttpResponse:
    """“I sent it”, and how a call went."""
    found, _shown = _behind(token)
    if request.method == "POST":
        said = request.POST.get("letter", "")
        letter = _named(found, said)
        letters.tell(letter, now=timezone.now(), outcome=request.POST.get("outcome", ""))
    return redirect("act:receipt", token=token)


@csrf_exempt  # As above: the token is the key.
@login_not_required
@never_cache
@writing
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """What an office answered, told by the supporter."""
    found, shown = _behind(token)
    if request.method == "POST":
        letter = _named(found, request.POST.get("letter", ""))
        with override(found.participation.language):
            form = ReplyForm(request.POST, letter=letter, today=society_today())
            if not form.note(by=None, now=timezone.now()):
                return _page(request, token, found, shown, form)
    return redirect("act:receipt", token=token)


@login_not_required
@never_cache
@reading
def letters_pdf(request: HttpRequest, token: str) -> HttpResponse:
    found, shown = _behind(token)
    chosen = [line.letter for line in receipts.lines(found, shown) if line.is_for_paper]
    if not chosen:
        raise Http404
    day = society_today()
    printed = [_to_print(one, found, shown, day) for one in chosen]
    name = f"{shown.campaign.slug}.pdf"
    return HttpResponse(
        letter_pdf.written(printed),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _named(found: Receipt, said: str) -> Letter:
    """The letter of this receipt that a form names. Raises Http404."""
    letter = next((one for one in found.letters if str(one.pk) == said), None)
    if letter is None:
        raise Http404
    return letter


def _behind(token: str) -> tuple[Receipt, Shown]:
    found = receipts.behind(token)
    standing = shows.standing_of(found.participation.campaign.slug) if found else None
    if found is None or standing is None:
        raise Http404
    return found, shows.shown(standing, found.participation.language, timezone.now())


def _to_print(letter: Letter, found: Receipt, shown: Shown, day: date) -> LetterToPrint:
    participation, target = found.participation, letter.target
    official = target.official
    to = letter_pdf.addressee_of(official, day, shown.language).lines if official else (str(target),)
    return LetterToPrint(
        language=participation.language,
        day=day,
        name=participation.signed_as,
        sender=tuple(filter(None, (participation.postal_code,))),
        addressee=to,
        subject=letter.subject,
        body=letter.text,
        closes_itself=participation.signed_as in letter.text,
    )
