"""Who is asked about a proposed position, and what may be decided (DOMAIN.md W3, step 4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApprovalStep(models.TextChoices):
    """Who is asked about a proposal, in this order; each step is asked only where it has a meaning."""

    CHAPTER = "chapter", _("Chapter board contact")
    TEAM = "team", _("State or provincial team")
    NATIONAL = "national", _("National consistency check")


class Ruling(models.TextChoices):
    """What was decided in one step."""

    APPROVED = "approved", _("Approved")
    WITH_WORDING = "with_wording", _("Approved with wording")
    DECLINED = "declined", _("Declined")
    NATIONAL_LEADS = "national_leads", _("National to lead")


APPROVING = (Ruling.APPROVED, Ruling.WITH_WORDING)
