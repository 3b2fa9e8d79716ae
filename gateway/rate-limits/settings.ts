/** How much each caller may ask, and how a setting changes it. */
import { z } from 'zod';

import { jsonSetting } from '../../runtime/config.ts';

const amounts = z.strictObject({
  /** Requests a second, counted over ten seconds: the start of a page may ask for many things at once. */
  perSecond: z.number().positive().max(100_000),
  perDay: z.number().int().positive().max(1_000_000_000),
});

/** How much somebody may ask. */
export type Amounts = z.infer<typeof amounts>;

const changed = amounts.partial();

/** What is different for somebody. */
export type ChangedAmounts = z.infer<typeof changed>;

const shape = z.strictObject({
  /** Where requests come from that have no good token: a whole hospital may be behind one address. */
  address: amounts.pick({ perSecond: true }).partial().default({}),
  /** A member of staff, whatever they use. */
  person: changed.default({}),
  /** An organisation's system. */
  machine: changed.default({}),
  /** Everybody together who uses one application. */
  application: changed.default({}),
  /** Systems and applications that may ask more or less than others, by client id. */
  clients: z.record(z.string().min(1).max(100), changed).default({}),
});

/** `GATEWAY_RATE_LIMITS`: a JSON object. What it leaves out stays as it is. */
export const rateLimitsSetting = z
  .literal('')
  .transform(() => undefined)
  .or(jsonSetting(shape));

/** What the setting says. */
export type RateLimitSettings = z.infer<typeof shape>;

/** What holds unless the setting says otherwise. */
export const DEFAULT_AMOUNTS = {
  address: { perSecond: 20 },
  person: { perSecond: 5, perDay: 20_000 },
  machine: { perSecond: 5, perDay: 200_000 },
  application: { perSecond: 500, perDay: 20_000_000 },
  /** Lanyard's own processes. */
  service: { perSecond: 500, perDay: 40_000_000 },
} as const satisfies Readonly<Record<string, ChangedAmounts>>;

/** How much an organisation's system may ask now. */
export const systemAmounts = (
  settings: RateLimitSettings | undefined,
  clientId: string,
): Amounts => {
  const own = settings?.clients[clientId];
  const usual = DEFAULT_AMOUNTS.machine;
  return {
    perSecond: own?.perSecond ?? settings?.machine.perSecond ?? usual.perSecond,
    perDay: own?.perDay ?? settings?.machine.perDay ?? usual.perDay,
  };
};
