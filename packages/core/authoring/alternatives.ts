import type { Quote } from '../catalog/index.ts';
import {
  explainNote,
  explainProblem,
  type Language,
  makeNote,
  type Note,
  noteEffect,
  type Problem,
  type Request,
  showMoney,
} from '../model/index.ts';

/** What a look at a request on one model found. */
interface Looked {
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  readonly quote: Quote | undefined;
}

/**
 * Looks at the models that may make a request if its own refuses: an unknown one is a problem. What a known one would refuse, would make less of, or
 * would charge beyond the price of the request is a note, since the first may well make it. `review` looks at the request as it would be sent
 * to one of them, `own` is what it found of the request's own.
 */
export function reviewAlternatives(
  request: Request,
  own: Pick<Looked, 'quote'>,
  review: (request: Request) => Looked,
): { problems: Problem[]; notes: Note[] } {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const { alternatives = [], ...alone } = request;
  for (const [index, model] of alternatives.entries()) {
    const path = `alternatives[${index}]`;
    const looked = review({ ...alone, model });
    const [first] = looked.problems;
    if (first?.code === 'unknown_model') problems.push({ ...first, path });
    else if (first !== undefined)
      notes.push(
        makeNote('alternative_refuses', path, { found: model, why: reasons(looked.problems, explainProblem) }),
      );
    else notes.push(...lossesOf(looked, own.quote, model, path));
  }
  return { problems, notes };
}

function lossesOf({ notes, quote }: Looked, own: Quote | undefined, model: string, path: string): Note[] {
  const told: Note[] = [];
  const lost = notes.filter(({ code }) => noteEffect(code) === 'degraded');
  if (lost.length > 0) told.push(makeNote('alternative_loses', path, { found: model, why: reasons(lost, explainOne) }));
  const why = beyond(quote, own);
  if (why !== undefined) told.push(makeNote('alternative_costs', path, { found: model, why }));
  return told;
}

/** Why a quote does not stay under another one's cap; undefined where it does. */
function beyond(
  quote: Pick<Quote, 'cap' | 'currency'> | undefined,
  accepted: Pick<Quote, 'cap' | 'currency'> | undefined,
): { en: string; zh: string } | undefined {
  // Without a cap there is none to stay under.
  const most = accepted?.cap ?? undefined;
  if (most === undefined) return undefined;
  const cap = quote?.cap ?? undefined;
  if (cap === undefined) return { en: 'its price is not known', zh: '其价格未知' };
  const [there, here] = [showMoney(cap), showMoney(most)];
  if (cap.currency !== most.currency)
    return { en: `${there} cannot be compared with ${here}`, zh: `${there} 与 ${here} 币种不同，无法比较` };
  return cap.micros > most.micros
    ? { en: `${there} is more than the ${here} of this request`, zh: `${there} 高于本请求的 ${here}` }
    : undefined;
}

type Explain<Item> = (item: Item, language: Language) => { readonly message: string };

const explainOne: Explain<Note> = (note, language) => ({ message: explainNote(note, language) });

function reasons<Item>(found: readonly Item[], explain: Explain<Item>): { en: string; zh: string } {
  const say = (language: Language) => found.map((one) => explain(one, language).message);
  return { en: say('en').join(' '), zh: say('zh').join('') };
}
