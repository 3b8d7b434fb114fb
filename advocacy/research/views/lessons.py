"""The peer library: what worked in other chapters."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from advocacy.research.actions import lessons
from advocacy.research.forms.filters import LessonFilters
from advocacy.research.forms.writing import LessonForm
from advocacy.research.models import Lesson
from advocacy.research.views.tabs import tabs
from members.access import reach_of


@reading
def lesson_list(request: SignedInRequest) -> HttpResponse:
    form = LessonFilters(request.GET, user=request.user)
    rows = form.narrow(Lesson.objects.visible_to(request.user))
    context = {
        "form": form,
        "tabs": tabs("research:lesson_list"),
        "page": listing.page(rows.select_related("chapter"), request.GET, form.sorting),
        "count_label": listing.count_label(listing.counted(rows)),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("research:lesson_list"),
        "new_url": reverse("research:lesson_new") if reach_of(request.user).may_log else "",
    }
    return render(request, "research/lesson_list.html", context)


@reading
def lesson_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Lesson.objects.visible_to(request.user).select_related("chapter", "written_by")
    lesson = get_object_or_404(rows, pk=pk)
    may_edit = Lesson.objects.editable_by(request.user).filter(pk=pk).exists()
    context = {
        "lesson": lesson,
        "issues": list(lesson.issues.all()),
        "measures": list(lesson.measures.select_related("session")),
        "edit_url": reverse("research:lesson_edit", args=[pk]) if may_edit else "",
    }
    return render(request, "research/lesson_detail.html", context)


@writing
def lesson_new(request: SignedInRequest) -> HttpResponse:
    if not reach_of(request.user).may_log:
        raise Http404
    return _write(request, None, reverse("research:lesson_list"))


@writing
def lesson_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.editable_by(request.user), pk=pk)
    return _write(request, lesson, lesson.get_absolute_url())


def _write(request: SignedInRequest, lesson: Lesson | None, back: str) -> HttpResponse:
    initial = {"measures": list(lesson.measures.all())} if lesson else {}
    form = LessonForm(request.POST or None, user=request.user, instance=lesson, initial=initial)
    form.is_judged = "find" not in request.POST
    if request.method == "POST" and form.is_judged and form.is_valid():
        today = request.user.today(timezone.now())
        kept = lessons.keep(form.filled(), by=request.user, on=today, **form.chosen)
        messages.success(request, _("The lesson is in the library."))
        return redirect(kept)
    context = {"form": form, "lesson": lesson, "back": back}
    return render(request, "research/lesson_form.html", context)
