import type { Reference, Request } from '../../model/index.ts';
import { startsWithAction } from './action-words.ts';
import { clausesOf, openText } from './clauses.ts';
import type { ScriptShot } from './script.ts';
import { actorOf, findSomebody, isCameras, type Somebody } from './somebody.ts';

/** Somebody or something that what a role does is done to, or done near. */
export interface RoleObject {
  readonly id: string;
  /** The words of the clause before and after it. */
  readonly before: string;
  readonly after: string;
}

/** What the words of a shot say of one reference. */
export interface Role {
  readonly id: string;
  /** Everything that is said of it as the one who acts; each other reference is one sign. Empty of a mere object. */
  readonly words: string;
  /** The clauses that say it, in UTF-16 positions of the shot's text. */
  readonly clauses: readonly { readonly from: number; readonly to: number }[];
  readonly objects: readonly RoleObject[];
}

/** What roles are read from; `before` are the ids of those who were seen in the shot before. */
export interface RoleSource {
  readonly shot: ScriptShot;
  readonly request: Request;
  /** The references that are places: they do nothing. */
  readonly places: readonly Reference[];
  readonly before: readonly string[];
}

interface OpenRole {
  words: string;
  readonly clauses: { from: number; to: number }[];
  readonly objects: RoleObject[];
}

const relative = /^\s*,?\s*(?:who|which|that)\b/iu;
/** "@a on the left and @b on the right": the second acts for itself. */
const accompanies = /[^\s](?:\s+\b(?:and|while|with)\b|\s*[和与、&])(?: (?:the|a))?\s*$/iu;
/** What is done by the object itself: "watches @b dancing", 看着图2跳舞. */
const ownAction = /^\s*(?:\p{L}+ing)\b/iu;
const watched =
  /(?:\b(?:sees?|watch(?:es|ing)?|notic(?:es|ing)|hears?|with)\s*|看[着到见向]|注视着?|望[着向]|发现|听着?)$/iu;

/**
 * Who acts in a shot, what is said of each, and on whom it is done. A pronoun that has nobody in its own shot means those of
 * the shot before. Roles come in the order in which they are named; scenes have none.
 */
export function readRoles({ shot, request, places, before }: RoleSource): Role[] {
  const open = openText(shot);
  const everybody = findSomebody(open, shot, request.references, before);
  const text = withoutPlaces(open, shot, places);
  const roles = new Map<string, OpenRole>();
  const roleOf = (id: string) => roles.get(id) ?? roles.set(id, { words: '', clauses: [], objects: [] }).get(id)!;
  let subject: readonly string[] = [];
  let continues = false;
  for (const clause of clausesOf(text)) {
    const here = everybody.filter(({ from }) => from >= clause.from && from < clause.to);
    const words = text.slice(clause.from, clause.to);
    if (clause.startsSentence) continues = true;
    const acting = relative.test(words) ? undefined : actorOf(text, clause, here);
    if (acting !== undefined) {
      subject = acting.ids;
    } else if (!continues || subject.length === 0 || !startsWithAction(words)) {
      if (!relative.test(words) && !/^\s*(?:把|将|在|with\b|in\b|on\b|at\b|from\b)/iu.test(words) && here.length === 0)
        continue;
    }
    const doers = relative.test(words) ? (everybody.findLast(({ to }) => to <= clause.from)?.ids ?? subject) : subject;
    const others = here.filter((one) => one !== acting);
    for (const id of here.flatMap(({ ids }) => ids)) roleOf(id);
    let said = words;
    for (const [index, other] of others.entries()) {
      const lead = text.slice(others[index - 1]?.to ?? acting?.to ?? clause.from, other.from);
      const rest = text.slice(other.to, others[index + 1]?.from ?? clause.to);
      const owns =
        ownAction.test(rest) ||
        (watched.test(lead) && startsWithAction(rest)) ||
        (accompanies.test(lead) && acting !== undefined);
      if (owns) {
        for (const id of other.ids) roleOf(id).words += ` ${rest}`;
        said = said.replace(rest, ' ');
      }
      for (const doer of doers) {
        for (const id of other.ids) {
          if (id === doer) continue;
          roleOf(doer).objects.push({ id, before: text.slice(acting?.to ?? clause.from, other.from), after: rest });
        }
      }
    }
    const from = acting === undefined || !isCameras(text.slice(clause.from, acting.from)) ? clause.from : acting.from;
    for (const id of doers) {
      roleOf(id).words += ` ${withoutSign(said, acting, clause.from, from)}`;
      roleOf(id).clauses.push({ from, to: clause.to });
    }
  }
  return [...roles].map(([id, { words, ...rest }]) => ({ id, words: words.replace(/\s+/g, ' ').trim(), ...rest }));
}

/** "On the left of @park" is the left of the frame: a place is nobody to stand beside. */
function withoutPlaces(text: string, shot: ScriptShot, places: readonly Reference[]): string {
  const letters = [...shot.flat.mentions].flatMap(([at, { mention }]) =>
    places.some(({ id }) => id === mention) ? [at] : [],
  );
  return letters.reduce((rest, at) => `${rest.slice(0, at)}□${rest.slice(at + 1)}`, text);
}

/** The actor's own signs are no part of what is said of it, and neither is what stands before `from`. */
function withoutSign(words: string, acting: Somebody | undefined, clauseFrom: number, from: number): string {
  if (acting === undefined) return words;
  return `${words.slice(from - clauseFrom, acting.from - clauseFrom)} ${words.slice(acting.to - clauseFrom)}`;
}
