import { describe, expect, it } from '@jest/globals';

import { newPrivateJwk } from '../../../../local/secrets.ts';
import { publicHalf } from '../../../../runtime/jwk-settings.ts';
import { readEsrConfig, readImportLimits } from '../../../../subgraphs/esr/config.ts';

const env = {
  ESR_DATABASE_URL: 'postgres://127.0.0.1/lanyard',
  ESR_CALLER_KEYS: JSON.stringify({ keys: [publicHalf(newPrivateJwk('gateway'))] }),
};
const exporting = {
  ESR_EXPORT_KEY: JSON.stringify(newPrivateJwk('export')),
  ESR_GRAPH_URL: 'http://127.0.0.1:4000/graphql',
  ESR_GRAPH_RESOURCE: 'https://graph.example/graphql',
  ESR_ISSUER: 'https://identity.example',
  ESR_TOKEN_URL: 'http://127.0.0.1:4001/oauth/token',
  ESR_CLIENT_KEY: JSON.stringify(newPrivateJwk('esr')),
};

describe('the settings of bulk exports', () => {
  it('are all there, or none of them', () => {
    expect(readEsrConfig(env).ESR_EXPORT_KEY).toBeUndefined();
    expect(readEsrConfig({ ...env, ...exporting })).toMatchObject({
      ESR_GRAPH_RESOURCE: 'https://graph.example/graphql',
    });
  });

  it.each(Object.keys(exporting))('are refused without %s, by its name', (name) => {
    const rest = Object.fromEntries(Object.entries(exporting).filter(([key]) => key !== name));
    expect(() => readEsrConfig({ ...env, ...rest })).toThrow(`  ${name}: `);
  });
});

describe('the limits of imports', () => {
  it('are one row in a thousand and one person in fifty, unless they are set', () => {
    expect(readImportLimits({})).toEqual({ maxRejectedShare: 0.001, absenceBrake: 0.02 });
    const set = { ESR_MAX_REJECTED_PERCENT: '0', ESR_ABSENCE_BRAKE_PERCENT: '12.5' };
    expect(readImportLimits({ ...env, ...set })).toEqual({
      maxRejectedShare: 0,
      absenceBrake: 0.125,
    });
    expect(readEsrConfig({ ...env, ...set })).toMatchObject({ ESR_ABSENCE_BRAKE_PERCENT: 12.5 });
  });

  it.each([
    ['ESR_MAX_REJECTED_PERCENT', '101'],
    ['ESR_ABSENCE_BRAKE_PERCENT', 'some'],
    ['ESR_MAX_REJECTED_ROWS', '3'],
  ])('are refused as %s=%s', (name, value) => {
    expect(() => readImportLimits({ [name]: value })).toThrow(`  ${name}: `);
  });
});
