"""The words of a campaign: what it asks for, of whom, and where it stands (DOMAIN.md W4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignKind(models.TextChoices):
    """What supporters are asked to do."""

    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    CALL = "call", _("Phone call")
    PETITION = "petition", _("Petition or sign-on")
    MEETING_REQUEST = "meeting_request", _("Meeting request")
    COMMENT = "comment", _("Regulatory comment")


# What is asked of legislators about a measure: these need one, and an approved position on it.
LEGISLATIVE = (CampaignKind.LETTER, CampaignKind.EMAIL, CampaignKind.CALL, CampaignKind.MEETING_REQUEST)


class Compliance(models.TextChoices):
    """What the activity is for the books of a society that must report (DOMAIN.md §0, point 7; S44, S45)."""

    NONE = "none", _("Not about specific legislation")
    DIRECT = "direct", _("Direct: our own members write to officials")
    GRASSROOTS = "grassroots", _("Grassroots: the public is asked to write")


class Status(models.TextChoices):
    IDEA = "idea", _("Idea")
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", pgettext_lazy("a campaign", "Closed")
    EVALUATED = "evaluated", _("Evaluated")


# The only moves there are. Whatever was approved goes back to draft to be changed, and through review again.
MOVES: dict[Status, frozenset[Status]] = {
    Status.IDEA: frozenset({Status.DRAFT}),
    Status.DRAFT: frozenset({Status.IN_REVIEW, Status.CLOSED}),
    Status.IN_REVIEW: frozenset({Status.DRAFT, Status.APPROVED}),
    Status.APPROVED: frozenset({Status.DRAFT, Status.SCHEDULED, Status.LIVE, Status.CLOSED}),
    Status.SCHEDULED: frozenset({Status.DRAFT, Status.APPROVED, Status.LIVE}),
    Status.LIVE: frozenset({Status.PAUSED, Status.CLOSED}),
    Status.PAUSED: frozenset({Status.DRAFT, Status.LIVE, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.EVALUATED}),
    Status.EVALUATED: frozenset(),
}
# How a status is coloured; the others are neutral.
TONES = {
    Status.IN_REVIEW: "warn",
    Status.APPROVED: "info",
    Status.SCHEDULED: "info",
    Status.LIVE: "good",
    Status.PAUSED: "warn",
}
# Only these are edited; everything later is what somebody approved, or is being judged.
EDITABLE = (Status.IDEA, Status.DRAFT)
APPROVED_STATUSES = (Status.APPROVED, Status.SCHEDULED, Status.LIVE, Status.PAUSED)


class TargetGroup(models.TextChoices):
    """Which officials a text is written for."""

    EVERYONE = "everyone", _("Everyone without a text of their own")
    COMMITTED = "committed", _("Already committed: thank-you")
    SUPPORTIVE = "supportive", _("Leaning our way")
    UNDECIDED = "undecided", _("Undecided")
    OPPOSED = "opposed", _("Leaning against us")

    @property
    def variant_label(self) -> str:
        """Whose text it is; empty for the text of all who have none of their own."""
        return "" if self is TargetGroup.EVERYONE else str(self.label)


class Purpose(models.TextChoices):
    """Why supporters get mail. An ask is repeated at most twice (DOMAIN.md §7)."""

    LAUNCH = "launch", _("The ask, at launch")
    REMINDER = "reminder", _("Reminder after four days")
    LAST_DAY = "last_day", _("Reminder on the last day")
    THANKS = "thanks", _("Thank-you at the end")
    OUTCOME = "outcome", _("What came of it")


ASKS = (Purpose.LAUNCH, Purpose.REMINDER, Purpose.LAST_DAY)


class RuleKind(models.TextChoices):
    MY_REPRESENTATIVES = "my_representatives", _("The supporter’s own representatives")
    CHAMBER = "chamber", _("All members of a chamber")
    COMMITTEE = "committee", _("All members of a committee")
    SPONSORS = "sponsors", _("Sponsors and cosponsors of the measure")
    NOT_SPONSORS = "not_sponsors", _("Members who have not sponsored the measure")
    STANCE = "stance", _("Members by where they stand")
    NAMED = "named", _("Named officials")
    AGENCY = "agency", _("An agency")


# What a rule of this kind cannot do without.
NEEDED_BY: dict[str, str] = {
    RuleKind.CHAMBER: "chamber",
    RuleKind.COMMITTEE: "committee",
    RuleKind.NAMED: "officials",
    RuleKind.STANCE: "stances",
    RuleKind.AGENCY: "agency_name",
}
