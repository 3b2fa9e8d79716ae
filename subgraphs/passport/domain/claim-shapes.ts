/** Shapes that claims of several kinds of credential share. Values are written strictly, whatever was read. */
import { z } from 'zod';

/** Text of one line. */
export const text = (longest = 200): z.ZodString =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u);

/** A day, `YYYY-MM-DD`. */
export const day = z.iso.date();

/** An organisation's ODS code (NHS Data Dictionary, organisation identifier). */
export const odsCode = z.string().regex(/^[A-Z0-9]{3,8}$/);

/** An ESR assignment number: eight digits, and a suffix for the second and later posts. */
export const assignmentNumber = z.string().regex(/^\d{8}(-\d{1,2})?$/);

/** The number of a DBS certificate. */
export const dbsCertificateNumber = z.string().regex(/^\d{12}$/);

/** The number of a body that is registered with the DBS. */
export const dbsRegisteredBodyNumber = z.string().regex(/^\d{11}$/);

/** A code of the immunisation lists, such as `HEPB001`. */
export const immunisationCode = z.string().regex(/^[A-Z]{2,6}\d{3}$/);

/** A reference of a trust's own: letters, digits and a few signs between them. */
export const reference = z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9 ./_-]{0,62}[A-Za-z0-9])?$/);
