/** A file that is written line by line, in bounded memory. */
import { open } from 'node:fs/promises';

/** How a file is written down. */
export interface LineFormat {
  readonly encoding: 'utf8' | 'latin1';
  readonly lineEnd: '\n' | '\r\n';
}

/** A file being written. */
export interface LineFile {
  readonly add: (line: string) => void;
  /** Resolves when what was added may be forgotten. Ask after every few lines. */
  readonly room: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const PORTION = 1 << 18;

/** Creates a file, in place of one with that name. */
export async function createLineFile(
  path: string,
  { encoding, lineEnd }: LineFormat = { encoding: 'utf8', lineEnd: '\n' },
): Promise<LineFile> {
  const file = await open(path, 'w');
  let portion = '';
  const flush = async (): Promise<void> => {
    const text = portion;
    portion = '';
    await file.writeFile(text, encoding);
  };
  return {
    add: (line) => {
      portion += line + lineEnd;
    },
    room: async () => {
      if (portion.length > PORTION) await flush();
    },
    close: async () => {
      if (portion !== '') await flush();
      await file.close();
    },
  };
}
