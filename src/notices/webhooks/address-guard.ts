import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that nobody outside can mean: this machine, private, link-local (metadata services), shared, documentation, multicast, reserved. */
const CLOSED: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Of IPv6 only the global unicast space is open, and of it neither 6to4 nor Teredo nor documentation, which can hide an IPv4 address.
  ['::', 3, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
];

// A list each: asked about an IPv4 address, a list looks at its IPv6 networks too, in the mapped form.
const closed = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix, family] of CLOSED) closed[family].addSubnet(network, prefix, family);

/** Takes an IP address. Gives whether it lies where no webhook goes; what can't be read does. */
export function isClosedAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return true;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return closed[family].check(address, family);
}

export class AddressRefused extends Error {
  constructor() {
    super('the name leads to an address where no webhook goes');
    this.name = 'AddressRefused';
  }
}

/**
 * Resolves a name for the very connection that is made, and refuses it when one of its addresses is closed: what was checked is what
 * is connected to, so that a name can't change between the two.
 */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const first = addresses?.[0];
    if (error) callback(error, '', 0);
    else if (!first || addresses.some(({ address }) => isClosedAddress(address))) callback(new AddressRefused(), '', 0);
    else if (options.all) (callback as unknown as (e: null, all: LookupAddress[]) => void)(null, addresses);
    else callback(null, first.address, first.family);
  });
};

export type UrlFault = 'URL_MALFORMED' | 'URL_NOT_HTTPS' | 'URL_WITH_PASSWORD' | 'URL_PRIVATE_ADDRESS';

/** Takes the address of a receiver. Gives what is wrong with it, null for one that may be tried. Names are resolved when they are used. */
export function faultOfUrl(text: string, rules: { httpsOnly: boolean; privateAllowed: boolean }): UrlFault | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'URL_MALFORMED';
  }
  if (url.protocol !== 'https:' && (rules.httpsOnly || url.protocol !== 'http:')) return 'URL_NOT_HTTPS';
  if (url.username !== '' || url.password !== '') return 'URL_WITH_PASSWORD';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!rules.privateAllowed && isIP(host) !== 0 && isClosedAddress(host)) return 'URL_PRIVATE_ADDRESS';
  if (!rules.privateAllowed && /(^|\.)(localhost|local|internal)\.?$/.test(host)) return 'URL_PRIVATE_ADDRESS';
  return null;
}
