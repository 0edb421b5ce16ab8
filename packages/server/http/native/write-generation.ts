import { type Language, stateTable } from '@refreel/core/model';
import { type Asset, lastAttempts, restorableUntil, type WholeGeneration } from '../../store/index.ts';
import { noteHeader, showNote, showProblem } from '../answer.ts';

/** Where an answer leads, and in which language it speaks. */
export interface Telling {
  readonly language: Language;
  readonly base: string;
}

/** A generation as its owner sees it. */
export function writeGeneration(generation: WholeGeneration, { language, base }: Telling) {
  const self = `${base}/v1/generations/${generation.id}`;
  return {
    id: generation.id,
    state: generation.state,
    ended: stateTable[generation.state].terminal,
    model: generation.model,
    dialect: generation.dialect,
    request: generation.request,
    quote: generation.quote,
    notes: generation.notes.map((one) => showNote(one, language)),
    problems: lastAttempts(generation.attempts).flatMap(({ problems }) =>
      problems.map((one) => showProblem(one, language)),
    ),
    attempts: generation.attempts.map(({ problems, ...attempt }) => ({
      ...attempt,
      problems: problems.map((one) => showProblem(one, language)),
    })),
    films: generation.films.map(({ attemptIndex, ...film }) => ({
      ...film,
      attempt: attemptIndex,
      url: `${self}/content?film=${film.index}`,
    })),
    remixOf: generation.remixOf,
    starred: generation.starredAt !== null,
    project: projectOf(generation),
    restorableUntil: generation.deletedAt === null ? null : restorableUntil(generation.deletedAt),
    keyId: generation.keyId,
    createdAt: generation.createdAt,
    updatedAt: generation.updatedAt,
    finishedAt: generation.finishedAt,
    urls: { self, events: `${self}/events`, cancel: `${self}/cancel` },
  };
}

/** What a native request was asked for in, as it said. */
function projectOf({ dialect, echo }: WholeGeneration): string | null {
  const project = dialect === 'native' ? (echo as { readonly project?: unknown } | null)?.project : undefined;
  return typeof project === 'string' ? project : null;
}

/** Who makes it, and what was changed on the way, for callers that look at headers only. */
export function generationHeaders({ attempts, notes }: WholeGeneration): Record<string, string> {
  const producers = [...new Set(attempts.map(({ producer }) => producer))].join(', ');
  return { ...(producers !== '' && { 'x-refreel-producer': producers }), ...noteHeader(notes) };
}

export function writeAsset(asset: Asset, base: string) {
  return { asset: `asset:${asset.sha256}`, ...asset, url: `${base}/v1/assets/${asset.sha256}/content` };
}
