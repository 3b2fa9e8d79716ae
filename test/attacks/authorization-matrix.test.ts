/**
 * The caller's statement on every path of every subgraph; then every field of the graph, for every role in every relation to one person: by every root field, by `_entities` at the
 * subgraphs themselves, on nested paths, in errors and in counts. What may be seen is in `authorization-table.ts`.
 */
import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  buildSchema,
  getNamedType,
  type GraphQLObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import type { SubgraphName } from '../../gateway/context.ts';
import { readRequirements } from '../../gateway/authorization/requirements.ts';
import {
  grantedScopes,
  HR_SYSTEM_SCOPES,
  PERSON_SCOPES,
  SERVICE_SCOPES,
} from '../../identity/domain/roles.ts';
import { type Caller, CALLER_HEADER, signCallerStatement } from '../../runtime/caller-statement.ts';
import { type PrivateJwk, signerOf } from '../../runtime/jwk-settings.ts';
import { NOW, token } from '../unit/gateway/test-graph.ts';
import { newPrivateJwk } from '../unit/subgraphs/passport/passport-bench.ts';
import {
  BEHIND_THE_GATEWAY,
  FIELDS,
  MAY_CHANGE,
  MAY_SEE,
  type Role,
  ROLES,
} from './authorization-table.ts';
import { HR_SYSTEM, startGraphWorld, type WorldAnswer } from './graph-world.ts';
import {
  anyValue,
  coordinatesOf,
  everything,
  findIn,
  select,
  type Selected,
  sizeOf,
  split,
  textOf,
} from './operations-over-schema.ts';

const schemaOf = (name: string) =>
  buildSchema(
    readRequirements(readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8'))
      .sdl,
    { assumeValidSDL: true },
  );
const schema = schemaOf('supergraph');
const objectType = (name: string): GraphQLObjectType => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`no type ${name}`);
  return type;
};
const query = objectType('Query');
const mutation = objectType('Mutation');

