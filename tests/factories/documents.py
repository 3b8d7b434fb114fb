"""Reports written by hand, with every kind of block, as the builder of the national report makes them."""

from collections.abc import Sequence

from advocacy.reports.national.document import Block, Cell, Column, Document, Drawing

# What people may type into a field for words.
HOSTILE = (
    "#strong[loud] $x^2$ \"quoted\" 'single' \\ *star* _under_ `tick` @ref <label> // gone /* gone */",
    '=HYPERLINK("http://evil.example","here")',
    "+1-512-555-0100",
    "שלום עולם و مرحبا",
    "Merci 👩🏽‍⚕️ beaucoup 🎉",
    "<script>alert(1)</script>&amp;",
    "W" * 3000,
)
KINDS = ("Meeting in person", "Virtual meeting", "Phone call", "Hearing testimony")
MONTHS = (
    "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11",
    "2026-12", "2027-01", "2027-02",
)  # fmt: skip


def national(**changes: object) -> Document:
    """February 2027, counted by hand: no two cells of one column are alike by chance."""
    fields: dict[str, object] = {
        "title": "National report: February 2027",
        "subtitle": "Society for Health Data",
        "period": "2027-02",
        "language": "en",
        "data_as_of": "2027-03-12 09:00 CST",
        "status": "Issued, version 1",
        "blocks": [
            headline(),
            policy(),
            months(),
            health_map(),
            issues(),
            chapters(),
            help_wanted(),
            stories(),
            notes(),
        ],
        "facts": {"society": "Society for Health Data", "scope": "SHD"},
    }
    return Document(**(fields | changes))  # type: ignore[arg-type]  # named above


def headline() -> Block:
    return Block(
        "headline",
        "Headline",
        [
            Column("title", "Number"),
            Column("value", "This month", is_number=True),
            Column("last_month", "Change to last month", is_number=True),
            Column("last_year", "Change to last year", is_number=True),
        ],
        [
            ["Meaningful interactions", 1248, "+131", "n/a"],
            ["Unique officials", 612, "−17", "n/a"],
            ["Delegation coverage", "43 %", "+2 points", "+9 points"],
            ["On-time follow-up", "87 %", "–", "n/a"],
            ["Reports received", "52 of 57", "+4", "+11"],
            ["Tier-1 measures moved", 19, "+6", "n/a"],
        ],
        drawing=Drawing.TILES,
    )


def policy() -> Block:
    return Block(
        "policy",
        "What changed in policy",
        [
            Column("jurisdiction", "Jurisdiction"),
            Column("measure", "Measure"),
            Column("change", "What happened"),
            Column("position", "Position"),
            Column("result", "Result"),
        ],
        [
            ["Texas", "HB 210 (90R)", "Passed the House", "Support if amended", "Open"],
            ["Québec", "PL 67 (43-2)", "Sanctionné", "Support", "Win"],
        ],
        notes=["A measure stands here once, with its latest change."],
    )


def health_map() -> Block:
    columns = [
        Column("code", "Code"),
        Column("place", "State or province"),
        Column("health", "Health"),
        Column("chapters", "Chapters", True),
        Column("red", "Red", True),
        Column("amber", "Amber", True),
        Column("green", "Green", True),
        Column("grey", "New", True),
        Column("seats", "Seats", True),
        Column("coverage", "Coverage", True),
    ]
    rows: list[Sequence[Cell]] = [
        ["BC", "British Columbia", "Green", 1, 0, 0, 1, 0, 93, "12 %"],
        ["QC", "Québec", "New", 1, 0, 0, 0, 1, 125, "0 %"],
        ["TX", "Texas", "Red", 2, 1, 0, 1, 0, 181, "31 %"],
        ["DC", "District of Columbia", "Amber", 1, 0, 1, 0, 0, 13, "77 %"],
    ]
    return Block("map", "Chapters by health", columns, rows, drawing=Drawing.TILE_MAP)


def months() -> Block:
    rows = [
        [month, 40 + 3 * number, 11 + number, 7, number % 4] for number, month in enumerate(MONTHS, start=1)
    ]
    columns = [Column("month", "Month"), *(Column(f"k{n}", kind, True) for n, kind in enumerate(KINDS))]
    return Block("months", "Contacts by month", columns, rows, drawing=Drawing.STACKED_BARS)


def issues() -> Block:
    rows: list[Sequence[Cell]] = [["Telehealth", 310, 14], ["Data privacy", 155, 9], ["Broadband", 0, 3]]
    columns = [
        Column("issue", "Issue"),
        Column("contacts", "Contacts", True),
        Column("measures", "Measures", True),
    ]
    return Block("issues", "Issues", columns, rows, drawing=Drawing.BARS)


def chapters(count: int = 57) -> Block:
    columns = [
        Column("chapter", "Chapter"),
        Column("health", "Health"),
        Column("report", "Report"),
        Column("contacts", "Meaningful interactions", True),
        Column("officials", "Officials", True),
        Column("coverage", "Coverage", True),
        Column("follow_up", "Follow-up on time", True),
        Column("attendance", "Attendance (last 3)"),
        Column("since", "Advocate since"),
        Column("session", "In session?"),
    ]
    rows = [
        [
            f"Chapter of {number:02} Rivers", "Amber: no contact for 60 days", "Accepted", 20 + number, 3 + number,
            f"{number} %", f"{100 - number} %", "present, absent, present", "2025-07-01", "yes",
        ]
        for number in range(1, count + 1)
    ]  # fmt: skip
    return Block("chapters", "Chapters", columns, rows, notes=["A shared contact counts once in the total."])


def help_wanted() -> Block:
    columns = [Column("chapter", "Chapter"), Column("help", "Help wanted"), Column("by", "By when")]
    return Block("help", "Help wanted and risks", columns, [], empty="Nobody asks for help this month.")


def stories(*words: str) -> Block:
    columns = [Column("chapter", "Chapter"), Column("story", "Story")]
    told = words or ("A clinic in Galveston could keep its telehealth line.\nThe senator came to see it.",)
    rows = [[f"Gulf Prairie {number}", word] for number, word in enumerate(told, start=1)]
    return Block("stories", "Stories and thanks", columns, rows, drawing=Drawing.TEXT)


def notes() -> Block:
    columns = [Column("note", "Note")]
    rows = [["Late additions since the last report: 1 (January 2027)."], ["Not received: Hill Country."]]
    return Block("notes", "Notes", columns, rows, drawing=Drawing.TEXT)


def hostile() -> Document:
    return national(blocks=[headline(), stories(*HOSTILE), _hostile_table(), notes()])


def _hostile_table() -> Block:
    rows = [[str(number), words, words[:40]] for number, words in enumerate(HOSTILE, start=1)]
    columns = [Column("number", "No."), Column("words", "Words"), Column("short", "The same, shorter")]
    return Block("table", "Words in a table: [all] of them? *", columns, rows)
