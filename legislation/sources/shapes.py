"""Checks shared by the readers: text as the record can keep it, dates however they are quoted."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any
from unicodedata import normalize

from django.core.exceptions import ValidationError as DjangoValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from legislation.models.contact import ContactKind, check_contact_value
from legislation.sources.records import ContactFact


class UpstreamModel(BaseModel):
    """A shape of an upstream file. Fields we do not use are ignored; numbers pass where text is meant."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, frozen=True)


def limited(length: int, least: int = 0) -> Any:
    """Text of at most `length` characters, without surrounding space."""
    # No NUL: PostgreSQL refuses it, and SQLite would keep it.
    return StringConstraints(
        strip_whitespace=True, min_length=least, max_length=length, pattern=r"^[^\x00]*$"
    )


def _empty_is_none(value: Any) -> Any:
    return None if value == "" else value


Name = Annotated[str, limited(150, least=1)]
ShortText = Annotated[str, limited(80)]
Text = Annotated[str, limited(400)]
Address = Annotated[str, limited(500)]
Id = Annotated[str, limited(120, least=1)]
Day = Annotated[date | None, BeforeValidator(_empty_is_none)]


def why(problem: ValidationError) -> str:
    """The first complaint of pydantic as a sentence that names the field."""
    error = problem.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(step) for step in error["loc"])
    return f"{where}: {error['msg']}" if where else error["msg"]


def nfc(text: str) -> str:
    return normalize("NFC", text)


def one_line(text: str) -> str:
    return " ".join(normalize("NFC", text).split())


def checked_contacts(contacts: Iterable[ContactFact]) -> tuple[list[ContactFact], list[ContactFact]]:
    """Contact points that can be what they claim to be, and those that cannot."""
    good, bad = [], []
    for contact in contacts:
        try:
            check_contact_value(contact.kind, contact.value)
        except DjangoValidationError:
            bad.append(contact)
        else:
            good.append(contact)
    return good, bad


def email_or_webform(value: str) -> ContactFact:
    """Some sources put the address of a contact form where an e-mail address belongs."""
    if value.lower().startswith(("http://", "https://")):
        return ContactFact(ContactKind.WEBFORM, value)
    return ContactFact(ContactKind.EMAIL, value)
