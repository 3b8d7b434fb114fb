"""The headers of a message by its class, in one table (RELIABILITY.md §9.2), and the words below its text."""

from dataclasses import dataclass
from email.utils import parseaddr
from html import escape

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from advocacy.outbox import stop_links
from advocacy.outbox.models import SIGNATURE, OutboundMessage
from advocacy.outbox.streams import Stream


@dataclass(frozen=True)
class Practice:
    """`is_list`: it has a List-Id and a way to stop it; `one_click`: stopping asks nothing back (RFC 8058)."""

    is_list: bool = False
    one_click: bool = False
    auto_submitted: bool = False
    quiet: str = ""
    feedback: bool = False


_REMINDER = Practice(is_list=True, one_click=True, auto_submitted=True, quiet="All")
_BULK = Practice(is_list=True, one_click=True, quiet="OOF, AutoReply", feedback=True)
PRACTICE: dict[str, Practice] = {
    Stream.ACCOUNT: Practice(auto_submitted=True, quiet="All"),
    # Who stops a duty is asked how: a click that asks nothing back would leave a role without its mail.
    Stream.DUTY: Practice(is_list=True, auto_submitted=True, quiet="All"),
    Stream.ALERT: _REMINDER,
    Stream.EVENT: _REMINDER,
    Stream.OPTIONAL: _BULK,
    Stream.CAMPAIGN: _BULK,
    # A letter is a person's own: an office may answer, and nobody can unsubscribe from it.
    Stream.LETTER: Practice(),
}


def add_to(message: OutboundMessage) -> None:
    """Complete a new message: headers of its class (those of its kind win), and why and how to stop it below."""
    practice = PRACTICE[message.stream]
    link = stop_link(message) if practice.is_list else ""
    message.headers = _headers(message, practice, link) | message.headers
    if link:
        _sign(message, link)


def stop_link(message: OutboundMessage, view: str = "unsubscribe") -> str:
    token = stop_links.token_for(message.user_id, message.recipient, message.stream, _language_of(message))
    return str(settings.PORTAL_URL) + reverse(f"outbox:{view}", args=[token])


def _headers(message: OutboundMessage, practice: Practice, link: str) -> dict[str, str]:
    domain = parseaddr(message.sender)[1].rpartition("@")[2] or "localhost"
    scope = slugify(message.scope.replace(":", "-"))
    found: dict[str, str] = {}
    if practice.is_list:
        found["List-Id"] = f"<{'.'.join(filter(None, (scope, message.stream, domain)))}>"
        found["List-Unsubscribe"] = f"<{link}>"
    if practice.one_click:
        found["List-Unsubscribe"] = f"<{stop_link(message, 'unsubscribe_one_click')}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if practice.auto_submitted:
        found["Auto-Submitted"] = "auto-generated"
    if practice.quiet:
        found["X-Auto-Response-Suppress"] = practice.quiet
    if practice.feedback:
        found["Feedback-ID"] = f"{slugify(message.kind)}:{scope}:{message.stream}:{slugify(domain)}"
    return found


def _sign(message: OutboundMessage, link: str) -> None:
    with translation.override(_language_of(message)):
        label = _label(message)
    why = message.why
    message.text = f"{message.text.rstrip()}\n{SIGNATURE}" + "\n".join(filter(None, (why, label, link)))
    if message.html:
        below = f'<hr><p><small>{escape(why)} <a href="{escape(link)}">{escape(label)}</a></small></p>'
        head, body, tail = message.html.rpartition("</body>")
        message.html = f"{head}{below}{body}{tail}" if body else message.html + below


def _language_of(message: OutboundMessage) -> str:
    """Of whoever reads, where we know them: whoever writes may have another. Else that of the mail."""
    return message.user.language if message.user else str(translation.get_language())


def _label(message: OutboundMessage) -> str:
    if message.stream == Stream.DUTY:
        return _("Pause this mail, bundle it, or hand over the duty")
    return _("Stop this kind of mail")
