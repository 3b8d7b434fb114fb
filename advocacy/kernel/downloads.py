"""Tables as the answer to a request: a stream of CSV lines, or a workbook."""

import tempfile
from collections.abc import Iterator, Sequence

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import translation

from advocacy.kernel.exports import Table, csv_lines, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(tables: Sequence[Table], name: str, file_format: str) -> HttpResponseBase:
    if file_format == "csv":
        lines = _spoken(translation.get_language() or "en", csv_lines(tables[0]))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if file_format == "xlsx":
        file = tempfile.TemporaryFile()  # noqa: SIM115 (FileResponse closes it when it is sent)
        write_xlsx(file, tables)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    raise Http404


def _spoken(language: str, lines: Iterator[str]) -> Iterator[str]:
    """Each line in the reader's language: the stream runs after the request's language has been put away."""
    while True:
        with translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
