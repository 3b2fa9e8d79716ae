/** What the API is, and everything that can be looked up about it. Anybody may read it. */
import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { errorCodesIn, findErrorCodes } from '../../reference/error-codes.ts';
import { readReference } from '../../reference/read-schema.ts';
import {
  deprecatedIn,
  type FieldReference,
  type InputReference,
  type Reference,
  type Rules,
  type TypeReference,
} from '../../reference/reference.ts';
import { CODE_WORDS } from '../../words/codes.ts';
import {
  API,
  API_ENDPOINTS,
  API_PARTS,
  DEVELOPER_LINKS,
  DEVELOPERS,
  HOLDERS,
  LIMITS_PAGE,
  POLICY_WORDS,
  REFERENCE,
  SCOPE_WORDS,
  SOURCE_NAMES,
} from '../../words/developers/api.ts';
import { ERRORS } from '../../words/developers/errors.ts';
import { notFound, view } from '../page.ts';
import { definePublicPage } from '../serve-public-pages.ts';

const SUPERGRAPH = new URL('../../../schema/supergraph.graphql', import.meta.url);
let read: Reference | undefined;
/** Read when it is first asked for: it takes a tenth of a second, and the release does not change under us. */
const reference = (): Reference => (read ??= readReference(readFileSync(SUPERGRAPH, 'utf8')));

const finding = z.object({ find: z.string().trim().max(100).default('') });
const base = { developers: DEVELOPERS, back: DEVELOPERS.back } as const;
const { back } = DEVELOPERS;
const backToReference = { href: '/developers/reference', text: REFERENCE.title } as const;

/** What the API is, in the catalogue's headings. */
export const apiPage = (hasExplorer: boolean) =>
  definePublicPage({
    path: '/developers',
    show: () =>
      view('developers/api.njk', {
        title: DEVELOPERS.title,
        api: API,
        parts: API_PARTS,
        links: DEVELOPER_LINKS,
        hasExplorer,
        endpoints: API_ENDPOINTS,
        purposes: Object.entries(CODE_WORDS.PurposeOfUse),
        scopes: Object.entries(SCOPE_WORDS).map(([scope, { text, holders }]) => ({
          scope,
          text,
          holders: HOLDERS[holders],
        })),
      }),
  });

/** Whether nobody outside can have a scope that it takes. */
const isForServices = ({ scopes }: Rules): boolean =>
  scopes.length > 0 &&
  scopes.every((all) => all.some((scope) => SCOPE_WORDS[scope]?.holders === 'services'));

const firstSentence = (text: string): string => /^.*?[.:](?=\s|$)/s.exec(text)?.[0] ?? text;

/** Every operation and type, by name. */
export const referencePage = definePublicPage({
  path: '/developers/reference',
  query: finding,
  show: ({ query: { find } }) => {
    const { operations, types } = reference();
    const wanted = find.toLowerCase();
    const fits = ({ name }: { readonly name: string }): boolean =>
      name.toLowerCase().includes(wanted);
    const found = operations.filter(fits);
    return view('developers/reference.njk', {
      ...base,
      title: REFERENCE.title,
      reference: REFERENCE,
      find,
      operations: Object.entries(REFERENCE.kinds).map(([kind, heading]) => ({
        heading,
        all: found
          .filter((one) => one.kind === kind)
          .map((one) => ({
            name: one.name,
            text: firstSentence(one.description),
            isForServices: isForServices(one),
          })),
      })),
      types: Object.entries(REFERENCE.typeKinds).map(([kind, heading]) => ({
        heading,
        all: types.filter((one) => one.kind === kind && fits(one)),
      })),
      deprecated: deprecatedIn(reference()),
      isEmpty: found.length === 0 && !types.some(fits),
    });
  },
});

/** Alternatives in words: `hr:read and passport:read, or self:read`. */
const inWords = (alternatives: Rules['scopes'], word: (name: string) => string): string =>
  alternatives.map((all) => all.map(word).join(REFERENCE.and)).join(REFERENCE.or);

const rulesOf = (rules: Rules) => ({
  scopes: inWords(rules.scopes, (scope) => scope),
  policies: inWords(rules.policies, (policy) => POLICY_WORDS[policy] ?? policy),
  signedIn: rules.signedIn,
  isForServices: isForServices(rules),
});

const inputOf = ({ usually, ...input }: InputReference) => ({
  ...input,
  usually: usually === undefined ? undefined : REFERENCE.default(usually),
});

const fieldOf = (field: FieldReference) => ({
  ...field,
  ...rulesOf(field),
  inputs: field.inputs.map(inputOf),
  sources: sourcesOf(field),
  limits: [
    ...(field.pageArguments.length === 0 ? [] : [REFERENCE.pages(field.pageArguments)]),
    ...(field.assumedSize === undefined ? [] : [REFERENCE.assumed(field.assumedSize)]),
    ...(field.cost === undefined ? [] : [REFERENCE.cost(field.cost)]),
  ],
});

const sourcesOf = ({ sources }: Pick<TypeReference, 'sources'>): string =>
  sources.map((source) => SOURCE_NAMES[source] ?? source).join(REFERENCE.and);

/** Scopes that read people's records, for which a purpose is given. */
const READING = new Set(['hr:read', 'passport:read', 'passport:verify', 'record:read']);

/** One operation. */
export const operationPage = definePublicPage({
  path: '/developers/reference/operations/:name',
  show: ({ params }) => {
    const found = reference().operations.find(({ name }) => name === params['name']);
    if (found === undefined) return notFound;
    return view('developers/operation.njk', {
      ...base,
      back: backToReference,
      title: found.name,
      reference: REFERENCE,
      caption: REFERENCE.kind[found.kind],
      operation: fieldOf(found),
      takesPurpose:
        found.kind === 'query' &&
        found.scopes.some((all) => all.some((scope) => READING.has(scope))),
    });
  },
});

/** One type. */
export const typePage = definePublicPage({
  path: '/developers/reference/types/:name',
  show: ({ params }) => {
    const { types, operations } = reference();
    const found = types.find(({ name }) => name === params['name']);
    if (found === undefined) return notFound;
    return view('developers/type.njk', {
      ...base,
      back: backToReference,
      title: found.name,
      reference: REFERENCE,
      caption: REFERENCE.typeKind[found.kind],
      description: found.description,
      rules: rulesOf(found),
      sources: sourcesOf(found),
      fields: found.fields.map(fieldOf),
      inputs: found.inputs.map(inputOf),
      values: found.values,
      members: found.members,
      membersHeading: found.kind === 'interface' ? REFERENCE.implementedBy : REFERENCE.members,
      answeredBy: operations.filter(({ type }) => type.name === found.name).map(({ name }) => name),
    });
  },
});

/** Error codes: what each means and what to do. */
export const errorsPage = definePublicPage({
  path: '/developers/errors',
  query: finding,
  show: ({ query: { find } }) => {
    const all = errorCodesIn(reference());
    const found = findErrorCodes(all, find);
    return view('developers/errors.njk', {
      ...base,
      title: ERRORS.title,
      errors: ERRORS,
      find,
      found,
      count: ERRORS.count(found.length, all.length),
      isWide: true,
    });
  },
});

/** How often and how much one may ask. */
export const limitsPage = definePublicPage({
  path: '/developers/limits',
  show: () =>
    view('developers/limits.njk', { ...base, title: LIMITS_PAGE.title, limits: LIMITS_PAGE, back }),
});
