"""A question before something is done: a page that names it, asks for the reason, and changes nothing on GET."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.audit.admin import AuditedAdmin


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput(attrs={"class": "vTextField"})
    )


class Refused(Exception):
    """It could not be done, in words for whoever asked."""


class AsksFirst(AuditedAdmin):
    """Each of `acts` has a page of its own that asks first."""

    acts: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        base = f"{self.opts.app_label}_{self.opts.model_name}"
        own = [
            path(
                f"<int:pk>/{act.replace('_', '-')}/",
                self.admin_site.admin_view(getattr(self, act)),
                name=f"{base}_{act}",
            )
            for act in self.acts
        ]
        return own + super().get_urls()

    def row(self, request: HttpRequest, pk: int) -> Any:
        found = self.get_object(request, str(pk))
        if found is None or not self.has_view_permission(request, found):
            raise Http404
        return found

    def ask(
        self,
        request: HttpRequest,
        row: Any,
        verb: str,
        act: Callable[[User, str], str],
        *,
        lines: Sequence[str],
        back: str,
        needs_reason: bool = True,
    ) -> HttpResponse:
        """`act` gets who and why; it says what came of it, or raises Refused."""
        form = ReasonForm(request.POST or None) if needs_reason else None

        def do(person: User) -> str:
            return act(person, form.cleaned_data["reason"] if form else "")

        return self.put(request, row, verb, do, form=form, lines=lines, back=back)

    def put(
        self,
        request: HttpRequest,
        row: Any,
        verb: str,
        act: Callable[[User], str],
        *,
        form: forms.Form | None,
        lines: Sequence[str],
        back: str,
    ) -> HttpResponse:
        """The same with any form: `act` reads it once it is valid."""
        if request.method == "POST" and (form is None or form.is_valid()):
            try:
                said = act(by(request))
                self.message_user(request, said, messages.SUCCESS)
            except Refused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": row,
            "title": verb,
            "verb": verb,
            "lines": lines,
            "form": form,
            "back": back,
        }
        return TemplateResponse(request, "admin/mail_confirm.html", context)


class AskingAdmin(AsksFirst):
    """Rows that are read here, and changed only by their acts."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def by(request: HttpRequest) -> User:
    """Who acts: the admin lets nobody in who is not signed in."""
    assert not isinstance(request.user, AnonymousUser)  # noqa: S101 (as said above)
    return request.user
