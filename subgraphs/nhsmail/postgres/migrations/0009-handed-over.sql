-- Codes of organisations that had a case before were kept as rows of a record, in brackets.
update matching_case
set handed_from = (
  select array_agg(regexp_replace(had.code, '[^A-Z0-9]', '', 'g') order by had.nth)
  from unnest(handed_from) with ordinality as had (code, nth))
where array_to_string(handed_from, '') ~ '[^A-Z0-9]';
