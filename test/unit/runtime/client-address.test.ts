import { expect, it } from '@jest/globals';

import { clientAddress } from '../../../runtime/client-address.ts';

const HTTPS = 'https://graph.example';
const seen = (forwarded: string | string[] | undefined, publicUrl = HTTPS, ip = '10.0.0.1') =>
  clientAddress({ headers: { 'x-forwarded-for': forwarded }, ip }, publicUrl);

it.each<[string, string | string[] | undefined, string]>([
  ['the last of them', '192.0.2.9, 192.0.2.1', '192.0.2.1'],
  ['the last header of several', ['192.0.2.9', '192.0.2.1'], '192.0.2.1'],
  ['without a port', '192.0.2.1:4711', '192.0.2.1'],
  ['without brackets and port', '[2001:db8:0:1::7]:4711', '2001:db8:0:1::/64'],
  ['the network of IPv6', '2001:DB8:0:1:9:9:9:9', '2001:db8:0:1::/64'],
  ['the network with zeros left out', '2001:db8::9', '2001:db8:0:0::/64'],
  ['the network with zeros written', '2001:0db8:0000::9:1', '2001:db8:0:0::/64'],
  ['the network of what ends as IPv4', '64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
  ['the network of a link', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['IPv4 in the form of IPv6 as such', '::ffff:192.0.2.1', '192.0.2.1'],
  ['its own when there is none', undefined, '10.0.0.1'],
  ['its own when it is none', 'unknown', '10.0.0.1'],
  ['its own when it is too long to be one', '1'.repeat(10_000), '10.0.0.1'],
])('is the address that the proxy added: %s', (_which, forwarded, address) => {
  expect(seen(forwarded)).toBe(address);
});

it('is that of the connection where no proxy can be', () => {
  expect(seen('192.0.2.1', 'http://localhost:4000', '::1')).toBe('0:0:0:0::/64');
});
