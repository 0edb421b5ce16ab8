import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { problem, Refusal } from '@refreel/core/model';
import { parseDocument } from 'yaml';

/** What somebody wrote, not yet read as a request, and the folder that its relative paths start at. */
export interface WrittenRequest {
  readonly written: Record<string, unknown>;
  readonly folder: string;
}

/** Larger than any request with a page of prompt; a film named by mistake is not read into memory. */
const mostBytes = 2_000_000;

/**
 * Reads a request from a YAML or JSON file, from a text file that is only a prompt, or from standard input ("-").
 * @throws Refusal where there is no such file or its text is no YAML or JSON
 */
export async function readRequestFile(name: string): Promise<WrittenRequest> {
  if (name === '-') return { written: parse(await readAll(), 'standard input'), folder: process.cwd() };
  const file = resolve(name);
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      problem(error.code === 'ENOENT' ? 'media_missing' : 'media_unreadable', 'request', { found: name }),
    );
  });
  if (bytes.length > mostBytes || bytes.includes(0)) {
    const found = { en: `"${name}" is no text`, zh: `“${name}”不是文本` };
    throw new Refusal(problem('invalid_request', 'request', { found }));
  }
  const text = bytes.toString('utf8');
  const isPrompt = ['.txt', '.md', ''].includes(extname(file).toLowerCase());
  return { written: isPrompt ? { prompt: text.trim() } : parse(text, name), folder: dirname(file) };
}

async function readAll(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk;
  return text;
}

/** YAML holds JSON too. Text that is neither a list of fields nor broken YAML is a prompt. */
function parse(text: string, name: string): Record<string, unknown> {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const [first] = error.message.split('\n');
    const found = { en: `${name}: ${first}`, zh: `${name}：${first}` };
    throw new Refusal(problem('invalid_request', 'request', { found }));
  }
  // An alias can make a small file endless.
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  if (typeof value === 'string') return { prompt: value };
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  const found = { en: `${name} holds no fields`, zh: `${name} 中没有字段` };
  throw new Refusal(problem('invalid_request', 'request', { found }));
}
