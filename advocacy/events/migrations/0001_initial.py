import datetime
import uuid

import django.db.models.deletion
import django.db.models.functions.text
import phonenumber_field.modelfields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("interactions", "0006_whip_count"),
        ("legislation", "0017_published_addresses"),
        ("members", "0004_postal_addresses"),
        ("positions", "0007_outcomes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdvocacyEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("name_fr", models.CharField(blank=True, max_length=150, verbose_name="name in French")),
                (
                    "goal",
                    models.TextField(
                        blank=True,
                        help_text="What should be true afterwards.",
                        max_length=2000,
                        verbose_name="goal",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("capitol", "At the legislature"),
                            ("virtual", "Online"),
                            ("district", "In the districts"),
                            ("hybrid", "At the legislature and online"),
                        ],
                        default="capitol",
                        max_length=8,
                        verbose_name="format",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("idea", "Idea"),
                            ("announced", "Announced"),
                            ("open", "Registration open"),
                            ("frozen", "Schedule in the making"),
                            ("published", "Schedule published"),
                            ("wrapping_up", "Wrapping up"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="idea",
                        max_length=11,
                        verbose_name="status",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="date")),
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
                        default="America/Chicago",
                        max_length=50,
                        verbose_name="time zone",
                    ),
                ),
                (
                    "opens_at",
                    models.TimeField(default=datetime.time(9, 0), verbose_name="first meeting from"),
                ),
                (
                    "closes_at",
                    models.TimeField(default=datetime.time(16, 0), verbose_name="last meeting ends by"),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Building, room, and the way in.",
                        max_length=300,
                        verbose_name="where people meet",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=300, verbose_name="link")),
                (
                    "emergency_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        help_text="Printed on every schedule: who answers on the day.",
                        max_length=128,
                        region=None,
                        verbose_name="emergency number",
                    ),
                ),
                (
                    "cap",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: no limit. Who comes later waits for a place.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "registration_until",
                    models.DateField(blank=True, null=True, verbose_name="registration until"),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False,
                        help_text="They get a link; nothing else of the portal is open to them.",
                        verbose_name="people without an account may register",
                    ),
                ),
                ("public_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "team_min",
                    models.PositiveSmallIntegerField(default=2, verbose_name="people in a team, at least"),
                ),
                (
                    "team_max",
                    models.PositiveSmallIntegerField(default=5, verbose_name="people in a team, at most"),
                ),
                (
                    "walking_minutes",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Where no other time is given.",
                        verbose_name="minutes between two buildings",
                    ),
                ),
                (
                    "budget",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=10, null=True, verbose_name="budget"
                    ),
                ),
                (
                    "budget_currency",
                    models.CharField(
                        blank=True,
                        choices=[("USD", "USD"), ("CAD", "CAD")],
                        max_length=3,
                        verbose_name="currency",
                    ),
                ),
                (
                    "sponsors",
                    models.TextField(
                        blank=True, help_text="None is exclusive.", max_length=1000, verbose_name="sponsors"
                    ),
                ),
                (
                    "people_wanted",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="people wanted"),
                ),
                (
                    "meetings_wanted",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="meetings wanted"),
                ),
                ("lessons", models.TextField(blank=True, max_length=4000, verbose_name="lessons")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="next year’s date")),
                (
                    "edition",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="edition of the schedule"
                    ),
                ),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="published")),
                (
                    "cancelled_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it was cancelled"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coordinator",
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="events.advocacyevent",
                        verbose_name="copied from",
                    ),
                ),
                (
                    "hosts",
                    models.ManyToManyField(
                        related_name="advocacy_events", to="members.chapter", verbose_name="host chapters"
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.jurisdiction",
                        verbose_name="jurisdiction",
                    ),
                ),
            ],
            options={
                "verbose_name": "Advocacy Day",
                "verbose_name_plural": "Advocacy Days",
                "ordering": ["-held_on", "-pk"],
                "indexes": [models.Index(fields=["held_on", "status"], name="events_event_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("format__in", ["capitol", "virtual", "district", "hybrid"]),
                            (
                                "status__in",
                                [
                                    "idea",
                                    "announced",
                                    "open",
                                    "frozen",
                                    "published",
                                    "wrapping_up",
                                    "closed",
                                    "cancelled",
                                ],
                            ),
                        ),
                        name="events_event_has_a_known_status_and_format",
                        violation_error_message="Choose one of the statuses and one of the formats.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="events_event_closes_after_it_opens",
                        violation_error_message="The last meeting ends after the first begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("team_min__gte", 1), ("team_max__gte", models.F("team_min"))),
                        name="events_event_teams_have_a_size",
                        violation_error_message="A team has at least one person, and at most no fewer than at least.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cap", None), ("cap__gt", 0), _connector="OR"),
                        name="events_event_cap_leaves_a_place",
                        violation_error_message="Give at least one place, or leave it empty for no limit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("registration_until", None),
                            ("registration_until__lte", models.F("held_on")),
                            _connector="OR",
                        ),
                        name="events_event_registration_ends_by_the_day",
                        violation_error_message="Registration ends on the day of the event at the latest.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("budget", None), ("budget_currency", "")),
                            models.Q(("budget__gte", 0), models.Q(("budget_currency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="events_event_budget_has_a_currency",
                        violation_error_message="Give the budget together with its currency.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edition", 0), ("published_at", None)),
                            models.Q(("edition__gt", 0), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="events_event_edition_was_published_at_a_moment",
                        violation_error_message="A published schedule says when it was published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "cancelled"), models.Q(("cancelled_reason", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("status", "cancelled"), _negated=True), ("cancelled_reason", "")
                            ),
                            _connector="OR",
                        ),
                        name="events_event_is_cancelled_with_a_reason",
                        violation_error_message="Say why it is cancelled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptedWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, verbose_name="warning")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("accepted_at", models.DateTimeField(verbose_name="accepted")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="accepted by",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted_warnings",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted warning",
                "verbose_name_plural": "accepted warnings",
                "ordering": ["accepted_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "key"),
                        name="events_warning_is_accepted_once",
                        violation_error_message="This warning is accepted already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="events_warning_is_accepted_with_a_reason",
                        violation_error_message="Say why it may stand.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Building",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("directions", models.CharField(blank=True, max_length=300, verbose_name="way in")),
                ("is_closed", models.BooleanField(default=False, verbose_name="closed that day")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buildings",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
            ],
            options={
                "verbose_name": "building",
                "verbose_name_plural": "buildings",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("event"),
                        django.db.models.functions.text.Lower("name"),
                        name="events_building_name_once_per_event",
                        violation_error_message="This building is on the list already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teams",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ["number", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "number"),
                        name="events_team_number_is_unique_in_its_event",
                        violation_error_message="There is a team with this number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0)),
                        name="events_team_numbers_begin_with_one",
                        violation_error_message="Teams are numbered from one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("agency", models.CharField(blank=True, max_length=150, verbose_name="agency")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("to_ask", "To ask"),
                            ("requested", "Requested"),
                            ("confirmed", "Confirmed"),
                            ("moved", "Moved"),
                            ("declined", "Declined"),
                            ("drop_by", "Drop-by"),
                            ("held", "Held"),
                            ("staff_only", "Held with staff only"),
                            ("no_show", "Did not take place"),
                        ],
                        default="to_ask",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("starts_at", models.TimeField(blank=True, null=True, verbose_name="begins at")),
                ("minutes", models.PositiveSmallIntegerField(default=20, verbose_name="minutes")),
                ("free_from", models.TimeField(blank=True, null=True, verbose_name="office is free from")),
                ("free_until", models.TimeField(blank=True, null=True, verbose_name="office is free until")),
                ("room", models.CharField(blank=True, max_length=120, verbose_name="room")),
                ("link", models.URLField(blank=True, max_length=300, verbose_name="link")),
                (
                    "expected_with",
                    models.CharField(
                        blank=True,
                        help_text="The official, or a named staffer.",
                        max_length=150,
                        verbose_name="with whom",
                    ),
                ),
                (
                    "people_cap",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="What the office said.",
                        null=True,
                        verbose_name="people at most",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("fr", "French")],
                        max_length=2,
                        verbose_name="language wanted",
                    ),
                ),
                ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested on")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note for the team")),
                (
                    "is_locked",
                    models.BooleanField(
                        default=False,
                        help_text="A new proposal leaves it as it is.",
                        verbose_name="time and team are fixed",
                    ),
                ),
                (
                    "debriefed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="debriefed"),
                ),
                ("sequence", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
                (
                    "interaction",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appointment",
                        to="interactions.interaction",
                        verbose_name="debrief",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                        verbose_name="seat",
                    ),
                ),
                (
                    "building",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appointments",
                        to="events.building",
                        verbose_name="building",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="appointments",
                        to="events.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": [models.OrderBy(models.F("starts_at"), nulls_last=True), "pk"],
                "indexes": [models.Index(fields=["event", "status"], name="events_appointment_by_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", ""), ("committee", None), ("official__isnull", False)),
                            models.Q(("agency", ""), ("committee__isnull", False), ("official", None)),
                            models.Q(
                                ("committee", None),
                                ("official", None),
                                models.Q(("agency", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="events_appointment_is_with_one_office",
                        violation_error_message="Name an official, a committee or an agency: exactly one.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True), ("official__isnull", False)
                        ),
                        fields=("event", "official"),
                        name="events_appointment_once_per_official",
                        violation_error_message="This office is on the list already: two teams never go to one office.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True), ("committee__isnull", False)
                        ),
                        fields=("event", "committee"),
                        name="events_appointment_once_per_committee",
                        violation_error_message="This committee is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language__in", ["", "en", "fr"]),
                            (
                                "status__in",
                                [
                                    "to_ask",
                                    "requested",
                                    "confirmed",
                                    "moved",
                                    "declined",
                                    "drop_by",
                                    "held",
                                    "staff_only",
                                    "no_show",
                                ],
                            ),
                        ),
                        name="events_appointment_has_a_known_status_and_language",
                        violation_error_message="Choose one of the statuses and one of the languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 5), ("minutes__lte", 240)),
                        name="events_appointment_takes_five_minutes_to_four_hours",
                        violation_error_message="A meeting takes from five minutes to four hours.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("confirmed", "moved")), _negated=True),
                            ("starts_at__isnull", False),
                            _connector="OR",
                        ),
                        name="events_appointment_is_confirmed_for_a_time",
                        violation_error_message="Say at what time the office confirmed it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("free_from", None),
                            ("free_until", None),
                            ("free_until__gt", models.F("free_from")),
                            _connector="OR",
                        ),
                        name="events_appointment_window_has_a_length",
                        violation_error_message="The office is free until after it is free from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interaction", None), ("debriefed_at__isnull", False), _connector="OR"
                        ),
                        name="events_appointment_debrief_has_a_moment",
                        violation_error_message="A debrief was filed at a moment.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people_cap", None), ("people_cap__gt", 0), _connector="OR"),
                        name="events_appointment_cap_lets_somebody_in",
                        violation_error_message="An office that receives us lets at least one person in.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("goal", "Decide the goal, the format, the date, the hosts and the budget"),
                            (
                                "hold_room",
                                "Hold the room or platform, win sponsors, send a save-the-date, choose one to three asks",
                            ),
                            ("speakers", "Invite speakers, ask for a proclamation, nominate honourees"),
                            ("registration", "Open registration"),
                            ("teams", "Build teams and request appointments with schedulers"),
                            ("prepare", "Hold the preparation webinar, send issue briefs, practise"),
                            ("freeze", "Freeze the schedule and settle its conflicts"),
                            (
                                "hand_out",
                                "Send personal schedules, leave-behinds, scripts and the emergency number",
                            ),
                            ("the_day", "The day: check in, run the board, debrief before leaving"),
                            ("thank", "Thank members and staff, answer questions, debrief the leaders"),
                            (
                                "check_decisions",
                                "Check on the decisions asked for; ask those who came how it was",
                            ),
                            (
                                "publish_results",
                                "Follow up with staff again, publish the results, thank sponsors",
                            ),
                            ("close", "Close: numbers against goals, lessons, next year’s date"),
                            ("own", "Own step"),
                        ],
                        default="own",
                        max_length=15,
                        verbose_name="step",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what to do")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "is_moved",
                    models.BooleanField(default=False, editable=False, verbose_name="day set by hand"),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="done by",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checklist",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the coordinator.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the checklist",
                "verbose_name_plural": "steps of the checklist",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("step", "own"), _negated=True),
                        fields=("event", "step"),
                        name="events_checklist_has_each_step_once",
                        violation_error_message="This step is on the checklist already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("step", "own"), models.Q(("text", ""), _negated=True)),
                            models.Q(
                                (
                                    "step__in",
                                    [
                                        "goal",
                                        "hold_room",
                                        "speakers",
                                        "registration",
                                        "teams",
                                        "prepare",
                                        "freeze",
                                        "hand_out",
                                        "the_day",
                                        "thank",
                                        "check_decisions",
                                        "publish_results",
                                        "close",
                                        "own",
                                    ],
                                ),
                                models.Q(("step", "own"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="events_checklist_own_step_says_what",
                        violation_error_message="Say what is to be done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_by", None), ("done_on", None)),
                            models.Q(("done_by__isnull", False), ("done_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="events_checklist_done_on_and_by_go_together",
                        violation_error_message="What is done was done by somebody on a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventAsk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sponsor", "Sponsor"),
                            ("cosponsor", "Cosponsor"),
                            ("vote_yes", "Vote yes"),
                            ("vote_no", "Vote no"),
                            ("amend", "Amend"),
                            ("schedule_hearing", "Schedule a hearing"),
                            ("sign_letter", "Sign a letter"),
                            ("fund", "Fund"),
                            ("write_to_agency", "Write to an agency"),
                            ("speak_publicly", "Speak publicly"),
                            ("visit_site", "Visit a site"),
                            ("attend_event", "Attend an event"),
                            ("issue_proclamation", "Issue a proclamation"),
                            ("appoint_expert", "Appoint an expert"),
                            ("intro_only", "Introduction only"),
                        ],
                        max_length=30,
                        verbose_name="ask",
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="in our words")),
                (
                    "text_fr",
                    models.CharField(blank=True, max_length=200, verbose_name="in our words, in French"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asks",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="positions.issue",
                        verbose_name="issue",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.measure",
                        verbose_name="measure",
                    ),
                ),
                (
                    "position",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="positions.position",
                        verbose_name="under the position",
                    ),
                ),
            ],
            options={
                "verbose_name": "ask of the day",
                "verbose_name_plural": "asks of the day",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "sponsor",
                                    "cosponsor",
                                    "vote_yes",
                                    "vote_no",
                                    "amend",
                                    "schedule_hearing",
                                    "sign_letter",
                                    "fund",
                                    "write_to_agency",
                                    "speak_publicly",
                                    "visit_site",
                                    "attend_event",
                                    "issue_proclamation",
                                    "appoint_expert",
                                    "intro_only",
                                ],
                            )
                        ),
                        name="events_ask_has_a_known_kind",
                        violation_error_message="Choose one of the asks.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("measure", None), ("issue", None), _connector="OR"),
                        name="events_ask_is_about_a_measure_or_an_issue",
                        violation_error_message="An ask is about a measure or an issue, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position", None), ("measure__isnull", False), _connector="OR"),
                        name="events_ask_has_a_position_only_on_a_measure",
                        violation_error_message="A position is on a measure: choose the measure too.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proclamation", "Proclamation"),
                            ("resolution", "Resolution of a chamber"),
                            ("award", "Award"),
                            ("certificate", "Certificate of thanks"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("received", "From them to us"), ("given", "From us to them")],
                        max_length=8,
                        verbose_name="direction",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "office",
                    models.CharField(
                        blank=True,
                        help_text="For example the mayor of a town.",
                        max_length=150,
                        verbose_name="or another office",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("to_ask", "To ask"),
                            ("requested", "Requested"),
                            ("agreed", "Agreed"),
                            ("done", "Done"),
                            ("declined", "Declined"),
                        ],
                        default="to_ask",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="needed by")),
                ("requested_on", models.DateField(blank=True, null=True, verbose_name="requested on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="given or received on")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="words asked for")),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="members.chapter",
                        verbose_name="chapter",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="recognitions",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "recognition",
                "verbose_name_plural": "recognitions",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("direction__in", ["received", "given"]),
                            ("kind__in", ["proclamation", "resolution", "award", "certificate"]),
                            ("status__in", ["to_ask", "requested", "agreed", "done", "declined"]),
                        ),
                        name="events_recognition_has_known_values",
                        violation_error_message="Choose one of the values of each list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("office", ""), ("official__isnull", False)),
                            models.Q(("official", None), models.Q(("office", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="events_recognition_names_one_office",
                        violation_error_message="Name an official or another office: exactly one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("status", "done")),
                            models.Q(models.Q(("status", "done"), _negated=True), ("done_on", None)),
                            _connector="OR",
                        ),
                        name="events_recognition_done_on_goes_with_done",
                        violation_error_message="What was given or received has a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True,
                        help_text="For changes on the day.",
                        max_length=128,
                        region=None,
                        verbose_name="phone",
                    ),
                ),
                ("employer", models.CharField(blank=True, max_length=150, verbose_name="employer")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French")],
                        default="en",
                        max_length=2,
                        verbose_name="language of letters",
                    ),
                ),
                ("speaks_english", models.BooleanField(default=True, verbose_name="speaks English")),
                ("speaks_french", models.BooleanField(default=False, verbose_name="speaks French")),
                (
                    "is_first_timer",
                    models.BooleanField(default=False, verbose_name="comes for the first time"),
                ),
                (
                    "access_needs",
                    models.CharField(
                        blank=True,
                        help_text="For example step-free, captions, seating.",
                        max_length=300,
                        verbose_name="access needs",
                    ),
                ),
                ("diet", models.CharField(blank=True, max_length=200, verbose_name="diet")),
                ("photo_consent", models.BooleanField(default=False, verbose_name="may be photographed")),
                ("topics", models.CharField(blank=True, max_length=300, verbose_name="topics")),
                (
                    "wished_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leader", "Leader"),
                            ("appreciator", "Says thank you first"),
                            ("asker", "Makes the ask"),
                            ("time_keeper", "Keeps the time"),
                            ("note_taker", "Takes notes"),
                            ("photographer", "Takes photographs"),
                            ("follow_up", "Follows up"),
                        ],
                        max_length=12,
                        verbose_name="willing to",
                    ),
                ),
                ("arrives_at", models.TimeField(blank=True, null=True, verbose_name="arrives at")),
                ("leaves_at", models.TimeField(blank=True, null=True, verbose_name="leaves at")),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("zip", "ZIP code"),
                            ("zip4", "ZIP+4"),
                            ("postal_code", "Postal code"),
                            ("fsa", "First three characters of a postal code"),
                            ("address", "Street address"),
                            ("point", "Point on the map"),
                            ("manual", "Chosen by hand"),
                        ],
                        max_length=11,
                        verbose_name="districts found by",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("waiting", "Waiting for a place"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="registered",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="registered")),
                (
                    "proven_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Of somebody without an account.",
                        null=True,
                        verbose_name="address proven",
                    ),
                ),
                ("checked_in_at", models.DateTimeField(blank=True, null=True, verbose_name="checked in")),
                ("told", models.JSONField(blank=True, default=dict, editable=False)),
                ("told_count", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("link_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("search_text", models.CharField(default="", editable=False, max_length=420)),
                (
                    "chapter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.chapter",
                        verbose_name="chapter",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="events.advocacyevent",
                        verbose_name="Advocacy Day",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event_registrations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["search_text", "pk"],
                "indexes": [
                    models.Index(
                        fields=["event", "status", "registered_at"], name="events_registration_queue"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("event"),
                        django.db.models.functions.text.Lower("email"),
                        name="events_registration_address_once_per_event",
                        violation_error_message="This address is registered already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("event", "person"),
                        name="events_registration_person_once_per_event",
                        violation_error_message="This person is registered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language__in", ["en", "fr"]),
                            ("status__in", ["registered", "waiting", "withdrawn"]),
                            (
                                "wished_role__in",
                                [
                                    "",
                                    "leader",
                                    "appreciator",
                                    "asker",
                                    "time_keeper",
                                    "note_taker",
                                    "photographer",
                                    "follow_up",
                                ],
                            ),
                        ),
                        name="events_registration_has_a_known_status_language_and_role",
                        violation_error_message="Choose one of the values of each list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrives_at", None),
                            ("leaves_at", None),
                            ("leaves_at__gt", models.F("arrives_at")),
                            _connector="OR",
                        ),
                        name="events_registration_leaves_after_arriving",
                        violation_error_message="Somebody leaves after they arrive.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("speaks_english", True), ("speaks_french", True), _connector="OR"
                        ),
                        name="events_registration_speaks_a_language",
                        violation_error_message="Tick at least one language.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_in_at", None), ("status", "registered"), _connector="OR"
                        ),
                        name="events_registration_checks_in_with_a_place",
                        violation_error_message="Only somebody with a place checks in.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationDistrict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chamber_code",
                    models.CharField(
                        choices=[
                            ("upper", "Upper chamber"),
                            ("lower", "Lower chamber"),
                            ("legislature", "Legislature with one chamber"),
                            ("executive", "Executive"),
                            ("local", "City or town government"),
                        ],
                        max_length=11,
                        verbose_name="chamber",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.division",
                        verbose_name="division",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.jurisdiction",
                        verbose_name="jurisdiction",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="districts",
                        to="events.registration",
                        verbose_name="registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "district",
                "verbose_name_plural": "districts",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("registration", "jurisdiction", "chamber_code"),
                        name="events_district_is_one_for_each_chamber",
                        violation_error_message="Somebody lives in one district of each chamber.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScheduleChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("time", "Time"),
                            ("place", "Place"),
                            ("team", "Team"),
                            ("status", "Status"),
                        ],
                        max_length=6,
                        verbose_name="what changed",
                    ),
                ),
                ("old", models.CharField(blank=True, max_length=300, verbose_name="before")),
                ("new", models.CharField(blank=True, max_length=300, verbose_name="now")),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="told")),
                (
                    "appointment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="events.appointment",
                        verbose_name="appointment",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of the schedule",
                "verbose_name_plural": "changes of the schedule",
                "ordering": ["-changed_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("what__in", ["time", "place", "team", "status"]),
                            models.Q(("old", models.F("new")), _negated=True),
                        ),
                        name="events_change_changes_something_known",
                        violation_error_message="A change turns something into something else.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leader", "Leader"),
                            ("appreciator", "Says thank you first"),
                            ("asker", "Makes the ask"),
                            ("time_keeper", "Keeps the time"),
                            ("note_taker", "Takes notes"),
                            ("photographer", "Takes photographs"),
                            ("follow_up", "Follows up"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "second_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leader", "Leader"),
                            ("appreciator", "Says thank you first"),
                            ("asker", "Makes the ask"),
                            ("time_keeper", "Keeps the time"),
                            ("note_taker", "Takes notes"),
                            ("photographer", "Takes photographs"),
                            ("follow_up", "Follows up"),
                        ],
                        max_length=12,
                        verbose_name="second role",
                    ),
                ),
                ("is_captain", models.BooleanField(default=False, verbose_name="captain")),
                ("is_locked", models.BooleanField(default=False, verbose_name="stays in this team")),
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="place",
                        to="events.registration",
                        verbose_name="person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="events.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "team member",
                "verbose_name_plural": "team members",
                "ordering": ["-is_captain", "registration__search_text", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_captain", True)),
                        fields=("team",),
                        name="events_team_has_one_captain",
                        violation_error_message="A team has one captain.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "",
                                    "leader",
                                    "appreciator",
                                    "asker",
                                    "time_keeper",
                                    "note_taker",
                                    "photographer",
                                    "follow_up",
                                ],
                            ),
                            (
                                "second_role__in",
                                [
                                    "",
                                    "leader",
                                    "appreciator",
                                    "asker",
                                    "time_keeper",
                                    "note_taker",
                                    "photographer",
                                    "follow_up",
                                ],
                            ),
                        ),
                        name="events_member_has_known_roles",
                        violation_error_message="Choose one of the roles.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Walk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                (
                    "end",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.building",
                        verbose_name="to",
                    ),
                ),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="events.building",
                        verbose_name="from",
                    ),
                ),
            ],
            options={
                "verbose_name": "walk",
                "verbose_name_plural": "walks",
                "ordering": ["start", "end"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("start", "end"),
                        name="events_walk_is_known_once",
                        violation_error_message="The walk between these buildings is known already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__lt", models.F("end"))),
                        name="events_walk_stands_once_for_both_ways",
                        violation_error_message="A walk joins two buildings and is written once.",
                    ),
                ],
            },
        ),
    ]
