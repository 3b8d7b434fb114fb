"""The form of one comment period, whose times are those of the agency's clock."""

from legislation.forms.wall_clock import WallClockForm
from legislation.models import CommentPeriod


class CommentPeriodForm(WallClockForm[CommentPeriod]):
    """In the admin, which names the fields."""

    moments = ("closes_at", "extended_to", "submitted_at")
