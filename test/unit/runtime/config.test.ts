import { describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';

import { portNumber, processSettings, readConfig, secretSetting } from '../../../runtime/config.ts';

const shape = z.object({
  ...processSettings,
  THING_PORT: portNumber.default(1),
  THING_URL: z.url({ error: 'is not an address' }),
  THING_SECRET: secretSetting,
});
const good = { THING_URL: 'https://thing.example', THING_SECRET: 'a'.repeat(43) };

describe('settings', () => {
  it('fills in defaults, the safe ones', () => {
    expect(readConfig(shape, good, 'THING_')).toEqual({
      ...good,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      HOST: '127.0.0.1',
      THING_PORT: 1,
    });
  });

  it('waits as long for others as it is told at its start, and not without end', async () => {
    const before = process.env['LANYARD_PATIENCE'];
    process.env['LANYARD_PATIENCE'] = '3';
    jest.resetModules();
    const { withPatience } = await import('../../../runtime/config.ts');
    process.env['LANYARD_PATIENCE'] = before;
    expect(withPatience(2_000)).toBe(6_000);
    expect(readConfig(shape, { ...good, LANYARD_PATIENCE: '60' }, 'LANYARD_')).toMatchObject(good);
    expect(() => readConfig(shape, { ...good, LANYARD_PATIENCE: '61' }, 'THING_')).toThrow(
      'LANYARD_PATIENCE: is not 0.1 to 60',
    );
  });

  it('names every fault in one message', () => {
    const wrong = { THING_PORT: '70000', THING_SECRET: 'hunter2', THING_COLOUR: 'red', OTHER: 'x' };
    expect(() => readConfig(shape, wrong, 'THING_')).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: [
          'Settings are wrong:',
          '  THING_PORT: Too big: expected number to be <=65535',
          '  THING_URL: is missing',
          '  THING_SECRET: is not 32 or more bytes in base64url',
          '  THING_COLOUR: there is no such setting',
        ].join('\n'),
      }),
    );
  });

  it.each([{ LOG_LEVEL: 'hunter2' }, { THING_URL: 'hunter2' }, { THING_PORT: 'hunter2' }])(
    'never repeats a wrong value: %p',
    (wrong) => {
      expect(() => readConfig(shape, { ...good, ...wrong }, 'THING_')).toThrow(
        expect.not.objectContaining({
          message: expect.stringContaining('hunter2') as unknown as string,
        }),
      );
    },
  );
});
