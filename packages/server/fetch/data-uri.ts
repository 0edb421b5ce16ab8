import { holdToKinds, type MediaKind, readMediaType } from './media-type.ts';
import { type FetchRefusal, FetchRefused } from './refusal.ts';

export interface DataLimits {
  /** Most bytes after decoding; held to before anything is decoded. */
  readonly bytes: number;
  readonly accept?: readonly MediaKind[];
}

export interface DataRead {
  readonly bytes: Uint8Array;
  /** What the URI calls it, lower case, without parameters; `text/plain` if it calls it nothing (RFC 2397). */
  readonly claimedType: string;
}

/**
 * Reads `data:[type][;parameters][;base64],data` strictly: the standard alphabet and its padding (which may be left out as a whole), no
 * white space, no bits that mean nothing; in the other form printable ASCII with whole percent escapes. Refusals are returned and
 * never repeat the data.
 */
export function readDataUri(text: string, limits: DataLimits): DataRead | FetchRefusal {
  return refusing(() => {
    if (!/^data:/i.test(text)) throw invalid('data:', 'another scheme');
    const comma = text.slice(0, longestHead).indexOf(',');
    if (comma < 0) throw invalid(`a comma within ${longestHead} characters`, 'none');
    const head = text.slice('data:'.length, comma);
    const isBase64 = /;base64$/i.test(head);
    const claim = isBase64 ? head.slice(0, -';base64'.length) : head;
    if (!/^([^;,\s]+)?(;[^;=,\s]+=[^;,\s]*)*$/.test(claim))
      throw invalid('type;name=value', 'other words before the comma');
    const claimedType = claim === '' || claim.startsWith(';') ? 'text/plain' : readMediaType(claim);
    if (claimedType === undefined) throw invalid('a media type', 'none');
    if (limits.accept !== undefined) holdToKinds(claimedType, limits.accept);
    const data = text.slice(comma + 1);
    return { bytes: isBase64 ? decodeBase64(data, limits.bytes) : decodePercent(data, limits.bytes), claimedType };
  });
}

/** Reads bare base64, as some dialects send pictures, with the same strictness. */
export function readBase64(text: string, limits: { readonly bytes: number }): Uint8Array | FetchRefusal {
  return refusing(() => decodeBase64(text, limits.bytes));
}

const longestHead = 300;

function refusing<Value>(read: () => Value): Value | FetchRefusal {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    return { ...error.reason, url: 'data:' };
  }
}

function decodeBase64(text: string, mostBytes: number): Uint8Array {
  // Form encoders escape + / and =. Nothing else may be escaped.
  const data = text.includes('%') ? text.replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '=') : text;
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0;
  hold(Math.floor(((data.length - padding) * 3) / 4), mostBytes);
  const bytes = Buffer.from(data, 'base64');
  const padded = padding === 0 ? data.padEnd(Math.ceil(data.length / 4) * 4, '=') : data;
  // Node skips what is not base64; written again it is the same only if there was nothing of the kind.
  if (bytes.toString('base64') !== padded)
    throw invalid('base64', 'other characters, or a length that base64 cannot have');
  return bytes;
}

function decodePercent(text: string, mostBytes: number): Uint8Array {
  // An escape is three characters a byte: what is longer than that need not be looked at.
  hold(Math.ceil(text.length / 3), mostBytes);
  if (/[^!"$-~]|%(?![0-9a-f]{2})/i.test(text)) throw invalid('printable ASCII and %xx', 'other characters');
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const isEscape = bytes[at] === percentSign;
    bytes[length++] = isEscape ? Number.parseInt(text.slice(at + 1, at + 3), 16) : bytes[at]!;
    if (isEscape) at += 2;
  }
  hold(length, mostBytes);
  return bytes.subarray(0, length);
}

const percentSign = 0x25;

function hold(bytes: number, mostBytes: number): void {
  if (bytes > mostBytes) throw new FetchRefused({ code: 'too_large', unit: 'bytes', limit: mostBytes, found: bytes });
}

function invalid(limit: string, found: string): FetchRefused {
  return new FetchRefused({ code: 'data_invalid', limit, found });
}
