-- Claims that HR states when it offers a credential, sealed; kept until nobody can collect the offer any more.

alter table offer add column sealed_attestations text;
create index offer_attested on offer (expires_at) where sealed_attestations is not null;
