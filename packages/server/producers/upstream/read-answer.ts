import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Answer, Json } from '@refreel/core/dialects';

export interface AnswerLimits {
  /** Of the whole answer. */
  readonly seconds: number;
  /** A new file for an answer that is a film, and its most bytes; left out where none is expected. */
  readonly film?: { readonly file: string; readonly bytes: number };
}

/** Of an answer that is no film: a list of a hundred tasks has less. */
const mostTextBytes = 4 * 1024 * 1024;
/** Deeper than any vendor nests. */
const mostDepth = 64;

/**
 * Reads an answer: JSON, nothing, or bytes that went into the file (their handle is its path). What is neither JSON nor a film is read as
 * nothing, for no dialect makes anything of a page. Throws where it breaks off or is too large: then nobody knows what it said.
 */
export async function readAnswer(
  message: IncomingMessage,
  { film }: AnswerLimits,
  signal: AbortSignal,
): Promise<Answer> {
  const status = message.statusCode ?? 0;
  const headers: Record<string, string> = {};
  for (const [name, values] of Object.entries(message.headersDistinct)) headers[name] = (values ?? []).join(', ');
  const mediaType = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const stop = () => message.destroy(new Error('stopped'));
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (film !== undefined && status === 200 && /^(?:video\/|application\/octet-stream)/.test(mediaType)) {
      await store(message, film);
      return { status, headers, body: { kind: 'bytes', bytes: film.file, mediaType } };
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostTextBytes) throw new Error(`an answer of more than ${mostTextBytes} bytes`);
      chunks.push(chunk);
    }
    if (!message.complete) throw new Error('a broken answer');
    const value = readJson(Buffer.concat(chunks).toString('utf8'));
    return { status, headers, body: value === undefined ? { kind: 'none' } : { kind: 'json', value } };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function store(message: IncomingMessage, { file, bytes: most }: { file: string; bytes: number }): Promise<void> {
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  let bytes = 0;
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw new Error(`a film of more than ${most} bytes`);
      if (!target.write(chunk))
        await new Promise<void>((drained) => target.once('drain', drained).once('close', drained));
    }
    if (!message.complete) throw new Error('a broken answer');
    target.end();
    await finished(target);
  } catch (error) {
    target.destroy();
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Undefined for what is no JSON, or nested so deep that whoever walks through it could not come back, or not to be written into a text: a field
 * "toString" breaks whoever tries.
 */
function readJson(text: string): Json | undefined {
  if (deeperThan(text, mostDepth)) return undefined;
  try {
    return JSON.parse(text, (name, value: Json) => {
      if (name === 'toString') throw new SyntaxError('a field cannot be named "toString"');
      return value;
    }) as Json;
  } catch {
    return undefined;
  }
}

function deeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > most) return true;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return false;
}
