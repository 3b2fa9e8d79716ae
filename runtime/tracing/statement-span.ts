/** Statements as spans (OpenTelemetry semantic conventions, database client), without their text or their values. */
import type { SpanStart } from './tracer.ts';
import { withinSpan } from './within-span.ts';

/** The first word of a statement, comments and what it prepares aside, and the first table that it names. */
const OPERATION = /^(?:\s|\/\*[^*]*\*\/)*(?<operation>[a-z]+)\b/i;
const TABLE =
  /\b(?:from|into|update|join)\s+(?:only\s+)?"?(?<schema>[a-z_]\w*)"?\."?(?<table>[a-z_]\w*)"?/i;
/** How much of a statement is looked at, in characters. */
const LOOKED_AT = 4_000;

/** Runs a statement as a span. */
export const withinStatement = <Result>(
  statement: string,
  run: () => Promise<Result>,
): Promise<Result> => withinSpan(() => describe(statement), run);

function describe(statement: string): SpanStart {
  const text = statement.slice(0, LOOKED_AT);
  const operation = OPERATION.exec(text)?.groups?.['operation']?.toUpperCase() ?? 'OTHER';
  const { schema, table } = TABLE.exec(text)?.groups ?? {};
  const name = table === undefined ? operation : `${operation} ${String(schema)}.${table}`;
  return {
    name,
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      'db.query.summary': name,
      ...(table === undefined ? {} : { 'db.collection.name': table }),
    },
  };
}
