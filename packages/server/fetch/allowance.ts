import { networkInterfaces } from 'node:os';
import { judgeAddress, readAddress, readBlock } from './address.ts';

/** Who may be reached: the public internet without this machine, and what the operator allows beyond it. */
export interface Allowance {
  /** Why an address may not be dialled for a host: the name of its block, for the operator's log alone. Undefined if it may. */
  refuses(host: string, address: string): string | undefined;
  /** A host name is allowed by name. */
  names(host: string): boolean;
  /** Blocks of addresses are allowed, so a local name may lead to one of them. */
  readonly hasBlocks: boolean;
}

/** An entry of `REFREEL_ALLOW_PRIVATE` is neither a host name nor a block of addresses. */
export class AllowanceInvalid extends Error {
  readonly entry: string;

  constructor(entry: string) {
    super(`"${entry}" is neither a host name nor an address or block such as 10.0.0.0/8`);
    this.name = 'AllowanceInvalid';
    this.entry = entry;
  }
}

/**
 * Reads the allow list. An address or CIDR opens exactly that. A host name opens what this name resolves to in private, loopback, shared and
 * unique-local networks; never link-local, where clouds keep their credentials. Throws `AllowanceInvalid`.
 */
export function openAllowance(entries: readonly string[], own: () => readonly string[] = ownNetworks): Allowance {
  const hosts = new Set<string>();
  const blocks: NonNullable<ReturnType<typeof readBlock>>[] = [];
  for (const entry of entries) {
    const block = readBlock(entry.replace(/^\[(.*)\]$/, '$1'));
    if (block !== undefined) blocks.push(block);
    else hosts.add(readName(entry));
  }
  return {
    hasBlocks: blocks.length > 0,
    names: (host) => hosts.has(host),
    refuses(host, text) {
      const address = readAddress(text);
      if (address === undefined) return 'no address';
      if (blocks.some((holds) => holds(address))) return undefined;
      const verdict = judgeAddress(text);
      if (!verdict.public) return verdict.ownHosts && hosts.has(host) ? undefined : verdict.name;
      // A public address of our own is dialled past the firewall that the world meets.
      const isOwn = own().some((network) => readBlock(network)?.(address) === true);
      return isOwn && !hosts.has(host) ? 'this machine' : undefined;
    },
  };
}

function readName(entry: string): string {
  const url = URL.canParse(`http://${entry}/`) ? new URL(`http://${entry}/`) : undefined;
  const name = url?.hostname.replace(/\.$/, '') ?? '';
  // Only a bare host survives: no port, path, credentials, wildcard, and nothing that reads as an address in an odd form.
  if (url?.href !== `http://${url?.hostname}/` || !/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name) || readAddress(name)) {
    throw new AllowanceInvalid(entry);
  }
  return name;
}

/** This machine's addresses, and whole IPv6 networks that it is in: neighbours there have public addresses too. */
function ownNetworks(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .map(({ family, address, cidr }) => (family === 'IPv6' && cidr !== null ? cidr : address));
}
