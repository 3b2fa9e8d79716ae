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
  how: 'How to see it',
  shows: 'What the API says',
  scenarioRows: [
    {
      name: 'Valid',
      how: 'As the nurse of RZ1, add what is ready; then read the passport as RZ1.',
      shows: 'Credential.state is ACTIVE',
    },
    {
      name: 'Paused',
      how: 'As an administrator of RZ1, credentialSuspend.',
      shows: 'Credential.state is SUSPENDED, and a check says so',
    },
    {
      name: 'Stopped',
      how: 'As an administrator of RZ1, credentialRevoke, confirmed with a passkey.',
      shows: 'Credential.state is REVOKED for good',
    },
    {
      name: 'Left',
      how: 'Read the person whose story is leaver-still-active.',
      shows: 'The employment has an end',
    },
    {
      name: 'Suspended registration',
      how: 'Read the person whose story is suspended-nurse.',
      shows: 'ProfessionalRegistration.status is SUSPENDED',
    },
    {
      name: 'Not yours',
      how: 'Ask as RZ2 for somebody who works at RZ1 alone.',
      shows: 'staff is null, as for somebody who does not exist',
    },
    {
      name: 'No purpose',
      how: 'Leave out the header Lanyard-Purpose.',
      shows: 'PURPOSE_REQUIRED',
    },
  ],
  notYet:
    'Not to be had by a switch here: a slow or absent ESR or NHSmail, an unverified issuer, and a credential that has run out. Our own tests make them.',
} as const;

/** What each invented person is there for, by their story; one without words is spelled out. */
export const storyWords = (story: string): string => {
  const words = story.replaceAll('-', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};
