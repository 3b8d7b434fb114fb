"""A second person at the national office, and the pages of campaigns in the admin as they fill them in."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from advocacy.accounts.models import User
from campaigns.models import Campaign
from tests.cast import person
from tests.factories.people import national_staff

CAMPAIGN = "admin:campaigns_campaign"


def robin() -> User:
    return national_staff(person=person("Robin Hale"))


def page_of(campaign: Campaign, name: str = "change", *arguments: Any) -> str:
    return reverse(f"{CAMPAIGN}_{name}", args=[campaign.pk, *arguments])


def filled(browser: Client, campaign: Campaign, **changed: Any) -> dict[str, Any]:
    """The form of the campaign as the browser would send it back, with these fields changed."""
    context: Any = browser.get(page_of(campaign)).context
    data = _values(context["adminform"].form)
    for part in context["inline_admin_formsets"]:
        data |= _values(part.formset.management_form)
        for form in part.formset.forms:
            data |= _values(form)
    return data | changed


def _values(form: Any) -> dict[str, Any]:
    found = {}
    for field in form:
        value = field.value()
        if value not in (None, False, ""):
            found[field.html_name] = (
                field.field.prepare_value(value) if not isinstance(value, list) else value
            )
    return {name: _typed(value) for name, value in found.items()}


def _typed(value: Any) -> Any:
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, list | tuple):
        return [getattr(one, "pk", one) for one in value]
    return value


def said(answer: HttpResponse) -> str:
    """The page after the redirect, as text."""
    return answer.content.decode()


def moved(browser: Client, campaign: Campaign, name: str, **fields: object) -> str:
    return said(browser.post(page_of(campaign, "move", name), fields, follow=True))  # type: ignore[arg-type]
