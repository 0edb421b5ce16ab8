/** What an address under one of our own bases stands for. */
export type OwnAddress =
  | { readonly kind: 'asset'; readonly sha256: string }
  | { readonly kind: 'film'; readonly generationId: string; readonly index: number }
  | { readonly kind: 'unknown' };

/** Reads an address that this server handed out; undefined for one of somebody else. Such an address is looked up, never fetched. */
export function readOwnAddress(text: string, ownBases: readonly string[]): OwnAddress | undefined {
  if (!/^https?:/i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!ownBases.some((base) => new URL(base).origin === url.origin)) return undefined;
  const asset = /\/v1\/assets\/([0-9a-f]{64})(?:\/content)?$/.exec(url.pathname)?.[1];
  if (asset !== undefined) return { kind: 'asset', sha256: asset };
  const signed = /\/films\/\w+\/(\w+)\/(\d{1,6})\.\w+$/.exec(url.pathname);
  if (signed !== null) return { kind: 'film', generationId: signed[1]!, index: Number(signed[2]) };
  const file = /\/files\/\w+\/([0-9a-f]{64})\.\w+$/.exec(url.pathname)?.[1];
  if (file !== undefined) return { kind: 'asset', sha256: file };
  const generationId = /\/v1\/generations\/(\w+)\/content$/.exec(url.pathname)?.[1];
  const index = Number(url.searchParams.get('film') ?? 0);
  if (generationId === undefined || !Number.isInteger(index)) return { kind: 'unknown' };
  return { kind: 'film', generationId, index };
}
