"""Where staff say who a printed name is: the names that wait, and what was said of others."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin
from legislation.actions import name_matches
from legislation.models import NameMatch
from legislation.unmatched_names import unmatched_names

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[NameMatch]
else:
    _ModelForm = forms.ModelForm

_MOST_WAITING = 100


class NameMatchForm(_ModelForm):
    def _post_clean(self) -> None:
        """A name is one whatever its accents, which the form does not ask for: the row itself knows."""
        super()._post_clean()  # type: ignore[misc]  # Django's own, which its stubs leave out
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as problem:
                self.add_error(None, problem)


@admin.register(NameMatch)
class NameMatchAdmin(AuditedAdmin):
    """Both votes and sponsorships follow what is said here, at once and in later imports."""

    form = NameMatchForm
    list_display = ("name", "session", "chamber", "official", "reason")
    list_filter = ("chamber",)
    search_fields = ("name", "official__search_text", "session__name")
    autocomplete_fields = ("session", "official")
    list_select_related = ("session__jurisdiction", "official")
    change_list_template = "admin/name_matches.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        waiting = {"waiting": unmatched_names(_MOST_WAITING), "most_waiting": _MOST_WAITING}
        return super().changelist_view(request, waiting | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        settled = name_matches.match(obj, by=_staff(request))
        text = ngettext(
            "%(count)d vote or sponsorship is theirs now.",
            "%(count)d votes and sponsorships are theirs now.",
            settled,
        )
        self.message_user(request, text % {"count": settled}, messages.SUCCESS)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        name_matches.unmatch(obj, by=_staff(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:
            name_matches.unmatch(row, by=_staff(request))


def _staff(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 (the admin lets nobody else in)
    return request.user
