import { curlSnippet } from './snippets/curl.ts';
import { nodeSnippet } from './snippets/node.ts';
import { openaiNodeSnippet } from './snippets/openai-node.ts';
import { pythonSnippet } from './snippets/python.ts';
import type { Wire } from './wires.ts';

/** A program in one language. */
export interface Snippet {
  /** What the program is called: "curl", "Python". */
  readonly language: string;
  readonly code: string;
}

/** Packages of vendors, for the wires that they were made for. */
const packages: Readonly<Record<string, { readonly language: string; readonly write: typeof openaiNodeSnippet }>> = {
  openai: { language: 'Node.js, openai', write: openaiNodeSnippet },
};

/** The message itself, and whole programs that send it, wait, and keep the film; none where it cannot be said. */
export function snippetsOf({ id, course }: Wire): Snippet[] {
  if (course === undefined) return [];
  const { body } = course.create;
  const message = body.kind === 'json' ? body.value : body.kind === 'form' ? body.fields : null;
  const vendor = packages[id];
  const byPackage = vendor?.write(course);
  return [
    { language: 'JSON', code: `${JSON.stringify(message, null, 2)}\n` },
    { language: 'curl', code: curlSnippet(course) },
    { language: 'Python', code: pythonSnippet(course) },
    { language: 'Node.js', code: nodeSnippet(course) },
    ...(vendor !== undefined && byPackage !== undefined ? [{ language: vendor.language, code: byPackage }] : []),
  ];
}
