"""The parts of an Advocacy Day's pages: which of them one person finds."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.events.models import AdvocacyEvent, EventStatus


@dataclass(frozen=True)
class Sight:
    """What somebody may do with one event: `runs` prepares it, `follows` reads its whole schedule.

    `comes`: has a place and a schedule of their own, once it is published. `reads_results`: see `measures_of_a_day`.
    `is_asked`: came, and can say how it was.
    """

    runs: bool
    follows: bool
    comes: bool = False
    reads_results: bool = False
    is_asked: bool = False


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
    Tab("events:my_schedule", _("My schedule"), "comes"),
    Tab("events:register", _("My registration")),
    Tab("events:people", _("People"), "runs"),
    Tab("events:checklist", _("Checklist"), "follows"),
    Tab("events:schedule", _("Teams"), "follows"),
    Tab("events:board", _("Board"), "follows"),
    Tab("events:check_in", _("Check-in"), "runs"),
    Tab("events:survey", _("How was it?"), "is_asked"),
    Tab("events:results", _("Results"), "reads_results"),
)


def sight_of(event: AdvocacyEvent, user: User) -> Sight:
    rows = AdvocacyEvent.objects.filter(pk=event.pk)
    follows = rows.followed_by(user).exists()
    mine = event.registrations.coming().filter(person=user).values_list("checked_in_at", flat=True)
    # None: has a place and has not checked in. Nobody is asked, or has a schedule, before it is published.
    came = list(mine[:1]) if event.is_published else []
    return Sight(
        runs=rows.run_by(user).exists(),
        follows=follows,
        comes=bool(came),
        reads_results=follows or event.status == EventStatus.CLOSED,
        is_asked=any(came) and not event.is_over,
    )


def tabs_of(event: AdvocacyEvent, sight: Sight, current: str) -> list[TabItem]:
    shown = [tab for tab in TABS if not tab.needs or getattr(sight, tab.needs)]
    return [TabItem(str(tab.label), reverse(tab.name, args=[event.pk]), tab.name == current) for tab in shown]
