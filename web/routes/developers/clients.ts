/** Clients of an organisation: registering one, looking at it, stopping it, and testing a key. */
import { z } from 'zod';

import { readPublicKeys } from '../../domain/developers/public-keys.ts';
import { testAssertion } from '../../domain/developers/test-assertion.ts';
import { dayWords, momentWords } from '../../words/dates.ts';
import { DEVELOPERS, SCOPE_WORDS } from '../../words/developers/api.ts';
import {
  CHECK_NAMES,
  CLIENT,
  CLIENTS,
  FAULT_WORDS,
  KEY_FAULTS,
  REGISTER,
  TEST_KEY,
} from '../../words/developers/clients.ts';
import {
  action,
  definePage,
  goTo,
  invalid,
  notFound,
  type Shown,
  view,
  type Visit,
} from '../page.ts';

const PATH = '/developers/clients';
const API = '/administration/clients';
const roles = ['ADMINISTRATOR'] as const;
const { back } = DEVELOPERS;
const backToClients = { href: PATH, text: CLIENTS.title } as const;

const client = z.object({
  clientId: z.string(),
  name: z.string(),
  jwksUri: z.string().optional(),
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).optional(),
  algorithm: z.string(),
  scopes: z.array(z.string()),
  status: z.enum(['ACTIVE', 'STOPPED']),
});
const clients = z.object({ clients: z.array(client) });
const log = z.object({
  entries: z.array(z.object({ at: z.string(), fault: z.string(), detail: z.string() })),
});
const refused = z.object({ fields: z.array(z.string()).default([]) });

type Client = z.infer<typeof client>;

const statusOf = ({ status }: Client) =>
  status === 'ACTIVE'
    ? { text: CLIENTS.active, classes: 'nhsuk-tag--green' }
    : { text: CLIENTS.stopped, classes: 'nhsuk-tag--grey' };

const addressOf = (id: string): string => `${API}/${encodeURIComponent(id)}`;

async function findClient({ administration }: Visit, id: string): Promise<Client | undefined> {
  const { status, body } = await administration('GET', addressOf(id));
  return status === 200 ? client.parse(body) : undefined;
}

/** The organisation's clients. */
export const clientsPage = definePage({
  path: PATH,
  roles,
  entry: PATH,
  show: async ({ administration }) => {
    const { status, body } = await administration('GET', API);
    if (status !== 200) return notFound;
    return view('developers/clients.njk', {
      title: CLIENTS.title,
      back,
      developer: CLIENTS,
      clients: clients.parse(body).clients.map((one) => ({ ...one, tag: statusOf(one) })),
    });
  },
});

const OFFERED_SCOPES = ['hr:read', 'passport:read', 'passport:offer', 'passport:verify'] as const;
/** Fields of the form, by the member that the server names. */
const FIELDS: Readonly<Record<string, string>> = {
  clientId: 'clientId',
  name: 'name',
  jwks: 'keys',
  jwksUri: 'keys',
  algorithm: 'algorithm',
  scopes: 'scopes',
};

/** The form to register one. */
export const registerClientPage = definePage({
  path: `${PATH}/new`,
  roles,
  entry: PATH,
  show: ({ form }) =>
    Promise.resolve(
      view('developers/register.njk', {
        title: REGISTER.title,
        back: backToClients,
        developer: REGISTER,
        algorithms: Object.entries(REGISTER.algorithms).map(([value, text]) => ({ value, text })),
        scopes: OFFERED_SCOPES.map((value) => ({ value, text: SCOPE_WORDS[value]?.text ?? value })),
        chosenScopes: form.values['scopes'] ?? OFFERED_SCOPES,
      }),
    ),
  actions: {
    send: action(
      z.object({
        clientId: z
          .string()
          .trim()
          .regex(/^[a-z0-9][a-z0-9-]{2,63}$/, REGISTER.clientIdWrong),
        name: z.string().trim().min(1, REGISTER.nameMissing).max(100, REGISTER.nameMissing),
        keys: z.string().trim().min(1, KEY_FAULTS.unreadable),
        algorithm: z.enum(['ES256', 'PS256', 'RS512'], { error: REGISTER.algorithmMissing }),
        scopes: z.preprocess(
          (given) => (typeof given === 'string' ? [given] : given),
          z
            .array(z.enum(OFFERED_SCOPES), { error: REGISTER.scopesMissing })
            .min(1, REGISTER.scopesMissing),
        ),
      }),
      async (visit, { keys: pasted, ...given }): Promise<Shown> => {
        const keys = readPublicKeys(pasted);
        if (keys.kind === 'fault') return invalid({ field: 'keys', text: KEY_FAULTS[keys.fault] });
        const body = {
          ...given,
          ...(keys.kind === 'address' ? { jwksUri: keys.address } : { jwks: { keys: keys.keys } }),
        };
        const { status, body: answer } = await visit.administration('POST', API, body);
        if (status === 201) {
          return goTo(`${PATH}/${given.clientId}`, {
            kind: 'success',
            text: REGISTER.done(given.name),
          });
        }
        const { fields } = refused.catch({ fields: [] }).parse(answer);
        const [member = ''] = fields;
        return invalid({
          field: FIELDS[member.split('.')[0] ?? ''] ?? 'clientId',
          text: REGISTER.refused(member),
        });
      },
    ),
  },
});

