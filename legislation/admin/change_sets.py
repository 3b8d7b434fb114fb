"""What imports propose and have done: read line by line, approved, rejected or undone as a whole."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.audit.admin import LookOnlyAdmin
from legislation.actions import change_set_undo, change_sets
from legislation.actions.change_set_undo import CannotBeUndone
from legislation.actions.change_sets import AlreadyDecided, RecordHasChanged
from legislation.models import ChangeKind, ChangeSetState, ImportChange, ImportChangeSet

_LINES_A_PAGE = 200
_REFUSALS = (AlreadyDecided, RecordHasChanged, CannotBeUndone)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@admin.register(ImportChangeSet)
class ImportChangeSetAdmin(LookOnlyAdmin):
    """Nothing is edited here: a change set is decided as it stands."""

    list_display = ("scope_name", "source", "state", "summary", "made_at", "decided_by")
    list_filter = ("state", "source")
    search_fields = ("scope_name", "source__name")
    date_hierarchy = "made_at"
    list_select_related = ("source", "decided_by")
    change_form_template = "admin/change_set.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("snapshot", "images")

    @admin.display(description=gettext_lazy("what"))
    def summary(self, change_set: ImportChangeSet) -> str:
        return ", ".join(f"{label}: {count}" for label, count in change_set.kinds())

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{act}/",
                self.admin_site.admin_view(getattr(self, act)),
                name=f"legislation_importchangeset_{act}",
            )
            for act in ("approve", "reject", "undo")
        ]
        return own + super().get_urls()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The lines of one change set, those of one kind if asked. A missing one is answered as everywhere."""
        change_set: ImportChangeSet | None = self.get_object(request, object_id)
        if change_set is None:
            return super().change_view(request, object_id, form_url, extra_context)
        kind = request.GET.get("kind", "")
        rows = ImportChange.objects.filter(change_set=change_set).select_related("official")
        rows = rows.filter(kind=kind) if kind in ChangeKind.values else rows
        kinds = [(one.value, one.label, change_set.counts.get(one.value, 0)) for one in ChangeKind]
        context = self._context(request, change_set) | {
            "title": str(change_set),
            "kind": kind,
            "kinds": [one for one in kinds if one[2]],
            "page": Paginator(rows.most_telling_first(), _LINES_A_PAGE).get_page(request.GET.get("page")),
            "may_decide": change_set.state == ChangeSetState.PROPOSED,
            "may_undo": change_set.state == ChangeSetState.APPLIED,
            "rest": ImportChangeSet.objects.filter(safe_part=change_set).first(),
        }
        return TemplateResponse(request, "admin/change_set.html", context)

    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, _("Approve"), self._approve)

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, _("Reject"), self._reject, form=ReasonForm(request.POST or None))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._act(request, pk, _("Undo"), self._undo)

    def _approve(self, change_set: ImportChangeSet, by: User, reason: str) -> str:
        change_sets.approve(change_set, by=by, now=timezone.now())
        open_decisions = change_set.leaver_decisions.open().count()
        if open_decisions:
            text = _("Approved. %(count)d things addressed to people who left wait for a decision.")
            return text % {"count": open_decisions}
        return _("Approved: the record says so now.")

    def _reject(self, change_set: ImportChangeSet, by: User, reason: str) -> str:
        change_sets.reject(change_set, by=by, now=timezone.now(), reason=reason)
        return _("Rejected. The record stays as it is.")

    def _undo(self, change_set: ImportChangeSet, by: User, reason: str) -> str:
        change_set_undo.undo(change_set, by=by, now=timezone.now())
        said = _("Undone. The record is as it was before.")
        taken = [str(one) for one in change_set.leaver_decisions.select_related("official")]
        if not taken:
            return said
        stays = _("Decisions already taken stay; look at them again: %(decisions)s.")
        return f"{said} {stays % {'decisions': '; '.join(taken)}}"

    def _act(
        self,
        request: HttpRequest,
        pk: int,
        verb: str,
        act: Callable[[ImportChangeSet, User, str], str],
        *,
        form: ReasonForm | None = None,
    ) -> HttpResponse:
        """Ask first, then do it and say what came of it."""
        change_set = self._one(request, str(pk))
        assert isinstance(request.user, User)  # noqa: S101 (the admin lets nobody else in)
        if request.method == "POST" and (form is None or form.is_valid()):
            reason = form.cleaned_data["reason"] if form else ""
            try:
                self.message_user(request, act(change_set, request.user, reason), messages.SUCCESS)
            except _REFUSALS as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:legislation_importchangeset_change", args=[pk]))
        context = self._context(request, change_set) | {"title": verb, "verb": verb, "form": form}
        return TemplateResponse(request, "admin/change_set_confirm.html", context)

    def _one(self, request: HttpRequest, object_id: str) -> ImportChangeSet:
        change_set: ImportChangeSet | None = self.get_object(request, object_id)
        if change_set is None or not self.has_view_permission(request, change_set):
            raise Http404
        return change_set

    def _context(self, request: HttpRequest, change_set: ImportChangeSet) -> dict[str, Any]:
        each = self.admin_site.each_context(request)
        return {**each, "opts": self.opts, "change_set": change_set, "object": change_set}
