import type { Card } from '../model/index.ts';
import { animaticCards } from './animatic.ts';
import { grokImagineCards } from './grok-imagine.ts';
import { klingCards } from './kling.ts';
import { klingO3Cards } from './kling-o3.ts';
import { klingV3Cards } from './kling-v3.ts';
import { pixverseCards } from './pixverse.ts';
import { soraCards } from './sora.ts';
import { wanCards } from './wan.ts';

/**
 * Every model that Refreel knows by itself. A model is a card in one of these lists; an account may bring more.
 * The compiler holds them to the schema and a test parses each: parsing them at every start would cost 14 ms and find nothing.
 */
export const cards: readonly Card[] = [
  ...animaticCards,
  ...klingO3Cards,
  ...grokImagineCards,
  ...soraCards,
  ...klingCards,
  ...pixverseCards,
  ...wanCards,
  ...klingV3Cards,
];
