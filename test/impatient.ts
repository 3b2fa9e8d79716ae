/**
 * Deadlines that begin from now on are a tenth of those of a server, for tests of what happens past one.
 *
 * @returns ends it: deadlines are as long as in all tests again (`patience.js`)
 */
export function impatient(): () => void {
  const before = process.env['LANYARD_PATIENCE'];
  process.env['LANYARD_PATIENCE'] = '0.1';
  return () => {
    process.env['LANYARD_PATIENCE'] = before;
  };
}
