#!/bin/sh
# Starts slapd. On the first start it loads the LDIF files mounted at /import.
set -eu
: "${LDAP_PASSWORD:?}"
config=/tmp/slapd.conf
umask 077
awk -v hash="$(slappasswd -s "$LDAP_PASSWORD")" '{print} /^rootdn/ {print "rootpw " hash}' /etc/lanyard/slapd.conf > "$config"
if [ -z "$(ls -A /var/lib/lanyard-directory)" ]; then
  for file in /import/*.ldif; do
    [ ! -e "$file" ] || slapadd -q -f "$config" -l "$file"
  done
fi
exec slapd -f "$config" -h ldap://0.0.0.0:1389 -d 0
