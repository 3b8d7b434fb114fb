"""What higher rooms add to the page of one contact of the log, as `legislation.profile_panels` has it for officials."""

from collections.abc import Callable

from advocacy.accounts.requests import SignedInRequest
from advocacy.interactions.models import Interaction
from advocacy.kernel.registry import Registry
from legislation.profile_panels import Panel

interaction_panels: Registry[Callable[[SignedInRequest, Interaction], Panel | None]] = Registry()