/** The table by coordinate. */
const kinds = new Map(
  Object.entries(FIELDS).flatMap(([kind, text]) =>
    text.split(';').flatMap((part) =>
      part
        .split(/\n(?=\s*[A-Z]\w*:)/)
        .filter((line) => line.trim() !== '')
        .flatMap((line) => {
          const [type = '', names = ''] = line.split(':');
          return names
            .trim()
            .split(/\s+/)
            .map((name): [string, string] => [`${type.trim()}.${name}`, kind]);
        }),
    ),
  ),
);
const changes = new Map(
  MAY_CHANGE.flatMap(([roles, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map((name) => [name, roles] as const),
  ),
);

/** A caller: a role in a relation to the person. */
interface Asker {
  readonly role: Role;
  readonly relation: string;
  /** As the table names it. */
  readonly name: string;
  readonly token: string | undefined;
  readonly caller: Caller | undefined;
}

const ORGANISATIONS: Readonly<Record<string, string | undefined>> = {
  own: 'RZ1',
  former: 'RZ2',
  other: 'RZ9',
};
const SERVICE = '-service';
const isOfService = (role: Role): boolean => role.endsWith(SERVICE);

let world: Awaited<ReturnType<typeof startGraphWorld>>;
let askers: readonly Asker[];

async function askerOf(role: Role, relation: string): Promise<Asker> {
  const isService = isOfService(role);
  const name = isService || role === 'nobody' ? role : `${role} ${relation}`;
  if (role === 'nobody') return { role, relation, name, token: undefined, caller: undefined };
  const service = `lanyard-${role.replace(SERVICE, '')}` as keyof typeof SERVICE_SCOPES;
  const scopes: Readonly<Record<string, () => readonly string[]>> = {
    'signed-in': () => [],
    staff: () => grantedScopes(PERSON_SCOPES, 'STAFF'),
    hr: () => grantedScopes(PERSON_SCOPES, 'HR_OFFICER'),
    administrator: () => grantedScopes(PERSON_SCOPES, 'ADMINISTRATOR'),
    system: () => HR_SYSTEM_SCOPES,
  };
  const isMachine = isService || role === 'system';
  const machine = isService ? service : relation === 'own' ? HR_SYSTEM : `hr-${relation}`;
  const { siobhan: own, ana: former, tom: other } = world.ids;
  const people: Readonly<Record<string, string>> = { own, former, other };
  const person =
    (role === 'staff' ? people[relation] : undefined) ??
    `stf_${`${role}${relation}`.replaceAll(/\W/g, '').padEnd(22, '0').slice(0, 22)}`;
  const odsCode = role === 'staff' || isService ? undefined : ORGANISATIONS[relation];
  const caller: Caller = {
    kind: isMachine ? 'machine' : 'person',
    subject: isMachine ? machine : person,
    clientId: isMachine ? machine : 'web',
    name: 'Somebody',
    scopes: new Set(isService ? SERVICE_SCOPES[service].graph : scopes[role]?.()),
    purpose: 'HR_ADMINISTRATION',
    requestId: 'request-1',
    ...(odsCode === undefined ? {} : { odsCode }),
  };
  const bearer = await token({
    subject: caller.subject,
    clientId: caller.clientId,
    scopes: [...caller.scopes].join(' '),
    ...(odsCode === undefined ? {} : { ods: odsCode }),
  });
  return { role, relation, name, token: bearer, caller };
}

/** Ways in by the root, each with the arguments that lead to the person. */
function rootDoors(): readonly Selected[] {
  const { siobhan, credential, presentation, transfer, exported, stop } = world.ids;
  const organisation = '(odsCode: "RZ1")';
  const args: Readonly<Record<string, readonly string[]>> = {
    me: [''],
    staff: [
      `(by: { id: "${siobhan}" })`,
      '(by: { employee: { odsCode: "RZ1", employeeNumber: "90000003" } })',
      '(by: { registration: { body: NMC, number: "14Z0003E" } })',
    ],
    organisation: [organisation],
    staffEvents: ['(types: [STAFF_JOINED, STAFF_LEFT, REGISTRATION_CHANGED], first: 5)'],
    recordLocations: [`(staffId: "${siobhan}")`],
    transfer: [`(id: "${transfer}")`],
    transfers: ['(first: 5)'],
    myTransfers: [''],
    codeList: ['(system: STAFF_GROUP)'],
    verifiedRecordExport: [`(id: "${exported}")`],
    staffImports: ['(first: 5)'],
    staffImport: [`(id: "${world.ids.imported}")`],
    staffSearch: ['(text: "gallagher", first: 5)', '(text: "gallagher", odsCode: "RZ1", first: 5)'],
    staffMembers: [`(ids: ["${siobhan}"])`],
    directoryAccount: ['(by: { mail: "siobhan@nhsmail.example" })'],
    matchingCase: ['(id: "case_1")'],
    matchingCases: [organisation],
    matchingLikelyLinks: [organisation],
    matchingQueues: [organisation],
    matchingOrigins: [organisation],
    matchingRuleSets: [''],
    matchingSimulate: ['(odsCode: "RZ1", ruleSet: 1000)'],
    directoryAccounts: ['(odsCode: "RZ1", first: 5)'],
    directoryEvents: ['(first: 5)'],
    credential: [`(id: "${credential}")`],
    presentation: [`(id: "${presentation}")`],
    presentationRequests: ['(group: ANSWERED, first: 5)'],
    presentationLists: [''],
    presentationReceipt: [`(presentationId: "${presentation}")`],
    deletionRequests: ['(first: 5)'],
    employmentChecks: [
      `(by: { staffId: "${siobhan}" })`,
      `(by: { presentationId: "${presentation}" })`,
    ],
    checkPolicy: ['(id: "none")'],
    checkPolicies: ['(first: 5)'],
    checkPolicyDryRun: ['(id: "none")'],
    checkPolicyBlueprint: [''],
    sharingAgreements: ['(first: 5)'],
    placementEvents: ['(type: PLACEMENT_ENDED)'],
    issuerKeys: [''],
    registeredOrganisations: ['(first: 5)'],
    registeredOrganisation: ['(odsCode: "RZ1")'],
    registryDryRun: ['(wanted: { odsCode: "RZ1", mayIssue: [], mayCheck: true })'],
    registryChanges: ['(first: 5)'],
    registryChange: ['(id: "rgc_1")'],
    issuerHealth: [''],
    signals: ['(first: 5)'],
    signalsAfter: ['(first: 5)'],
    signalReceivers: [''],
    signalReach: [`(of: { credentialId: "${credential}" })`, `(of: { stopId: "${stop}" })`],
    staffEventHolds: [''],
    credentialHoldersChanged: ['(odsCode: "RZ1", since: "2020-01-01T00:00:00Z")'],
    passportHolders: [`(staffIds: ["${siobhan}"])`],
    flaggedAccess: ['(first: 5)'],
    auditEvents: ['(first: 5)'],
    auditChain: [''],
    passportStop: [`(id: "${stop}")`],
    passportStops: ['(group: WAITING, first: 5)'],
    passportStopOutlook: [`(staffId: "${siobhan}")`],
  };
  return Object.keys(query.getFields()).flatMap((name) => {
    const given = args[name];
    if (given === undefined) throw new Error(`say how Query.${name} leads to the person`);
    return given.flatMap((one) => select(query, name, { given: one }));
  });
}

/** Ways in past the gateway: an entity of a subgraph, by its key. */
function entityDoors() {
  const { siobhan, credential, assignment, account } = world.ids;
  const door = (subgraph: SubgraphName, type: string, key: Readonly<Record<string, string>>) => {
    const fields = schemaOf(subgraph).getType(type);
    if (!isObjectType(fields)) throw new Error(`no ${type} at ${subgraph}`);
    return { subgraph, type, key, below: everything(fields) };
  };
  return [
    door('esr', 'StaffMember', { id: siobhan }),
    door('esr', 'Assignment', { id: assignment }),
    door('esr', 'Organisation', { odsCode: 'RZ1' }),
    door('nhsmail', 'StaffMember', { id: siobhan }),
    door('nhsmail', 'DirectoryAccount', { id: account }),
    door('nhsmail', 'Organisation', { odsCode: 'RZ1' }),
    door('passport', 'StaffMember', { id: siobhan }),
    door('passport', 'Credential', { id: credential }),
  ];
}

/** Codes that say something about the caller, and nothing about the operation. */
const REFUSALS = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'INSUFFICIENT_USER_AUTHENTICATION']);
/** Fields in one operation. */
const MOST = 420;

