import {
  type Media,
  type MediaFacts,
  type MediaUse,
  mediaOfRequest,
  type Problem,
  type Request,
} from '@refreel/core/model';
import { ChildEnded } from '../../processes/guarded-child.ts';
import type { Animatic } from './animatic.ts';
import type { AtelierProcess } from './atelier-process.ts';
import { type FileToMeasure, measuredAtOnce } from './questions.ts';
import { endProblem, refusalProblem } from './refusals.ts';

/** Facts that are kept; a request has a few dozen media at most. */
const mostKnown = 1000;

/** Measures requests in the atelier. What was measured once is known, as long as it is looked at for the same things. */
export function measureRequest(atelier: AtelierProcess): Animatic['measure'] {
  const known = new Map<string, MediaFacts>();
  const keep = (key: string, facts: MediaFacts) => {
    if (known.size >= mostKnown) known.clear();
    known.set(key, facts);
  };

  return async (request, files, { onProgress } = {}) => {
    const questions = questionsOf(request, files);
    const outcomes = new Map<Question, Outcome>();
    const measure = async (question: Question) => {
      const { media, file, cut, pitch } = question.file;
      const key = JSON.stringify([media, file, cut, pitch]);
      const facts = known.get(key);
      const outcome = facts === undefined ? await askAtelier(atelier, question) : { facts };
      if (outcome.facts !== undefined) keep(key, outcome.facts);
      outcomes.set(question, outcome);
      onProgress?.({ media: outcomes.size, of: questions.length });
    };
    const next = questions.values();
    const lane = async () => {
      for (const question of next) await measure(question);
    };
    await Promise.all(Array.from({ length: measuredAtOnce }, lane));
    // The process died, perhaps of what was beside it: alone it shows.
    for (const question of questions) if (outcomes.get(question)?.died) await measure(question);

    const media: Record<Media, MediaFacts> = Object.create(null);
    const problems: Problem[] = [];
    for (const question of questions) {
      const { facts, problem } = outcomes.get(question)!;
      if (facts !== undefined) media[question.file.media] = facts;
      if (problem !== undefined) problems.push(problem);
    }
    return { facts: { media, lines: {} }, problems };
  };
}

interface Question {
  readonly path: string;
  readonly file: FileToMeasure;
}

/** What became of a medium: its facts, or why it cannot be used. */
export interface Outcome {
  readonly facts?: MediaFacts;
  readonly problem?: Problem;
  /** The process ended, and not because of this medium's time. */
  readonly died?: boolean;
}

/** Each medium that has a file once, by its first place in the request. */
function questionsOf(request: Request, files: Readonly<Record<Media, string>>): Question[] {
  const uses = Map.groupBy(
    mediaOfRequest(request).filter(({ media }) => Object.hasOwn(files, media)),
    ({ media }) => media,
  );
  return [...uses].map(([media, all]) => ({
    path: all[0]!.path,
    file: { media, file: files[media]!, ...needsOf(all, request) },
  }));
}

/** Has one medium measured; what cannot be used is a problem at its path. `name` is how a person knows the file. */
export async function askAtelier(
  atelier: AtelierProcess,
  { path, file, name = file.file }: { path: string; file: FileToMeasure; name?: string },
): Promise<Outcome> {
  try {
    const answer = await atelier.measure(file);
    return answer.ok ? { facts: answer.facts } : { problem: refusalProblem(path, name, answer.refusal) };
  } catch (error) {
    if (!(error instanceof ChildEnded)) throw error;
    const died = error.end.why === 'crashed' || error.end.why === 'memory';
    return { problem: endProblem(path, error.end), died };
  }
}

/**
 * Of media that were measured for everything, what measuring this request would have found: a place has no mask, and a clip beside a voice has
 * no pitch.
 */
export function factsForRequest(
  request: Request,
  measured: Readonly<Record<Media, MediaFacts>>,
): Record<Media, MediaFacts> {
  const uses = Map.groupBy(
    mediaOfRequest(request).filter(({ media }) => Object.hasOwn(measured, media)),
    ({ media }) => media,
  );
  const facts: Record<Media, MediaFacts> = Object.create(null);
  for (const [media, all] of uses) {
    const needs = needsOf(all, request);
    const kept = { ...measured[media]! };
    if (kept.kind === 'image' && !needs.cut) delete kept.mask;
    if (kept.kind !== 'image' && !needs.pitch) delete kept.pitchHertz;
    facts[media] = kept;
  }
  return facts;
}

/** What a medium is looked at for besides its measures. */
interface Needs {
  readonly cut: boolean;
  readonly pitch: boolean;
}

/** Pictures of subjects are cut out; the sound of a voice, or of a subject's clip that has no other voice, tells its pitch. */
function needsOf(uses: readonly MediaUse[], request: Request): Needs {
  const wanted = uses.map(({ path, role }) => {
    const index = /^references\[(\d+)\]/.exec(path)?.[1];
    const reference = index === undefined ? undefined : request.references[Number(index)];
    const kind = reference?.kind;
    const hasVoice = reference !== undefined && 'voice' in reference && reference.voice !== undefined;
    return {
      cut: (role === 'image' || role === 'angle') && (kind === 'subject' || kind === 'image'),
      pitch: role === 'voice' || ((role === 'clip' || role === 'video') && !hasVoice),
    };
  });
  return { cut: wanted.some(({ cut }) => cut), pitch: wanted.some(({ pitch }) => pitch) };
}
