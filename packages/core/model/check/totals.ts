import type { Card } from '../card.ts';
import { holds, type Situation } from '../film.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import type { InputName, Request } from '../request.ts';
import { type Findings, noFindings } from './setting.ts';
import { anyOf, conditionWords, inputWords, togetherWords } from './words.ts';

/** The counted limits of a model: how many of which inputs, together, and which exclude each other. */
export function checkTotals(taken: Request, card: Card, situation: Situation): Findings {
  const found = noFindings();
  const model = card.id;
  for (const { of, most, least, when, newer, source } of card.totals) {
    if (!holds(when, situation)) continue;
    const count = of.reduce((sum, name) => sum + situation.inputs[name], 0);
    const condition = conditionWords(when);
    const path = pathOf(of);
    const tooMany = most !== undefined && count > most;
    const tooFew = least !== undefined && count < least;
    if (!tooMany && !tooFew) continue;
    if (newer !== undefined && count <= (newer.most ?? most ?? count) && count >= (newer.least ?? least ?? count)) {
      const { en, zh } = anyOf(of);
      const words =
        count === 0 ? { en: `no ${en}`, zh: `不提供${zh}` } : { en: `${count} ${en}`, zh: `${count} 个${zh}` };
      found.notes.push(makeNote('newer_edition', path, { found: words, model }, newer.source));
    } else if (tooMany) {
      const values = { found: count, what: togetherWords(of), model, limit: most, condition, over: count - most };
      found.problems.push(problem('too_many', path, values, source));
    } else {
      const values = { found: count, what: anyOf(of), model, limit: least ?? 0, condition };
      found.problems.push(problem('too_few', path, values, source));
    }
  }
  for (const { one, other, source } of card.exclusions ?? []) {
    if (situation.inputs[one] === 0 || situation.inputs[other] === 0) continue;
    const values = { model, what: inputWords[one], other: inputWords[other] };
    found.problems.push(problem('inputs_exclude', pathOf([one]), values, source));
  }
  if (taken.endFrame !== undefined && taken.startFrame === undefined)
    found.notes.push(makeNote('end_frame_alone', 'endFrame'));
  return found;
}

const frames: readonly InputName[] = ['frame', 'startFrame', 'endFrame'];

/** Where somebody would mend it: frames have fields of their own, all else is in the list. */
function pathOf(names: readonly InputName[]): string {
  if (!names.every((name) => frames.includes(name))) return 'references';
  return names.every((name) => name === 'endFrame') ? 'endFrame' : 'startFrame';
}
