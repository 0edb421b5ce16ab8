import { createHmac } from 'node:crypto';

/** What is sent: a body, and the headers by which its receiver knows where it comes from (standardwebhooks.com, 1.0). */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Something that happened, as receivers read it. */
export interface Told {
  /** The same at every try, so that a receiver can tell what it has had already. */
  readonly id: string;
  readonly type: string;
  readonly at: Date;
  readonly data: object;
}

/** Signs what is told, at an instant. `secret`: "whsec_" and 32 bytes in base 64. */
export function signMessage({ id, type, at, data }: Told, secret: string, now: Date): SignedMessage {
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
  const seconds = Math.floor(now.getTime() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}
