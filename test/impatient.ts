import { setPatience } from '../runtime/config.ts';

/**
 * Deadlines that begin from now on are a part of those of a server, for tests of what happens past one.
 *
 * @param part a tenth; more where something has to be done in time
 * @returns ends it: deadlines are as long as in all tests again (`patience.js`)
 */
export function impatient(part = 0.1): () => void {
  const before = setPatience(part);
  return () => {
    setPatience(before);
  };
}
