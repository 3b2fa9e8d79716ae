#!/bin/sh
# The first answer, with openssl and curl. The client is registered for RS512 with the public half of private.pem.
set -eu
: "${URL:?where it runs, e.g. http://localhost:4000}" "${CLIENT_ID:?}" "${KID:?as the registration shows it}"
: "${ODS_CODE:?your organisation}" "${EMPLOYEE_NUMBER:?somebody who works there}"
KEY_FILE=${KEY_FILE:-private.pem}

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# 1. Sign an assertion: good for 4 minutes, for the issuer, used once.
now=$(date +%s)
header=$(printf '{"alg":"RS512","typ":"JWT","kid":"%s"}' "$KID" | base64url)
claims=$(printf '{"iss":"%s","sub":"%s","aud":"%s","jti":"%s","iat":%s,"exp":%s}' \
  "$CLIENT_ID" "$CLIENT_ID" "$URL" "$(openssl rand -hex 16)" "$now" "$((now + 240))" | base64url)
signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst -sha512 -sign "$KEY_FILE" -binary | base64url)

# 2. Get an access token for the graph.
token=$(curl --silent --show-error "$URL/oauth/token" \
  --data-urlencode grant_type=client_credentials \
  --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
  --data-urlencode "client_assertion=$header.$claims.$signature" \
  --data-urlencode "resource=$URL/graphql" \
  --data-urlencode scope=hr:read | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')

# 3. Ask, and say what for.
query='query ($by: StaffBy!) { staff(by: $by) { name { given family } registrations { body number status } } }'
curl --silent --show-error "$URL/graphql" \
  --header "authorization: Bearer $token" \
  --header 'lanyard-purpose: HR_ADMINISTRATION' \
  --header 'content-type: application/json' \
  --data "$(printf '{"query":"%s","variables":{"by":{"employee":{"odsCode":"%s","employeeNumber":"%s"}}}}' \
    "$query" "$ODS_CODE" "$EMPLOYEE_NUMBER")"
