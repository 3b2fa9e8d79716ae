/** The load: one question, asked over and over on a few connections. */
import autocannon from 'autocannon';

/** HR's question: four sources in one query. */
const QUESTION = `query StaffMember($odsCode: ID!, $employeeNumber: String!) {
  staff(by: { employee: { odsCode: $odsCode, employeeNumber: $employeeNumber } }) {
    name { given family }
    registrations { body number status }
    mailboxes { mail }
    passport { status }
  }
}`;

/** What the question needs. */
export interface Load {
  readonly url: string;
  readonly token: string;
  readonly variables: { readonly odsCode: string; readonly employeeNumber: string };
  /** How long, in seconds. */
  readonly seconds: number;
}

/** Connections at a time. */
const CONNECTIONS = 20;

/** Asks once and makes sure that the answer is one. */
async function askOnce(load: Load): Promise<unknown> {
  const { method, headers, body } = request(load);
  const answer = await fetch(load.url, { method, headers, body });
  const { data, errors } = (await answer.json()) as {
    data?: { staff?: unknown };
    errors?: unknown;
  };
  if (errors !== undefined || data?.staff == null) {
    throw new Error(
      `the graph answered ${String(answer.status)} ${JSON.stringify(errors ?? data)}`,
    );
  }
  return data.staff;
}

/** Asks for some seconds. An answer that differs from the first, or is an error, ends the measurement. */
export async function askForSeconds(load: Load): Promise<autocannon.Result> {
  const expected = `${JSON.stringify({ data: { staff: await askOnce(load) } })}\n`;
  const result = await autocannon({
    url: load.url,
    connections: CONNECTIONS,
    duration: load.seconds,
    ...request(load),
    verifyBody: (body) => String(body) === expected,
  });
  if (result.non2xx + result.errors + result.timeouts + result.mismatches > 0) {
    throw new Error(
      `not every answer was right: ${JSON.stringify({ ...pick(result), answered: result['2xx'] })}`,
    );
  }
  return result;
}

const pick = ({ non2xx, errors, timeouts, mismatches }: autocannon.Result) => ({
  non2xx,
  errors,
  timeouts,
  mismatches,
});

function request({ token, variables }: Load) {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'lanyard-purpose': 'HR_ADMINISTRATION',
    },
    body: JSON.stringify({ query: QUESTION, variables }),
  } as const;
}
