import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Which account a key belongs to: a sealed key opens for no other id and no other origin. */
export interface SealedFor {
  readonly id: string;
  readonly origin: string;
}

/** Seals keys of accounts with a key that is derived from the server's secret. */
export interface Sealer {
  seal(key: string, of: SealedFor): Buffer;
  /** Undefined where it was sealed with another secret, for another account, or was changed. */
  open(sealed: Buffer, of: SealedFor): string | undefined;
  /** Tells two keys apart, and nobody who reads it learns the key: an HMAC of it. */
  mark(key: string): string;
}

/** Of what is sealed: this form, the nonce, AES-256-GCM's tag, then the bytes. */
const form = 1;
const nonceBytes = 12;
const tagBytes = 16;

export function openSealer(secret: string): Sealer {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `refreel accounts v1 ${purpose}`, 32));
  const [sealing, marking] = [derive('seal'), derive('mark')];
  const boundTo = ({ id, origin }: SealedFor) => Buffer.from(JSON.stringify([id, origin]));
  return {
    seal(key, of) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce, { authTagLength: tagBytes }).setAAD(boundTo(of));
      const hidden = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([form]), nonce, cipher.getAuthTag(), hidden]);
    },
    open(sealed, of) {
      if (sealed[0] !== form || sealed.length < 1 + nonceBytes + tagBytes) return undefined;
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
      const cipher = createDecipheriv('aes-256-gcm', sealing, nonce, { authTagLength: tagBytes });
      cipher.setAAD(boundTo(of)).setAuthTag(tag);
      try {
        const hidden = sealed.subarray(1 + nonceBytes + tagBytes);
        return Buffer.concat([cipher.update(hidden), cipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    mark: (key) => createHmac('sha256', marking).update(key).digest('base64url'),
  };
}
