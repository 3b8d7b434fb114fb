"""What the admin's form of an official would send as it stands, for tests that change one thing in it."""

from django.test import Client


def form_of(browser: Client, url: str) -> dict[str, str]:
    page = browser.get(url)
    forms = [page.context["adminform"].form]
    for formset in page.context["inline_admin_formsets"]:
        forms += [formset.formset.management_form, *formset.formset.forms]
    sent = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = value
    return sent


def name_of(sent: dict[str, str], value: str) -> str:
    """The field of an office that holds this value."""
    (name,) = [name for name, held in sent.items() if held == value and "offices" in name]
    return name
