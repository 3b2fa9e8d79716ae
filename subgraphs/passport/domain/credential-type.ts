/** What makes a kind of credential. Each kind is one file in `credential-types/`. */
import { z } from 'zod';

import { holdsNhsNumber } from '../../../standards/nhs-number.ts';
import { holdsNiNumber } from '../../../standards/ni-number.ts';
import { type Provenance, type ProvenanceDemands, provenanceShape } from './provenance.ts';
import type { EmployerRecord } from './verified-record.ts';

/** One claim of a kind of credential. */
export interface ClaimDefinition {
  /** What people call it. */
  readonly label: string;
  readonly schema: z.ZodType;
  /** Whether every presentation shows it, or only those that the holder agrees to. */
  readonly disclosed: 'always' | 'on-request';
  /** Of a list whose elements the holder shows one by one: what is in each. */
  readonly elements?: ElementDefinition;
}

/** What one element of a list holds. */
export interface ElementDefinition {
  /** What people call one element. */
  readonly label: string;
  readonly members: Readonly<Record<string, Pick<ClaimDefinition, 'label' | 'schema'>>>;
}

/** The claims of a credential, by name. */
export type Claims = Readonly<Record<string, unknown>>;

type ClaimMap = Readonly<Record<string, ClaimDefinition>>;
/** The values that the claims of a definition have. */
type ValuesOf<Map extends ClaimMap> = {
  readonly [Name in keyof Map]: z.output<Map[Name]['schema']>;
};

/** A claim that broke a rule of its kind, beyond its own shape. */
export interface BrokenRule<Name = string> {
  readonly claim: Name;
  /** Stable name of the rule. */
  readonly rule: string;
}

/** The kind of organisation that issues a kind of credential. Which one in fact is a matter of accreditation. */
export type IssuerKind = 'EMPLOYER' | 'NHS_ENGLAND';

/** Where the claims come from. */
export type Matter =
  | {
      /** The verified record, read through the graph. */
      readonly from: 'record';
      /** Takes the claims from a record; `undefined` when the person is not eligible. */
      readonly claims: (record: EmployerRecord) => Claims | undefined;
      /** Which attributes the record itself knows better. */
      readonly provenance?: (record: EmployerRecord) => Partial<Provenance>;
      /** Whether HR may state how the record was assured. */
      readonly provenanceStated?: boolean;
    }
  | {
      /** What HR states when it offers the credential: no source system holds it. */
      readonly from: 'attested';
    };

/** A kind of credential, as its file writes it. */
interface Written<Map extends ClaimMap> {
  /** Value of the graph's `CredentialType`: the id in capitals. */
  readonly type: string;
  /** Name in addresses, in scopes and as credential configuration; the file has the same name. */
  readonly id: string;
  /** In plain English. */
  readonly name: string;
  /** In plain English, one sentence. */
  readonly description: string;
  /** Rises by one when anything that is published about the kind changes (decision 11). */
  readonly version: number;
  readonly claims: Map;
  /** Rules between claims. */
  readonly rules?: (claims: ValuesOf<Map>) => readonly BrokenRule<keyof Map & string>[];
  /** Longest life, in days. */
  readonly lifetimeDays: number;
  readonly issuedBy: IssuerKind;
  /** Whether it is about an employment in force, which is usual, or about one that has ended. */
  readonly employment?: 'ended';
  readonly matter: Matter;
  readonly provenance: {
    /** Attributes that are the same on every credential of the kind, unless record or HR say otherwise. */
    readonly usual: Partial<Provenance>;
    /** Attributes that may not have every value. */
    readonly demanded: ProvenanceDemands;
  };
  /** The last day on which the claims hold, `YYYY-MM-DD`. */
  readonly endsOn?: (claims: ValuesOf<Map>) => string | undefined;
  /** What the claims are about in their source, so that news of it finds the credential. It is not published. */
  readonly source?: (claims: ValuesOf<Map>) => string;
  /** Whether this issuer may say this today. */
  readonly stands?: (claims: ValuesOf<Map>, at: IssuingMoment) => boolean;
}

/** Who issues, and when. */
export interface IssuingMoment {
  /** The issuing organisation. */
  readonly odsCode: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** A kind of credential, with what follows from its file. */
export interface CredentialTypeDefinition extends Omit<
  Written<ClaimMap>,
  'rules' | 'endsOn' | 'source' | 'stands'
> {
  /** Names of the claims that every presentation shows. */
  readonly open: readonly string[];
  /** Names of the claims that the holder may keep back. */
  readonly selective: readonly string[];
  /** The shape of all claims together, rules between them included. */
  readonly shape: z.ZodType<Claims>;
  /** The shape of the eight attributes. */
  readonly provenanceShape: z.ZodType<Provenance>;
  readonly endsOn: (claims: Claims) => string | undefined;
  readonly source: (claims: Claims) => string | undefined;
  readonly stands: (claims: Claims, at: IssuingMoment) => boolean;
}

/** Makes a kind of credential from what its file says. */
export function defineCredentialType<const Map extends ClaimMap>(
  written: Written<Map>,
): CredentialTypeDefinition {
  const { claims, rules, endsOn, source, stands, provenance } = written;
  const named = Object.entries<ClaimDefinition>(claims);
  const names = (disclosed: ClaimDefinition['disclosed']): readonly string[] =>
    named.filter(([, claim]) => claim.disclosed === disclosed).map(([name]) => name);
  return {
    ...written,
    open: names('always'),
    selective: names('on-request'),
    shape: z
      .strictObject(Object.fromEntries(named.map(([name, { schema }]) => [name, schema])))
      .superRefine((values, context) => {
        const broken = [
          ...numbersOfPeople(values, []),
          ...(rules?.(values as ValuesOf<Map>) ?? []).map(({ claim, rule }) => ({
            path: [claim],
            rule,
          })),
        ];
        for (const { path, rule } of broken) {
          context.addIssue({ code: 'custom', path: [...path], params: { rule } });
        }
      }),
    provenanceShape: provenanceShape(provenance.demanded),
    endsOn: (values) => endsOn?.(values as ValuesOf<Map>),
    source: (values) => source?.(values as ValuesOf<Map>),
    stands: (values, at) => stands?.(values as ValuesOf<Map>, at) ?? true,
  };
}

/** A list whose elements the holder shows one by one. */
export function listClaim(
  { label, most }: { readonly label: string; readonly most: number },
  elements: ElementDefinition,
): ClaimDefinition {
  const members = Object.entries(elements.members).map(([name, { schema }]) => [name, schema]);
  const element = z.strictObject(Object.fromEntries(members) as Record<string, z.ZodType>);
  return {
    label,
    disclosed: 'on-request',
    schema: z.array(element).min(1).max(most),
    elements,
  };
}

interface FoundAt {
  readonly path: readonly (string | number)[];
  readonly rule: string;
}

/** Every text that holds an NHS number or a National Insurance number. */
function numbersOfPeople(value: unknown, path: FoundAt['path']): readonly FoundAt[] {
  if (typeof value === 'string') {
    if (holdsNhsNumber(value)) return [{ path, rule: 'nhs_number' }];
    return holdsNiNumber(value) ? [{ path, rule: 'ni_number' }] : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => numbersOfPeople(element, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    numbersOfPeople(member, [...path, name]),
  );
}
