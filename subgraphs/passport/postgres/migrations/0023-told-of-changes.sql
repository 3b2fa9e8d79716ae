-- Trusts are told, too, when somebody pauses, stops or turns on a credential by hand.

alter table signal drop constraint signal_cause_check;
alter table signal add constraint signal_cause_check
  check (cause in ('STAFF_LEFT', 'REGISTRATION_CHANGED', 'PLACEMENT_CHANGED', 'CREDENTIAL_CHANGED'));
alter table signal_receiver drop constraint signal_receiver_causes_check;
alter table signal_receiver add constraint signal_receiver_causes_check
  check (causes <@ array['STAFF_LEFT', 'REGISTRATION_CHANGED', 'PLACEMENT_CHANGED', 'CREDENTIAL_CHANGED']
    and cardinality(causes) > 0);

-- Signals of one change: they are written at the moment that it has.
create index signal_of_change on signal (staff_id, created_at);
