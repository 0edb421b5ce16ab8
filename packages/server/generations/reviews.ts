import {
  type LossReport,
  lossReport,
  modelsToReport,
  type Review,
  type ReviewOptions,
  ranked,
  review,
} from '@refreel/core/authoring';
import type { Request } from '@refreel/core/model';
import { foreseeBudgets } from '../money/index.ts';
import type { WorkspaceId } from '../store/index.ts';
import { factsFitted } from './refit.ts';
import { reviewAccountsOfAlternatives } from './review-alternatives.ts';
import { makerOf, remixedOf, reviewSending, whereAt } from './sending.ts';
import type { Caller, Generations, Reviewed } from './service.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';
import { sourceProblem } from './submit.ts';
import { termsOf } from './terms.ts';

/** What can be said of requests before they are made. Nothing is kept, held or sent. */
export interface Reviews {
  /** As the check of a card has it, with media that are measured as far as they are here. */
  reviewOf(workspace: WorkspaceId, request: Request, asked: ReviewOptions): Promise<Review>;
  /** The same, and what the account that would make it says, and the caller's budgets. */
  checkOf(caller: Caller, request: Request, region: string | undefined): Promise<Reviewed>;
  readonly compare: Generations['compare'];
}

export function openReviews(room: MediaRoom): Reviews {
  const { connection, sending } = room;
  const reviewOf: Reviews['reviewOf'] = async (workspace, request, asked) => {
    const media = await settleMedia(room, workspace, request, 'look');
    const reviewed = review(request, media.facts, { cards: sending?.book.cards ?? [], ...asked });
    return { ...reviewed, problems: [...media.problems, ...reviewed.problems] };
  };
  return {
    reviewOf,
    async checkOf(caller, request, region) {
      const { workspace } = caller;
      const maker = await makerOf(sending, request, region, { connection, workspace });
      const account = maker.producer === 'upstream' ? maker.account : undefined;
      const where =
        sending === undefined ? { ...(region !== undefined && { region }) } : whereAt(sending, account, region);
      const found = await reviewOf(workspace, request, where);
      const budgets = account === undefined ? nothingSaid : await budgetsFor(room, caller, request, found);
      const source = await sourceProblem(room, caller, request);
      const reviewed = {
        ...found,
        problems: source === undefined ? found.problems : [source, ...found.problems],
        budgets,
      };
      if (maker.producer === 'nobody') return { ...reviewed, problems: [...reviewed.problems, maker.problem] };
      if (sending === undefined || account === undefined || reviewed.problems.length > 0) return reviewed;
      const { facts } = await settleMedia(room, workspace, request, 'look');
      const remixes = await remixedOf({ request }, account, { connection, workspace });
      const sent = await reviewSending(sending, account, {
        ...{ request, facts, echo: undefined, remixes, known: reviewed.notes, workspace },
      });
      const others = await reviewAccountsOfAlternatives(sending, {
        ...{ request, region, facts, known: reviewed.notes, connection, workspace },
      });
      return { ...reviewed, problems: sent.problems, notes: [...reviewed.notes, ...sent.notes, ...others] };
    },
    async compare(caller, request, models, { region, problems }) {
      const { workspace } = caller;
      const media = await settleMedia(room, workspace, request, 'look');
      const cards = sending?.book.cards ?? [];
      const source = await sourceProblem(room, caller, request);
      const ofRequest = [...problems, ...(source === undefined ? [] : [source]), ...media.problems];
      const reports: LossReport[] = [];
      for (const model of modelsToReport(models, { cards })) {
        // Others are answered between two models: a long prompt takes a while on each.
        await new Promise((resolve) => setImmediate(resolve));
        const maker = await makerOf(sending, { ...request, model }, region, { connection, workspace });
        const account = maker.producer === 'upstream' ? maker.account : undefined;
        const known = [...ofRequest, ...(maker.producer === 'nobody' ? [maker.problem] : [])];
        const where =
          sending === undefined
            ? { cards, ...(region !== undefined && { region }) }
            : whereAt(sending, account, region);
        const report = lossReport(request, model, media.facts, { ...where, problems: known });
        if (sending === undefined || account === undefined || report.problems.length > 0) {
          reports.push(report);
          continue;
        }
        // What only the way to its vendor refuses: media that it could not read, for one.
        const { strict: _, alternatives: __, ...alone } = { ...request, model };
        const { fits } = review(alone, media.facts, { ...where, advice: false });
        const remixes = await remixedOf({ request: alone }, account, { connection, workspace });
        const { problems: refused, notes } = await reviewSending(sending, account, {
          ...{ request: alone, facts: factsFitted(media.facts, fits), echo: undefined, remixes, known: [], workspace },
        });
        const more = { ...where, problems: [...known, ...refused], notes };
        reports.push(lossReport(request, model, media.facts, more));
      }
      return ranked(reports, models);
    },
  };
}

const nothingSaid: Reviewed['budgets'] = { problems: [], notes: [] };

/** What is left of budgets, where a vendor would be paid. What cannot be priced yet says nothing of them. */
async function budgetsFor(
  room: MediaRoom,
  { workspace, keyId }: Caller,
  request: Request,
  { quote, film, taken }: Review,
): Promise<Reviewed['budgets']> {
  if (quote === undefined || film === undefined) return nothingSaid;
  const intended = { keyId: keyId ?? null, model: taken.model, quote, film };
  return await foreseeBudgets(room.connection, workspace, intended, termsOf(room, request));
}
