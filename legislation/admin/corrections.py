"""Correcting imported facts where they are edited, and the queue of corrections whose source has news."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.audit.admin import LookOnlyAdmin
from legislation.actions import corrections
from legislation.actions.corrections import NothingToReview
from legislation.models import CommitteeMembership, Correction

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _FormSet = BaseInlineFormSet[Any, Any, Any]
else:
    _ModelForm, _FormSet = forms.ModelForm, BaseInlineFormSet

REASON = "correction_reason"
_NEEDED = gettext_lazy(
    "This was imported. Say below why the source is wrong; later imports then keep your value."
)


class OfficialForm(_ModelForm):
    """One reason for whatever is corrected on the page, of the official or of the rows below.

    `made`: the corrections that saving the page has left.
    """

    correction_reason = forms.CharField(
        label=gettext_lazy("Why the source is wrong"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed when you change what was imported."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made: list[Correction] = []

    def says_something_new(self) -> bool:
        return bool(set(self.changed_data) - {REASON})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if corrections.facts_changed(self.instance, self.changed_data) and not values.get(REASON):
            self.add_error(REASON, _("This was imported. Say why the source is wrong."))
        return values


class CorrectingFormSet(_FormSet):
    """Imported rows are corrected with a reason, and ended, not deleted: the next import would bring them back."""

    def clean(self) -> None:
        super().clean()
        has_reason = bool(str(self.data.get(REASON, "")).strip())
        for form in self.initial_forms:
            is_imported = corrections.source_of(form.instance) is not None
            if is_imported and form in self.deleted_forms:
                raise ValidationError(_("An imported row is not deleted: say when it ended."))
            if not has_reason and corrections.facts_changed(form.instance, form.changed_data):
                raise ValidationError(str(_NEEDED))
        if not has_reason and any(_is_against_a_source(form) for form in self.extra_forms):
            raise ValidationError(str(_NEEDED))


def _is_against_a_source(form: Any) -> bool:
    """A member whom the committee's source does not list."""
    if not (form.has_changed() and isinstance(form.instance, CommitteeMembership)):
        return False
    return bool(form.instance.committee_id and corrections.source_of(form.instance))


class MembershipForm(_ModelForm):
    """Who sits on another committee than the source says ends here and begins there: the committee stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["committee"].disabled = True


def save_formset_with_corrections(request: HttpRequest, formset: Any) -> list[Correction]:
    """Save the rows below an official; those that were imported leave a correction for each fact."""
    assert isinstance(request.user, User)  # noqa: S101 (the admin lets nobody else in)
    reason = str(formset.data.get(REASON, "")).strip()
    keys = [form.instance.pk for form in formset.initial_forms if form.has_changed()]
    stored = formset.model._default_manager.in_bulk(keys)
    formset.save()
    made: list[Correction] = []
    for row, _names in formset.changed_objects:
        before = stored.get(row.pk)
        if before is not None and corrections.source_of(before):
            made += corrections.correct(before, row, by=request.user, now=timezone.now(), reason=reason)
    for row in formset.new_objects:
        if isinstance(row, CommitteeMembership):
            by, now = request.user, timezone.now()
            entered = corrections.sits_against_the_source(row, by=by, now=now, reason=reason)
            made += [entered] if entered else []
    return made


@admin.register(Correction)
class CorrectionAdmin(LookOnlyAdmin):
    """Corrections are made where the fact is edited. Here is decided what becomes of those with news."""

    list_display = ("official", "label", "ours", "then", "now", "needs_review", "state", "reason", "made_by")
    list_filter = ("needs_review", "state", "source")
    search_fields = ("official__search_text", "reason")
    list_select_related = ("official", "made_by")
    actions = ("keep_ours", "take_theirs")

    def has_review_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("legislation.change_correction"))

    @admin.display(description=gettext_lazy("what"))
    def label(self, correction: Correction) -> str:
        return correction.label

    @admin.display(description=gettext_lazy("our value"))
    def ours(self, correction: Correction) -> str:
        return correction.in_words(correction.corrected)

    @admin.display(description=gettext_lazy("what the source said then"))
    def then(self, correction: Correction) -> str:
        return correction.in_words(correction.source_said)

    @admin.display(description=gettext_lazy("what the source says now"))
    def now(self, correction: Correction) -> str:
        return correction.in_words(correction.source_now_says or correction.source_said)

    @admin.action(description=gettext_lazy("Keep our value"), permissions=["review"])
    def keep_ours(self, request: HttpRequest, queryset: Any) -> None:
        self._decide(request, queryset, corrections.keep_ours)

    @admin.action(description=gettext_lazy("Take the source’s value"), permissions=["review"])
    def take_theirs(self, request: HttpRequest, queryset: Any) -> None:
        self._decide(request, queryset, corrections.take_theirs)

    def _decide(self, request: HttpRequest, queryset: Any, decide: Any) -> None:
        for correction in queryset:
            try:
                decide(correction, by=request.user, now=timezone.now())
            except (NothingToReview, ValidationError) as refusal:
                why = " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
                self.message_user(request, f"{correction}: {why}", messages.ERROR)
            else:
                self.message_user(request, _("Decided: %(what)s.") % {"what": correction}, messages.SUCCESS)
