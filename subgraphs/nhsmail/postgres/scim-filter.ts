/** SCIM filters as conditions on the column `folded`. Names come from the schemas, values are parameters. */
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';

import type { AttributePath } from '../../../standards/scim/attribute-path.ts';
import type { Comparison, ScimFilter } from '../../../standards/scim/filter.ts';

type Json = RawBuilder<unknown>;

/** The condition under which a row matches; null where a value that is compared is not there. */
export function filterCondition(
  filter: ScimFilter,
  document: Json = sql`scim_user.folded`,
): Expression<SqlBool> {
  switch (filter.kind) {
    case 'and':
      return joined(filter.filters, document, sql` and `);
    case 'or':
      return joined(filter.filters, document, sql` or `);
    case 'not':
      return sql`not coalesce(${filterCondition(filter.filter, document)}, false)`;
    case 'present':
      return anyValue(filter.path, document, (value) => sql`${value} is not null`);
    case 'value':
      return anyItem(filter.path, document, (item) => filterCondition(filter.filter, item));
    case 'compare': {
      const { comparison, value } = filter;
      return anyValue(filter.path, document, (held) => compared(held, comparison, String(value)));
    }
  }
}

/** The value that rows are sorted by: of several the primary one, or the first (RFC 7644, section 3.4.2.3). */
export function sortExpression(path: AttributePath): Json {
  const member = memberOf(path, sql`scim_user.folded`);
  const { attribute, subAttribute } = path;
  const name = subAttribute?.name ?? (attribute.type === 'complex' ? 'value' : undefined);
  if (attribute.multiValued !== true) {
    return sql`(${name === undefined ? textOf(member) : part(member, name)}) collate "C"`;
  }
  const item = (one: Json): Json => (name === undefined ? textOf(one) : part(one, name));
  return sql`(
    select ${item(sql`item.value`)} from jsonb_array_elements(${member}) with ordinality as item (value, place)
    order by (item.value ->> 'primary') is not distinct from 'true' desc, item.place limit 1
  ) collate "C"`;
}

const joined = (
  filters: readonly ScimFilter[],
  document: Json,
  word: RawBuilder<unknown>,
): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.join(
    filters.map((filter) => filterCondition(filter, document)),
    word,
  )})`;

/** Whether a condition holds for one of the values of an attribute. */
function anyValue(
  path: AttributePath,
  document: Json,
  condition: (value: Json) => Expression<SqlBool>,
): Expression<SqlBool> {
  const { attribute, subAttribute } = path;
  const valueOf = (item: Json): Json =>
    subAttribute === undefined ? textOf(item) : part(item, subAttribute.name);
  if (attribute.multiValued === true) {
    return anyItem(path, document, (item) => condition(valueOf(item)));
  }
  // Without the steps between, so that an index on a name is of use.
  const name = attribute.name;
  const value =
    subAttribute === undefined && path.extension === undefined
      ? part(document, name)
      : valueOf(memberOf(path, document));
  return condition(value);
}

function anyItem(
  path: AttributePath,
  document: Json,
  condition: (item: Json) => Expression<SqlBool>,
): Expression<SqlBool> {
  const member = memberOf(path, document);
  const items = path.attribute.multiValued === true ? member : sql`jsonb_build_array(${member})`;
  return sql`exists (
    select from jsonb_array_elements(${items}) as item where ${condition(sql`item.value`)})`;
}

const memberOf = ({ extension, attribute }: AttributePath, document: Json): Json =>
  extension === undefined
    ? sql`${document} -> ${sql.lit(attribute.name)}`
    : sql`${document} -> ${sql.lit(extension.id)} -> ${sql.lit(attribute.name)}`;

const part = (document: Json, name: string): Json => sql`${document} ->> ${sql.lit(name)}`;
const textOf = (value: Json): Json => sql`${value} #>> '{}'`;

function compared(held: Json, comparison: Comparison, value: string): Expression<SqlBool> {
  switch (comparison) {
    case 'eq':
      return sql`${held} = ${value}`;
    case 'co':
      return sql`strpos(${held}, ${value}) > 0`;
    case 'sw':
      return sql`starts_with(${held}, ${value})`;
    case 'ew':
      return sql`right(${held}, length(${value}::text)) = ${value}`;
    case 'gt':
      return sql`(${held}) collate "C" > ${value}`;
    case 'ge':
      return sql`(${held}) collate "C" >= ${value}`;
    case 'lt':
      return sql`(${held}) collate "C" < ${value}`;
    case 'le':
      return sql`(${held}) collate "C" <= ${value}`;
  }
}
