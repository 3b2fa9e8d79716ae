-- Finding people by words: names of any time, employee numbers, registrations, narrowed by organisation and job role.
-- What is searched is made from the records after an import, in portions, by refresh_search: an import only notes whose
-- words may have changed.

create extension if not exists pg_trgm;

-- The functions below find pg_trgm wherever it is, and nothing that anybody else puts into another schema.
select set_config('search_path', 'esr, ' || quote_ident(nspname) || ', pg_temp', true)
from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';

-- Lower case, without accents, letters that have none spelled out, one kind of apostrophe and of hyphen.
create function fold_text(value text) returns text language sql immutable parallel safe
  return case when octet_length(value) = length(value) then lower(value) else
    translate(replace(replace(replace(replace(replace(replace(
      lower(translate(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]', '', 'g'), 'ØŁĐÐŦÞÆŒẞ', 'øłđðŧþæœß')),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ð', 'd'), 'đ', 'd'), 'øłŧı’‘ʼ‐‑–—', 'olti''''''----') end;

-- The words of folded text: the parts of each name, and a name of parts written together. With empty ones among them.
create function words_of(folded text) returns text[] language sql immutable parallel safe
  return string_to_array(regexp_replace(folded, '[^[:alnum:]\u0080-\uffff]+', ' ', 'g'), ' ')
    || case when folded ~ '[^[:alnum:]\u0080-\uffff\s]'
      then string_to_array(regexp_replace(folded, '[^[:alnum:]\u0080-\uffff\s]+', '', 'g'), ' ') end;

-- One row for each employment: lexemes are words, '@' and an organisation, '#' and a job role. It has all that a search
-- needs, so that hundreds of candidates are gone through without looking anything up.
create table search_entry (
  ods_code text not null,
  esr_person_id text not null,
  -- The id under which lists show the person.
  person_id text not null,
  ends_on date,
  -- Family and given name in force, folded.
  sort_name text not null,
  words tsvector not null,
  primary key (ods_code, esr_person_id)
) with (fillfactor = 90);
create index search_entry_words on search_entry using gin (words) with (fastupdate = off);

-- Every word of a name that was ever searched, for those that are like a word with a slip in it.
create table search_word (word text primary key);
create index search_word_like on search_word using gin (word gin_trgm_ops);

-- Employments whose words may have changed. One may be noted more than once: imports never wait here for each other.
create table search_pending (
  id bigint generated always as identity primary key,
  ods_code text not null,
  esr_person_id text not null
);

create function note_for_search() returns trigger language plpgsql set search_path from current as $$
begin
  insert into search_pending (ods_code, esr_person_id) select distinct ods_code, esr_person_id from touched;
  return null;
end $$;
create function note_versions_for_search() returns trigger language plpgsql set search_path from current as $$
begin
  insert into search_pending (ods_code, esr_person_id)
  select distinct a.ods_code, a.esr_person_id from touched join assignment a using (ods_code, esr_assignment_id);
  return null;
end $$;
create function note_employments_for_search() returns trigger language plpgsql set search_path from current as $$
begin
  insert into search_pending (ods_code, esr_person_id)
  select t.ods_code, t.esr_person_id from touched t join before b using (ods_code, esr_person_id)
  where (t.employee_number, t.staff_id, t.ends_on) is distinct from (b.employee_number, b.staff_id, b.ends_on);
  return null;
end $$;
create function note_registrations_for_search() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op = 'UPDATE' then
    insert into search_pending (ods_code, esr_person_id)
    select e.ods_code, e.esr_person_id from touched t join before b using (body, number)
    join employment e on e.staff_id in (t.staff_id, b.staff_id) where t.staff_id <> b.staff_id;
  else
    insert into search_pending (ods_code, esr_person_id)
    select distinct e.ods_code, e.esr_person_id from touched t join employment e on e.staff_id = t.staff_id;
  end if;
  return null;
end $$;

create function note_people_for_search() returns trigger language plpgsql set search_path from current as $$
begin
  insert into search_pending (ods_code, esr_person_id)
  select e.ods_code, e.esr_person_id from touched t join before b using (id) join employment e on e.staff_id = t.id
  where t.person_id <> b.person_id;
  return null;
end $$;

create trigger search_1 after update on staff referencing new table as touched old table as before
  for each statement execute function note_people_for_search();
create trigger search_1 after update on employment referencing new table as touched old table as before
  for each statement execute function note_employments_for_search();
create trigger search_2 after delete on employment referencing old table as touched
  for each statement execute function note_for_search();
create trigger search_1 after insert on employment_name referencing new table as touched
  for each statement execute function note_for_search();
create trigger search_2 after update on employment_name referencing new table as touched
  for each statement execute function note_for_search();
create trigger search_3 after delete on employment_name referencing old table as touched
  for each statement execute function note_for_search();
create trigger search_1 after delete on assignment referencing old table as touched
  for each statement execute function note_for_search();
create trigger search_1 after insert on assignment_version referencing new table as touched
  for each statement execute function note_versions_for_search();
create trigger search_2 after update on assignment_version referencing new table as touched
  for each statement execute function note_versions_for_search();
create trigger search_1 after insert on registration referencing new table as touched
  for each statement execute function note_registrations_for_search();
create trigger search_2 after update on registration referencing new table as touched old table as before
  for each statement execute function note_registrations_for_search();
create trigger search_3 after delete on registration referencing old table as touched
  for each statement execute function note_registrations_for_search();

insert into search_pending (ods_code, esr_person_id) select ods_code, esr_person_id from employment;

-- Makes up to so many of the entries that are due, and says how many notes that took; 0 when there are none, or when
-- somebody else is at it.
create function refresh_search(most integer) returns integer language plpgsql
  set search_path from current set jit = off as $$
declare
  taken integer;
begin
  -- One at a time: an entry is never overwritten with what somebody read earlier.
  if not pg_try_advisory_xact_lock(hashtextextended('lanyard:esr:search', 0)) then return 0; end if;
  with note as (
    delete from search_pending where id in (select id from search_pending order by id limit most)
    returning ods_code, esr_person_id),
  due as materialized (select distinct ods_code, esr_person_id from note),
  fresh as materialized (
    select e.ods_code, e.esr_person_id, s.person_id, e.ends_on, coalesce(n.sort_name, '') as sort_name,
      array_to_tsvector(array_remove(
        words_of(n.folded) || r.words || o.words || array[e.employee_number, '@' || lower(e.ods_code)], '')) as words,
      words_of(n.folded) as names
    from due join employment e using (ods_code, esr_person_id) join staff s on s.id = e.staff_id
    cross join lateral (
      select fold_text(string_agg(
          concat_ws(' ', m.family, m.given, m.middle, m.preferred, m.maiden, m.previous_family), ' ')) as folded,
        (array_agg(fold_text(concat_ws(' ', m.family, m.given)) order by m.effective_from <= current_date desc,
          m.effective_from desc))[1] as sort_name
      from employment_name m where m.ods_code = e.ods_code and m.esr_person_id = e.esr_person_id) n
    cross join lateral (
      select array_agg(lower(g.number)) as words from registration g where g.staff_id = e.staff_id) r
    cross join lateral (
      select array_agg('#' || lower(v.job_role)) filter (where v.job_role is not null) as words
      from assignment a join assignment_version v using (ods_code, esr_assignment_id)
      where a.ods_code = e.ods_code and a.esr_person_id = e.esr_person_id) o),
  known as (
    insert into search_word (word)
    select distinct name.word from fresh, unnest(names) as name (word)
    where length(name.word) between 3 and 40 and not exists (select from search_word k where k.word = name.word)
    on conflict do nothing),
  gone as (
    delete from search_entry x using due where x.ods_code = due.ods_code and x.esr_person_id = due.esr_person_id
      and not exists (select from employment e where e.ods_code = due.ods_code and e.esr_person_id = due.esr_person_id)),
  kept as (
    insert into search_entry as x (ods_code, esr_person_id, person_id, ends_on, sort_name, words)
    select ods_code, esr_person_id, person_id, ends_on, sort_name, words from fresh
    on conflict (ods_code, esr_person_id) do update set person_id = excluded.person_id, ends_on = excluded.ends_on,
      sort_name = excluded.sort_name, words = excluded.words
    where (x.person_id, x.ends_on, x.sort_name, x.words)
      is distinct from (excluded.person_id, excluded.ends_on, excluded.sort_name, excluded.words))
  select count(*) into taken from note;
  return taken;
end $$;

-- A query that finds what one word means: the word itself, or, `by_prefix`, whatever begins with it. A name with a hyphen or an
-- apostrophe is found written together or in parts, and an assignment number by the employee number in it.
create function word_query(chunk text, by_prefix boolean) returns tsquery language plpgsql immutable
  set search_path from current as $$
declare
  parts text[] := array(select part from regexp_split_to_table(chunk, '[^[:alnum:]\u0080-\uffff]+') part where part <> '');
  joined text := array_to_string(parts, '');
  suffix text := case when by_prefix then ':*' else '' end;
begin
  if joined = '' then return null; end if;
  if chunk ~ '^[0-9]{8}-[0-9]{1,2}$' then return quote_literal(parts[1])::tsquery; end if;
  -- Numbers are given whole.
  if joined ~ '[0-9]' then return quote_literal(joined)::tsquery; end if;
  if cardinality(parts) = 1 then return (quote_literal(joined) || suffix)::tsquery; end if;
  return (quote_literal(joined) || suffix)::tsquery
    || (select string_agg(quote_literal(part) || suffix, ' & ')::tsquery from unnest(parts) part);
end $$;

-- Known words that one may have meant, the likeliest first: close by trigrams, or with two letters the other way round.
create function similar_words(meant text, most integer) returns text[] language sql stable
  set search_path from current set pg_trgm.similarity_threshold = 0.25 as $$
  select array(
    select word from (
      select word, similarity(word, meant) + case when word = any (swapped) then 1 else 0 end as likeness
      from search_word, (select array(
        select left(meant, place - 1) || substr(meant, place + 1, 1) || substr(meant, place, 1) || substr(meant, place + 2)
        from generate_series(1, length(meant) - 1) place) as swapped) swaps
      where word % meant or word = any (swapped)) near
    order by likeness desc, word limit most)
$$;

-- A query for all of several words at once; each of them, or one of so many known words that are like it.
create function all_of(chunks text[], by_prefix boolean, likeliest integer default 0) returns tsquery language plpgsql stable
  set search_path from current as $$
declare
  sought tsquery;
  chunk text;
  word tsquery;
  near tsquery;
begin
  foreach chunk in array coalesce(chunks, '{}') loop
    word := word_query(chunk, by_prefix);
    if likeliest > 0 and chunk ~ '^[^0-9]{3,40}$' then
      near := (select string_agg(quote_literal(known), ' | ')::tsquery from unnest(similar_words(chunk, likeliest)) known);
      word := coalesce(word || near, word);
    end if;
    sought := coalesce(sought && word, word);
  end loop;
  return sought;
end $$;

-- The people that a query finds in an organisation (null for all), at most 201, in the order of their names. What begins with a
-- letter alone is not looked up in the index, where it would be a tenth of everybody: candidates are gone through for it.
create function search_tier(query tsquery, letters tsquery, organisation text, post text, today date) returns text[]
language sql stable set search_path from current set jit = off set enable_seqscan = off as $$
  select array(
    select person_id from (
      select e.person_id, min(e.sort_name) as sort_name from (
        select x.person_id, x.sort_name
        from search_entry x
        where x.words @@ query and (organisation is null or x.ods_code = organisation)
          and (letters is null or coalesce(x.words, '') @@ letters)
          and (x.ends_on is null or x.ends_on >= today)
          and (post is null or exists (
            select from assignment a join assignment_version v using (ods_code, esr_assignment_id)
            where a.ods_code = x.ods_code and a.esr_person_id = x.esr_person_id and lower(v.job_role) = post
              and v.effective_from <= today and (v.effective_to is null or v.effective_to >= today)
              and (v.end_date is null or v.end_date >= today)))
        limit 201) e
      group by e.person_id) people
    order by sort_name, person_id)
$$;

-- The people that whoever reads may see and whose words are those asked for, or begin with them, or, when there are none,
-- are like them: one page of their ids, and how many there are, 201 for more than 200. As its owner, because an index
-- cannot be used under a policy for matching words: so it looks at the reader's view itself.
create function search_staff(asked text, organisation text, post text, today date, skip integer, most integer)
returns table (ids text[], total integer) language plpgsql stable security definer set search_path from current as $$
declare
  chunks text[] := array(select chunk from regexp_split_to_table(fold_text(asked), '\s+') chunk where chunk ~ '[[:alnum:]\u0080-\uffff]');
  -- Beside whole words.
  letters tsquery := case when asked ~ '[[:alnum:]\u0080-\uffff]{2}' then (
    select all_of(array_agg(chunk), true) from unnest(chunks) chunk where length(chunk) = 1 and chunk ~ '[^0-9]') end;
  scope tsquery;
  everyone text[] := '{}';
  likeliest integer;
begin
  if letters is not null then
    chunks := array(select chunk from unnest(chunks) with ordinality word (chunk, place) where length(chunk) > 1 order by place);
  end if;
  if not reader_sees_everything() then
    if reader_ods_code() is null or organisation <> reader_ods_code() then return; end if;
    organisation := reader_ods_code();
  end if;
  post := lower(post);
  scope := nullif(concat_ws(' & ', quote_literal('@' || lower(organisation)), quote_literal('#' || post)), '')::tsquery;
  everyone := search_tier(coalesce(scope && all_of(chunks, false), scope, all_of(chunks, false)), letters, organisation, post, today);
  if cardinality(everyone) < 201 and cardinality(chunks) > 0 then
    everyone := everyone || array(
      select id from unnest(search_tier(coalesce(scope && all_of(chunks, true), all_of(chunks, true)), letters, organisation, post, today))
        with ordinality more (id, place)
      where id not in (select unnest(everyone)) order by place);
  end if;
  foreach likeliest in array array[3, 20] loop
    exit when cardinality(everyone) > 0 or cardinality(chunks) = 0;
    everyone := search_tier(coalesce(scope && all_of(chunks, true, likeliest), all_of(chunks, true, likeliest)), letters, organisation, post, today);
  end loop;
  ids := everyone[skip + 1 : least(skip + most, 200)];
  total := least(cardinality(everyone), 201);
  return next;
end $$;
revoke all on function search_staff(text, text, text, date, integer, integer) from public;
grant execute on function search_staff(text, text, text, date, integer, integer) to lanyard_esr_reader;
