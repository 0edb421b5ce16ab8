import type { FormPart } from '@refreel/core/dialects';
import { problem, Refusal } from '@refreel/core/model';
import { unreadable } from '../read-body.ts';

/** A file of a form, as its part announces it. */
export interface FormFile {
  /** Of the form's field. */
  readonly name: string;
  /** Without folders. */
  readonly fileName: string;
  readonly mediaType: string;
}

export interface FormOptions {
  /** The header, with its boundary. */
  readonly contentType: string;
  /** Most bytes of all fields together that are no files. */
  readonly fieldBytes: number;
  /** Stores a file as its bytes come and gives the handle; the parts before it are there already. */
  readonly keepFile: (file: FormFile, bytes: AsyncIterable<Uint8Array>, before: readonly FormPart[]) => Promise<string>;
}

const mostParts = 500;
/** The largest file that any vendor takes comes through, so that its refusal is heard. */
const mostSkippedBytes = 100 * 1_048_576;
const mostHeaderBytes = 8 * 1024;
const form = { en: 'a form (multipart/form-data)', zh: '表单（multipart/form-data）' };

/** Reads a form part by part: order is kept, and no file is ever held in memory. @throws Refusal */
export async function readForm(chunks: AsyncIterable<Uint8Array>, options: FormOptions): Promise<FormPart[]> {
  const source = new Source(chunks);
  try {
    return await readParts(source, options);
  } catch (error) {
    // A client that still sends when its connection ends never reads why it was refused.
    await source.skip(mostSkippedBytes).catch(() => {});
    throw error;
  }
}

async function readParts(source: Source, options: FormOptions): Promise<FormPart[]> {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(options.contentType) ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) throw unreadable({ en: 'its boundary is not named', zh: '未声明 boundary' }, form);
  const border = Buffer.from(`\r\n--${boundary}`);
  const parts: FormPart[] = [];
  let left = options.fieldBytes;
  await drain(source.until(border));
  const endOfHeader = Buffer.from('\r\n\r\n');
  for (;;) {
    const next = (await source.peek(2)).toString('latin1');
    if (next === '--') break;
    if (next !== '\r\n') throw unreadable({ en: 'a part does not begin as one', zh: '分段格式错误' }, form);
    if (parts.length === mostParts)
      throw unreadable({ en: `it has more than ${mostParts} parts`, zh: '分段过多' }, form);
    const header = await source.whole(endOfHeader, mostHeaderBytes);
    const { name, fileName, mediaType } = readPartHeader(header);
    if (fileName === undefined) {
      const value = await source.whole(border, left);
      left -= value.length;
      parts.push({ name, value: readText(value, name) });
      continue;
    }
    const bytes = source.until(border);
    const file = { name, fileName, mediaType: mediaType ?? 'application/octet-stream' };
    const handle = await options.keepFile(file, bytes, parts);
    await drain(bytes);
    parts.push({ ...file, bytes: handle });
  }
  // What comes after the end is nobody's.
  await source.skip(Number.POSITIVE_INFINITY);
  return parts;
}

/** Bytes that come in pieces, cut where something stands between them. */
class Source {
  readonly #chunks: AsyncIterator<Uint8Array>;
  // What a border begins with also stands before the first part.
  #held: Buffer = Buffer.from('\r\n');

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Everything before the border, which is taken away with it. @throws Refusal where it does not come */
  async *until(border: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(border);
      if (at !== -1) {
        const before = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + border.length);
        if (before.length > 0) yield before;
        return;
      }
      // The end of what is there may be the beginning of the border.
      const sure = this.#held.length - border.length + 1;
      if (sure > 0) {
        const before = this.#held.subarray(0, sure);
        this.#held = this.#held.subarray(sure);
        yield before;
      }
      await this.#more();
    }
  }

  /** The same in one piece, of so many bytes at most. What is there already is not copied: all of most forms. @throws Refusal */
  async whole(border: Buffer, most: number): Promise<Buffer> {
    const at = this.#held.indexOf(border);
    if (at === -1) return await collect(this.until(border), most);
    if (at > most) throw tooLarge(most);
    const before = this.#held.subarray(0, at);
    this.#held = this.#held.subarray(at + border.length);
    return before;
  }

  /** The next bytes, which stay. */
  async peek(bytes: number): Promise<Buffer> {
    while (this.#held.length < bytes) await this.#more();
    return this.#held.subarray(0, bytes);
  }

  /** Takes what is still to come, and lets it go. */
  async skip(mostBytes: number): Promise<void> {
    for (let left = mostBytes; left > 0; ) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return;
      left -= value.length;
    }
    await this.#chunks.return?.();
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done === true) throw unreadable({ en: 'it ends too early', zh: '提前结束' }, form);
    this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
  }
}

async function drain(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

async function collect(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(most: number): Refusal {
  return new Refusal(problem('body_too_large', 'body', { limitBytes: `${Math.floor(most / 1024)} KB` }));
}

function readPartHeader(header: Buffer): { name: string; fileName: string | undefined; mediaType: string | undefined } {
  const text = readText(header, 'body');
  const disposition = /(?:^|\r\n)content-disposition:([^\r\n]*)/i.exec(text)?.[1] ?? '';
  const type = /(?:^|\r\n)content-type:([^\r\n]*)/i.exec(text)?.[1] ?? '';
  const name =
    /;\s*name="([^"]{0,200})"/i.exec(disposition)?.[1] ?? /;\s*name=([^\s;"]{1,200})/i.exec(disposition)?.[1];
  if (name === undefined || name === '')
    throw unreadable({ en: 'a part of it has no name', zh: '有分段没有名称' }, form);
  const extended = /;\s*filename\*=utf-8''([^\s;]{0,1000})/i.exec(disposition)?.[1];
  const given = /;\s*filename="((?:\\.|[^"\\]){0,1000})"/i.exec(disposition)?.[1];
  const fileName = extended === undefined ? given?.replace(/\\(["\\])/g, '$1') : decode(extended);
  const mediaType = type.split(';', 1)[0]!.trim().toLowerCase();
  return {
    name: unescapeName(name),
    fileName: fileName === undefined ? undefined : lastPart(unescapeName(fileName)),
    mediaType: /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(mediaType) ? mediaType : undefined,
  };
}

/** Browsers write these three so, and nothing else. */
function unescapeName(text: string): string {
  return text.replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function lastPart(fileName: string): string {
  return fileName
    .replace(/^.*[/\\]/, '')
    .slice(0, 200)
    .toWellFormed();
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readText(bytes: Buffer, path: string): string {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    throw unreadable({ en: 'it is not UTF-8', zh: '不是 UTF-8' }, form);
  }
  if (!text.includes('\0')) return text;
  const found = { en: 'it holds a character that cannot be kept', zh: '含有无法保存的字符' };
  throw new Refusal(problem('invalid_request', path, { found }));
}
