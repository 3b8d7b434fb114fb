"""The way in: accounts, passwords, second steps."""

from tests.browser.gallery.exhibit import VERA, VISITOR, Exhibit

SIGN_IN = [
    *(
        Exhibit(name, VISITOR)
        for name in (
            "account_inactive", "account_signup", "account_reset_password", "account_reset_password_done",
            "account_reset_password_from_key_done", "account_email_verification_sent", "account_request_login_code",
        )
    ),
    Exhibit("account_confirm_email", VISITOR, find=lambda user: "not-a-key"),
    Exhibit("account_reset_password_from_key", VISITOR, find=lambda user: ("1", "not-a-key")),
    *(
        Exhibit(name, VERA)
        for name in (
            "account_logout", "account_reauthenticate", "account_email", "account_change_password", "mfa_index",
            "mfa_reauthenticate", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
        )
    ),
    *(
        Exhibit(name, "second step")
        for name in (
            "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        )
    ),
]  # fmt: skip
