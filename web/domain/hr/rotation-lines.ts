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
  for (const [index, [reference = '', startsOn = '']] of rowsOf(text).entries()) {
    if (index === 0 && headings.includes(reference)) continue;
    const given = { line: index + 1, reference, startsOn };
    (shape.safeParse(given).success ? right : wrong).push(given);
  }
  return { right, wrong };
}

function rowsOf(text: string): readonly (readonly string[])[] {
  try {
    return parse(text, {
      bom: true,
      relaxColumnCount: true,
      relaxQuotes: true,
      skipEmptyLines: true,
      trim: true,
    });
  } catch {
    // A quotation mark that is never closed: every line is looked at as it is.
    return text.split(/\r?\n/).map((line) => [line.trim()]);
  }
}
