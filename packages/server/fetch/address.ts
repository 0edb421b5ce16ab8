import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { furtherBlocks, globalUnicast, registeredBlocks, type SpecialBlock } from './special-addresses.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whether an address lies on the public internet; if not, the block that says so. */
export type AddressVerdict =
  | { readonly public: true }
  | { readonly public: false; readonly block: string; readonly name: string; readonly ownHosts: boolean };

/**
 * Judges one address, written as a resolver or a socket writes it. An IPv4-mapped address is that IPv4 address: it is what the kernel
 * dials. An address behind the well-known NAT64 prefix is judged by the IPv4 address inside, or networks without IPv4 could fetch
 * nothing. What is no address at all is not public.
 */
export function judgeAddress(text: string): AddressVerdict {
  const address = readAddress(text);
  return address === undefined ? notPublic('', 'no address') : judge(address);
}

/** Reads an address; an IPv4-mapped one becomes the IPv4 address. Undefined for anything else, zones (`fe80::1%eth0`) included. */
export function readAddress(text: string): Address | undefined {
  const version = isIP(text);
  if (version === 0 || text.includes('%')) return undefined;
  if (version === 4) return ipaddr.IPv4.parse(text);
  // Brought to hexadecimal first: ipaddr.js 2.2.0 reads `::8.8.8.8` as `::ffff:8.8.8.8`, which is another address.
  return ipaddr.process(new URL(`http://[${text}]`).hostname.slice(1, -1));
}

/** A block of addresses in CIDR form, or one address; undefined if it is neither. */
export function readBlock(text: string): ((address: Address) => boolean) | undefined {
  const [start = '', length, ...rest] = text.split('/');
  const base = readAddress(start);
  if (base === undefined || rest.length > 0) return undefined;
  const bits = base.kind() === 'ipv4' ? 32 : 128;
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  return (address) => address.kind() === base.kind() && address.match(base, prefix);
}

// The registered ones first: ::1 is loopback before it is anything else.
const blocks = [...registeredBlocks, ...furtherBlocks].map((row) => ({ row, holds: holder(row.block) }));
const allocated = holder(globalUnicast);
const translated = holder('64:ff9b::/96');

function judge(address: Address): AddressVerdict {
  const inside = embedded(address);
  if (inside !== undefined) {
    const verdict = judge(inside);
    // Whatever the IPv4 address may be to us, behind a translator it is another host: naming one in the allow list opens nothing here.
    if (!verdict.public) return { ...verdict, ownHosts: false };
    if (translated(address)) return verdict;
  }
  const found = blocks.find(({ holds }) => holds(address));
  if (found !== undefined) return notPublic(found.row.block, found.row.name, found.row.ownHosts);
  if (address.kind() === 'ipv6' && !allocated(address)) return notPublic('::/0', 'not allocated');
  return { public: true };
}

/** The IPv4 address that a router takes out of an IPv6 address and sends on to. */
function embedded(address: Address): ipaddr.IPv4 | undefined {
  if (address.kind() !== 'ipv6') return undefined;
  const { parts } = address as ipaddr.IPv6;
  const at = (high: number, low: number) => new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  if (translated(address)) return at(parts[6]!, parts[7]!);
  if (parts[0] === 0x2002) return at(parts[1]!, parts[2]!);
  // ISATAP, RFC 5214: a tunnel's end in any prefix.
  if ((parts[4]! & 0xfdff) === 0 && parts[5] === 0x5efe) return at(parts[6]!, parts[7]!);
  return undefined;
}

function notPublic(block: string, name: string, ownHosts: SpecialBlock['ownHosts'] = undefined): AddressVerdict {
  return { public: false, block, name, ownHosts: ownHosts === true };
}

function holder(block: string): (address: Address) => boolean {
  // Not through `readBlock`: that reads ::ffff:0:0/96 as the IPv4 block that it maps.
  const [base, prefix] = ipaddr.parseCIDR(block);
  return (address) => address.kind() === base.kind() && address.match(base, prefix);
}
