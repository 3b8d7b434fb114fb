"""What every file for calendar programs begins with (RFC 5545, RFC 5546); whoever knows the entries writes them.

A calendar keeps one entry for each UID: a file with a higher SEQUENCE replaces it, so a row's UID never changes.
"""

from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar


def empty_calendar(method: str, maker: str) -> Calendar:
    """`maker` says which part of the portal wrote it."""
    file = Calendar()
    file.add("prodid", f"-//Chapter Advocacy Portal//{maker}//EN")
    file.add("version", "2.0")
    file.add("method", method)
    return file


def uid(kind: str, key: int) -> str:
    """The name of one entry for as long as the portal stands."""
    return f"{kind}-{key}@{urlsplit(settings.PORTAL_URL).hostname or 'localhost'}"
