"""The parts of an Advocacy Day's pages: which of them one person finds."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.events.models import AdvocacyEvent


@dataclass(frozen=True)
class Sight:
    """What somebody may do with one event: `runs` prepares it, `follows` reads its whole schedule."""

    runs: bool
    follows: bool


@dataclass(frozen=True)
class Tab:
    name: str
    label: str | Promise
    needs: str = ""


@dataclass(frozen=True)
class TabItem:
    label: str
    url: str
    is_current: bool
    count: int = 0


# The order on the page. `needs` names the attribute of `Sight` that opens it; without one everybody finds it.
TABS: tuple[Tab, ...] = (
    Tab("events:event_detail", _("Overview")),
    Tab("events:schedule", _("Teams and appointments"), "follows"),
)


def sight_of(event: AdvocacyEvent, user: User) -> Sight:
    rows = AdvocacyEvent.objects.filter(pk=event.pk)
    return Sight(runs=rows.run_by(user).exists(), follows=rows.followed_by(user).exists())


def tabs_of(event: AdvocacyEvent, sight: Sight, current: str) -> list[TabItem]:
    shown = [tab for tab in TABS if not tab.needs or getattr(sight, tab.needs)]
    return [TabItem(str(tab.label), reverse(tab.name, args=[event.pk]), tab.name == current) for tab in shown]