/** A refused root field of these takes the whole answer with it: each is asked alone. */
const isAlone = ({ name }: Selected): boolean => isNonNullType(query.getFields()[name]?.type);

/** Parts of ways in that fit into one operation, each part of another way: nothing has to be renamed. */
function packed(doors: readonly Selected[]): readonly (readonly Selected[])[] {
  const packs: Selected[][] = [];
  for (const part of doors.flatMap((door) => split(door, MOST))) {
    const pack = packs.find(
      (one) =>
        !isAlone(part) &&
        !one.some(isAlone) &&
        isOwnWay(one) === isOwnWay([part]) &&
        one.length < 10 &&
        sizeOf([...one, part]) <= MOST &&
        one.every(({ name }) => name !== part.name),
    );
    if (pack === undefined) packs.push([part]);
    else pack.push(part);
  }
  return packs;
}

const maySee = (coordinate: string, { role, name }: Asker, behind: boolean): boolean => {
  const allowed = [
    ...(MAY_SEE[kinds.get(coordinate) ?? ''] ?? []),
    ...(behind ? (BEHIND_THE_GATEWAY[coordinate] ?? []) : []),
  ];
  return allowed.includes(name) || (allowed.includes('everybody') && role !== 'nobody');
};

/** Words that are about the person alone. What nobody may tell an outsider, in an error either. */
const TELLING = /[Ss]iobhan|Gallagher|Costello|14Z0003E|1982-07-19|QQ\*\*\*\*03A|90000003|70000003/;

/** Those who see their own record, which is not the one that everything is about. */
const HAS_A_RECORD = new Set(['staff former', 'staff other']);

/** Ways in that lead to the caller. */
const isOwnWay = (selected: readonly Selected[]): boolean =>
  selected.every(({ name }) => ['me', 'myTransfers'].includes(name));

let cases = 0;
let leaks = new Set<string>();
const asked = new Set<string>();
const seenBy = new Map<string, Set<string>>();

function judge(
  asker: Asker,
  way: string,
  selected: readonly Selected[],
  { data, text }: WorldAnswer,
  behind: boolean,
): void {
  const found = new Set<string>();
  findIn(data, selected, found);
  const here = new Set(coordinatesOf(selected));
  cases += here.size;
  for (const coordinate of here) asked.add(coordinate);
  for (const coordinate of found) {
    // Everybody has a record of their own.
    if (HAS_A_RECORD.has(asker.name) && isOwnWay(selected)) continue;
    if (!maySee(coordinate, asker, behind)) leaks.add(`${coordinate} to ${asker.name} by ${way}`);
    const seen = seenBy.get(coordinate) ?? new Set();
    seenBy.set(coordinate, seen.add(asker.name));
  }
  const outsider = !['own', 'former'].includes(asker.relation) && !isOfService(asker.role);
  const told = outsider ? TELLING.exec(text)?.[0] : undefined;
  if (told !== undefined) leaks.add(`${told} to ${asker.name} by ${way}`);
}

