/**
 * Tests wait for answers twenty times as long as a server would: a machine that runs them all at once is slow, and what
 * they are about is what happens. A test of a deadline sets this back to 1 for itself.
 */
process.env['LANYARD_PATIENCE'] ??= '20';
