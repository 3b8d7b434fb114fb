"""Where the pages of the reports are, for files and mail that are read outside of the portal."""

from django.conf import settings
from django.urls import reverse

from advocacy.kernel.periods import Month
from advocacy.reports.fiscal_year import FiscalYear


def national_link(period: Month) -> str:
    return str(settings.PORTAL_URL) + reverse("reports:national", args=[period])


def annual_link(year: FiscalYear) -> str:
    return str(settings.PORTAL_URL) + reverse("reports:annual", args=[year])
