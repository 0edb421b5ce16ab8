import { cards } from '@refreel/core/catalog';
import { type Dialect, dialects } from '@refreel/core/dialects';
import { Refusal } from '@refreel/core/model';
import { type Deeds, tell } from './call.ts';

/** What asks for no film: prices, and what there is. */
export const tellOf: Pick<Deeds, 'quote' | 'models'> = {
  async quote(call) {
    const { question, parts, caller, context } = call;
    const { problems, quote } = await parts.generations.review(caller, question.request, context.region);
    // Whoever asks for a price alone has no prompt and no pictures yet; what is missing of a price refuses it.
    const missing = new Set(['prompt_empty', 'too_few', 'image_required', 'media_unmeasured']);
    const real = problems.filter(({ code }) => !missing.has(code));
    if (real.length > 0) throw new Refusal(...real);
    const total = quote?.total ?? null;
    return await tell(call, total === null ? undefined : { micros: total.micros, currency: total.currency });
  },

  async models(call) {
    const family = familyOf(call.dialect);
    return await tell(call, { cards: cards.filter(({ dialect }) => family.includes(dialect)) });
  },
};

/** A dialect, and those whose models it may serve too: the one that it is a variant of, and its own variants. */
function familyOf({ id, variantOf }: Dialect): string[] {
  const variants = dialects.filter((one) => one.variantOf === id).map((one) => one.id);
  return [id, ...variants, ...(variantOf === undefined ? [] : [variantOf])];
}
