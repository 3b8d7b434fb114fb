"""What templates of the directory need to print."""

import re

from django import template
from django.utils.html import format_html
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, parse

register = template.Library()
# Quebec's and Ottawa's offices write "poste" before an extension.
_EXTENSION = re.compile(r"\s*\bposte\s*(?=\d+\s*$)", re.IGNORECASE)


@register.simple_tag
def telephone(number: str) -> str:
    """The number, as a link that dials it where it can be dialled."""
    try:
        link = format_number(parse(_EXTENSION.sub(" ext. ", number), "US"), PhoneNumberFormat.RFC3966)
    except NumberParseException:
        return number
    return format_html('<a href="{}">{}</a>', link, number)


@register.simple_tag
def web_link(address: str, label: str = "") -> str:
    """A link to a page of the office. An address that is not of the web is only shown."""
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in ("http", "https"):
        return address
    return format_html(
        '<a href="{}" rel="noopener noreferrer">{}</a>', address, label or rest.removesuffix("/")
    )


@register.filter
def address_lines(address: str) -> str:
    """A postal address on several lines; some sources put semicolons between them."""
    return "\n".join(part.strip() for part in address.split(";"))
