import { describe, expect, it } from '@jest/globals';

import {
  doubleMetaphone,
  soundsAlike,
} from '../../../../../subgraphs/nhsmail/domain/double-metaphone.ts';
import {
  compareSurnames,
  similarity,
} from '../../../../../subgraphs/nhsmail/domain/name-similarity.ts';

describe('comparing surnames', () => {
  it.each([
    ['O’Brien', "o'brien"],
    ['Björk', 'Bjork'],
    ['Pryce Haddad', 'Pryce-Haddad'],
    ['Łukasiewicz', 'lukasiewicz'],
    ['  Nair ', 'NAIR'],
    ['Müller', 'Mu\u0308ller'],
  ])('%p equals %p', (a, b) => {
    expect(compareSurnames(a, b)).toBe('equal');
  });

  it.each([
    ['Okafor-Lindqvist', 'Okafor'],
    ['Pryce', 'Pryce-Haddad'],
    ['Smith Jones', 'Jones-Smith'],
    ['Kowalski', 'Kowalska'],
    ['MacDonald', 'McDonald'],
    ['Thompson', 'Thomson'],
    ['Smith', 'Smyth'],
    ['Stephens', 'Stevens'],
    ['Van der Berg', 'Vandenberg'],
    ['Lee-Ng', 'Ng'],
    ['Ng', 'Ngu'],
  ])('%p is similar to %p, both ways', (a, b) => {
    expect(compareSurnames(a, b)).toBe('similar');
    expect(compareSurnames(b, a)).toBe('similar');
  });

  it.each([
    ['Eze', 'Eke'],
    ['De Souza', 'De Silva'],
    ['Smith', 'Jones'],
    ['Gwynne', 'Gallagher'],
    ['Hart', 'Park'],
    ['', ''],
    ['---', '---'],
    ['Nair', ''],
  ])('%p is different from %p, both ways', (a, b) => {
    expect(compareSurnames(a, b)).toBe('different');
    expect(compareSurnames(b, a)).toBe('different');
  });

  it.each([
    ['kitten', 'sitting', 1 - 3 / 7],
    ['abc', 'abc', 1],
    ['abc', 'xyz', 0],
    ['', '', 1],
    ['', 'a', 0],
  ])('the similarity of %p and %p is %d', (a, b, expected) => {
    expect(similarity(a, b)).toBeCloseTo(expected);
    expect(similarity(b, a)).toBeCloseTo(expected);
  });
});

describe('how a surname sounds', () => {
  it.each([
    ['Smith', 'SM0', 'XMT'],
    ['Schmidt', 'XMT', 'SMT'],
    ['Thompson', 'TMPSN', 'TMPSN'],
    ['Knight', 'NT', 'NT'],
    ['Wright', 'RT', 'RT'],
    ['Philips', 'FLPS', 'FLPS'],
    ['Xavier', 'SFR', 'SFR'],
    ['', '', ''],
  ])('%p reads %p or %p', (name, primary, secondary) => {
    expect(doubleMetaphone(name)).toEqual([primary, secondary]);
  });

  it.each([
    ['Smith', 'Schmidt', true],
    ['Steven', 'Stephen', true],
    ['Catherine', 'Kathryn', true],
    ['Nair', 'Boateng', false],
    ['', '', false],
  ])('%p and %p: %p', (a, b, alike) => {
    expect(soundsAlike(a, b)).toBe(alike);
  });
});
