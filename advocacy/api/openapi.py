"""The document that describes the API to programs, and the reference that people read: one is made from the other."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from advocacy.api import problems
from advocacy.api.v1.api import api

PATH = "api/v1/"
_PROBLEM = "ProblemOut"


@cache
def document() -> dict[str, Any]:
    """As the framework writes it, with the type that errors really have."""
    made = dict(api.get_openapi_schema(path_prefix=PATH))
    for methods in made["paths"].values():
        for entry in methods.values():
            for answer in entry["responses"].values():
                content = answer.get("content", {})
                if _answer(answer) == _PROBLEM:
                    answer["content"] = {problems.TYPE: content["application/json"]}
    return made


@dataclass(frozen=True)
class Field:
    """A parameter, or a field of something sent or answered."""

    name: str
    kind: str
    is_required: bool
    note: str


@dataclass(frozen=True)
class Operation:
    key: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: list[Field]
    sends: str
    answers: list[tuple[str, str]]


@dataclass(frozen=True)
class Shape:
    name: str
    note: str
    fields: list[Field]


@cache
def sections() -> list[tuple[str, list[Operation]]]:
    """The operations under the headings they are filed under."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document()["paths"].items():
        for method, entry in methods.items():
            found.setdefault(entry["tags"][0], []).append(_operation(path, method, entry))
    return list(found.items())


@cache
def shapes() -> list[Shape]:
    """What is sent and answered, by name."""
    schemas = document()["components"]["schemas"]
    return [_shape(name, entry) for name, entry in sorted(schemas.items())]


def _operation(path: str, method: str, entry: dict[str, Any]) -> Operation:
    body = entry.get("requestBody", {}).get("content", {}).get("application/json", {})
    return Operation(
        key=entry["operationId"],
        method=method.upper(),
        path=path,
        summary=entry.get("description") or entry["summary"],
        scope=entry.get("x-scope", ""),
        parameters=[_parameter(one) for one in entry.get("parameters", [])],
        sends=_kind(body.get("schema", {})) if body else "",
        answers=[(str(status), _answer(answer)) for status, answer in entry["responses"].items()],
    )


def _parameter(entry: dict[str, Any]) -> Field:
    schema = entry.get("schema", {})
    note = entry.get("description") or schema.get("description") or ""
    return Field(entry["name"], _kind(schema), bool(entry.get("required")), note)


def _answer(entry: dict[str, Any]) -> str:
    content: dict[str, Any] = next(iter(entry.get("content", {}).values()), {})
    return _kind(content.get("schema", {}))


def _shape(name: str, entry: dict[str, Any]) -> Shape:
    if "enum" in entry:
        return Shape(name, "", [Field(str(value), "", False, "") for value in entry["enum"]])
    required = entry.get("required", [])
    fields = [
        Field(field, _kind(schema), field in required, schema.get("description", ""))
        for field, schema in entry.get("properties", {}).items()
    ]
    return Shape(name, entry.get("description", ""), fields)


def _kind(schema: dict[str, Any]) -> str:
    """`[OfficialOut]`, `date or null`: a schema in one word or two."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if choices := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(_kind(one) for one in choices)
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    if "enum" in schema:
        return " or ".join(str(value) for value in schema["enum"])
    return str(schema.get("format") or schema.get("type") or "")
