export { cards } from './cards.ts';
export { inNewestEdition, inRegion } from './edition.ts';
export { cardOnEngine, engineCards } from './engines.ts';
export { filterCards, type ModelWish, takesInput } from './filter.ts';
export { closestModel, findCard, unknownModel } from './find.ts';
export { type Quote, type QuoteLine, quote, quoteValidSeconds } from './quote.ts';
export { findSource, type Source, type SourceKey, sources } from './sources.ts';
export { type TypicalSeconds, typicalSeconds } from './typical.ts';
