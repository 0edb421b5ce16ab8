/** A block of addresses on which nothing that a stranger names may be fetched. */
export interface SpecialBlock {
  /** In CIDR form. */
  readonly block: string;
  readonly name: string;
  /** The document that reserves it. */
  readonly source: string;
  /** Operators keep hosts of their own here, so naming a host in the allow list opens it; every other block takes a CIDR. */
  readonly ownHosts?: true;
}

/**
 * The whole IANA IPv4 and IPv6 Special-Purpose Address Registries as of 2025-10-09
 * (iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry), blocks inside others included so that it can be
 * compared with them line by line. "Globally reachable" anycast blocks stay refused: they serve protocols, not media. Only
 * 64:ff9b::/96 is judged by the IPv4 address inside, see `judgeAddress`.
 */
export const registeredBlocks: readonly SpecialBlock[] = [
  { block: '0.0.0.0/8', name: 'this network', source: 'RFC 791' },
  { block: '0.0.0.0/32', name: 'this host on this network', source: 'RFC 1122' },
  { block: '10.0.0.0/8', name: 'private use', source: 'RFC 1918', ownHosts: true },
  { block: '100.64.0.0/10', name: 'shared address space', source: 'RFC 6598', ownHosts: true },
  { block: '127.0.0.0/8', name: 'loopback', source: 'RFC 1122', ownHosts: true },
  { block: '169.254.0.0/16', name: 'link local', source: 'RFC 3927' },
  { block: '172.16.0.0/12', name: 'private use', source: 'RFC 1918', ownHosts: true },
  { block: '192.0.0.0/24', name: 'IETF protocol assignments', source: 'RFC 6890' },
  { block: '192.0.0.0/29', name: 'IPv4 service continuity prefix', source: 'RFC 7335' },
  { block: '192.0.0.8/32', name: 'IPv4 dummy address', source: 'RFC 7600' },
  { block: '192.0.0.9/32', name: 'Port Control Protocol anycast', source: 'RFC 7723' },
  { block: '192.0.0.10/32', name: 'TURN anycast', source: 'RFC 8155' },
  { block: '192.0.0.170/32', name: 'NAT64/DNS64 discovery', source: 'RFC 8880' },
  { block: '192.0.0.171/32', name: 'NAT64/DNS64 discovery', source: 'RFC 8880' },
  { block: '192.0.2.0/24', name: 'documentation (TEST-NET-1)', source: 'RFC 5737' },
  { block: '192.31.196.0/24', name: 'AS112-v4', source: 'RFC 7535' },
  { block: '192.52.193.0/24', name: 'AMT', source: 'RFC 7450' },
  { block: '192.88.99.0/24', name: '6to4 relay anycast (deprecated)', source: 'RFC 7526' },
  { block: '192.88.99.2/32', name: '6a44 relay anycast', source: 'RFC 6751' },
  { block: '192.168.0.0/16', name: 'private use', source: 'RFC 1918', ownHosts: true },
  { block: '192.175.48.0/24', name: 'direct delegation AS112 service', source: 'RFC 7534' },
  { block: '198.18.0.0/15', name: 'benchmarking', source: 'RFC 2544' },
  { block: '198.51.100.0/24', name: 'documentation (TEST-NET-2)', source: 'RFC 5737' },
  { block: '203.0.113.0/24', name: 'documentation (TEST-NET-3)', source: 'RFC 5737' },
  { block: '240.0.0.0/4', name: 'reserved', source: 'RFC 1112' },
  { block: '255.255.255.255/32', name: 'limited broadcast', source: 'RFC 919' },

  { block: '::1/128', name: 'loopback', source: 'RFC 4291', ownHosts: true },
  { block: '::/128', name: 'unspecified', source: 'RFC 4291' },
  { block: '::ffff:0:0/96', name: 'IPv4-mapped', source: 'RFC 4291' },
  { block: '64:ff9b::/96', name: 'IPv4-IPv6 translation', source: 'RFC 6052' },
  { block: '64:ff9b:1::/48', name: 'IPv4-IPv6 translation, local use', source: 'RFC 8215' },
  { block: '100::/64', name: 'discard only', source: 'RFC 6666' },
  { block: '100:0:0:1::/64', name: 'dummy IPv6 prefix', source: 'RFC 9780' },
  { block: '2001::/23', name: 'IETF protocol assignments', source: 'RFC 2928' },
  { block: '2001::/32', name: 'Teredo', source: 'RFC 4380' },
  { block: '2001:1::1/128', name: 'Port Control Protocol anycast', source: 'RFC 7723' },
  { block: '2001:1::2/128', name: 'TURN anycast', source: 'RFC 8155' },
  { block: '2001:1::3/128', name: 'DNS-SD service registration anycast', source: 'RFC 9665' },
  { block: '2001:2::/48', name: 'benchmarking', source: 'RFC 5180' },
  { block: '2001:3::/32', name: 'AMT', source: 'RFC 7450' },
  { block: '2001:4:112::/48', name: 'AS112-v6', source: 'RFC 7535' },
  { block: '2001:10::/28', name: 'ORCHID (deprecated)', source: 'RFC 4843' },
  { block: '2001:20::/28', name: 'ORCHIDv2', source: 'RFC 7343' },
  { block: '2001:30::/28', name: 'drone remote id', source: 'RFC 9374' },
  { block: '2001:db8::/32', name: 'documentation', source: 'RFC 3849' },
  { block: '2002::/16', name: '6to4', source: 'RFC 3056' },
  { block: '2620:4f:8000::/48', name: 'direct delegation AS112 service', source: 'RFC 7534' },
  { block: '3fff::/20', name: 'documentation', source: 'RFC 9637' },
  { block: '5f00::/16', name: 'segment routing identifiers', source: 'RFC 9602' },
  { block: 'fc00::/7', name: 'unique local', source: 'RFC 4193', ownHosts: true },
  { block: 'fe80::/10', name: 'link local', source: 'RFC 4291' },
];

/** What those two registries leave to other documents. */
export const furtherBlocks: readonly SpecialBlock[] = [
  { block: '224.0.0.0/4', name: 'multicast', source: 'RFC 5771' },
  // A routable address that inside Azure answers every machine with its own configuration.
  {
    block: '168.63.129.16/32',
    name: 'Azure platform',
    source: 'learn.microsoft.com, "What is IP address 168.63.129.16?"',
  },
  { block: '::/96', name: 'IPv4-compatible (deprecated)', source: 'RFC 4291' },
  { block: '::ffff:0:0:0/96', name: 'IPv4-translated', source: 'RFC 7915' },
  { block: 'fec0::/10', name: 'site local (deprecated)', source: 'RFC 3879' },
  { block: 'ff00::/8', name: 'multicast', source: 'RFC 4291' },
];

/** The only block from which IPv6 unicast addresses are given out (RFC 4291; IANA IPv6 address space, 2019-09-13). */
export const globalUnicast = '2000::/3';
