"""The mails of this floor: one function for each kind, three templates each, in the reader's language."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from legislation.models import FactReport


def send_answer(report: FactReport) -> None:
    """Tell whoever reported something wrong what staff answered. Raises what the mail server raises."""
    reader = report.reported_by
    if not reader.is_active:
        return
    link = str(settings.PORTAL_URL) + reverse("legislation:report_list")
    context = {"report": report, "reader": reader, "link": link}
    with translation.override(reader.language), timezone.override(ZoneInfo(reader.time_zone)):
        subject = render_to_string("legislation/mail/report_answer_subject.txt", context)
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("legislation/mail/report_answer.txt", context),
            to=[reader.email],
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
        formatted = render_to_string("legislation/mail/report_answer.html", context)
        message.attach_alternative(formatted, "text/html")
        message.send()
