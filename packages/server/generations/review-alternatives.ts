import { findCard } from '@refreel/core/catalog';
import { explainProblem, type Facts, makeNote, type Note, type Problem, type Request } from '@refreel/core/model';
import type { Connection, WorkspaceId } from '../store/index.ts';
import { makerOf, remixedOf, reviewSending, type Sending } from './sending.ts';

/** A request as it was reviewed, and where it comes from. */
export interface ReviewedAlternatives {
  readonly request: Request;
  readonly region: string | undefined;
  readonly facts: Facts;
  /** What the check of their cards has told of them. */
  readonly known: readonly Note[];
  readonly connection: Connection;
  readonly workspace: WorkspaceId;
}

/** Which alternatives nobody could be asked for, beyond what the check of their cards has told: without an account, or out of its reach. */
export async function reviewAccountsOfAlternatives(
  sending: Sending | undefined,
  { request, region, facts, known, ...source }: ReviewedAlternatives,
): Promise<Note[]> {
  const { alternatives = [], ...alone } = request;
  if (sending === undefined) return [];
  const notes: Note[] = [];
  for (const [index, model] of alternatives.entries()) {
    const path = `alternatives[${index}]`;
    const told = known.some((note) => note.code === 'alternative_refuses' && note.path === path);
    if (told || findCard(model, sending.book.cards) === undefined) continue;
    const why = await refusalsOf(sending, { ...alone, model }, region, facts, source);
    if (why.length === 0) continue;
    const say = (language: 'en' | 'zh') => why.map((one) => explainProblem(one, language).message);
    const words = { en: say('en').join(' '), zh: say('zh').join('') };
    notes.push(makeNote('alternative_refuses', path, { found: model, why: words }));
  }
  return notes;
}

async function refusalsOf(
  sending: Sending,
  request: Request,
  region: string | undefined,
  facts: Facts,
  source: Pick<ReviewedAlternatives, 'connection' | 'workspace'>,
): Promise<readonly Problem[]> {
  const maker = await makerOf(sending, request, region, source);
  if (maker.producer === 'nobody') return [maker.problem];
  if (maker.producer === 'animatic') return [];
  const remixes = await remixedOf({ request }, maker.account, source);
  const { workspace } = source;
  const asked = { request, facts, echo: undefined, remixes, known: [], workspace };
  return (await reviewSending(sending, maker.account, asked)).problems;
}
