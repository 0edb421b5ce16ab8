import { findCard } from '../catalog/index.ts';
import { readPrompt } from '../dialects/index.ts';
import type { Card, Note, Problem, Prompt, Reference, Request, Shot, Size } from '../model/index.ts';
import { problem } from '../model/index.ts';
import { AuthoredReference, AuthoredRequest } from './authored.ts';
import { shapeProblems } from './shape-problems.ts';
import { unknownField } from './unknown-field.ts';

/** What became of something that a person wrote. */
export interface ReadRequest {
  /** Undefined where its shape is wrong; where only a mention is unknown, the request is there beside the problem. */
  readonly request: Request | undefined;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/** Reads a request as people write it (an object from YAML or JSON) into the canonical one. `extra` are cards beyond the catalog. */
export function readRequest(input: unknown, extra: readonly Card[] = []): ReadRequest {
  const parsed = AuthoredRequest.safeParse(input);
  if (!parsed.success)
    return { request: undefined, problems: shapeProblems(AuthoredRequest, input, knownFields), notes: [] };
  const authored = parsed.data;
  const problems: Problem[] = [];
  const references = readReferences(authored.references ?? [], problems);
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

function defined<Fields extends object>(fields: Fields): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
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

/** Names and ids that were left out are made: "subject1", and the name is the id. */
function readReferences(authored: readonly AuthoredReference[], problems: Problem[]): Reference[] {
  const counts = { subject: 0, scene: 0, image: 0, video: 0 };
  return authored.flatMap((written, index): Reference[] => {
    const kind = written.kind ?? (written.video === undefined ? 'subject' : 'video');
    counts[kind] += 1;
    const name = written.name ?? `${kind}${counts[kind]}`;
    const known = { id: written.id ?? name, name };
    const refuse = (field: string, en: string, zh: string): Reference[] => {
      problems.push(problem('invalid_request', `references[${index}].${field}`, { found: { en, zh } }));
      return [];
    };
    const allowed = fieldsOf[kind];
    const extra = Object.keys(written).find(
      (field) => !allowed.includes(field) && !['kind', 'id', 'name'].includes(field),
    );
    if (extra !== undefined) {
      problems.push(unknownField(`references[${index}].${extra}`, extra, allowed, true));
      return [];
    }
    if (kind === 'video') {
      const { video, use = 'subject', keepSound, voice } = written;
      if (video === undefined) return refuse('video', 'the reference needs a video', '需要一段视频');
      return [{ kind, ...known, video, use, ...defined({ keepSound, voice }) }];
    }
    const { image, angles, clip, voice } = written;
    if (kind === 'subject') return [{ kind, ...known, ...defined({ image, angles, clip, voice }) }];
    if (image === undefined) return refuse('image', `the ${kind} needs a picture`, '需要一张图像');
    return kind === 'scene' ? [{ kind, ...known, image, ...defined({ angles }) }] : [{ kind, ...known, image }];
  });
}

const fieldsOf: Readonly<Record<Reference['kind'], readonly string[]>> = {
  subject: ['image', 'angles', 'clip', 'voice'],
  scene: ['image', 'angles'],
  image: ['image'],
  video: ['video', 'use', 'keepSound', 'voice'],
};
