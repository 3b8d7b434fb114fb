"""The pages of the admin, which staff sees."""

from typing import Any

from django.contrib.admin import site
from django.urls import NoReverseMatch, reverse

from advocacy.accounts.models import User
from campaigns.models import Status
from legislation.models import FactReport
from members.models import Chapter
from tests.browser.gallery.campaigns import campaign
from tests.browser.gallery.exhibit import Exhibit, first
from tests.browser.gallery.left_out import NOT_IN_THE_DEMO


def _open_report(user: User) -> int:
    return FactReport.objects.open().order_by("pk").first().pk


def _staff(name: str, **found: Any) -> Exhibit:
    return Exhibit(name, "jordan", **found)


def admin_pages() -> list[Exhibit]:
    """The list and the form of every model, and once each of the pages that are the same for all."""
    pages = [_staff("admin:index"), _staff("admin:app_list", find=lambda user: "members")]
    for model in site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(_staff(f"{base}_changelist"))
        if model not in NOT_IN_THE_DEMO:
            pages.append(_staff(f"{base}_change", find=first(model)))
    chapter = first(Chapter)
    pages += [
        _staff("admin:legislation_factreport_change", find=_open_report, note="waiting"),
        _staff("admin:legislation_factreport_by_hand", find=_open_report),
        _staff("admin:legislation_factreport_reject", find=_open_report),
        _staff("admin:outbox_suppression_add"),
        _staff("admin:outbox_installation_arm"),
        _staff("admin:outbox_installation_stop"),
        _staff("admin:campaigns_campaign_add"),
        _staff("admin:campaigns_campaign_change", find=campaign(Status.DRAFT), note="a draft"),
        _staff("admin:campaigns_campaign_decide", find=campaign(Status.IN_REVIEW)),
        _staff(
            "admin:campaigns_campaign_move",
            find=lambda user: (campaign(Status.LIVE)(user), "close"),
        ),
        *(
            _staff(f"admin:campaigns_campaign_{act}", find=campaign(Status.LIVE))
            for act in ("preview", "audience", "trial", "begin_like")
        ),
        _staff("admin:campaigns_campaign_trouble"),
        _staff("admin:campaigns_message_import"),
        _staff("admin:members_chapter_add"),
        _staff("admin:members_chapter_import"),
        _staff("admin:members_chapter_history", find=chapter),
        _staff("admin:members_chapter_delete", find=first(Chapter, slug="sonoran-sky")),
    ]
    return [page for page in pages if _exists(page.name)]


def _exists(name: str) -> bool:
    for arguments in ((), (1,), (1, "close")):
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            continue
        return True
    return False
