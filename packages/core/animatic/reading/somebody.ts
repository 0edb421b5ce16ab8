import type { Reference } from '../../model/index.ts';
import { findNamings, type Naming } from '../../model/prompt/subjects.ts';
import { readAction } from './action-words.ts';
import { type Clause, leadTo } from './clauses.ts';
import { readPosition } from './position-words.ts';
import type { ScriptShot } from './script.ts';

/** One or several that a text names together, in UTF-16 positions. */
export interface Somebody {
  readonly from: number;
  readonly to: number;
  readonly ids: readonly string[];
  /** Named as the goal of somebody else's action: no pronoun of a person means it. */
  readonly goal: boolean;
}

const joins = /^\s*(?:,|，|、|and|&|和|与|跟|同|及|以及|with)\s*$/iu;
const plural =
  /\b(?:they both|both of them|both|the two(?: of them)?|the pair|everyone|everybody|together they)\b|[他她它]们(?:俩|两个?)?|两人|二人|俩人|大家|众人/giu;
/** What may stand between a clause's start and the one who acts in it. */
const goalWords =
  /(?:\b(?:at|to|towards?|with|near|beside|behind|past|from|by|against|around|into|onto|in|on|for|through|of|across|under|over|between|follow(?:s|ing)?)(?: (?:the|a|an|his|her|their))?|[朝对向给跟和与把被看见到在用抱着将为让至过]|旁边的?|手中的?|手里的?)\s*$/iu;
const cameraLead =
  /\b(?:shot|close-?up|view|portrait|on|image|picture|tracks?|tracking|follow(?:s|ing)?|push(?:es|ing)?|movement|angle)\b[^,]*$|特写|[全中近远]景|镜头|给到/iu;

/** Namings in order, pronouns resolved, those that are named together as one. */
export function findSomebody(
  text: string,
  shot: ScriptShot,
  references: readonly Reference[],
  before: readonly string[],
): Somebody[] {
  const namings: Naming[] = findNamings({ ...shot.flat, text }, references);
  const groups = [...text.matchAll(plural)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  const tokens = [
    ...namings
      .filter(({ from }) => groups.every((group) => from < group.from || from >= group.to))
      // 吉他 is a guitar and 其他 are others: neither is he.
      .filter(({ from, pronoun }) => !pronoun || !/[吉其]/u.test(text[from - 1] ?? ''))
      .map((naming) => ({ ...naming, group: false })),
    ...groups.map((group) => ({ ...group, reference: undefined, name: '', pronoun: true, group: true })),
  ].sort((one, other) => one.from - other.from);
  const found: Somebody[] = [];
  const seen = new Set<string>();
  for (const token of tokens) {
    const named = [...seen];
    const ids = token.pronoun
      ? meantBy(token.group ? 'group' : token.name.toLowerCase(), named, found, before)
      : token.reference === undefined
        ? []
        : [token.reference];
    if (ids.length === 0) continue;
    for (const id of ids) seen.add(id);
    const last = found.at(-1);
    if (last !== undefined && joins.test(text.slice(last.to, token.from))) {
      found[found.length - 1] = { ...last, to: token.to, ids: [...new Set([...last.ids, ...ids])] };
      continue;
    }
    const lead = leadTo(text, token.from);
    const goal = !cameraLead.test(lead) && !isPlaceOf(lead) && (goalWords.test(lead) || readAction(lead) !== undefined);
    found.push({ from: token.from, to: token.to, ids, goal });
  }
  return found;
}

/** Whom a pronoun means: "they" after one name is that one, after several all of them, and with nobody named those of before. */
function meantBy(
  pronoun: string,
  named: readonly string[],
  found: readonly Somebody[],
  before: readonly string[],
): readonly string[] {
  if (pronoun === 'group') return named.length > 1 ? named : [...new Set([...before, ...named])];
  if (pronoun === 'they') return named.length > 0 ? named : before;
  const thing = pronoun === 'it' || pronoun === '它';
  const meant = (thing ? undefined : found.findLast(({ goal }) => !goal)) ?? found.at(-1);
  return meant?.ids.slice(0, 1) ?? before.slice(0, 1);
}

/** The one who acts in a clause: the first that no verb and no preposition stands before; those named together act together. */
export function actorOf(text: string, clause: Clause, here: readonly Somebody[]): Somebody | undefined {
  return here.find(({ from }) => {
    const lead = leadTo(text, from).slice(clause.from - from);
    if (cameraLead.test(lead)) return true;
    return !goalWords.test(lead) && (readAction(lead) === undefined || isPlaceOf(lead));
  });
}

/** "Tracking shot of @mei walking": what stands before her is the camera's, unless it says where she is. */
export function isCameras(lead: string): boolean {
  return cameraLead.test(lead) && Object.keys(readPosition(lead)).length === 0;
}

/** 前景是@cat, "on the left is @cat", "in the foreground stands": the place is said first. */
function isPlaceOf(lead: string): boolean {
  return (
    /(?:是|有|站着|坐着|\b(?:is|are|stands?|sits?))\s*(?:the |a )?$/iu.test(lead) &&
    Object.keys(readPosition(lead)).length > 0
  );
}
