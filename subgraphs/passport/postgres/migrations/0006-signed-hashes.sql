-- Credentials from before the hash was kept: a verifier compares what is presented with what was signed.
update credential set
  signed_hash = rtrim(
    translate(encode(sha256(convert_to(signed_jwt, 'UTF8')), 'base64'), '+/', '-_'), '=')
where signed_jwt is not null and signed_hash is null;
