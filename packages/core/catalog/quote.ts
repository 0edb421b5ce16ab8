import {
  type Card,
  type Facts,
  type Film,
  holds,
  type Localized,
  type Money,
  makeNote,
  mediaOfRequest,
  type Note,
  type PriceRule,
  perSecond,
  type Request,
  situationOf,
  sum,
} from '../model/index.ts';
import { findSource } from './sources.ts';

/** Seconds that are paid for at one rate. */
export interface QuoteLine {
  readonly label: Localized;
  /** Of one film, or of one attempt's input video. */
  readonly seconds: number;
  /** Millionths of the currency a second; null where the document does not say. */
  readonly rateMicros: number | null;
  /** How often these seconds are paid: films of all attempts, or attempts. */
  readonly times: number;
  readonly amount: Money | null;
  /** Paths of input video that was not measured: it counts as long as it can at most. */
  readonly unmeasured: readonly string[];
  /** Key of the catalog's sources. */
  readonly source: string;
}

/** What a request will cost. */
export interface Quote {
  readonly lines: readonly QuoteLine[];
  /** Null where any part is unknown: an unknown price is never 0. */
  readonly total: Money | null;
  /** The most that it comes to, by what the document says. */
  readonly cap: Money | null;
  /** `false` where the document writes "about", where a clip was not measured, and where the price is unknown. */
  readonly binding: boolean;
  readonly currency: string | null;
  readonly source: string | null;
  /** Date of the document that the price is from. */
  readonly date: string | null;
  readonly validSeconds: number;
  readonly notes: readonly Note[];
}

/** How long a quote holds, ours: long enough to read and press, short enough that a changed card is noticed. */
export const quoteValidSeconds = 900;

const filmLabel: Localized = { en: 'Film', zh: '输出视频' };
const inputLabel: Localized = { en: 'Input video', zh: '输入视频' };

/**
 * What it costs, exact to a millionth. Pure. `request` is the request as the model takes it and `film` what it comes to there, as
 * `check` gives both; `card` is that of the account's region.
 */
export function quote(request: Request, card: Card, film: Film, facts: Facts): Quote {
  const { price } = card;
  if (price === null) {
    return {
      lines: [],
      total: null,
      cap: null,
      binding: false,
      currency: null,
      source: null,
      date: null,
      validSeconds: quoteValidSeconds,
      notes: [makeNote('price_unknown', '', { model: card.id })],
    };
  }
  const rate = price.rates.find((one) => holds(one.when, situationOf(request, film)));
  const line = (label: Localized, seconds: number, times: number, source: string, unmeasured: string[] = []) => {
    const rateMicros = rate?.micros ?? null;
    const amount =
      rateMicros === null ? null : { micros: perSecond(rateMicros, seconds) * times, currency: price.currency };
    return { label, seconds, rateMicros, times, amount, unmeasured, source };
  };
  const lines: QuoteLine[] = [
    line(rate?.label ?? filmLabel, film.seconds, film.count * film.attempts, rate?.source ?? price.source),
  ];
  const input = inputSeconds(request, price, facts);
  if (input !== undefined) lines.push(line(inputLabel, input.seconds, film.attempts, input.source, input.unmeasured));

  const amounts = lines.map((one) => one.amount).filter((amount) => amount !== null);
  const total = amounts.length === lines.length ? sum(amounts, price.currency) : null;
  const notes: Note[] = [];
  if (total === null) notes.push(makeNote('price_unknown', '', { model: card.id }, price.source));
  if (price.refusedIsCharged) notes.push(makeNote('refused_is_charged', '', { model: card.id }, price.source));
  return {
    lines,
    total,
    cap: total,
    binding: total !== null && price.approximate !== true && lines.every((one) => one.unmeasured.length === 0),
    currency: price.currency,
    source: price.source,
    date: price.date ?? findSource(price.source)?.date ?? null,
    validSeconds: quoteValidSeconds,
    notes,
  };
}

/**
 * Seconds of input video that one attempt is billed for: each clip's own, cut at its share. Undefined where none is billed.
 * A picture that a film starts from is no reference, so it takes no share.
 */
function inputSeconds(
  request: Request,
  price: PriceRule,
  facts: Facts,
): { seconds: number; unmeasured: string[]; source: string } | undefined {
  const footage = mediaOfRequest(request).filter(({ role }) => role === 'clip' || role === 'video');
  if (price.inputSeconds === undefined || footage.length === 0) return undefined;
  const { eachMost, dividedBy, source } = price.inputSeconds;
  const shares = dividedBy === 'reference' ? request.references.length : footage.length;
  const most = eachMost[shares - 1] ?? eachMost.at(-1)!;
  const unmeasured: string[] = [];
  let seconds = 0;
  for (const { path, media } of footage) {
    const measured = facts.media[media];
    if (measured?.kind !== 'video') unmeasured.push(path);
    seconds += measured?.kind === 'video' ? Math.min(measured.seconds, most) : most;
  }
  // Sums of 1.65 leave a tail of binary dust; a microsecond is far below any frame.
  return { seconds: Math.round(seconds * 1e6) / 1e6, unmeasured, source };
}
