"""Every mail stands on one sheet: a phone reads it without zooming, and it has colours for the dark."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

TEMPLATES = Path(settings.BASE_DIR) / "templates"
MAILS = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("*/mail/*.html"))


@pytest.mark.parametrize("mail", MAILS)
def test_a_mail_is_written_on_the_sheet_of_all_mails(mail: str):
    first = (TEMPLATES / mail).read_text().splitlines()[0]

    assert first in ('{% extends "components/mail.html" %}', '{% extends "taskforce/mail/base.html" %}')


def test_the_sheet_fits_a_phone_and_the_dark_and_fetches_nothing(db):
    sheet = render_to_string("components/mail.html")

    assert 'content="width=device-width, initial-scale=1"' in sheet
    assert "prefers-color-scheme: dark" in sheet
    assert not any(word in sheet for word in ("http", "url(", "@import", "<script"))