beforeAll(async () => {
  world = await startGraphWorld();
  askers = await Promise.all(
    Object.entries(ROLES).flatMap(([role, relations]) =>
      relations.map((relation) => askerOf(role as Role, relation)),
    ),
  );
});
afterAll(() => world.stop());

describe('the table', () => {
  const fieldsOf = (type: GraphQLObjectType) =>
    Object.keys(type.getFields()).map((name) => `${type.name}.${name}`);
  const all = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
  );

  it('has every field of the graph, and no other', () => {
    // A subscription is answered by a query that is in the table: see the test of the committed graph.
    const others = [mutation, schema.getSubscriptionType()];
    const inGraph = all.filter((type) => !others.includes(type)).flatMap(fieldsOf);
    expect([...kinds.keys()].toSorted()).toEqual(inGraph.toSorted());
  });

  it('has every change', () => {
    expect([...changes.keys()].toSorted()).toEqual(Object.keys(mutation.getFields()).toSorted());
  });
});

describe('a subgraph', () => {
  const body = (field: string) => JSON.stringify({ query: `{ ${field} { __typename } }` });
  const foreign = newPrivateJwk('gateway-1');
  const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
  const statement = (
    text: string,
    request: { readonly audience: string; readonly now?: Date; readonly key?: PrivateJwk },
  ) =>
    signCallerStatement(
      { ...callerOf('passport-service'), scopes: new Set(['record:read', 'hr:read']) },
      { audience: request.audience, body: text, now: request.now ?? NOW },
      signerOf(request.key ?? world.gatewayKey),
    );
  const callerOf = (name: string): Caller => {
    const caller = askers.find((asker) => asker.name === name)?.caller;
    if (caller === undefined) throw new Error(`no ${name}`);
    return caller;
  };

  /** Every way in: root fields, entities and the SDL, and the paths that are not GraphQL. */
  const ways = (name: SubgraphName) => {
    const own = schemaOf(name);
    const roots = [own.getQueryType(), own.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    const others = {
      esr: ['/exports'],
      nhsmail: ['/scim', '/changes'],
      passport: ['/access-log', '/changes'],
    }[name];
    return [
      ...[...roots, '_entities', '_service'].map((field) => ['/graphql', body(field)] as const),
      ...others.map((path) => [path, '{"people":["stf_a"],"fields":["name"]}'] as const),
    ];
  };

  it.each<SubgraphName>(['esr', 'nhsmail', 'passport'])(
    '%s answers nobody without a good statement, on any path, field or entity',
    async (name) => {
      const answered: string[] = [];
      let asked = 0;
      for (const [url, payload] of ways(name)) {
        const statements = {
          none: undefined,
          empty: '',
          forged: await statement(payload, { audience: name, key: foreign }),
          unsigned: (await statement(payload, { audience: name })).replace(/[^.]*$/, ''),
          expired: await statement(payload, { audience: name, now: later(-36) }),
          early: await statement(payload, { audience: name, now: later(30) }),
          foreign: await statement(payload, { audience: name === 'esr' ? 'passport' : 'esr' }),
          'of another body': await statement(`${payload} `, { audience: name }),
        };
        for (const [what, given] of Object.entries(statements)) {
          asked += 1;
          const { statusCode } = await world.apps[name].inject({
            method: 'POST',
            url,
            payload,
            headers: {
              'content-type': 'application/json',
              ...(given === undefined ? {} : { [CALLER_HEADER]: given }),
            },
          });
          if (statusCode !== 401) answered.push(`${what}: ${String(statusCode)} ${url} ${payload}`);
        }
      }
      expect(answered).toEqual([]);
      expect(asked).toBeGreaterThan(100);
      const good = body('_service');
      const answer = await world.apps[name].inject({
        method: 'POST',
        url: '/graphql',
        payload: good,
        headers: {
          'content-type': 'application/json',
          [CALLER_HEADER]: await statement(good, { audience: name }),
        },
      });
      expect(answer.statusCode).toBe(200);
    },
  );
});

describe('everything there is', () => {
  beforeEach(() => {
    leaks = new Set();
  });

  it('is seen by nobody else through the gateway', async () => {
    const packs = packed(rootDoors());
    const broken: string[] = [];
    for (const asker of askers) {
      for (const pack of packs) {
        const answer = await world.post(
          asker.token,
          { query: `{ ${textOf(pack)} }` },
          asker.token === undefined ? undefined : 'HR_ADMINISTRATION',
        );
        // A way in that is refused for another reason than who asks proves nothing.
        const refused = answer.data === null && !pack.some(isAlone);
        if (refused || answer.codes.some((code) => !REFUSALS.has(code))) broken.push(answer.text);
        judge(asker, 'the root', pack, answer, false);
      }
    }
    expect(broken.slice(0, 3)).toEqual([]);
    expect([...leaks]).toEqual([]);
  });

  it('is seen by nobody else past the gateway', async () => {
    for (const { subgraph, type, key, below } of entityDoors()) {
      const operation = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${textOf(below)} } } }`;
      for (const asker of askers) {
        if (asker.caller === undefined) continue;
        const answer = await world.askSubgraph(subgraph, asker.caller, {
          query: operation,
          variables: { of: [{ __typename: type, ...key }] },
        });
        const entity = (answer.data?.['_entities'] as readonly unknown[] | undefined)?.[0];
        judge(
          asker,
          `${subgraph}’s ${type}`,
          below,
          { ...answer, data: (entity ?? null) as WorldAnswer['data'] },
          true,
        );
      }
    }
    expect([...leaks]).toEqual([]);
  });

  it('is changed by nobody else', async () => {
    const ran: string[] = [];
    const change = async (asker: Asker, names: readonly string[]): Promise<readonly string[]> => {
      const fields = names.map((name) => {
        const args = mutation.getFields()[name]?.args ?? [];
        const given = args.map((arg) => `${arg.name}: ${anyValue(arg.type)}`).join(', ');
        return `${name}(${given}) { __typename }`;
      });
      const { data, text } = await world.post(
        asker.token,
        { query: `mutation { ${fields.join(' ')} }` },
        asker.token === undefined ? undefined : 'HR_ADMINISTRATION',
      );
      const { errors = [] } = JSON.parse(text) as {
        errors?: { path?: string[]; extensions: { code: string } }[];
      };
      const refused = errors.filter(({ extensions: { code } }) => REFUSALS.has(code));
      return names.filter(
        (name) => data !== null || !refused.some(({ path }) => path?.[0] === name),
      );
    };
    for (const asker of askers) {
      const allowed = (name: string): boolean =>
        (changes.get(name)?.includes(asker.role) ?? false) &&
        (asker.role === 'staff' || isOfService(asker.role) || asker.relation !== 'none');
      const refused = [...changes.keys()].filter((name) => !allowed(name));
      cases += refused.length;
      const left: string[] = [];
      for (let at = 0; at < refused.length; at += 8) {
        left.push(...(await change(asker, refused.slice(at, at + 8))));
      }
      // Of several together, those that only their subgraph refuses have not been asked for: each alone.
      for (const name of left) {
        if ((await change(asker, [name])).length > 0) ran.push(`${name} by ${asker.name}`);
      }
    }
    expect(ran).toEqual([]);
  });
});

describe('the matrix', () => {
  it('proves something: there is something of nearly every kind, and those who may see it do', () => {
    // Nothing happened here that these tell of.
    const empty = ['moveCase', 'simulation'];
    const dry = Object.entries(MAY_SEE).filter(([kind]) => {
      const coordinates = [...kinds].filter(([, one]) => one === kind).map(([name]) => name);
      return !empty.includes(kind) && !coordinates.some((name) => seenBy.has(name));
    });
    expect(dry.map(([kind]) => kind)).toEqual([]);
    expect([...(seenBy.get('PersonName.family') ?? [])].toSorted()).toEqual(
      [...(MAY_SEE['record'] ?? [])].toSorted(),
    );
  });

  it('asks for every field that a query leads to', () => {
    const reached = new Set<GraphQLObjectType>();
    const reach = (type: GraphQLObjectType): void => {
      if (reached.has(type)) return;
      reached.add(type);
      for (const field of Object.values(type.getFields())) {
        const value = getNamedType(field.type);
        if (isObjectType(value)) reach(value);
      }
    };
    reach(query);
    const fields = [...reached].flatMap((type) =>
      Object.keys(type.getFields()).map((name) => `${type.name}.${name}`),
    );
    expect(fields.filter((coordinate) => !asked.has(coordinate))).toEqual([]);
  });

  it('has more than fifty thousand cases', () => {
    expect(cases).toBeGreaterThan(50_000);
  });
});
