"""The pages of django-allauth: one's own sign-in, second factor and sessions.

They belong to the package, so the table declares classes of answers: what people who are signed in get (with or
without a role), and what visitors get. Whatever the answer, it never shows anything of the world to a visitor, and to
insiders nothing but their own.
"""

from functools import partial

from tests.access.page import OPEN, READING, SIGNED_IN, WRITING, Page

SHOWN, MOVED, FORBIDDEN, MISSING = 200, 302, 403, 404
_any_answer = frozenset
_page = partial(Page, methods=WRITING)

# For people who are not signed in; others are sent home.
_VISITORS = partial(
    _page,
    wall=OPEN,
    insiders=_any_answer({MOVED, SHOWN, MISSING}),
    outsiders=_any_answer({SHOWN, MOVED, MISSING}),
)
# For people who are signed in; some first ask for the password again.
_OWN = partial(_page, wall=SIGNED_IN, insiders=_any_answer({SHOWN, MOVED, MISSING, FORBIDDEN}))

ACCOUNT_PAGES = [
    _VISITORS("account_login"),
    _VISITORS("account_logout", note="A question on GET; the POST ends one's own session."),
    _VISITORS("account_inactive"),
    _VISITORS("account_signup", note="Closed: everybody is invited."),
    _VISITORS("account_reset_password", note="Answers the same for known and unknown addresses."),
    _VISITORS("account_reset_password_done"),
    _VISITORS("account_reset_password_from_key", fixed=({"uidb36": "1", "key": "not-a-key"},)),
    _VISITORS("account_reset_password_from_key_done"),
    _VISITORS("account_email_verification_sent"),
    _VISITORS("account_confirm_email", fixed=({"key": "not-a-key"},)),
    _VISITORS("account_request_login_code"),
    _VISITORS("account_confirm_login_code"),
    _VISITORS("mfa_authenticate"),
    _VISITORS("mfa_login_webauthn"),
    _OWN("account_reauthenticate"),
    _OWN("account_email"),
    _OWN("account_change_password"),
    _OWN("account_set_password"),
    _OWN("mfa_index", methods=READING),
    _OWN("mfa_reauthenticate"),
    _OWN("mfa_activate_totp"),
    _OWN("mfa_deactivate_totp"),
    _OWN("mfa_view_recovery_codes", methods=READING),
    _OWN("mfa_generate_recovery_codes"),
    _OWN("mfa_download_recovery_codes", methods=READING),
    _OWN("mfa_list_webauthn", methods=READING),
    _OWN("mfa_add_webauthn"),
    _OWN("mfa_reauthenticate_webauthn"),
    _OWN("mfa_remove_webauthn", fixed=({"pk": "999999"},)),
    _OWN("mfa_edit_webauthn", fixed=({"pk": "999999"},)),
    _OWN("usersessions_list"),
]
