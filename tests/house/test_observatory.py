"""Our reading of the Observatory's scoring, on answers whose grade is known."""

import pytest

from tests.house.observatory import Seen, directives_of, grade

HOST = "portal.example.org"
BEST = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SCRIPT = '<script src="/static/js/act.js"></script>'


def seen(without: str = "", cookies: tuple[str, ...] = (), text: str = SCRIPT, **headers: str) -> Seen:
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    known = {name: value for name, value in (BEST | changed).items() if name != without}
    return Seen(known, cookies, text, HOST, f"https://{HOST}/")


def test_all_that_can_be_had_without_the_preload_list():
    assert str(grade(seen())).startswith("A+ (120)")
    assert grade(seen(cookies=("__Host-csrf=x; Secure; HttpOnly; SameSite=Lax; Path=/",))).score == 125


def test_a_bare_django_page_gets_what_it_was_measured_at():
    """RELIABILITY.md §2, S4: D, 35 of 100."""
    bare = {
        "Content-Type": "text/html",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
    }

    found = grade(Seen(bare, (), "", HOST, ""))

    assert (found.letter, found.score) == ("D", 35)


@pytest.mark.parametrize(
    ("without", "points"),
    [
        ("Content-Security-Policy", 25),
        ("Strict-Transport-Security", 20),
        ("X-Content-Type-Options", 5),
        ("Referrer-Policy", 0),
    ],
)
def test_what_is_missing_costs_its_points(without: str, points: int):
    found = grade(seen(without))

    lost = 100 - points
    bonuses = {"Referrer-Policy": 15, "X-Content-Type-Options": 20}.get(without, 0)
    assert found.score == lost + bonuses


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("default-src 'self'", "csp-implemented-with-no-unsafe"),
        ("default-src 'none'; script-src 'unsafe-inline'", "csp-implemented-with-unsafe-inline"),
        (
            "default-src 'none'; script-src 'nonce-x' 'unsafe-inline'",
            "csp-implemented-with-no-unsafe-default-src-none",
        ),
        ("default-src 'none'; script-src data:", "csp-implemented-with-unsafe-inline"),
        ("script-src 'self'", "csp-implemented-with-unsafe-inline"),
        ("default-src 'none'; script-src 'self' 'unsafe-eval'", "csp-implemented-with-unsafe-eval"),
        (
            "default-src 'none'; style-src 'unsafe-inline'",
            "csp-implemented-with-unsafe-inline-in-style-src-only",
        ),
        (
            "default-src 'none'; img-src http://a.example",
            "csp-implemented-with-insecure-scheme-in-passive-content-only",
        ),
        ("default-src 'none'; connect-src http://a.example", "csp-implemented-with-insecure-scheme"),
    ],
)
def test_a_policy_is_as_good_as_its_weakest_source(policy: str, expected: str):
    assert grade(seen(Content_Security_Policy=policy)).results[0] == expected


@pytest.mark.parametrize(
    ("cookie", "expected"),
    [
        (
            "__Host-session=x; Secure; HttpOnly; SameSite=Lax",
            "cookies-secure-with-httponly-sessions-and-samesite",
        ),
        ("theme=x; Secure", "cookies-secure-with-httponly-sessions"),
        ("theme=x; SameSite=Lax", "cookies-without-secure-flag-but-protected-by-hsts"),
        ("session=x; Secure; SameSite=Lax", "cookies-session-without-httponly-flag"),
        ("session=x; HttpOnly", "cookies-session-without-secure-flag-but-protected-by-hsts"),
        ("csrftoken=x; Secure", "cookies-anticsrf-without-samesite-flag"),
        ("theme=x; Secure; SameSite=Sometimes", "cookies-samesite-flag-invalid"),
    ],
)
def test_a_cookie_is_judged_by_its_flags(cookie: str, expected: str):
    assert grade(seen(cookies=(cookie,))).results[1] == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<p>none</p>", "sri-not-implemented-but-no-scripts-loaded"),
        (
            '<script src="https://cdn.example/x.js"></script>',
            "sri-not-implemented-but-external-scripts-loaded-securely",
        ),
        (
            '<script src="//cdn.example/x.js"></script>',
            "sri-not-implemented-and-external-scripts-not-loaded-securely",
        ),
        (SCRIPT, "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"),
    ],
)
def test_scripts_of_others_cost_points(tag: str, expected: str):
    assert grade(seen(text=tag)).results[6] == expected


def test_the_first_of_two_directives_counts():
    assert directives_of("img-src 'none'; img-src *") == {"img-src": ["'none'"]}
