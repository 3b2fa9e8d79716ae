/** Reading a person's record through the graph, as any client would: one door, one set of rules, one log. */
import { z } from 'zod';

import type { AskGraph } from '../../../runtime/graph-client.ts';
import type { VerifiedRecords } from '../domain/ports/records.ts';
import type { VerifiedRecord } from '../domain/verified-record.ts';

/** A part of the record is missing because its source did not answer. */
export class RecordUnavailable extends Error {
  override readonly name = 'RecordUnavailable';
  readonly code = 'unavailable';
}

const DOCUMENT = `query VerifiedRecord($id: ID!) {
  staff(by: { id: $id }) {
    id
    name { given family }
    birthDate
    employments(activeOnly: false) { employer { odsCode name } personType hireDate terminationDate }
    assignments {
      assignmentNumber employer { odsCode } primary positionTitle jobRole staffGroup grade startDate endDate
    }
    registrations { body number status type expiresOn lastCheckedAt }
    competences { framework subject level awardedBy { odsCode } awardedOn expiresOn }
    mailboxes { mail organisation { odsCode } }
  }
}`;

/** Text; empty and null read the same. */
const text = z
  .string()
  .nullish()
  .transform((value) => (value == null || value.trim() === '' ? undefined : value));
const organisation = z.object({ odsCode: z.string() });

const employment = z
  .object({
    employer: organisation.extend({ name: text }),
    personType: text,
    hireDate: text,
    terminationDate: text,
  })
  .transform(({ employer, ...rest }) => ({
    odsCode: employer.odsCode,
    employerName: employer.name,
    ...rest,
  }));

const assignment = z
  .object({
    assignmentNumber: z.string(),
    employer: organisation,
    primary: z.boolean(),
    positionTitle: text,
    jobRole: text,
    staffGroup: text,
    grade: text,
    startDate: text,
    endDate: text,
  })
  .transform(({ employer, ...rest }) => ({ odsCode: employer.odsCode, ...rest }));

const competence = z
  .object({
    framework: z.string(),
    subject: z.string(),
    level: text,
    awardedBy: organisation,
    awardedOn: z.string(),
    expiresOn: text,
  })
  .transform(({ awardedBy, ...rest }) => ({ awardedBy: awardedBy.odsCode, ...rest }));

const registration = z.object({
  body: z.string(),
  number: z.string(),
  status: z.string(),
  type: text,
  expiresOn: text,
  lastCheckedAt: text,
});

const mailbox = z
  .object({ mail: z.string(), organisation: organisation.nullish() })
  .transform((one) => ({ mail: one.mail, odsCode: one.organisation?.odsCode }));

const shape = z.object({
  staff: z
    .object({
      id: z.string(),
      name: z.object({ given: text, family: z.string() }).nullish(),
      birthDate: text,
      employments: z.array(employment).nullish(),
      assignments: z.array(assignment).nullish(),
      registrations: z.array(registration).nullish(),
      competences: z.array(competence).nullish(),
      mailboxes: z.array(mailbox).nullish(),
    })
    .nullish(),
});

/** Records read through the graph. */
export function graphVerifiedRecords(ask: AskGraph): VerifiedRecords {
  return {
    async find(staffId, requestId) {
      const { staff } = await ask({
        document: DOCUMENT,
        variables: { id: staffId },
        purpose: 'CREDENTIAL_ISSUE',
        shape,
        requestId,
      });
      if (staff == null) return undefined;
      const record: VerifiedRecord = {
        staffId,
        name: staff.name ?? undefined,
        birthDate: staff.birthDate,
        employments: whole(staff.employments),
        assignments: whole(staff.assignments),
        registrations: whole(staff.registrations),
        competences: whole(staff.competences),
        mailboxes: whole(staff.mailboxes),
      };
      if (staff.id !== staffId) throw new RecordUnavailable('the graph answered another person');
      return record;
    },
  };
}

/** An absent list is not an empty one: nothing is decided on half a record. */
function whole<Part>(list: readonly Part[] | null | undefined): readonly Part[] {
  if (list == null) throw new RecordUnavailable('a part of the record is missing');
  return list;
}
