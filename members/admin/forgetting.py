"""Forgetting people from any list of them in the admin: what is kept of each is said first, then all of it goes."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from members import erasing

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = object


class ForgetsPeople(_ModelAdmin):
    """Of rows that stand for a person by an `email`. Wherever one begins, the person is forgotten everywhere."""

    def to_forget(self, queryset: QuerySet[Any]) -> list[Any]:
        """The rows behind which somebody is still: all, where a list keeps none of whom it has forgotten."""
        return list(queryset)

    def forget_row(self, row: Any, *, by: User, now: datetime) -> bool:
        return erasing.forget(row.email, by=by, now=now)

    @admin.action(description=_("Forget the selected people…"), permissions=["view"])
    def forget(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Asked once more on a page of its own: it cannot be undone."""
        rows, by = self.to_forget(queryset), request.user
        if request.POST.get("confirmed") != "yes":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Forget these people?"),
                "opts": self.opts,
                "people": [(row, erasing.kept_of(row.email, by=by) if row.email else []) for row in rows],  # type: ignore[arg-type]  # signed in
            }
            return TemplateResponse(request, "admin/forget_people.html", context)
        now = timezone.now()
        # The same person may have been chosen by several rows.
        count = sum(self.forget_row(row, by=by, now=now) for row in rows)  # type: ignore[arg-type]  # as above
        text = ngettext("%(count)d person forgotten.", "%(count)d people forgotten.", count)
        messages.success(request, text % {"count": count})
        return None
