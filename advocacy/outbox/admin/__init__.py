"""The staff's door to the mail: what was sent and what waits, addresses left alone, limits, and the switch."""

from advocacy.outbox.admin.installation import InstallationAdmin
from advocacy.outbox.admin.limits import LaneAdmin
from advocacy.outbox.admin.messages import OutboundMessageAdmin
from advocacy.outbox.admin.suppressions import SuppressionAdmin

__all__ = ["InstallationAdmin", "LaneAdmin", "OutboundMessageAdmin", "SuppressionAdmin"]
