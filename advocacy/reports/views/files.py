"""The reports as files, and the annual impact report on the screen."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit.exporting import note
from advocacy.kernel.periods import Month
from advocacy.reports import editions
from advocacy.reports.editions import Edition
from advocacy.reports.fiscal_year import FiscalYear
from advocacy.reports.views.national import language, only_for_readers, shown
from advocacy.reports.writers.formats import FORMATS

_BY_ENDING = {one.ending: form for form, one in FORMATS.items()}


@reading
def national_file(request: SignedInRequest, period: str, ending: str) -> HttpResponse:
    """The month as one file: as it was issued where it is locked, the same to the byte."""
    only_for_readers(request.user)
    try:
        month = Month.parse(period)
    except ValueError as error:
        raise Http404 from error
    form = _form(ending)
    edition = editions.of_month(month, language=language(), now=timezone.now())
    return _sent(request.user, edition, form)


@reading
def annual(request: SignedInRequest, year: str) -> HttpResponse:
    """The annual impact report as the record has it now."""
    only_for_readers(request.user)
    asked = _year(year)
    document = editions.of_year(asked, language=language(), now=timezone.now()).document
    context = {
        "document": document,
        "year": asked,
        "before": asked.previous(),
        "blocks": [shown(block) for block in document.blocks],
    }
    return render(request, "reports/annual.html", context)


@reading
def annual_file(request: SignedInRequest, year: str, ending: str) -> HttpResponse:
    only_for_readers(request.user)
    form = _form(ending)
    edition = editions.of_year(_year(year), language=language(), now=timezone.now())
    return _sent(request.user, edition, form)


def _form(ending: str) -> str:
    if ending not in _BY_ENDING:
        raise Http404
    return _BY_ENDING[ending]


def _year(label: str) -> FiscalYear:
    try:
        return FiscalYear.parse(label)
    except ValueError as error:
        raise Http404 from error


def _sent(by: User, edition: Edition, form: str) -> HttpResponse:
    name = edition.file_name(form)
    note(by, name, [])
    response = HttpResponse(edition.file(form), content_type=FORMATS[form].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
