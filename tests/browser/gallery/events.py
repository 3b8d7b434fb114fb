"""Advocacy Days."""

from advocacy.events.models import AdvocacyEvent
from tests.browser.gallery.exhibit import Exhibit, first

EVENTS = [
    Exhibit("events:event_list"),
    Exhibit("events:event_list", "elise", note="in French"),
    Exhibit("events:event_detail", find=first(AdvocacyEvent, status="frozen")),
    Exhibit("events:schedule", "priya", find=first(AdvocacyEvent, status="frozen")),
]
