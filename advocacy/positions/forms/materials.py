"""Materials: the filters of the list, what one is for, and a version of it in one language."""

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language, User
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from advocacy.positions.holders import chapters_to_testify_for, may_propose_for_the_society
from advocacy.positions.models import Issue, Material, MaterialKind, MaterialVersion
from advocacy.positions.use import why_not_usable
from legislation import suggestions
from legislation.models import Measure
from members.access import reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

_ANY = [("", _("Any"))]


class MaterialFilters(forms.Form):
    """Which materials to show: those in use unless the archive is asked for. An unreadable value filters nothing."""

    hide_optional = True
    sorting = ("search_text", "pk")

    q = forms.CharField(
        label=_("Search"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Words")}),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*_ANY, *MaterialKind.choices], required=False)
    issue = forms.ModelChoiceField(
        label=_("Issue"), queryset=Issue.objects.none(), required=False, empty_label=_("Any")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[*_ANY, *Language.choices], required=False)
    shown = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("In use")), ("archived", _("Archived")), ("all", _("All"))],
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].queryset = Issue.objects.visible_to(user).current()  # type: ignore[attr-defined]  # a ModelChoiceField
        self.is_valid()

    def narrow(self, rows: Any) -> Any:
        said = self.cleaned_data
        if said.get("shown") == "archived":
            rows = rows.filter(archived_on__isnull=False)
        elif said.get("shown") != "all":
            rows = rows.current()
        if said.get("language"):
            rows = rows.in_a_language(said["language"])
        wanted = {name: said[name] for name in ("kind", "issue") if said.get(name)}
        return rows.search(said.get("q") or "").filter(**wanted)


class MaterialForm(Part, _ModelForm):
    """What a material is, what it is for, and whose."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    about: PickManyField[Measure] = PickManyField(
        label=_("Measure"),
        suggest_url="tracking:measure_suggest",
        search=suggestions.likeliest_measures,
        describe=lambda measure: suggestions.describe_measure(measure)[1:],
        placeholder=_("Number or title, for example HB 210"),
        help_text=_("Then it is used only under an approved position."),
        required=False,
    )

    class Meta:
        model = Material
        fields = ("title", "title_fr", "kind", "chapter", "issue", "confidentiality")

    field_order = ("title", "title_fr", "kind", "chapter", "about", "issue", "confidentiality", "form_key")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapter, about = self.fields["chapter"], self.fields["about"]
        chapter.queryset = chapters_to_testify_for(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        if may_propose_for_the_society(user):
            chapter.empty_label = _("The society itself")  # type: ignore[attr-defined]  # as above
        else:
            chapter.required, chapter.help_text = True, ""
        self.fields["issue"].queryset = Issue.objects.visible_to(user).current()  # type: ignore[attr-defined]  # as above
        measures = Measure.objects.visible_to(user).select_related("session__jurisdiction")
        about.offer(measures)  # type: ignore[attr-defined]  # a picker
        about.widget.multiple = False
        self.before = (self.instance.measure_id, self.instance.chapter_id) if self.instance.pk else None
        if self.instance.pk:
            known = [self.instance.measure] if self.instance.measure else []
            self.initial.update(form_key=self.instance.form_key, about=known)
        else:
            self.initial.setdefault("chapter", reach_of(user).primary_chapter_id)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen, chapter = list(said.get("about") or []), said.get("chapter")
        if len(chosen) > 1:
            self.add_error("about", _("Choose one measure."))
        elif chosen and "chapter" in said and (why_not := self._why_not(chosen[0], chapter)):
            self.add_error("about", why_not)
        if "chapter" in said and chapter is None and said.get("confidentiality") != Confidentiality.SHARED:
            self.add_error("confidentiality", _("What the society itself hands out is shared."))
        return said

    def _why_not(self, measure: Measure, chapter: Chapter | None) -> str:
        """What stays as it was may be corrected, whatever became of its position."""
        if self.before == (measure.pk, chapter.pk if chapter else None):
            return ""
        return why_not_usable(measure, chapter)

    def filled(self) -> Material:
        """The row as it is to be kept."""
        row: Material = self.save(commit=False)
        row.measure = next(iter(self.cleaned_data["about"]), None)
        if not row.pk:
            row.form_key = self.cleaned_data["form_key"]
        return row


class VersionForm(_ModelForm):
    """The next version in one language: its text, or where the file is kept, or both."""

    hide_optional = True
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    link = forms.URLField(
        label=_("Link to the file"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where the file is kept, beginning with https."),
    )

    class Meta:
        model = MaterialVersion
        fields = ("language", "text", "link")
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link and not link.startswith("https://"):
            raise forms.ValidationError(_("A link begins with https://."))
        return link

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("text") and not said.get("link"):
            self.add_error("text", _("Write the text, or say where the file is kept."))
        return said
