/** Whether long tests run whole: `npm run test:faults` asks for it, everything else is content with a part. */
export const WHOLE = process.env['LANYARD_FAULTS'] === 'whole';
