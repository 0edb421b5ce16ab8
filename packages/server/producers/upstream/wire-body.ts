import { hash, randomBytes } from 'node:crypto';
import type { Ask, Body, Json } from '@refreel/core/dialects';

/** Bytes that are sent, with the header that says what they are; the header is empty where the ask says it by itself. */
export interface WireBody {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file behind a handle. */
export interface WireFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly mediaType: string;
}

export type ReadHandle = (handle: string) => Promise<WireFile>;

/** Writes a body as it goes over the wire. Undefined where there is none. */
export async function writeBody(body: Body, read: ReadHandle): Promise<WireBody | undefined> {
  switch (body.kind) {
    case 'none':
      return undefined;
    case 'json':
      return jsonOf(body.value);
    case 'bytes':
      return { bytes: (await read(body.bytes)).bytes, headers: { 'content-type': body.mediaType } };
    case 'form':
      return await writeForm(body.parts, read);
  }
}

export function jsonOf(value: Json): WireBody {
  return { bytes: Buffer.from(JSON.stringify(value)), headers: { 'content-type': 'application/json' } };
}

/** multipart/form-data (RFC 7578), in the order of its parts. */
async function writeForm(parts: Extract<Body, { kind: 'form' }>['parts'], read: ReadHandle): Promise<WireBody> {
  const boundary = `refreel-${randomBytes(16).toString('hex')}`;
  const chunks: Uint8Array[] = [];
  for (const part of parts) {
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name)}"`;
    if ('value' in part) {
      chunks.push(Buffer.from(`${head}\r\n\r\n${part.value}\r\n`));
      continue;
    }
    const file = await read(part.bytes);
    const fileName = quoted(part.fileName === '' ? file.fileName : part.fileName);
    const mediaType = (part.mediaType === '' ? file.mediaType : part.mediaType).replace(/[\r\n]/g, '');
    chunks.push(Buffer.from(`${head}; filename="${fileName}"\r\nContent-Type: ${mediaType}\r\n\r\n`));
    chunks.push(file.bytes, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(chunks), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

/** As browsers write it (WHATWG, "multipart/form-data encoding algorithm"). */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/**
 * Hash of the exact message, with media by what they are (`names`: what the wire calls them -> our handle): an address that is signed anew
 * each time does not make it another one.
 */
export function intentOf(
  account: string,
  { method, path, query, body }: Ask,
  names: ReadonlyMap<string, string>,
): string {
  const text = JSON.stringify([account, method, path, query, body], (_, value: unknown) =>
    typeof value === 'string' ? (names.get(value) ?? value) : value,
  );
  return hash('sha256', text);
}
