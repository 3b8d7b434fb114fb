"""A program that asks the API: `ask(token, "/officials")`."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.api.actions import tokens
from advocacy.api.models import Scope

ROOT = "/api/v1"


def token_of(person: User, *scopes: str) -> str:
    """The secret of a new token; with every scope where none is named."""
    _token, secret = tokens.make(
        by=person,
        name="A program",
        scopes=list(scopes or Scope.values),
        lives_for=timedelta(days=90),
        now=timezone.now(),
    )
    return secret


def ask(secret: str, path: str, **headers: str) -> Any:
    carried = {"Authorization": f"Bearer {secret}"} if secret else {}
    return Client().get(path if path.startswith(ROOT) else ROOT + path, headers={**carried, **headers})


def send(secret: str, path: str, body: Any, *, method: str = "POST", **headers: str) -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    carried = {"Authorization": f"Bearer {secret}"} if secret else {}
    content_type = headers.pop("content_type", "application/json")
    return Client().generic(
        method, ROOT + path, content, content_type=content_type, headers={**carried, **headers}
    )


def log(secret: str, contact: dict[str, Any], key: str = "") -> Any:
    return send(secret, "/interactions", contact, **{"Idempotency-Key": key or str(uuid4())})


def names(answer: Any) -> list[str]:
    return [row["name"] for row in answer.json()["data"]]
