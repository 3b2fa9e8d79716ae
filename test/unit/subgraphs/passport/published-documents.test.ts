import { describe, expect, it } from '@jest/globals';

import { readTypeMetadata } from '../../../../standards/sd-jwt-vc/type-metadata.ts';
import { passportAddresses } from '../../../../subgraphs/passport/domain/addresses.ts';
import { CREDENTIAL_TYPES } from '../../../../subgraphs/passport/domain/credential-types/catalogue.generated.ts';
import { publishedDocuments } from '../../../../subgraphs/passport/domain/published-documents.ts';

/**
 * What was published, as the digest that live credentials carry. To change a definition, give it the next `version`, run
 * `npm run generate`, and add a line here: lines that are here stay (decision 11).
 */
const PUBLISHED = {
  '/credential-types/clinical-test': 'sha256-gWNeNlllmPCCJccwpN/4CzP7+Ddh+v5rDquxaC1qoNU=',
  '/credential-types/core-skills-training': 'sha256-DJJ4frzJqjWXb9SteH8hU0Rqrs1Cs34RsID25HVQ46I=',
  '/credential-types/dbs-outcome': 'sha256-e1M2lFda0yrcV+CYf2SP+xT53733V9GkOqu2adOyPBg=',
  '/credential-types/dbs-supporting-information':
    'sha256-NJhPpDTqf/jn2OAIC8k6s/S6O3z73D0Q6v+n0Hl9v/A=',
  '/credential-types/employment-assignment': 'sha256-K/LJmKeDiIh9ae49RfWsiY37bt7Ds/1BPQPdC3S3uxk=',
  '/credential-types/employment-history': 'sha256-Qk0eEmOaPq2IZWEchVJMGSUzYgDacPfD/n5rDnFxoyw=',
  '/credential-types/identity': 'sha256-KUZWH8fFAmeMRfmxe5OvodvcdFF/lV1Vus3xzOxhJnM=',
  '/credential-types/new-starter-information':
    'sha256-lBXPzMABTExM2k/W2vmtg4s3sg1RSALHy+5rZj8VzYc=',
  '/credential-types/observation': 'sha256-UyFN9+l5xOB24Iy9POVhsmBTWyJ/7gg3MVPz6LSDzYI=',
  '/credential-types/occupational-health': 'sha256-+2Q+sXYhVp6cfot8gsBrCh1ACHMUH3iIBODAtGJ3nig=',
  '/credential-types/professional-registration':
    'sha256-NRtFOML4bL+pPwJa+qh/dEug9gNjWolML2yY4YdD/zc=',
  '/credential-types/right-to-work': 'sha256-VOi38bstn2X+5zrvOnSZHHYC+BEbDY+LJ1CHWxRtN7U=',
  '/credential-types/temporary-placement': 'sha256-ugtI/48r5lcO/gSMXGX/YIIG+yXqose0afC+Te1yegs=',
  '/credential-types/training-placement': 'sha256-a+d6MV/GyAh5ToQkTWRm/vQKk3uXFndcsvfntJmxyE4=',
  '/credential-types/training-programme': 'sha256-0K/wiHsofVHKyUGbLrpN4UrrjDYAKfiR8eP8Td+Vj1E=',
  '/credential-types/vaccination': 'sha256-woQquP20AnxnK7kvsIaj5FdzeT58qJuSj/14OsmwyEc=',
};

describe('what is published about each kind of credential', () => {
  const addresses = passportAddresses('https://passport.example');
  const documents = publishedDocuments(addresses);

  it('never changes: for another wording, raise the definition’s version', () => {
    const digests = [...documents].map(([vct, { integrity }]) => [
      new URL(vct).pathname,
      integrity,
    ]);
    expect(Object.fromEntries(digests)).toMatchObject(PUBLISHED);
  });

  it('names its own address, and differs in nothing else from one installation to the next', () => {
    const elsewhere = publishedDocuments(passportAddresses('http://localhost:4000/passport'));
    for (const [vct, { body }] of documents) {
      const elsewhereVct = vct.replace(
        'https://passport.example',
        'http://localhost:4000/passport',
      );
      const metadata = readTypeMetadata(Buffer.from(body));
      expect(metadata.vct).toBe(vct);
      expect(elsewhere.get(elsewhereVct)?.metadata).toEqual({ ...metadata, vct: elsewhereVct });
    }
    expect(documents.size).toBe(elsewhere.size);
  });

  it('says of every claim whether a holder may keep it back', () => {
    for (const { type, open, selective } of Object.values(CREDENTIAL_TYPES)) {
      const vct = addresses.vct(type as keyof typeof CREDENTIAL_TYPES);
      const claims = documents.get(vct)?.metadata.claims ?? [];
      const named = (sd: string) =>
        claims.flatMap(({ path, sd: said }) => (path.length === 1 && said === sd ? path : []));
      expect([named('never').sort(), named('always').sort()]).toEqual([
        [...open].sort(),
        [...selective].sort(),
      ]);
    }
  });

  it('says so of the courses of a training credential one by one', () => {
    const training = documents.get(addresses.vct('CORE_SKILLS_TRAINING'));
    expect(training?.metadata.claims).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: ['competences'], sd: 'always' }),
        expect.objectContaining({ path: ['competences', null], sd: 'always' }),
        expect.objectContaining({ path: ['competences', null, 'subject'], sd: 'never' }),
      ]),
    );
  });
});
