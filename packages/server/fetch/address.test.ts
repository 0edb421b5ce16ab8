import { expect, test } from 'vitest';
import { judgeAddress } from './address.ts';
import { AllowanceInvalid, openAllowance } from './allowance.ts';
import { registeredBlocks } from './special-addresses.ts';

// Block, its first and last address, and the neighbours before and after it; a neighbour is left out where another block begins.
const edges: readonly (readonly [string, string, string, string | undefined, string | undefined])[] = [
  ['0.0.0.0/8', '0.0.0.0', '0.255.255.255', undefined, '1.0.0.0'],
  ['10.0.0.0/8', '10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['100.64.0.0/10', '100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['127.0.0.0/8', '127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['168.63.129.16/32', '168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
  ['169.254.0.0/16', '169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['172.16.0.0/12', '172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['192.0.0.0/24', '192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['192.0.2.0/24', '192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['192.31.196.0/24', '192.31.196.0', '192.31.196.255', '192.31.195.255', '192.31.197.0'],
  ['192.52.193.0/24', '192.52.193.0', '192.52.193.255', '192.52.192.255', '192.52.194.0'],
  ['192.88.99.0/24', '192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['192.168.0.0/16', '192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['192.175.48.0/24', '192.175.48.0', '192.175.48.255', '192.175.47.255', '192.175.49.0'],
  ['198.18.0.0/15', '198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['198.51.100.0/24', '198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['203.0.113.0/24', '203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['224.0.0.0/4', '224.0.0.0', '239.255.255.255', '223.255.255.255', undefined],
  ['240.0.0.0/4', '240.0.0.0', '255.255.255.254', undefined, undefined],
  ['255.255.255.255/32', '255.255.255.255', '255.255.255.255', undefined, undefined],
  // Everything before 2000::/3 and after it is refused, so most blocks there have no public neighbour.
  ['::/96', '::', '::ffff:ffff', undefined, undefined],
  ['::1/128', '::1', '::1', undefined, undefined],
  ['::ffff:0:0:0/96', '::ffff:0:0:0', '::ffff:0:ffff:ffff', undefined, undefined],
  ['64:ff9b:1::/48', '64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['100::/64', '100::', '100::ffff:ffff:ffff:ffff', undefined, undefined],
  ['100:0:0:1::/64', '100:0:0:1::', '100::1:ffff:ffff:ffff:ffff', undefined, undefined],
  ['not allocated', '101::', '1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, '2000::'],
  [
    '2001::/23',
    '2001::',
    '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '2001:200::',
  ],
  ['2001::/32', '2001::', '2001:0:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:1::1/128', '2001:1::1', '2001:1::3', undefined, undefined],
  ['2001:2::/48', '2001:2::', '2001:2:0:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:3::/32', '2001:3::', '2001:3:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:4:112::/48', '2001:4:112::', '2001:4:112:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:10::/28', '2001:10::', '2001:1f:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:20::/28', '2001:20::', '2001:2f:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:30::/28', '2001:30::', '2001:3f:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db7:ffff::', '2001:db9::'],
  ['2002::/16', '2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '2001:ffff:ffff:ffff::', '2003::'],
  ['2620:4f:8000::/48', '2620:4f:8000::', '2620:4f:8000:ffff:ffff:ffff:ffff:ffff', '2620:4f:7fff::', '2620:4f:8001::'],
  ['3fff::/20', '3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff', '3ffe:ffff::', '3fff:1000::'],
  ['not allocated', '4000::', '5eff:ffff::', '3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined],
  ['5f00::/16', '5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['not allocated', '5f01::', 'fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['fc00::/7', 'fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['fe80::/10', 'fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['fec0::/10', 'fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
  ['ff00::/8', 'ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', undefined, undefined],
];

const isPublic = (address: string) => judgeAddress(address).public;

test.each(edges)(
  '%s is refused from its first address to its last, and no further',
  (_block, first, last, before, after) => {
    expect([first, last].filter(isPublic)).toEqual([]);
    expect([before, after].filter((address) => address !== undefined && !isPublic(address))).toEqual([]);
  },
);

test('every registered block is refused, also those inside of others', () => {
  const [v4, v6] = ['.', ':'].map((mark) => registeredBlocks.filter(({ block }) => block.includes(mark)).length);
  expect([v4, v6]).toEqual([26, 25]);
  const open = registeredBlocks.map(({ block }) => block.split('/')[0]!).filter(isPublic);
  expect(open).toEqual([]);
});

test.each([
  ['the metadata of AWS, Google and Azure', '169.254.169.254'],
  ['the metadata of AWS over IPv6', 'fd00:ec2::254'],
  ['the metadata of Google over IPv6', 'fd20:ce::254'],
  ['the metadata of Alibaba Cloud', '100.100.100.200'],
  ['the metadata of Oracle', '192.0.0.192'],
  ['mapped', '::ffff:127.0.0.1'],
  ['mapped, in hexadecimal', '::ffff:7f00:1'],
  ['mapped, written out', '0000:0000:0000:0000:0000:ffff:7f00:0001'],
  ['compatible', '::127.0.0.1'],
  ['compatible, of a public address', '::8.8.8.8'],
  ['translated', '::ffff:0:127.0.0.1'],
  ['behind NAT64', '64:ff9b::127.0.0.1'],
  ['the metadata behind NAT64', '64:ff9b::a9fe:a9fe'],
  ['behind local NAT64', '64:ff9b:1::127.0.0.1'],
  ['of a public address behind local NAT64', '64:ff9b:1::8.8.8.8'],
  ['6to4', '2002:7f00:1::1'],
  ['6to4 of a public address', '2002:808:808::1'],
  ['Teredo', '2001:0:7f00:1::1'],
  ['ISATAP in a public prefix', '2606:4700::5efe:7f00:1'],
  ['ISATAP, the other form', '2606:4700::200:5efe:10.0.0.1'],
  ['with a zone', 'fe80::1%eth0'],
  ['a public one with a zone', '2606:4700::1%eth0'],
  ['no address', 'localhost'],
  ['nothing', ''],
  ['a short form', '127.1'],
  ['an octal form', '0177.0.0.1'],
])('%s: %s is not public', (_what, address) => {
  expect(isPublic(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '::ffff:8.8.8.8',
  // What a name has on a network without IPv4.
  '64:ff9b::8.8.8.8',
  '2606:4700:4700::1111',
  '2400:3200::1',
])('%s is public', (address) => {
  expect(isPublic(address)).toBe(true);
});

test('an allowed block opens itself and nothing more', () => {
  const allowance = openAllowance(['10.1.0.0/16', '[fd00::5]', '192.168.7.7'], () => []);
  expect(allowance.refuses('any.example', '10.1.255.255')).toBeUndefined();
  expect(allowance.refuses('any.example', '::ffff:10.1.0.1')).toBeUndefined();
  expect(allowance.refuses('any.example', 'fd00::5')).toBeUndefined();
  expect(allowance.refuses('any.example', '192.168.7.7')).toBeUndefined();
  expect(allowance.refuses('any.example', '10.2.0.0')).toBe('private use');
  expect(allowance.refuses('any.example', 'fd00::6')).toBe('unique local');
  expect(allowance.refuses('any.example', '192.168.7.8')).toBe('private use');
  expect(allowance.refuses('any.example', '64:ff9b::10.1.0.1')).toBe('private use');
});

test('an allowed name opens networks where hosts of the operator live, for itself alone', () => {
  const allowance = openAllowance(['Minio', 'media.bücher.example.'], () => []);
  for (const address of ['10.0.0.1', '172.18.0.3', '127.0.0.1', '::1', 'fd00::5', '100.64.0.1']) {
    expect(allowance.refuses('minio', address)).toBeUndefined();
    expect(allowance.refuses('media.xn--bcher-kva.example', address)).toBeUndefined();
    expect(allowance.refuses('other', address)).toBeTypeOf('string');
  }
  for (const address of ['169.254.169.254', 'fe80::1', '0.0.0.0', '224.0.0.1', '64:ff9b::10.0.0.1', '2002:a00:1::']) {
    expect(allowance.refuses('minio', address)).toBeTypeOf('string');
  }
});

test('public addresses of this machine are refused, unless allowed', () => {
  const own = () => ['8.8.8.8', '2606:4700:1:2::5/64'];
  expect(openAllowance([], own).refuses('films.example', '8.8.8.8')).toBe('this machine');
  expect(openAllowance([], own).refuses('films.example', '8.8.8.9')).toBeUndefined();
  expect(openAllowance([], own).refuses('films.example', '2606:4700:1:2::99')).toBe('this machine');
  expect(openAllowance([], own).refuses('films.example', '2606:4700:1:3::99')).toBeUndefined();
  expect(openAllowance(['films.example'], own).refuses('films.example', '8.8.8.8')).toBeUndefined();
  expect(openAllowance(['8.8.8.8'], own).refuses('films.example', '8.8.8.8')).toBeUndefined();
});

test.each([
  '',
  ' ',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.1/16',
  '2130706433',
  'minio:9000',
  'http://minio',
  'a/b',
  '*.local',
  'a@b',
  'fe80::1%eth0',
  '::ffff:10.0.0.0/104',
])('"%s" cannot be allowed', (entry) => {
  expect(() => openAllowance([entry])).toThrow(AllowanceInvalid);
});
