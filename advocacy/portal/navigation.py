"""What stands around every page: the menu, who one is here, the log button, and the demo's sign-in buttons.

Everything is lazy: a page that does not show it pays nothing, and a signed-in page pays two queries.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.interactions.models import FollowUp
from advocacy.portal import offline
from advocacy.portal.demo import sign_in
from members.access import Reach, reach_of
from members.models import Chapter, Role, RoleAssignment, Society
from members.taskforce.roster import belongs


@dataclass(frozen=True)
class NavItem:
    """One entry of the menu. `section` is the heading it stands under; the first group has none."""

    label: str
    url: str
    icon: str
    is_current: bool
    in_tab_bar: bool = False
    section: str = ""
    count: int = 0


class Navigation:
    """The frame of one page for one person."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.path, self.user = request.path, user
        self.reach: Reach = reach_of(user)

    @cached_property
    def items(self) -> list[NavItem]:
        return list(self._items())

    def _items(self) -> Iterator[NavItem]:
        reach = self.reach
        yield self._item(_("Home"), "portal:home", "home", in_tab_bar=True, exact=True)
        yield self._item(_("Officials"), "legislation:official_list", "building-library", in_tab_bar=True)
        yield self._item(_("Measures"), "tracking:board", "scale", below=("legislation:measure_list",))
        yield self._item(_("Hearings"), "legislation:hearing_list", "megaphone")
        yield self._item(_("Who represents me"), "members:representatives", "map-pin")
        yield self._item(_("Interactions"), "interactions:interaction_list", "chat-bubble-left-right")
        yield self._item(_("Campaigns"), "campaigns:campaign_list", "rocket-launch")
        yield self._item(_("Advocacy Days"), "events:event_list", "flag")
        if reach.logs_for or reach.reads or reach.reads_every_shared_record:
            yield self._item(
                _("Follow-ups"),
                "interactions:followup_list",
                "check-circle",
                in_tab_bar=True,
                count=self.followups_due,
            )
        yield self._item(_("Policy issues"), "research:issue_list", "book-open")
        yield self._item(_("Research"), "research:activity_list", "light-bulb")
        yield self._item(_("Materials"), "materials:material_list", "document-duplicate")
        yield self._item(_("Meeting requests"), "interactions:request_list", "calendar-days")
        if belongs(reach):
            yield self._item(_("Meetings"), "taskforce:meeting_list", "video-camera")
        if reach.logs_for or reach.reads or reach.reads_every_shared_record:
            yield self._item(_("Chapter reports"), "reports:report_list", "document-text")
            yield self._item(_("Positions"), "positions:position_list", "check-badge")
            yield self._item(_("Sign-on letters"), "coalitions:letter_list", "pencil-square")
            yield self._item(
                _("Coalitions"),
                "coalitions:coalition_list",
                "user-group",
                below=("coalitions:organisation_list",),
            )
            yield self._item(_("Grasstops contacts"), "coalitions:grasstops_list", "bolt")
        ours = _("The society")
        yield self._item(_("Chapters"), "members:chapter_list", "map", section=ours)
        yield self._item(_("People"), "members:person_list", "users", section=ours)
        if reach.primary_chapter_id:
            yield self._item(_("Whom do you know?"), "interactions:survey", "hand-raised", section=ours)
        running = _("Running it")
        if reach.reads_every_shared_record:
            yield self._item(
                _("Month export"), "interactions:month_export", "arrow-down-tray", section=running
            )
        if settings.MAILBOX_OPEN or reach.is_staff:
            yield self._item(_("Mailbox"), "outbox:list", "inbox", section=running)
        if reach.is_staff:
            yield self._item(_("Admin"), "admin:index", "cog-6-tooth", section=running)

    def _item(
        self,
        label: str,
        name: str,
        icon: str,
        *,
        in_tab_bar: bool = False,
        section: str = "",
        count: int = 0,
        exact: bool = False,
        below: tuple[str, ...] = (),
    ) -> NavItem:
        """`below` names pages that belong to this entry, whatever their addresses."""
        url = reverse(name)
        is_current = any(self._is_current(one, exact) for one in (url, *map(reverse, below)))
        return NavItem(label, url, icon, is_current, in_tab_bar, section, count)

    def _is_current(self, url: str, exact: bool) -> bool:
        """The deepest entry above this page: follow-ups live below the log's address, measures below the officials'."""
        if exact or not self.path.startswith(url):
            return self.path == url
        return not any(self.path.startswith(other) and len(other) > len(url) for other in self._deeper)

    @cached_property
    def _deeper(self) -> list[str]:
        """The entries whose address lies below that of another entry."""
        of_the_log = ("followup_list", "request_list", "month_export", "survey")
        return [
            reverse("legislation:measure_list"),
            reverse("legislation:hearing_list"),
            reverse("research:issue_list"),
            *(reverse(f"interactions:{name}") for name in of_the_log),
        ]

    @cached_property
    def followups_due(self) -> int:
        """Mine that are due today or were due before."""
        today = self.user.today(timezone.now())
        return FollowUp.objects.visible_to(self.user).owned_by(self.user).due_by(today).count()

    @cached_property
    def role(self) -> tuple[str, str, Society | None]:
        """The weightiest role, its place, and the society: one query for all three."""
        reach = self.reach
        if reach.is_staff or reach.is_lead:
            role = Role.STAFF if reach.is_staff else Role.LEAD
            return str(role.label), "", Society.objects.first()
        if reach.is_vice_chair:
            held = RoleAssignment.objects.filter(person=self.user, role=Role.VICE_CHAIR)
            assignment = held.select_related("region__society").order_by("-starts_on", "-pk").first()
            region = assignment.region if assignment else None
            return str(Role.VICE_CHAIR.label), str(region or ""), region.society if region else None
        chapter = Chapter.objects.select_related("society").filter(pk=reach.primary_chapter_id or 0).first()
        return self._role_in(chapter), str(chapter or ""), chapter.society if chapter else None

    def _role_in(self, chapter: Chapter | None) -> str:
        if chapter is None:
            return ""
        if chapter.pk in self.reach.advocate_of:
            return str(Role.ADVOCATE.label)
        if chapter.pk in self.reach.president_of:
            return str(Role.PRESIDENT.label)
        if chapter.pk in self.reach.logs_for:
            return str(Role.VOLUNTEER.label)
        return str(Role.MEMBER.label)

    @property
    def who_am_i(self) -> str:
        role, place, _society = self.role
        return " · ".join(filter(None, (role, place)))

    @property
    def is_demo(self) -> bool:
        society = self.role[2]
        return society is not None and society.is_demo

    @property
    def log_url(self) -> str:
        return reverse("interactions:interaction_log") if self.reach.may_log else ""


_EMPTY = {"nav_items": (), "who_am_i": "", "demo_mode": False, "log_url": "", "search_url": ""}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context of `base.html` and, where nobody is signed in, of the sign-in page."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return _for_visitors(request)
    frame, phone = Navigation(request, user), offline.around_a_page(request, user)
    if frame.reach.is_empty:
        return _EMPTY | phone | {"profile_url": reverse("members:profile")}
    return phone | {
        "nav_items": SimpleLazyObject(lambda: frame.items),
        "who_am_i": SimpleLazyObject(lambda: frame.who_am_i),
        "demo_mode": SimpleLazyObject(lambda: frame.is_demo),
        "log_url": frame.log_url,
        "search_url": reverse("portal:search"),
        "profile_url": reverse("members:profile"),
    }


def _for_visitors(request: HttpRequest) -> dict[str, Any]:
    if request.resolver_match is None or request.resolver_match.view_name != "account_login":
        return {}
    return {
        "demo_sign_ins": SimpleLazyObject(sign_in.offered),
        "demo_sign_in_url": reverse("portal:demo_sign_in"),
    }
