import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

const delicate =
  /(?<![\p{L}])(?:gore|gory|bloody|bloodbath|beheads?|beheading|torture[ds]?|massacre|suicide|nude|naked|nudity|porn\w*|erotic|nazi|terrorists?|murders?|murdering|rape[ds]?)(?![\p{L}])|血腥|裸体|裸露|色情|情色|虐杀|屠杀|自杀|恐怖袭击|强奸|斩首|酷刑|纳粹/giu;

/**
 * Qiniu video API, FAQ "Why moderation_blocked": avoid describing violence, hate and adult themes, use neutral words. A short list
 * of words that hardly mean anything else; there is no fix, since nobody but the author knows the neutral word.
 */
export const mayBeBlocked: Rule = ({ shots }) =>
  shots.flatMap(({ path, flat }) => {
    const found = [...new Set([...flat.text.matchAll(delicate)].map(([word]) => word.toLowerCase()))];
    return found.length === 0 ? [] : [makeAdvice('may_be_blocked', path, { found })];
  });
