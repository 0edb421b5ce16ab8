import { randomUUID } from 'node:crypto';

/** The owner of rows. Given out by `workspaces.ts` and `keys.ts` only, so that an id of anything else cannot stand in its place. */
export type WorkspaceId = string & { readonly owner: 'workspace' };

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Makes ids: "gen_01jd7m3r…" is 48 bits of milliseconds, then 80 random bits, in Crockford's base 32. Each sorts after the one before, so rows lie
 * in the order of their making; the random part keeps them from being guessed.
 */
export function makeIds(
  now: () => number = Date.now,
): (prefix: 'wsp' | 'key' | 'gen' | 'ref' | 'prj' | 'whk' | 'flt' | 'quo' | 'bud' | 'bkg') => string {
  let last = 0n;
  return (prefix) => {
    const next = (BigInt(now()) << 80n) | BigInt(`0x${randomDigits()}`);
    // In the same millisecond, or when the clock was set back: a random step on from the last one.
    last = next > last ? next : last + 1n + BigInt(`0x${randomDigits().slice(4)}`);
    let rest = last;
    let text = '';
    for (let place = 0; place < 26; place++) {
      text = alphabet[Number(rest & 31n)] + text;
      rest >>= 5n;
    }
    return `${prefix}_${text}`;
  };
}

/** 80 random bits in hexadecimal, from where they lie ready: the digits of a UUID that say nothing of its kind. */
function randomDigits(): string {
  const uuid = randomUUID();
  return uuid.slice(24) + uuid.slice(0, 8);
}

export const makeId: ReturnType<typeof makeIds> = makeIds();
