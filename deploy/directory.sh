#!/bin/sh
# Starts slapd over TLS. On the first start it makes a certificate of its own and loads the LDIF files it is given.
set -eu
: "${LDAP_PASSWORD:?}"
data=${LDAP_DATA:-/var/lib/lanyard-directory}
tls=${LDAP_TLS:-/tls}
import=${LDAP_IMPORT:-/import}
listen=${LDAP_LISTEN:-ldaps://0.0.0.0:1636}
base=${LDAP_CONFIG:-/etc/lanyard/slapd.conf}
config=$(mktemp)

if [ ! -e "$tls/server.pem" ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=Lanyard directory authority' \
    -addext 'basicConstraints=critical,CA:TRUE' -keyout "$tls/ca.key" -out "$tls/ca.pem" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj '/CN=openldap' -keyout "$tls/server.key" -out "$tls/server.csr" 2>/dev/null
  printf 'subjectAltName=DNS:openldap,DNS:localhost,IP:127.0.0.1\n' > "$tls/server.ext"
  openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -CAcreateserial -days 3650 \
    -extfile "$tls/server.ext" -out "$tls/server.pem" 2>/dev/null
  # The authority has signed the one certificate it is for.
  rm -f "$tls/ca.key" "$tls/server.csr" "$tls/server.ext"
  chmod 0444 "$tls/ca.pem"
fi

umask 077
awk -v hash="$(slappasswd -s "$LDAP_PASSWORD")" -v data="$data" -v tls="$tls" -v here="$(dirname "$base")" '
  /^include [^\/]/ { print "include " here "/" $2; next }
  /^modulepath/ { print "TLSCACertificateFile " tls "/ca.pem"; print "TLSCertificateFile " tls "/server.pem"; print "TLSCertificateKeyFile " tls "/server.key" }
  /^directory/ { print "directory " data; next }
  { print }
  /^rootdn/ { print "rootpw " hash }' "$base" > "$config"
if [ -z "$(ls -A "$data")" ]; then
  for file in "$import"/*.ldif; do
    [ ! -e "$file" ] || slapadd -q -f "$config" -l "$file"
  done
fi
exec slapd -f "$config" -h "$listen" -d 0
