import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interactions", "0002_relationship_scores"),
        ("legislation", "0005_corrections"),
        ("members", "0003_territory_divisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DoNotContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="until")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("set_on", models.DateField(verbose_name="said on")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="lifted on")),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lifted by",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
            ],
            options={
                "verbose_name": "do-not-contact note",
                "verbose_name_plural": "do-not-contact notes",
                "ordering": ["-until", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("set_on"))),
                        name="interactions_donotcontact_ends_after_it_is_said",
                        violation_error_message="It ends on a day after today.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_by", None), ("lifted_on", None)),
                            models.Q(("lifted_by__isnull", False), ("lifted_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="interactions_donotcontact_lifted_on_and_by_go_together",
                        violation_error_message="Lifting it names who and when.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "occasion",
                    models.CharField(
                        choices=[("meeting", "Meeting"), ("site_visit", "Site visit")],
                        default="meeting",
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="about")),
                ("wording", models.TextField(max_length=10000, verbose_name="text")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French")], max_length=2, verbose_name="language"
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("America/St_Johns", "America/St Johns"),
                            ("America/Halifax", "America/Halifax"),
                            ("America/Moncton", "America/Moncton"),
                            ("America/Puerto_Rico", "America/Puerto Rico"),
                            ("America/Toronto", "America/Toronto"),
                            ("America/New_York", "America/New York"),
                            ("America/Detroit", "America/Detroit"),
                            ("America/Indiana/Indianapolis", "America/Indiana/Indianapolis"),
                            ("America/Kentucky/Louisville", "America/Kentucky/Louisville"),
                            ("America/Winnipeg", "America/Winnipeg"),
                            ("America/Chicago", "America/Chicago"),
                            ("America/Regina", "America/Regina"),
                            ("America/Denver", "America/Denver"),
                            ("America/Boise", "America/Boise"),
                            ("America/Edmonton", "America/Edmonton"),
                            ("America/Phoenix", "America/Phoenix"),
                            ("America/Los_Angeles", "America/Los Angeles"),
                            ("America/Vancouver", "America/Vancouver"),
                            ("America/Whitehorse", "America/Whitehorse"),
                            ("America/Yellowknife", "America/Yellowknife"),
                            ("America/Iqaluit", "America/Iqaluit"),
                            ("America/Anchorage", "America/Anchorage"),
                            ("America/Adak", "America/Adak"),
                            ("Pacific/Honolulu", "Pacific/Honolulu"),
                            ("Pacific/Guam", "Pacific/Guam"),
                            ("Pacific/Pago_Pago", "Pacific/Pago Pago"),
                            ("America/St_Thomas", "America/St Thomas"),
                        ],
                        max_length=50,
                        verbose_name="time zone",
                    ),
                ),
                ("slot_1_on", models.DateField(blank=True, null=True, verbose_name="first proposed day")),
                ("slot_1_time", models.TimeField(blank=True, null=True, verbose_name="first proposed time")),
                ("slot_2_on", models.DateField(blank=True, null=True, verbose_name="second proposed day")),
                ("slot_2_time", models.TimeField(blank=True, null=True, verbose_name="second proposed time")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "My own mail program"),
                            ("copy", "Copied and pasted"),
                            ("print", "Printed and posted or handed over"),
                            ("web_form", "The office’s web form"),
                            ("phone", "The phone"),
                        ],
                        max_length=10,
                        verbose_name="handed over by",
                    ),
                ),
                ("requested_on", models.DateField(verbose_name="requested")),
                ("first_reply_on", models.DateField(blank=True, null=True, verbose_name="first reply")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="day of the meeting")),
                (
                    "confirmed_time",
                    models.TimeField(blank=True, null=True, verbose_name="time of the meeting"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("confirmed", "Confirmed"),
                            ("held", "Held"),
                            ("logged", "Logged"),
                            ("declined", "Declined"),
                            ("no_reply", "No reply"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.chapter",
                        verbose_name="chapter",
                    ),
                ),
                (
                    "interaction",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_request",
                        to="interactions.interaction",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.jurisdiction",
                        verbose_name="jurisdiction",
                    ),
                ),
                (
                    "nudge",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_request",
                        to="interactions.followup",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.seat",
                        verbose_name="seat that day",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting request",
                "verbose_name_plural": "meeting requests",
                "ordering": ["-requested_on", "-pk"],
                "indexes": [
                    models.Index(fields=["official", "-requested_on"], name="interactions_request_office"),
                    models.Index(fields=["chapter", "-requested_on"], name="interactions_request_chapter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("slot_1_on", None),
                                ("slot_1_time", None),
                                ("slot_2_on", None),
                                ("slot_2_time", None),
                            ),
                            models.Q(
                                ("slot_1_on__isnull", False),
                                ("slot_1_time__isnull", False),
                                ("slot_2_on", None),
                                ("slot_2_time", None),
                            ),
                            models.Q(
                                ("slot_1_on__isnull", False),
                                ("slot_1_time__isnull", False),
                                ("slot_2_on__isnull", False),
                                ("slot_2_time__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="interactions_meetingrequest_slot_has_day_and_time",
                        violation_error_message="Give each proposed slot a day and a time; a second only after a first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_on", None),
                            ("state__in", ("confirmed", "held", "logged")),
                            _negated=True,
                        ),
                        name="interactions_meetingrequest_confirmed_has_a_day",
                        violation_error_message="A confirmed meeting has a day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_reply_on", None),
                            ("first_reply_on__gte", models.F("requested_on")),
                            _connector="OR",
                        ),
                        name="interactions_meetingrequest_reply_is_not_before_it",
                        violation_error_message="Their first reply cannot be before the request.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_reply_on", None),
                                ("state__in", ("confirmed", "held", "logged", "declined")),
                                _negated=True,
                            ),
                            models.Q(("first_reply_on__isnull", False), ("state", "no_reply"), _negated=True),
                        ),
                        name="interactions_meetingrequest_an_answer_has_its_day",
                        violation_error_message="Say on which day they answered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("interaction", None), ("state", "logged"), _negated=True),
                        name="interactions_meetingrequest_logged_has_its_record",
                        violation_error_message="A logged request points at its record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interaction", None),
                            ("state__in", ("confirmed", "held", "logged")),
                            _connector="OR",
                        ),
                        name="interactions_meetingrequest_record_only_once_confirmed",
                        violation_error_message="Only a confirmed meeting can be logged.",
                    ),
                ],
            },
        ),
    ]
