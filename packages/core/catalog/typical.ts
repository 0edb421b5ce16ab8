import { type Card, type Film, holds, type Request, situationOf } from '../model/index.ts';

/** Seconds on a clock from asking to having. */
export interface TypicalSeconds {
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

/** How long a film like this usually takes; undefined where no document says it. */
export function typicalSeconds(card: Card, request: Request, film: Film): TypicalSeconds | undefined {
  const situation = situationOf(request, film);
  const found = card.typical.find((typical) => holds(typical.when, situation));
  return found && { from: found.from, to: found.to, source: found.source };
}
