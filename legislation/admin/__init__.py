"""The staff's door to the public record: corrections by hand, and what no upstream source covers."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from legislation.admin import (
    bodies,
    change_sets,
    comment_periods,
    corrections,
    feeds,
    hearings,
    names,
    officials,
    places,
    reports,
    sources,
)

__all__ = [
    "bodies",
    "change_sets",
    "comment_periods",
    "corrections",
    "feeds",
    "hearings",
    "names",
    "officials",
    "places",
    "reports",
    "sources",
]

admin.site.site_url = "/"
admin.site.index_title = _("Manage the portal")
