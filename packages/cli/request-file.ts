import { open } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { isFieldLike } from '@refreel/core/authoring';
import { byteWords, type Localized, problem, Refusal } from '@refreel/core/model';
import { isMap, parseDocument } from 'yaml';

/** What somebody wrote, not yet read as a request, and the folder that its relative paths start at. */
export interface WrittenRequest {
  readonly written: Record<string, unknown>;
  readonly folder: string;
  /** Absolute path; undefined for standard input. */
  readonly file: string | undefined;
}

/** Larger than any request with a page of prompt; a film named by mistake is not read into memory. */
const mostBytes = 2 * 1_048_576;

/** An alias can make a small file endless. */
const mostAliases = 100;

/**
 * Reads a request from a YAML or JSON file, from a text file that is only a prompt, or from standard input ("-").
 * @throws Refusal where there is no such file or its text is no YAML or JSON
 */
export async function readRequestFile(name: string): Promise<WrittenRequest> {
  if (name === '-') {
    const written = parse(decode(await readAll(process.stdin, name), name), name, true);
    return { written, folder: process.cwd(), file: undefined };
  }
  const file = resolve(name);
  const text = decode(await readFile(file, name), name);
  const type = extname(file).toLowerCase();
  if (['.txt', '.md'].includes(type)) return { written: { prompt: text.trim() }, folder: dirname(file), file };
  // A file that calls itself YAML or JSON is none but that; what has no such name may be a prompt.
  const mayBePrompt = !['.yaml', '.yml', '.json'].includes(type);
  return { written: parse(text, name, mayBePrompt), folder: dirname(file), file };
}

/** Opened once and read through that: devices and pipes have no size that could be asked for before. */
async function readFile(file: string, name: string): Promise<Buffer> {
  try {
    const opened = await open(file);
    try {
      if ((await opened.stat()).isDirectory()) return refuse(name, { en: 'it is a folder', zh: '这是一个目录' });
      return await readAll(opened.createReadStream({ autoClose: false }), name);
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    return refuse(name, unreadable[code] ?? { en: code, zh: code });
  }
}

const unreadable: Readonly<Record<string, Localized>> = {
  ENOENT: { en: 'there is no such file', zh: '文件不存在' },
  ENOTDIR: { en: 'there is no such file', zh: '文件不存在' },
  EISDIR: { en: 'it is a folder', zh: '这是一个目录' },
  EACCES: { en: 'permission is denied', zh: '没有权限' },
  ENAMETOOLONG: { en: 'the name is too long', zh: '文件名过长' },
};

async function readAll(stream: AsyncIterable<Buffer | string>, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > mostBytes) {
      const limit = byteWords(mostBytes);
      refuse(name, { en: `it is larger than ${limit.en}`, zh: `超过 ${limit.zh}` });
    }
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, name: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  return refuse(name, { en: 'it is no UTF-8 text', zh: '不是 UTF-8 文本' });
}

/**
 * YAML holds JSON too. Text that is neither a list of fields nor broken YAML is a prompt; so is, where that may be, what only looks
 * like YAML: "Close-up: mei smiles".
 */
export function parse(text: string, name: string, mayBePrompt: boolean): Record<string, unknown> {
  if (mayBePrompt && isProse(text)) return { prompt: text.trim() };
  const value = parseYaml(text, name);
  if (typeof value === 'string') return { prompt: value };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  if (Array.isArray(value)) return refuse(name, { en: 'it is a list; fields are wanted', zh: '内容是列表，应为字段' });
  return refuse(name, { en: 'it holds no fields', zh: '没有字段' });
}

/** Words without a single field of a request: none at the head of the text, and none among what YAML finds in it. */
function isProse(text: string): boolean {
  const [, head] = /^\s*(?:---\s+|#.*\n\s*)*["']?(\w+)["']?\s*:/u.exec(text) ?? [];
  if (text.trim() === '' || /^\s*\{/.test(text) || (head !== undefined && isFieldLike(head))) return false;
  const document = parseDocument(text);
  if (document.errors.length > 0) return true;
  return isMap(document.contents) && !document.contents.items.some(({ key }) => isFieldLike(String(key)));
}

function parseYaml(text: string, name: string): unknown {
  try {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error === undefined) return document.toJS({ maxAliasCount: mostAliases });
    return refuse(name, plain(error.message));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Aliases without end, or brackets too deep to follow.
    return refuse(name, plain(error instanceof Error ? error.message : String(error)));
  }
}

/** The first line of a parser's message, which goes on with a picture of the place. */
function plain(message: string): Localized {
  const words = (message.split('\n')[0] ?? '').replace(/[:.]$/, '');
  return { en: words, zh: words };
}

function refuse(name: string, limit: Localized): never {
  const found = name === '-' ? { en: 'standard input', zh: '标准输入' } : name;
  throw new Refusal(problem('request_unreadable', 'request', { found, limit }));
}
