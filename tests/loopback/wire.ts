import { randomUUID } from 'node:crypto';
import type { Answer, Ask, Body, Json } from '@refreel/core/dialects';

/** Sends what a dialect's client side has written, as it stands, over real HTTP. */
export interface Wire {
  send(ask: Ask): Promise<Answer>;
  /** Bytes that handles stand for: files that are sent, and films that came as answers. */
  readonly bytes: Map<string, Buffer>;
}

/** `base`: with the dialect's path. `key`: its headers, which go to the base alone. */
export function openWire(base: string, key: Readonly<Record<string, string>>): Wire {
  const bytes = new Map<string, Buffer>();
  const fileOf = (handle: string): Uint8Array<ArrayBuffer> => {
    const found = bytes.get(handle);
    if (found === undefined) throw new Error(`no bytes behind ${handle}`);
    return new Uint8Array(found);
  };
  const bodyOf = (body: Body): NonNullable<RequestInit['body']> | undefined => {
    if (body.kind === 'json') return JSON.stringify(body.value);
    if (body.kind === 'bytes') return fileOf(body.bytes);
    if (body.kind === 'none') return undefined;
    const form = new FormData();
    for (const part of body.parts)
      if ('value' in part) form.append(part.name, part.value);
      else form.append(part.name, new Blob([fileOf(part.bytes)], { type: part.mediaType }), part.fileName);
    return form;
  };
  return {
    bytes,
    async send({ method, path, address, query, headers, body }) {
      const search = new URLSearchParams(query).toString();
      const sent = bodyOf(body);
      const got = await fetch(`${address ?? base + path}${search === '' ? '' : `?${search}`}`, {
        method,
        headers: { ...(address === undefined && key), ...headers },
        ...(sent !== undefined && { body: sent }),
      });
      const whole = Buffer.from(await got.arrayBuffer());
      const mediaType = got.headers.get('content-type')?.split(';')[0] ?? '';
      const answer = { status: got.status, headers: Object.fromEntries(got.headers) };
      if (whole.length === 0) return { ...answer, body: { kind: 'none' } };
      if (mediaType === 'application/json')
        return { ...answer, body: { kind: 'json', value: JSON.parse(whole.toString()) as Json } };
      const handle = randomUUID();
      bytes.set(handle, whole);
      return { ...answer, body: { kind: 'bytes', bytes: handle, mediaType } };
    },
  };
}
