import { createHmac, timingSafeEqual } from 'node:crypto';

/** Vouches for texts that come back through other hands: nobody without the secret can make a signature that matches. */
export interface Signer {
  /** HMAC-SHA256 in base64url: 43 characters. The text stays readable, and is not part of it. */
  sign(text: string): string;
  /** Whether the signature is that of this text, told in constant time. False for anything that is none. */
  matches(text: string, signature: string): boolean;
}

/** Signers of one secret. Each purpose ("session", "upload") has a key of its own: what was signed for one matches for no other. */
export type Signers = (purpose: string) => Signer;

export function openSigners(secret: string): Signers {
  const known = new Map<string, Signer>();
  return (purpose) => {
    const signer = known.get(purpose) ?? openSigner(secret, purpose);
    known.set(purpose, signer);
    return signer;
  };
}

export function openSigner(secret: string, purpose: string): Signer {
  if (secret === '' || purpose === '') throw new Error('a signer needs a secret and a purpose');
  const key = createHmac('sha256', secret).update(`refreel signer v1\n${purpose}`).digest();
  const mac = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    sign: (text) => mac(text).toString('base64url'),
    matches(text, signature) {
      // One text has one signature: other spellings of the same bytes are refused too.
      if (!/^[\w-]{43}$/.test(signature)) return false;
      const given = Buffer.from(signature, 'base64url');
      return given.toString('base64url') === signature && timingSafeEqual(given, mac(text));
    },
  };
}