/** One client. */
export const clientPage = definePage({
  path: `${PATH}/:id`,
  roles,
  entry: PATH,
  show: async (visit) => {
    const id = visit.params['id'] ?? '';
    const found = await findClient(visit, id);
    if (found === undefined) return notFound;
    const [{ status, body }, usage] = await Promise.all([
      visit.administration('GET', `${addressOf(id)}/log`),
      visit.usageOf(id),
    ]);
    const entries = status === 200 ? log.parse(body).entries : [];
    const now = new Date();
    return view('developers/client.njk', {
      title: found.name,
      back: backToClients,
      developer: CLIENT,
      client: found,
      statusName: CLIENTS.status,
      idName: CLIENTS.id,
      standing: statusOf(found),
      keyIds: found.jwks?.keys.map(({ kid }) => String(kid)) ?? [],
      token: `${visit.service.issuer}/oauth/token`,
      issuer: visit.service.issuer,
      entries: entries.map((entry) => ({ ...entry, when: momentWords(entry.at, now) })),
      usage:
        usage === undefined
          ? undefined
          : {
              limits: CLIENT.limits(usage.limits.perSecond, usage.limits.perDay),
              now: usage.now.map(({ limit, windowSeconds, left, resetSeconds }) => [
                { text: CLIENT.window(windowSeconds) },
                { text: limit.toLocaleString('en-GB'), format: 'numeric' },
                { text: left.toLocaleString('en-GB'), format: 'numeric' },
                { text: CLIENT.inSeconds(resetSeconds), format: 'numeric' },
              ]),
              rows: usage.days.map(({ day, requests, refused }) => [
                { text: dayWords(day) },
                { text: requests.toLocaleString('en-GB'), format: 'numeric' },
                { text: refused.toLocaleString('en-GB'), format: 'numeric' },
              ]),
            },
      isActive: found.status === 'ACTIVE',
    });
  },
  actions: {
    stop: action(
      z.object({ sure: z.literal('yes', { error: CLIENT.stopMissing }) }),
      async (visit) => {
        const id = visit.params['id'] ?? '';
        const { status } = await visit.administration('POST', `${addressOf(id)}/stop`, {});
        return status === 200
          ? goTo(`${PATH}/${id}`, { kind: 'success', text: CLIENT.stoppedNotice })
          : notFound;
      },
    ),
  },
});

/** Holds a pasted assertion against keys: those of a registered client, or pasted ones. Keeps neither. */
export const testKeyPage = definePage({
  path: '/developers/test-key',
  roles: ['STAFF', 'HR_OFFICER', 'ADMINISTRATOR'],
  entry: PATH,
  query: z.object({ client: z.string().max(64) }).partial(),
  show: async (visit) => testKeyView(visit as Visit, await registeredFor(visit as Visit)),
  actions: {
    send: action(
      z.object({
        keys: z.string().optional(),
        assertion: z.string().trim().min(1, TEST_KEY.assertionMissing),
      }),
      async (visit, { keys: pasted = '', assertion }): Promise<Shown> => {
        const registered = await registeredFor(visit);
        const keys = readPublicKeys(
          registered?.jwks === undefined ? pasted : JSON.stringify(registered.jwks),
        );
        if (keys.kind !== 'keys') {
          const fault = keys.kind === 'address' ? 'address' : keys.fault;
          return invalid({ field: 'keys', text: KEY_FAULTS[fault] });
        }
        const { issuer } = visit.service;
        const results = testAssertion(assertion, {
          keys: keys.keys,
          algorithm: registered?.algorithm,
          clientId: registered?.clientId,
          issuer,
          now: new Date(),
        });
        const wrong = results.filter(({ outcome }) => outcome === 'wrong').length;
        return testKeyView(visit, registered, {
          pasted,
          assertion,
          title: wrong === 0 ? TEST_KEY.good : TEST_KEY.bad(wrong),
          isGood: wrong === 0,
          results: results.map(({ check, outcome, fault, found }) => ({
            name: CHECK_NAMES[check],
            tag: { text: TEST_KEY.outcomes[outcome], classes: OUTCOME_TAGS[outcome] },
            text: fault === undefined ? undefined : FAULT_WORDS[fault]?.(issuer),
            found,
          })),
        });
      },
    ),
  },
});

const OUTCOME_TAGS = {
  right: 'nhsuk-tag--green',
  wrong: 'nhsuk-tag--red',
  unknown: 'nhsuk-tag--grey',
} as const;

/** The client that the address names, for those who may see it. */
async function registeredFor(visit: Visit): Promise<Client | undefined> {
  const { client: id } = visit.query as { readonly client?: string };
  return id === undefined || visit.person.role !== 'ADMINISTRATOR'
    ? undefined
    : findClient(visit, id);
}

const testKeyView = (visit: Visit, registered: Client | undefined, tested?: object): Shown =>
  view('developers/test-key.njk', {
    title: TEST_KEY.title,
    back:
      registered === undefined
        ? back
        : { href: `${PATH}/${registered.clientId}`, text: registered.name },
    developer: TEST_KEY,
    tested,
    needsKeys: registered?.jwks === undefined,
    about:
      registered === undefined
        ? undefined
        : registered.jwks === undefined
          ? TEST_KEY.elsewhere
          : TEST_KEY.registered(registered.name),
    issuer: visit.service.issuer,
  });
