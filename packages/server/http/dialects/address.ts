import type { Signer } from '../signer.ts';

/** What an address that needs no key leads to. */
export type Addressed =
  | { readonly kind: 'films'; readonly workspace: string; readonly generationId: string; readonly index: number }
  | { readonly kind: 'files'; readonly workspace: string; readonly sha256: string };

/** An address as it was asked for. */
export interface AskedAddress {
  readonly of: Addressed;
  /** Milliseconds since 1970 of the stand-in's clock; undefined where it stays. */
  readonly expiresAt: number | undefined;
  /** That it was given out here, and not changed. */
  readonly genuine: boolean;
}

/** Ends such as a vendor's object store has them: some clients tell a film by its name. */
const endings = /^\.[a-z\d]{1,5}$/;

/**
 * An absolute address whose signature is the leave to read it: a browser plays it, and no key travels with it. It holds the owner, so that
 * whatever is looked up is looked up there.
 */
export function signAddress(
  base: string,
  signer: Signer,
  of: Addressed,
  expiresAt: number | undefined,
  ending: string,
): string {
  const path = pathOf(of) + (endings.test(ending) ? ending : '');
  const expires = expiresAt === undefined ? '' : `expires=${Math.ceil(expiresAt / 1000)}&`;
  return `${base}${path}?${expires}signature=${signer.sign(`${path}?${expires}`)}`;
}

/** Reads an address of this kind; undefined for any other. */
export function readAddress(url: URL, signer: Signer): AskedAddress | undefined {
  const [, workspace, generationId, index] =
    /^\/films\/(\w{1,60})\/(\w{1,60})\/(\d{1,6})\.\w{1,5}$/.exec(url.pathname) ?? [];
  const [, owner, sha256] = /^\/files\/(\w{1,60})\/([\da-f]{64})\.\w{1,5}$/.exec(url.pathname) ?? [];
  const of: Addressed | undefined =
    workspace !== undefined
      ? { kind: 'films', workspace, generationId: generationId!, index: Number(index) }
      : owner === undefined
        ? undefined
        : { kind: 'files', workspace: owner, sha256: sha256! };
  if (of === undefined) return undefined;
  const said = url.searchParams.get('expires');
  const expires = said === null ? '' : `expires=${said}&`;
  const genuine = signer.matches(`${url.pathname}?${expires}`, url.searchParams.get('signature') ?? '');
  return { of, expiresAt: said === null || !/^\d{1,15}$/.test(said) ? undefined : Number(said) * 1000, genuine };
}

function pathOf(of: Addressed): string {
  return of.kind === 'films'
    ? `/films/${of.workspace}/${of.generationId}/${of.index}`
    : `/files/${of.workspace}/${of.sha256}`;
}
