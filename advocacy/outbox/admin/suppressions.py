"""Addresses that are left alone. What is kept is a fingerprint: staff can ask for an address, not read one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib import messages as notes
from django.core.validators import validate_email
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.outbox.actions import suppressions
from advocacy.outbox.admin.asking import AskingAdmin, Refused, by
from advocacy.outbox.models import Reason, Suppression, fingerprint_of
from advocacy.outbox.streams import Stream

_STREAMS = [("", gettext_lazy("Everything but account mail"))] + [
    (stream.value, stream.label) for stream in Stream if stream != Stream.ACCOUNT
]


class SuppressionForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("Kept as a fingerprint: the address cannot be read from it."),
    )
    stream = forms.ChoiceField(
        label=gettext_lazy("No more mail of this class"), choices=_STREAMS, required=False
    )
    evidence = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


@admin.register(Suppression)
class SuppressionAdmin(AskingAdmin):
    list_display = ("short", "what", "reason", "made_at", "lifted_at", "lifted_by")
    list_filter = ("reason", "stream", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("lifted_by",)
    search_fields = ("address",)
    acts = ("lift",)

    @admin.display(description=gettext_lazy("fingerprint"), ordering="address")
    def short(self, row: Suppression) -> str:
        return row.address[:12]

    @admin.display(description=gettext_lazy("class"), ordering="stream")
    def what(self, row: Suppression) -> str:
        return str(row.get_stream_display() if row.stream else _STREAMS[0][1])

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        term = search_term.strip()
        try:
            validate_email(term)
        except ValidationError:
            return queryset.filter(address__startswith=term.lower()), False
        return queryset.filter(address=fingerprint_of(term)), False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SuppressionForm(request.POST or None)
        back = reverse("admin:outbox_suppression_changelist")
        if request.method == "POST" and form.is_valid():
            suppressions.add(
                form.cleaned_data["address"],
                reason=Reason.STAFF,
                stream=form.cleaned_data["stream"],
                evidence=form.cleaned_data["evidence"],
                by=by(request),
                now=timezone.now(),
            )
            self.message_user(request, _("This address is left alone from now on."), notes.SUCCESS)
            return HttpResponseRedirect(back)
        verb = _("Leave an address alone")
        context = {"opts": self.opts, "title": verb, "verb": verb, "form": form, "back": back}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/mail_confirm.html", context | {"object": None, "lines": []})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row: Suppression | None = self.get_object(request, object_id)
        if row is None:
            return super().change_view(request, object_id, form_url, extra_context)
        context = {"opts": self.opts, "object": row, "title": str(row), "row": row, "what": self.what(row)}
        context |= self.admin_site.each_context(request)
        return TemplateResponse(request, "admin/mail_suppression.html", context)

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        row: Suppression = self.row(request, pk)

        def act(by: User, reason: str) -> str:
            if not suppressions.lift(row, by=by, because=reason, now=timezone.now()):
                raise Refused(_("Somebody lifted this already."))
            return _("Lifted: mail may go to this address again.")

        back = reverse("admin:outbox_suppression_change", args=[pk])
        lines = [str(row), str(self.what(row)), row.evidence]
        return self.ask(request, row, _("Lift the suppression"), act, lines=lines, back=back)
