"""What a browser does for the matrix: keep a session apart, send one request, read what came back to the last cell."""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

from django.core.signals import got_request_exception
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.test.client import ClientHandler
from openpyxl import load_workbook

_TYPED = {
    "text",
    "search",
    "email",
    "tel",
    "url",
    "password",
    "number",
    "date",
    "time",
    "month",
    "hidden",
    "",
}

_CONTROL = re.compile(r"<(?:input|select|textarea)\b[^>]*>")
_NAME = re.compile(r'\bname="([^"]*)"')


class _Environments(RequestFactory):
    """Makes what a web server would hand over, before Django has read it."""

    def request(self, **request: Any) -> Any:
        return self._base_environ(**request)


class Browser:
    """Sends requests straight to the portal: what the test client notes for tests would cost half the time."""

    def __init__(self) -> None:
        self._factory = _Environments()
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._raised: BaseException | None = None

    def ask(
        self, method: str, path: str, *, cookies: dict[str, str], data: Any = None, **extra: Any
    ) -> "Answer":
        """One request with exactly these cookies."""
        self._factory.cookies = SimpleCookie(cookies)
        if method == "POST":
            environ = self._factory.post(path, {} if data is None else data, **extra)
        else:
            environ = self._factory.generic(method, path, **extra)
        self._raised = None
        got_request_exception.connect(self._note)
        try:
            response = self._handler(environ)
        finally:
            got_request_exception.disconnect(self._note)
        return Answer.read(response, self._raised)

    def _note(self, **kwargs: Any) -> None:
        self._raised = sys.exc_info()[1]


@dataclass
class Answer:
    """A response read once: every text in it, whatever it was packed in."""

    status: int
    headers: dict[str, str]
    body: bytes
    error: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, response: HttpResponseBase, raised: BaseException | None) -> "Answer":
        streamed = getattr(response, "streaming", False)
        body = b"".join(response.streaming_content) if streamed else response.content  # type: ignore[attr-defined]
        # Not closed here: the handler has, without letting go of the test's connection.
        return cls(
            status=response.status_code,
            headers=dict(response.items()),
            body=body,
            error=f"{type(raised).__name__}: {raised}"[:300] if raised else "",
            cookies={name: morsel.value for name, morsel in response.cookies.items()},
        )

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def is_workbook(self) -> bool:
        return self.body[:2] == b"PK"

    def texts(self) -> Iterator[str]:
        """Everything a reader of this answer could read: headers, cookies, body, the files inside a workbook."""
        yield from self.headers.values()
        yield from (unquote(value) for value in self.cookies.values())
        if not self.is_workbook:
            yield unescape(self.text)
            return
        with zipfile.ZipFile(io.BytesIO(self.body)) as archive:
            yield from (archive.read(name).decode(errors="replace") for name in archive.namelist())

    def rows(self) -> int:
        """The lines of an exported file under its heading."""
        if not self.is_workbook:
            return len(list(csv.reader(io.StringIO(self.text)))) - 1
        first = load_workbook(io.BytesIO(self.body), read_only=True).worksheets[0]
        return sum(1 for _ in first.iter_rows()) - 1

    def json(self) -> Any:
        return json.loads(self.body)

    def refused_fields(self) -> set[str]:
        """The names of the fields that this page marks as wrong."""
        marked = (tag for tag in _CONTROL.findall(self.text) if 'aria-invalid="true"' in tag)
        return {unescape(name) for tag in marked for name in _NAME.findall(tag)}

    def forms(self) -> "list[Form]":
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms


@dataclass
class Form:
    """A form as the page offers it, filled with what stands in it; `looked_up` fields have no choices of their own."""

    method: str = "get"
    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    empty_choice: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    looked_up: set[str] = field(default_factory=set)

    def filled(self) -> dict[str, list[str]]:
        """What a hurried person sends: what stands there, and something in each field that must not be empty."""
        values = {name: list(given) for name, given in self.values.items()}
        for name in self.required - self.looked_up:
            if not any(values.get(name, [])):
                values[name] = [self.empty_choice.get(name, "Something")]
        return values


class _FormReader(HTMLParser):
    """Collects the forms of a page with their values, choices and buttons."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = self._textarea = self._first_choice = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "button", "select", "option", "textarea"):
            getattr(self, f"_{tag}_tag")(self._form, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._form is not None:
            # A list without a chosen entry sends its first one.
            if self._select and self._first_choice and self._select not in self._form.values:
                self._form.values[self._select] = [self._first_choice]
            self._select = self._first_choice = ""
        elif tag == "textarea" and self._form is not None and self._textarea:
            self._form.values[self._textarea] = ["".join(self._text).removeprefix("\n")]
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def _note(self, form: Form, given: dict[str, str]) -> str:
        name = given.get("name", "")
        if "required" in given:
            form.required.add(name)
        return name

    def _input_tag(self, form: Form, given: dict[str, str]) -> None:
        name, kind = self._note(form, given), given.get("type", "text").lower()
        if not name or "disabled" in given:
            return
        if kind in ("checkbox", "radio"):
            form.empty_choice.setdefault(name, given.get("value", "on"))
            if "checked" in given:
                form.values.setdefault(name, []).append(given.get("value", "on"))
        elif kind == "submit":
            form.buttons.append((name, given.get("value", "")))
        elif kind in _TYPED:
            form.values.setdefault(name, []).append(given.get("value", ""))

    def _button_tag(self, form: Form, given: dict[str, str]) -> None:
        if given.get("name"):
            form.buttons.append((given["name"], given.get("value", "")))

    def _select_tag(self, form: Form, given: dict[str, str]) -> None:
        self._select, self._first_choice = self._note(form, given), ""
        if "admin-autocomplete" in given.get("class", ""):
            form.looked_up.add(self._select)

    def _option_tag(self, form: Form, given: dict[str, str]) -> None:
        if not self._select:
            return
        if given.get("value"):
            form.empty_choice.setdefault(self._select, given["value"])
            self._first_choice = self._first_choice or given["value"]
        if "selected" in given:
            form.values.setdefault(self._select, []).append(given.get("value", ""))
        elif given.get("value") == "":
            form.values.setdefault(self._select, [])

    def _textarea_tag(self, form: Form, given: dict[str, str]) -> None:
        self._textarea, self._text = self._note(form, given), []
