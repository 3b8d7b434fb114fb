"""MDN's HTTP Observatory, as far as it looks at answers: a hundred points, less what is missing, and bonuses.

The results and their points are those of its published scoring (developer.mozilla.org/observatory, Tests & Scoring);
their names are kept so that they can be looked up there. Bonuses count from ninety points on, and A+ begins at a
hundred. What needs the internet is left out: the preload list of browsers would only add points.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

BEGINS_WITH, BONUSES_FROM = 100, 90
_GRADES = (
    (100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (60, "C+"), (50, "C"), (45, "C-"),
    (40, "D+"), (30, "D"), (25, "D-"), (0, "F"),
)  # fmt: skip
SIX_MONTHS = 15_768_000
POINTS = {
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-insecure-scheme-in-passive-content-only": -10,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-not-implemented": -25,
    "cookies-secure-with-httponly-sessions-and-samesite": 5,
    "cookies-not-found": 0,
    "cookies-secure-with-httponly-sessions": 0,
    "cookies-without-secure-flag-but-protected-by-hsts": -5,
    "cookies-session-without-secure-flag-but-protected-by-hsts": -10,
    "cookies-without-secure-flag": -20,
    "cookies-samesite-flag-invalid": -20,
    "cookies-anticsrf-without-samesite-flag": -20,
    "cookies-session-without-httponly-flag": -30,
    "cookies-session-without-secure-flag": -40,
    "cross-origin-resource-sharing-not-implemented": 0,
    "cross-origin-resource-sharing-implemented-with-public-access": 0,
    "cross-origin-resource-sharing-implemented-with-universal-access": -50,
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "redirection-to-https": 0,
    "redirection-off-host-from-http": -5,
    "redirection-missing": -20,
    "redirection-not-to-https": -20,
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "sri-implemented-and-all-scripts-loaded-securely": 5,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-not-implemented-but-no-scripts-loaded": 0,
    "sri-not-implemented-response-not-html": 0,
    "sri-not-implemented-but-external-scripts-loaded-securely": -5,
    "sri-not-implemented-and-external-scripts-not-loaded-securely": -50,
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-sameorigin-or-deny": 0,
    "x-frame-options-not-implemented": -20,
    "corp-not-implemented": 0,
    "corp-implemented-with-same-origin": 0,
    "corp-implemented-with-same-site": 0,
    "corp-implemented-with-cross-origin": -20,
}
_BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
_INLINE = {"'unsafe-inline'", "data:"}
_NONCE_OR_HASH = ("'nonce-", "'sha256-", "'sha384-", "'sha512-")
_PASSIVE = ("img-src", "media-src")
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


@dataclass(frozen=True)
class Seen:
    """One answer over HTTPS. `by_http`: where the same address without encryption sends on to, empty for nowhere."""

    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    text: str
    host: str
    by_http: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


@dataclass(frozen=True)
class Grade:
    score: int
    results: tuple[str, ...]

    @property
    def letter(self) -> str:
        return next(letter for least, letter in _GRADES if self.score >= least)

    def __str__(self) -> str:
        return f"{self.letter} ({self.score}): {', '.join(self.results)}"


def grade(seen: Seen) -> Grade:
    tests = (
        _policy,
        _cookies,
        _sharing,
        _transport,
        _redirection,
        _referrer,
        _scripts,
        _types,
        _frames,
        _resource,
    )
    results = tuple(test(seen) for test in tests)
    points = [POINTS[result] for result in results]
    score = BEGINS_WITH + sum(one for one in points if one < 0)
    if score >= BONUSES_FROM:
        score += sum(one for one in points if one > 0)
    return Grade(max(score, 0), results)


def directives_of(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {name.lower(): sources for name, *sources in reversed(parts)}


def _policy(seen: Seen) -> str:
    known = directives_of(seen.header("Content-Security-Policy"))
    if not known:
        return "csp-not-implemented"
    default = known.get("default-src", ["*"])
    script, style = (_without_needless(known.get(name, default)) for name in ("script-src", "style-src"))
    objects = known.get("object-src", default)
    active = [one for name, ones in known.items() if name not in _PASSIVE for one in ones]
    passive = [one for name in _PASSIVE for one in known.get(name, known.get("default-src", []))]
    if set(script) & (_BROAD | _INLINE) or set(objects) & _BROAD:
        return "csp-implemented-with-unsafe-inline"
    if _has_insecure(active):
        return "csp-implemented-with-insecure-scheme"
    if "'unsafe-eval'" in (*script, *style):
        return "csp-implemented-with-unsafe-eval"
    if _has_insecure(passive):
        return "csp-implemented-with-insecure-scheme-in-passive-content-only"
    if set(style) & (_BROAD | _INLINE):
        return "csp-implemented-with-unsafe-inline-in-style-src-only"
    is_closed = known.get("default-src") == ["'none'"]
    return "csp-implemented-with-no-unsafe" + ("-default-src-none" if is_closed else "")


def _without_needless(sources: list[str]) -> list[str]:
    """Beside a nonce or a hash browsers pass over 'unsafe-inline'."""
    is_named = any(one.startswith(_NONCE_OR_HASH) for one in sources)
    return [one for one in sources if not (is_named and one == "'unsafe-inline'")]


def _has_insecure(sources: Iterable[str]) -> bool:
    return any(one.startswith(("http:", "ftp:")) for one in sources)


def _cookies(seen: Seen) -> str:
    """The worst thing said of any of them."""
    if not seen.cookies:
        return "cookies-not-found"
    found = [result for cookie in seen.cookies for result in _of_cookie(cookie, _is_strict(seen))]
    return min(found, key=POINTS.__getitem__)


def _of_cookie(cookie: str, is_strict: bool) -> Iterable[str]:
    first, *rest = (part.strip() for part in cookie.split(";"))
    name = first.partition("=")[0].lower()
    flags = {key.lower(): value.lower() for key, _, value in (part.partition("=") for part in rest)}
    is_session, site = "login" in name or "sess" in name, flags.get("samesite", "")
    if "samesite" in flags and (
        site not in ("lax", "strict", "none") or (site == "none" and "secure" not in flags)
    ):
        yield "cookies-samesite-flag-invalid"
    if "secure" not in flags:
        kind = "cookies-session-without-secure-flag" if is_session else "cookies-without-secure-flag"
        yield f"{kind}-but-protected-by-hsts" if is_strict else kind
    if "csrf" in name and not site:
        yield "cookies-anticsrf-without-samesite-flag"
    if is_session and "httponly" not in flags:
        yield "cookies-session-without-httponly-flag"
    yield "cookies-secure-with-httponly-sessions" + ("-and-samesite" if site else "")


def _sharing(seen: Seen) -> str:
    allowed = seen.header("Access-Control-Allow-Origin")
    if not allowed:
        return "cross-origin-resource-sharing-not-implemented"
    has_credentials = seen.header("Access-Control-Allow-Credentials").lower() == "true"
    return f"cross-origin-resource-sharing-implemented-with-{'universal' if has_credentials else 'public'}-access"


def _is_strict(seen: Seen) -> bool:
    return _transport(seen) == "hsts-implemented-max-age-at-least-six-months"


def _transport(seen: Seen) -> str:
    found = re.search(r"max-age=\"?(\d+)", seen.header("Strict-Transport-Security"))
    if not found:
        return "hsts-not-implemented"
    return f"hsts-implemented-max-age-{'at-least' if int(found[1]) >= SIX_MONTHS else 'less-than'}-six-months"


def _redirection(seen: Seen) -> str:
    if not seen.by_http:
        return "redirection-missing"
    if not seen.by_http.startswith("https://"):
        return "redirection-not-to-https"
    is_here = seen.by_http.removeprefix("https://").partition("/")[0] == seen.host
    return "redirection-to-https" if is_here else "redirection-off-host-from-http"


def _referrer(seen: Seen) -> str:
    said = [one.strip() for one in seen.header("Referrer-Policy").split(",") if one.strip()]
    if not said:
        return "referrer-policy-not-implemented"
    return "referrer-policy-private" if said[-1] in _PRIVATE else "referrer-policy-unsafe"


def _scripts(seen: Seen) -> str:
    if not seen.header("Content-Type").startswith("text/html"):
        return "sri-not-implemented-response-not-html"
    page = _Scripts()
    page.feed(seen.text)
    if not page.found:
        return "sri-not-implemented-but-no-scripts-loaded"
    foreign = [(src, whole) for src, whole in page.found if re.match(r"(https?:)?//", src)]
    outside = [(src, whole) for src, whole in foreign if not src.startswith(f"https://{seen.host}/")]
    if any(not whole and not src.startswith("https:") for src, whole in outside):
        return "sri-not-implemented-and-external-scripts-not-loaded-securely"
    if any(not whole for _src, whole in outside):
        return "sri-not-implemented-but-external-scripts-loaded-securely"
    if any(whole for _src, whole in page.found):
        return "sri-implemented-and-all-scripts-loaded-securely"
    return "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "script":
            self.found.append((known.get("src") or "", bool(known.get("integrity"))))


def _types(seen: Seen) -> str:
    is_set = seen.header("X-Content-Type-Options").lower() == "nosniff"
    return f"x-content-type-options-{'nosniff' if is_set else 'not-implemented'}"


def _frames(seen: Seen) -> str:
    if "frame-ancestors" in directives_of(seen.header("Content-Security-Policy")):
        return "x-frame-options-implemented-via-csp"
    is_set = seen.header("X-Frame-Options").lower() in ("deny", "sameorigin")
    return f"x-frame-options-{'sameorigin-or-deny' if is_set else 'not-implemented'}"


def _resource(seen: Seen) -> str:
    said = seen.header("Cross-Origin-Resource-Policy").lower()
    return f"corp-implemented-with-{said}" if said else "corp-not-implemented"
