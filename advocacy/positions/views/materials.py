"""Materials: the list, one of them with its versions by language, and putting one on record."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import Language
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.positions.actions import materials
from advocacy.positions.errors import NotUsable
from advocacy.positions.forms.materials import MaterialFilters, MaterialForm, VersionForm
from advocacy.positions.holders import may_make_materials_at_all
from advocacy.positions.material_uses import uses_of
from advocacy.positions.models import Material, MaterialVersion, Position

_OLD_VERSIONS = 50


@reading
def material_list(request: SignedInRequest) -> HttpResponse:
    form = MaterialFilters(request.GET, user=request.user)
    rows = form.narrow(Material.objects.visible_to(request.user))
    shown = rows.select_related("chapter", "issue", "measure__session").with_current_versions()
    page = listing.page(shown, request.GET, form.sorting)
    resting = {one.position_id for one in page.rows if one.position_id}
    context = {
        "form": form,
        "page": page,
        "ended": resting - set(Position.objects.usable().filter(pk__in=resting).values_list("pk", flat=True)),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("materials:material_list"),
        "new_url": reverse("materials:material_new") if may_make_materials_at_all(request.user) else "",
    }
    return render(request, "positions/material_list.html", context)


@writing
def material_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its languages and versions; whoever edits it writes the next one here, or archives it."""
    visible = Material.objects.visible_to(request.user)
    known = visible.select_related("chapter", "issue", "measure__session", "position")
    material = get_object_or_404(known, pk=pk)
    may_edit = Material.objects.editable_by(request.user).filter(pk=pk).exists()
    is_usable = (
        material.position_id is None or Position.objects.usable().filter(pk=material.position_id).exists()
    )
    is_saved = request.method == "POST" and "act" not in request.POST
    versions = list(material.versions.select_related("written_by").order_by("language", "-number"))
    form = _version_form(request, versions, is_saved=is_saved) if may_edit and is_usable else None
    if request.method == "POST":
        if not may_edit:
            raise Http404
        if not is_saved:
            _acted(request, material)
            return redirect(material)
        if form is None or form.is_valid():
            _written(request, material, form)
            return redirect(material)
    context = {
        "material": material,
        "languages": [_in_one_language(code, label, versions) for code, label in Language.choices],
        "is_usable": is_usable,
        "uses": uses_of(material, request.user),
        "form": form,
        "may_edit": may_edit,
        "edit_url": reverse("materials:material_edit", args=[pk]) if may_edit else "",
    }
    status = 422 if form and form.errors else 200
    return render(request, "positions/material_detail.html", context, status=status)


def _version_form(
    request: SignedInRequest, versions: list[MaterialVersion], *, is_saved: bool
) -> VersionForm:
    """Begins with the language in which nothing is written yet, if it is one."""
    written = {one.language for one in versions}
    missing = [code for code in Language.values if code not in written]
    initial = {"language": missing[0]} if len(missing) == 1 else {}
    return VersionForm(request.POST if is_saved else None, initial=initial)


def _in_one_language(code: str, label: Any, versions: list[MaterialVersion]) -> dict[str, Any]:
    own = [one for one in versions if one.language == code]
    newest = own[0] if own else None
    return {"code": code, "label": label, "newest": newest, "older": own[1 : 1 + _OLD_VERSIONS]}


def _acted(request: SignedInRequest, material: Material) -> None:
    user = request.user
    if request.POST["act"] == "archive":
        if materials.archive(material, by=user, on=user.today(timezone.now())):
            messages.success(request, _("Archived. It is offered no longer."))
    elif request.POST["act"] == "restore" and materials.restore(material, by=user):
        messages.success(request, _("It is in use again."))


def _written(request: SignedInRequest, material: Material, form: VersionForm | None) -> None:
    try:
        if form is None:
            raise NotUsable
        version = materials.write(
            material, by=request.user, on=request.user.today(timezone.now()), **form.cleaned_data
        )
    except NotUsable:
        messages.error(request, _("The position has ended meanwhile."))
    else:
        messages.success(request, _("Saved as %(version)s.") % {"version": version})


@writing
def material_new(request: SignedInRequest) -> HttpResponse:
    if not may_make_materials_at_all(request.user):
        raise Http404
    return _write(request, None, reverse("materials:material_list"))


@writing
def material_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Material.objects.visible_to(request.user).editable_by(request.user)
    material = get_object_or_404(rows.select_related("measure__session"), pk=pk)
    return _write(request, material, material.get_absolute_url())


def _write(request: SignedInRequest, material: Material | None, back: str) -> HttpResponse:
    form = MaterialForm(request.POST or None, user=request.user, instance=material)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        on = request.user.today(timezone.now())
        try:
            kept = materials.keep(form.filled(), by=request.user, on=on)
        except NotUsable:
            messages.error(request, _("The position has ended meanwhile."))
            return redirect(back)
        messages.success(request, _("Saved. Write it in each language that you need."))
        return redirect(kept)
    context = {"form": form, "material": material, "back": back}
    return render(request, "positions/material_form.html", context, status=422 if form.errors else 200)
