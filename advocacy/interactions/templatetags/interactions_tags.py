"""How contacts look: an icon for each kind, a colour for each answer, and the texts that were filled in."""

from django import template
from django.db.models import Field
from django.utils.functional import Promise

from advocacy.interactions.models import AskResponse, Interaction, Kind

register = template.Library()

_ICONS = {
    Kind.MEETING_IN_PERSON: "user-group",
    Kind.MEETING_VIRTUAL: "video-camera",
    Kind.PHONE_CALL: "phone",
    Kind.EMAIL_EXCHANGE: "envelope",
    Kind.LETTER_SENT: "paper-airplane",
    Kind.HEARING_TESTIMONY: "megaphone",
    Kind.HEARING_ATTENDED: "eye",
    Kind.SITE_VISIT_HOSTED: "building-office-2",
    Kind.TOWN_HALL: "building-library",
    Kind.EVENT_CONVERSATION: "chat-bubble-left-right",
    Kind.DROP_BY: "map-pin",
    Kind.TEXT_OR_DIRECT_MESSAGE: "device-phone-mobile",
    Kind.RECOGNITION: "trophy",
}
_TONES = {
    AskResponse.AGREED: "good",
    AskResponse.DECLINED: "bad",
    AskResponse.WILL_CONSIDER: "info",
    AskResponse.NEEDS_INFORMATION: "warn",
}
_SUBSTANCE = (
    "concerns", "questions", "recommendations", "allies", "personal_notes", "stories_used", "materials_left",
    "partners_present",
)  # fmt: skip


@register.filter
def kind_icon(kind: str) -> str:
    return _ICONS.get(Kind(kind), "ellipsis-horizontal-circle")


@register.filter
def response_tone(response: str) -> str:
    return _TONES.get(AskResponse(response), "neutral")


@register.filter
def substance(interaction: Interaction) -> list[tuple[str | Promise, str]]:
    """The texts of a record that somebody filled in, with their labels."""
    fields = [(Interaction._meta.get_field(name), getattr(interaction, name)) for name in _SUBSTANCE]
    return [(field.verbose_name, text) for field, text in fields if text and isinstance(field, Field)]
