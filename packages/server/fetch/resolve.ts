import { lookup as systemLookup } from 'node:dns/promises';
import type { Allowance } from './allowance.ts';
import { FetchRefused, notPublicAddress } from './refusal.ts';
import { isLocalName, type Target } from './target.ts';

/** Resolves a host name to all its addresses. Errors have the codes of `node:dns`. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** An address was refused. For the operator's log: what the caller is told has neither address nor block. */
export interface ForbiddenAddress {
  readonly host: string;
  /** Empty if the name was refused before it was looked up. */
  readonly address: string;
  /** Name of its block, such as "loopback". */
  readonly block: string;
}

/** Who may be reached, and how names become addresses. */
export interface Resolving {
  readonly allowance: Allowance;
  readonly lookup: Lookup;
  readonly onForbidden?: ((forbidden: ForbiddenAddress) => void) | undefined;
}

/** The system's resolver: it reads the hosts file and knows the names of container networks, as operators expect. */
export const lookupAll: Lookup = async (host) =>
  (await systemLookup(host, { all: true, order: 'verbatim' })).map(({ address }) => address);

/** What a target's text tells already: an address that may not be reached, or a local name. Throws `FetchRefused`. */
export function holdToPublic({ host, isLiteral }: Target, { allowance, onForbidden }: Resolving): void {
  // A local name is not even looked up: the answer would tell which names exist in here. Unless one may lead to an allowed block.
  const isLocal = !isLiteral && isLocalName(host) && !allowance.names(host) && !allowance.hasBlocks;
  const block = isLiteral ? allowance.refuses(host, host) : isLocal ? 'local name' : undefined;
  if (block === undefined) return;
  onForbidden?.({ host, address: isLiteral ? host : '', block });
  throw new FetchRefused(notPublicAddress);
}

/**
 * The addresses of a target, every one of them checked: a single bad one refuses the name, or it could be dialled by chance. These and no
 * others may be dialled; nothing is looked up a second time. Throws `FetchRefused`.
 */
export async function resolveTarget(target: Target, resolving: Resolving): Promise<readonly string[]> {
  holdToPublic(target, resolving);
  const { host } = target;
  if (target.isLiteral) return [host];
  const { allowance, lookup, onForbidden } = resolving;
  const addresses = await addressesOf(host, lookup);
  if (addresses.length === 0) {
    const isPublicName = !isLocalName(host) || allowance.names(host);
    throw new FetchRefused(isPublicName ? { code: 'name_not_found', found: host } : notPublicAddress);
  }
  for (const address of addresses) {
    const block = allowance.refuses(host, address);
    if (block === undefined) continue;
    onForbidden?.({ host, address, block });
    throw new FetchRefused(notPublicAddress);
  }
  return addresses.slice(0, mostDialled);
}

/** The addresses of a target that the operator named: wherever they are. Throws `FetchRefused`. */
export async function resolveTrusted(
  { host, isLiteral }: Target,
  { lookup }: Pick<Resolving, 'lookup'>,
): Promise<readonly string[]> {
  const addresses = isLiteral ? [host] : await addressesOf(host, lookup);
  if (addresses.length === 0) throw new FetchRefused({ code: 'name_not_found', found: host });
  return addresses.slice(0, mostDialled);
}

/** A name with hundreds of addresses would have us knock at hundreds of doors. */
const mostDialled = 8;

/** No address if there is no such name. */
async function addressesOf(host: string, lookup: Lookup): Promise<readonly string[]> {
  try {
    return await lookup(host);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOTFOUND' || code === 'ENODATA') return [];
    throw new FetchRefused({ code: 'unreachable', found: `name service: ${code}` }, error);
  }
}
