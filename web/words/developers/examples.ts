/** Words of examples and test data. */

/** The examples. */
export const EXAMPLES = {
  title: 'Examples',
  lede: 'Each of these files runs as it stands, and our tests run them against the whole system. Set what the environment is to say, and the first answer comes.',
  before: 'Before you begin',
  beforeText:
    'Make a key, and have an administrator register your client with its public half. The page of the client then shows its key id.',
  register: 'Register a client',
  run: 'How to run it',
  all: [
    {
      file: 'first-answer.sh',
      heading: 'curl',
      text: 'With openssl and curl. The client is registered for RS512.',
    },
    {
      file: 'first-answer.ts',
      heading: 'TypeScript',
      text: 'Without a library, on Node 22.18 or later. The client is registered for ES256.',
    },
    {
      file: 'scenario.ts',
      heading: 'TypeScript: a passport that is checked',
      text: 'As an HR system and a wallet in one. SCENARIO says whether the passport is good, has expired, or is of an unverified issuer. The client is registered for ES256, with every scope.',
    },
  ],
  answer: 'What comes back',
  wrong: 'If no token comes, test your key:',
  test: 'Test your key',
} as const;

/** Test people and scenarios. */
export const TEST_DATA = {
  title: 'Test people and scenarios',
  lede: 'Everybody is invented. Names, numbers and addresses are from reserved ranges.',
  nobody: 'This system has no invented people: they come with a demonstration alone.',
  people: 'People',
  at: 'Organisation',
  employeeNumber: 'Employee number',
  registration: 'Registration',
  scenarios: 'Scenarios',
  example: 'The example scenario.ts',
  how: 'How to see it',
  comes: 'What comes back',
  where: 'Where',
  scenarioRows: [
    {
      name: 'Valid',
      how: 'Run the example scenario.ts with SCENARIO=valid, for an employee of your organisation.',
      where: 'presentationVerify: outcome',
      comes: ['VALID'],
    },
    {
      name: 'Expired',
      how: 'Run scenario.ts with SCENARIO=expired for employee 90000025 of RZ1. What is issued to this person counts for a minute alone; the example waits until it has passed.',
      where: 'presentationVerify: outcome, and the code of the check that failed',
      comes: ['EXPIRED', 'expired'],
    },
    {
      name: 'Unverified issuer',
      how: 'Run scenario.ts with SCENARIO=unverified-issuer. It has the passport signed by an organisation that is not in the register.',
      where: 'presentationVerify: outcome, and the code of the check that failed',
      comes: ['INVALID', 'issuer_key_unknown'],
    },
    {
      name: 'Paused',
      how: 'As an administrator of RZ1, pause a passport: credentialSuspend. Then check it.',
      where: 'presentationVerify: outcome, and the code of the check that failed',
      comes: ['SUSPENDED', 'status_suspended'],
    },
    {
      name: 'Stopped',
      how: 'As an administrator of RZ1, stop it for good: credentialRevoke, confirmed with a passkey. Then check it.',
      where: 'presentationVerify: outcome, and the code of the check that failed',
      comes: ['REVOKED', 'status_revoked'],
    },
    {
      name: 'Slow ESR',
      how: 'Send the header Lanyard-Scenario: esr-slow with any request. ESR does not answer this request in time, and everybody else’s as always.',
      where: 'errors: extensions.code and extensions.source; what other sources answered is there',
      comes: ['SERVICE_UNAVAILABLE', 'esr'],
    },
    {
      name: 'NHSmail down',
      how: 'Send the header Lanyard-Scenario: nhsmail-away with a request for mailboxes.',
      where: 'errors: extensions.code and extensions.source; what other sources answered is there',
      comes: ['SERVICE_UNAVAILABLE', 'nhsmail'],
    },
    {
      name: 'Left',
      how: 'As RZ1, read employments of employee 90000038, whose story is bank post after leaving.',
      where: 'terminationDate and leavingReason',
      comes: ['2026-08-31', 'Retirement Age'],
    },
    {
      name: 'Suspended registration',
      how: 'As RZ2, read registrations of employee 90000039, whose story is suspended nurse.',
      where: 'registrations: status',
      comes: ['SUSPENDED'],
    },
    {
      name: 'Not yours',
      how: 'As RZ2, ask for employee 90000017, who works at RZ1 alone.',
      where: 'staff, as for somebody who does not exist',
      comes: ['null'],
    },
    {
      name: 'No purpose',
      how: 'Leave out the header Lanyard-Purpose.',
      where: 'errors: extensions.code',
      comes: ['PURPOSE_REQUIRED'],
    },
  ],
  only: 'The header Lanyard-Scenario and the person whose passport expires are in development alone. Elsewhere a request with the header is refused with 400 and INVALID_VALUE.',
} as const;

/** What each invented person is there for, by their story; one without words is spelled out. */
export const storyWords = (story: string): string => {
  const words = story.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};
