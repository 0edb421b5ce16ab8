import type { Card } from '../card.ts';
import { holds, type Situation } from '../film.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import type { Request } from '../request.ts';
import { type Findings, noFindings } from './setting.ts';
import { conditionWords, inputList, inputWords } from './words.ts';

/** The counted limits of a model: how many of which inputs, together, and which exclude each other. */
export function checkTotals(taken: Request, card: Card, situation: Situation): Findings {
  const found = noFindings();
  for (const total of card.totals) {
    if (!holds(total.when, situation)) continue;
    const count = total.of.reduce((sum, name) => sum + situation.inputs[name], 0);
    const what = inputList(total.of);
    const condition = conditionWords(total.when);
    const path = total.of.includes('startFrame') && total.of.length === 1 ? 'startFrame' : 'references';
    const { newer } = total;
    const past = (most?: number, least?: number) => count > (most ?? Number.POSITIVE_INFINITY) || count < (least ?? 0);
    if (newer !== undefined && past(total.most, total.least) && !past(newer.most, newer.least)) {
      found.notes.push(makeNote('newer_edition', path, { found: what, model: card.id }, newer.source));
      continue;
    }
    if (total.most !== undefined && count > total.most) {
      const values = { found: count, what, model: card.id, limit: total.most, condition, over: count - total.most };
      found.problems.push(problem('too_many', path, values, total.source));
    }
    if (total.least !== undefined && count < total.least) {
      const values = { found: count, what, model: card.id, limit: total.least, condition };
      found.problems.push(problem('too_few', path, values, total.source));
    }
  }
  for (const { one, other, source } of card.exclusions ?? []) {
    if (situation.inputs[one] === 0 || situation.inputs[other] === 0) continue;
    const values = { model: card.id, what: inputWords[one], other: inputWords[other] };
    found.problems.push(problem('inputs_exclude', 'references', values, source));
  }
  if (taken.endFrame !== undefined && taken.startFrame === undefined)
    found.notes.push(makeNote('end_frame_alone', 'endFrame'));
  return found;
}
