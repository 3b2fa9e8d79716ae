/** Lines of a list of people to ask: a reference, and the day on which somebody starts. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** A line as it was given. */
export interface GivenLine {
  /** Counted from 1, a heading too. */
  readonly line: number;
  readonly reference: string;
  readonly startsOn: string;
}

const shape = z.object({
  reference: z.string().min(1).max(60),
  startsOn: z.union([z.literal(''), z.iso.date()]),
});

/**
 * Reads comma-separated values.
 *
 * @param headings first cells of a first line that is not one of the people
 */
export function rotationLines(
  text: string,
  headings: readonly string[],
): { readonly right: readonly GivenLine[]; readonly wrong: readonly GivenLine[] } {
  const right: GivenLine[] = [];
  const wrong: GivenLine[] = [];
  for (const {
    line,
    cells: [reference = '', startsOn = ''],
  } of rowsOf(text)) {
    if (line === 1 && headings.includes(reference)) continue;
    const given = { line, reference, startsOn };
    (shape.safeParse(given).success ? right : wrong).push(given);
  }
  return { right, wrong };
}

/** A line that is not empty. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(text: string): readonly Row[] {
  try {
    const rows = parse(text, {
      bom: true,
      info: true,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
      trim: true,
    }) as unknown as readonly { readonly record: string[]; readonly info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    // A quotation mark that is never closed: every line is looked at as it is.
    return text
      .split(/\r?\n/)
      .map((line, index) => ({ line: index + 1, cells: [line.trim()] }))
      .filter(({ cells: [only] }) => only !== '');
  }
}
