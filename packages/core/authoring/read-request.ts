import { findCard } from '../catalog/index.ts';
import { readPrompt } from '../dialects/index.ts';
import type { Card, Note, Problem, Prompt, Request, Shot, Size } from '../model/index.ts';
import { problem } from '../model/index.ts';
import { AuthoredReference, AuthoredRequest } from './authored.ts';
import { defined, readReferences, type SavedReferences } from './read-references.ts';
import { shapeProblems } from './shape-problems.ts';

/** What became of something that a person wrote. */
export interface ReadRequest {
  /** Undefined where its shape is wrong; where only a mention is unknown, the request is there beside the problem. */
  readonly request: Request | undefined;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/**
 * Reads a request as people write it (an object from YAML or JSON) into the canonical one. `extra` are cards beyond the catalog; `saved` what
 * `savedIn` named and the workspace keeps.
 */
export function readRequest(input: unknown, extra: readonly Card[] = [], saved?: SavedReferences): ReadRequest {
  const parsed = AuthoredRequest.safeParse(input);
  if (!parsed.success)
    return { request: undefined, problems: shapeProblems(AuthoredRequest, input, knownFields), notes: [] };
  const authored = parsed.data;
  const problems: Problem[] = [];
  const references = readReferences(authored.references ?? [], problems, saved);
  const authoredShots = shotsOf(authored, problems);
  if (problems.length > 0) return { request: undefined, problems, notes: [] };

  const notes: Note[] = [];
  const modelId = authored.model ?? 'animatic';
  const card = findCard(modelId, extra);
  // An unknown model is told later, with its likely name; its prompts are read by every syntax until then.
  const syntax = card === undefined ? 'any' : card.prompt.mentions;
  const whole = authoredShots.map(({ prompt }) => (typeof prompt === 'string' ? prompt : '')).join('\n');
  const shots = authoredShots.map(({ prompt, seconds, path }): Shot => {
    const read =
      typeof prompt === 'string' ? readPrompt(prompt, references, syntax, { path, whole, model: modelId }) : undefined;
    problems.push(...(read?.problems ?? []));
    notes.push(...(read?.notes ?? []));
    const bound: Prompt = read?.prompt ?? (prompt as Prompt);
    return seconds === undefined ? { prompt: bound } : { prompt: bound, seconds };
  });
  const { prompt, seconds, shots: written, size, references: listed, model, ...settings } = authored;
  const request: Request = { model: modelId, references, shots, ...defined(settings) };
  if (size !== undefined) request.size = readSize(size);
  return { request, problems, notes };
}

function knownFields(path: readonly PropertyKey[]): string[] {
  if (path[0] === 'references') return Object.keys(AuthoredReference.shape);
  if (path[0] === 'shots') return ['prompt', 'seconds'];
  return path[0] === 'size' ? ['width', 'height'] : Object.keys(AuthoredRequest.shape);
}

function readSize(size: string | Size): Size {
  if (typeof size !== 'string') return size;
  const [width = 0, height = 0] = size.split(/[xX×*]/).map(Number);
  return { width, height };
}

interface AuthoredShot {
  readonly prompt: string | Prompt;
  readonly seconds: number | undefined;
  readonly path: string;
}

function shotsOf(authored: AuthoredRequest, problems: Problem[]): AuthoredShot[] {
  const { prompt, seconds, shots } = authored;
  const both = (path: string) =>
    problems.push(
      problem('invalid_request', path, {
        found: { en: 'it stands beside `shots`, and each shot has its own', zh: '已有 `shots` 时，应写在各个镜头里' },
      }),
    );
  if (shots !== undefined) {
    if (prompt !== undefined) both('prompt');
    if (seconds !== undefined) both('seconds');
    return shots.map((shot, index) => ({ prompt: shot.prompt, seconds: shot.seconds, path: `shots[${index}].prompt` }));
  }
  return [{ prompt: prompt ?? '', seconds, path: 'shots[0].prompt' }];
}
