/**
 * Whatever the subgraphs know together, the executor answers as graphql-js does on one schema that knows it all: the same
 * data, and the same errors as far as the specification says which (GraphQL, October 2021, section 6.4.4).
 */
import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';

import { compareDrawn, faultOf, runsOf } from './compare-drawn.ts';
import { manySidedComparison, personWith } from './compare-many-sided.ts';

const compared = manySidedComparison();

describe('an operation over many subgraphs', () => {
  it.each([
    [
      'a type that a subgraph does not know needs a field that another has not been asked for',
      `query ($a: Boolean!, $b: Boolean!) {
        topBadge { boss @include(if: $a) { twin { id } ... on Robot { initials secret } badge @include(if: $b) boss { rank } } }
      }`,
    ],
    [
      'an interface, where a subgraph knows another as an object',
      '{ topBadge { ... on Named { name } } }',
    ],
    [
      'a union, where a subgraph knows an interface as an object',
      '{ badges { ... on Thing { ... on Person { note } ... on Pet { legs } } } }',
    ],
    [
      'nothing that there could be, where a subgraph knows an interface as an object',
      '{ badges { ...F } } fragment F on Person { twin { ... on Thing { ... on Pet { legs } } } }',
    ],
    [
      'a condition on a type that there cannot be',
      `query ($a: Boolean!, $b: Boolean!) {
        member(id: "5") { ... on Named { ...F } }
      }
      fragment F on Thing {
        ... on Desk @skip(if: $a) { sits { peers { ... @skip(if: $b) { name } } } }
        ... on Person { pet { legs name @skip(if: $b) } }
      }`,
    ],
    [
      'a field that fails and is asked of another type',
      '{ people(first: 3) { twin { badge ... on Robot { rank initials } } } members { boss { badge ... on Robot { rank } } } }',
    ],
    [
      'a field that fails and is asked of another type, beside what a source does not know',
      '{ strict { boss { ... on Person { alias } badge name ... on Robot { initials } } } }',
    ],
    [
      'changes under two conditions of the same kind',
      `mutation ($a: Boolean!, $b: Boolean!) {
        ... @include(if: $a) { ... @include(if: $b) { one: rename(id: "1") { id } } }
        two: badge(id: "1") { id }
        ... @include(if: $b) { ... @include(if: $a) { three: rename(id: "2") { id } } }
      }`,
    ],
    [
      'one change that is asked for under two conditions',
      `mutation ($a: Boolean!, $b: Boolean!) {
        rename(id: "4") @include(if: $a) { id } badge(id: "4") { id } rename(id: "4") @skip(if: $b) { name }
      }`,
    ],
  ])('is answered as one schema answers it: %s', async (_what, text) => {
    for (const [a, b] of [
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ]) {
      for (const caller of [personWith('secret', 'mail'), personWith('mail')]) {
        const document = parse(text, { noLocation: true });
        const variables = text.includes('$a') ? { a, b } : {};
        expect(await faultOf(compared, caller, { text, document, variables })).toBeUndefined();
      }
    }
  });

  // Enough for all of them on a machine that does a tenth of what CI does.
  it('is answered as one schema answers it, whatever it is', async () => {
    const runs = runsOf(1_000);
    const outcome = await compareDrawn(compared, runs);
    expect(outcome.faults).toEqual([]);
    expect(outcome.compared).toBeGreaterThan(runs.count * 0.9);
    expect(outcome.unplanned).toBeLessThanOrEqual(runs.count * 0.01);
  }, 600_000);
});
