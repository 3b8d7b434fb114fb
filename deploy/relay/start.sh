#!/bin/sh
# Complete the configuration from the environment in a writable place, then run Postfix in front.
set -eu
config=/run/postfix-config
mkdir -p "$config"
cp -R /etc/postfix/. "$config"
set_to() { postconf -c "$config" -e "$1 = $2"; }

# The container is the cage already; in a second one the resolver's files would be missing.
postconf -c "$config" -F '*/*/chroot = n'
set_to myhostname "${MAIL_HOSTNAME:?set MAIL_HOSTNAME: the name this relay greets other servers with}"
if [ -n "${RELAYHOST:-}" ]; then
    set_to relayhost "$RELAYHOST"
    set_to smtp_tls_security_level encrypt
fi
if [ -n "${RELAYHOST_USERNAME:-}" ]; then
    umask 077
    printf '%s %s:%s\n' "$RELAYHOST" "$RELAYHOST_USERNAME" "${RELAYHOST_PASSWORD:?set RELAYHOST_PASSWORD}" > "$config/passwords"
    set_to smtp_sasl_auth_enable yes
    set_to smtp_sasl_security_options noanonymous
    set_to smtp_sasl_password_maps "texthash:$config/passwords"
fi
exec postfix -c "$config" start-fg
