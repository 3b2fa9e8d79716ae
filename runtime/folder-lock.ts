/**
 * A lock on a folder, held by a live process and let go when it ends, however it ends.
 * The lock is the operating system's: an exclusive SQLite transaction on a file in the folder.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has the folder. */
export class FolderLocked extends Error {
  override readonly name = 'FolderLocked';
  readonly code = 'folder_locked';
}

/**
 * Takes the folder for this process. The returned function lets it go.
 *
 * @throws {FolderLocked} when another live process has it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (cause) {
    lock.close();
    throw new FolderLocked(
      'The data folder is in use by another Lanyard process. Stop that one first, or choose another folder with LANYARD_DATA.',
      { cause },
    );
  }
  return () => {
    lock.close();
  };
}
