import 'reflect-metadata';

import { webcrypto } from 'node:crypto';

import { expect, it } from '@jest/globals';
import {
  AuthorityKeyIdentifierExtension,
  cryptoProvider,
  X509CertificateGenerator,
} from '@peculiar/x509';

import { authorityKeyIds } from '../../../../standards/x509/authority-key-ids.ts';
import { testKey } from '../keys.ts';
import { certificateFor } from '../sd-jwt-vc/certificate.ts';

cryptoProvider.set(webcrypto);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

it('finds the key of the authority in a chain', async () => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys,
    signingAlgorithm: algorithm,
    extensions: [new AuthorityKeyIdentifierExtension('b3db48a4f9a1c5d8ae3641cc1163696229bc4bc6')],
  });
  expect(authorityKeyIds([certificate.toString('base64')])).toEqual([
    's9tIpPmhxdiuNkHMEWNpYim8S8Y',
  ]);
});

it.each([
  ['no chain', undefined],
  ['no certificate', ['AAAA']],
  ['a certificate without one', [certificateFor(testKey())]],
])('finds none in %s', (_name, x5c) => {
  expect(authorityKeyIds(x5c)).toEqual([]);
});
