/** Rate limits and daily quotas of each client and each person. */
import type { Caller } from '../../runtime/caller-statement.ts';
import {
  type Amounts,
  type ChangedAmounts,
  DEFAULT_AMOUNTS,
  type RateLimitSettings,
} from './settings.ts';
import type { Quota, SharedCounts, Standing } from './shared-counts.ts';

/** Where a caller stands. */
export interface Allowance {
  /** False: the request is refused with 429. */
  readonly granted: boolean;
  /** Of everything that holds for the caller, with what is nearest to its end first. */
  readonly standings: readonly Standing[];
}

/** Limits requests. */
export interface RateLimiter {
  /**
   * Counts a request of a caller, or of an address that has not signed in.
   *
   * @param units how many requests it counts for
   */
  readonly take: (who: Caller | { readonly address: string }, units: number) => Promise<Allowance>;
  /** Where a caller stands who has nothing left, as far as this replica knows. Takes nothing, and asks nobody. */
  readonly usedUp: (caller: Caller) => Allowance | undefined;
}

/** Tells limits without taking from them. */
export interface LimitsNow {
  /** Where an organisation's system stands: its rate, then its day. */
  readonly ofSystem: (clientId: string) => Promise<readonly Standing[]>;
}

/** The window in which requests a second are counted, in seconds. */
const RATE_WINDOW = 10;
const DAY = 86_400;

/** Clients that are processes of this system. Nobody else can have such an id. */
const SERVICES = new Set([
  'lanyard-esr',
  'lanyard-identity',
  'lanyard-nhsmail',
  'lanyard-passport',
]);

/** What is counted of one kind of holder: the rate, and the day. */
type Limits = readonly Quota[];

/** Creates the limiter. */
export function rateLimiter(
  counts: Pick<SharedCounts, 'take' | 'usedUp' | 'read'>,
  settings: RateLimitSettings | undefined,
): RateLimiter & LimitsNow {
  const { person: ofPerson, machine: ofMachine, application: ofApplication } = settings ?? {};
  const { clients = {} } = settings ?? {};
  const person = limitsOf('person', DEFAULT_AMOUNTS.person, ofPerson);
  const machine = limitsOf('client', DEFAULT_AMOUNTS.machine, ofMachine);
  const application = limitsOf('client', DEFAULT_AMOUNTS.application, ofApplication);
  const service = limitsOf('client', DEFAULT_AMOUNTS.service);
  const address = [
    rateOf('address', settings?.address.perSecond ?? DEFAULT_AMOUNTS.address.perSecond),
  ];
  const named = new Map(
    Object.entries(clients).map(([clientId, own]) => [
      clientId,
      {
        machine: limitsOf('client', DEFAULT_AMOUNTS.machine, ofMachine, own),
        person: limitsOf('client', DEFAULT_AMOUNTS.application, ofApplication, own),
      },
    ]),
  );
  const clientLimits = ({ kind, clientId }: Pick<Caller, 'kind' | 'clientId'>): Limits => {
    const own = named.get(clientId);
    if (own !== undefined) return own[kind];
    if (kind === 'person') return application;
    return SERVICES.has(clientId) ? service : machine;
  };

  const limitsFor = (who: Caller): [Limits, string][] => [
    ...(who.kind === 'person' ? [[person, who.subject] as [Limits, string]] : []),
    [clientLimits(who), who.clientId],
  ];

  return {
    usedUp: (caller) => {
      for (const [limits, holder] of limitsFor(caller)) {
        for (const quota of limits) {
          const standing = counts.usedUp(quota, holder);
          if (standing !== undefined) return { granted: false, standings: [standing] };
        }
      }
      return undefined;
    },
    take: async (who, units) => {
      const asked: [Limits, string][] =
        'address' in who ? [[address, who.address]] : limitsFor(who);
      const standings: Standing[] = [];
      for (const [limits, holder] of asked) {
        for (const quota of limits) {
          const taken = counts.take(quota, holder, units);
          const standing = 'then' in taken ? await taken : taken;
          standings.push(standing);
          // What has been refused takes nothing from the quotas after it.
          if (!standing.granted) return { granted: false, standings: [standing] };
        }
      }
      standings.sort((one, other) => share(one) - share(other));
      return { granted: true, standings };
    },
    ofSystem: (clientId) =>
      Promise.all(
        clientLimits({ kind: 'machine', clientId }).map((quota) => counts.read(quota, clientId)),
      ),
  };
}

/** Looks at one's limits in ten seconds. */
const LOOKS: Quota = { name: 'usage', units: 10, windowSeconds: 10 };

/** Limits of looking at one's limits: whoever has nothing left may still look, and looking takes nothing from the rest. */
export function lookingLimits(
  rates: RateLimiter,
  counts: Pick<SharedCounts, 'take' | 'usedUp'>,
): RateLimiter {
  const holderOf = ({ clientId, subject }: Caller): string => `${clientId} ${subject}`;
  return {
    take: async (who, units) => {
      if ('address' in who) return rates.take(who, units);
      const standing = await counts.take(LOOKS, holderOf(who), units);
      return { granted: standing.granted, standings: [standing] };
    },
    usedUp: (caller) => {
      const standing = counts.usedUp(LOOKS, holderOf(caller));
      return standing && { granted: false, standings: [standing] };
    },
  };
}

const share = ({ left, quota }: Standing): number => left / quota.units;

/** The limits of one kind of holder. What is given last counts. */
function limitsOf(
  name: string,
  usual: Amounts,
  ...given: readonly (ChangedAmounts | undefined)[]
): Limits {
  let { perSecond, perDay } = usual;
  for (const changed of given) {
    perSecond = changed?.perSecond ?? perSecond;
    perDay = changed?.perDay ?? perDay;
  }
  return [rateOf(name, perSecond), { name: `${name}-day`, units: perDay, windowSeconds: DAY }];
}

const rateOf = (name: string, perSecond: number): Quota => ({
  name,
  units: Math.max(1, Math.round(perSecond * RATE_WINDOW)),
  windowSeconds: RATE_WINDOW,
});
