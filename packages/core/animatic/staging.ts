import type { Facts, Framing, Reference, Request } from '../model/index.ts';
import { blankQuotes } from '../model/prompt/quotes.ts';
import { findNamings, type Naming } from '../model/prompt/subjects.ts';
import { type Action, readAction } from './action-words.ts';
import { type Look, lookOf } from './cast.ts';
import type { CameraPose } from './plan.ts';
import { type Position, readPosition } from './position-words.ts';
import type { ScriptShot } from './script.ts';

/** Somebody on the stage of one shot, before sizes and pixels. */
export interface Actor {
  readonly reference: Reference;
  readonly look: Look;
  readonly action: Action;
  readonly from: { readonly x: number; readonly depth: number };
  readonly to: { readonly x: number; readonly depth: number };
  readonly arrives: number;
}

/** Who is on the stage, and what could not be staged. */
export interface Stage {
  readonly actors: readonly Actor[];
  /** Clauses whose verb the stage does not know. */
  readonly unknown: readonly string[];
}

const standing: Action = { gait: 'stand', path: 'none', enters: false, leaves: false };
const joins = /^\s*(?:,|，|、|and|&|和|与|跟|同|及|以及|with)\s*$/iu;
const clauseEnds = /[.!?;。！？；\n]/u;
const fromBehind = /\bfrom behind\b|\bback view\b|背影|背面|背对/iu;
const fromSide = /\b(?:profile|side view|from the side)\b|侧面|侧脸/iu;

/** Reads a shot's words into a stage. `before` are the ids seen in the shot before: a pronoun, or no name at all, means them. */
export function stageShot(
  shot: ScriptShot,
  request: Request,
  places: readonly Reference[],
  facts: Facts,
  framing: Framing,
  camera: { readonly from: CameraPose; readonly to: CameraPose },
  before: readonly string[],
): Stage {
  const text = blankQuotes(shot.flat.text);
  const roles = readRoles(shot, text, request, before);
  const ids = castOf(roles, request, before, places);
  const limit = framing === 'extreme-close-up' ? 1 : framing === 'close-up' ? 2 : 8;
  const angle = fromBehind.test(text) ? -1 : fromSide.test(text) ? 0 : undefined;
  const actors: Actor[] = [];
  const unknown: string[] = [];
  const shown = ids.slice(0, limit);
  for (const [index, id] of shown.entries()) {
    const reference = request.references.find((one) => one.id === id)!;
    const look = lookOf(reference, viewOf(reference, shot, angle), facts);
    if (look === undefined) continue;
    const role = roles.get(id);
    const action = role === undefined ? undefined : readAction(role.clause);
    if (role !== undefined && action === undefined && /[\p{L}]{2,}/u.test(role.clause.replace(/\uFFFC/g, '')))
      unknown.push(role.clause.trim());
    actors.push(
      place(
        reference,
        look,
        action ?? standing,
        readPosition(role?.clause ?? ''),
        index,
        shown.length,
        framing,
        camera,
      ),
    );
  }
  return { actors: related(actors, roles), unknown };
}

interface Role {
  clause: string;
  readonly at: number;
}

/** For each reference the words that are about it. Quoted words are blank. */
function readRoles(shot: ScriptShot, text: string, request: Request, before: readonly string[]): Map<string, Role> {
  const namings = findNamings({ ...shot.flat, text }, request.references);
  const roles = new Map<string, Role>();
  let last: string | undefined = before[0];
  for (const [index, naming] of namings.entries()) {
    const id = naming.pronoun ? last : naming.reference;
    if (id === undefined) continue;
    last = id;
    const clause = clauseOf(text, namings, index);
    const role = roles.get(id);
    if (role === undefined) roles.set(id, { clause, at: naming.from });
    else role.clause += ` ${clause}`;
  }
  return roles;
}

/** From the last comma or name before a naming to the end of what is said of it; named together, it is said of both. */
function clauseOf(text: string, namings: readonly Naming[], index: number): string {
  const naming = namings[index]!;
  const previous = namings[index - 1];
  const lead = text.slice(previous?.to ?? 0, naming.from);
  const before = lead.slice(Math.max(0, lead.search(/[^.!?;,。！？；，、\n]*$/u)));
  let at = index;
  while (namings[at + 1] !== undefined && joins.test(text.slice(namings[at]!.to, namings[at + 1]!.from))) at += 1;
  const start = namings[at]!.to;
  const sentence = text.slice(start).search(clauseEnds);
  const end = sentence === -1 ? text.length : start + sentence;
  const next = namings.slice(at + 1).find((one) => one.from < end);
  // What is done to the next one still belongs to this clause: its sign is kept so that "towards" finds it.
  const upTo = next === undefined ? end : Math.min(end, next.to);
  const tail = text.slice(start, upTo);
  const alsoTail = next === undefined ? '' : trailingPlace(text.slice(next.to, end));
  return `${joins.test(before) ? '' : before}${tail}${alsoTail}`.replace(/\s+/g, ' ');
}

/** "A and B enter the cafe in C from opposite sides": the end of the sentence is still about A. */
function trailingPlace(rest: string): string {
  return /\bfrom (?:the )?(?:left|right|opposite sides|both sides)\b|从(?:画面)?[左右两]/iu.exec(rest)?.[0] ?? '';
}

function castOf(
  roles: ReadonlyMap<string, Role>,
  request: Request,
  before: readonly string[],
  places: readonly Reference[],
): string[] {
  const isPlace = (id: string) => places.some((one) => one.id === id);
  const named = [...roles].filter(([id]) => !isPlace(id)).sort(([, one], [, other]) => one.at - other.at);
  if (named.length > 0) return named.map(([id]) => id);
  if (before.length > 0) return [];
  // Nobody is named anywhere: everybody was meant, as vendors without a syntax for names do it.
  const anyoneNamed = request.shots.some((shot) =>
    shot.prompt.some((part) => typeof part !== 'string' && !isPlace(part.mention)),
  );
  return anyoneNamed ? [] : request.references.map(({ id }) => id).filter((id) => !isPlace(id));
}

function viewOf(reference: Reference, shot: ScriptShot, angle: number | undefined): number | undefined {
  for (const mention of shot.flat.mentions.values()) {
    if (mention.mention === reference.id && typeof mention.media === 'object') return mention.media.angle;
  }
  if (angle === undefined || reference.kind !== 'subject' || reference.angles === undefined) return undefined;
  return angle === -1 ? reference.angles.length - 1 : angle;
}

/** Even places from left to right; one alone stands a little off the middle, as a camera person would put it. */
function usualX(index: number, count: number): number {
  if (count === 1) return 0.5;
  const margin = count === 2 ? 0.28 : 0.17;
  return margin + ((1 - 2 * margin) * index) / (count - 1);
}

function place(
  reference: Reference,
  look: Look,
  action: Action,
  position: Position,
  index: number,
  count: number,
  framing: Framing,
  camera: { readonly from: CameraPose; readonly to: CameraPose },
): Actor {
  const close = framing === 'close-up' || framing === 'extreme-close-up';
  const behindFocus = close && index > 0;
  const x = position.x ?? (close ? (index === 0 ? 0.5 : 0.8) : usualX(index, count));
  const depth = position.depth ?? (behindFocus ? 6.2 : 4 + (index % 2) * 0.35);
  let from = { x, depth };
  let to = { x, depth };
  let arrives = 1;
  const edge = position.fromEdge === 'opposite' ? (index % 2 === 0 ? 'left' : 'right') : position.fromEdge;
  if (edge !== undefined || action.enters) {
    const side = edge ?? (x <= 0.5 ? 'left' : 'right');
    const goal = position.x === undefined && edge !== undefined && count === 1 ? (side === 'left' ? 0.42 : 0.58) : x;
    from = { x: side === 'left' ? -0.35 : 1.35, depth: position.depth ?? depth };
    to = { x: goal, depth: position.depth !== undefined ? 4.2 : depth };
    arrives = 0.62;
  } else if (action.leaves || position.toEdge !== undefined) {
    const side = position.toEdge ?? (x < 0.5 ? 'left' : 'right');
    to = action.path === 'away' ? { x, depth: 11 } : { x: side === 'left' ? -0.35 : 1.35, depth };
  } else if (action.path === 'away') {
    to = { x: x + (0.5 - x) * 0.3, depth: 10 };
  } else if (action.path === 'nearer') {
    from = { x, depth: 7 };
    to = { x, depth: 3.4 };
  } else if (action.path === 'across' && !close) {
    const reach = action.gait === 'run' ? 0.26 : 0.16;
    from = { x: x - reach / 2, depth };
    to = { x: x + reach / 2, depth };
  }
  // A tracking camera goes along with whoever moves, so that the scene slides and the figure stays.
  if (action.gait !== 'stand' || camera.from.x !== camera.to.x) {
    from = { ...from, x: from.x + camera.from.x };
    to = { ...to, x: to.x + camera.to.x };
  }
  const forward = camera.to.z - camera.from.z;
  if (action.gait !== 'stand' && forward > 1) to = { ...to, depth: to.depth + forward };
  return { reference, look, action, from, to, arrives };
}

/** Second pass: "between", "behind", "towards" need to know where the others are. */
function related(actors: readonly Actor[], roles: ReadonlyMap<string, Role>): Actor[] {
  return actors.map((actor, index) => {
    const others = actors.filter((_, at) => at !== index);
    const [nearest] = others;
    const clause = roles.get(actor.reference.id)?.clause ?? '';
    const { relation } = readPosition(clause);
    if (relation === 'between' && others.length >= 2) {
      const [one, two] = others as [Actor, Actor];
      return moved(actor, (one.to.x + two.to.x) / 2, actor.to.depth);
    }
    if (nearest === undefined) return actor;
    if (relation === 'behind' && clause.includes('\uFFFC'))
      return moved(actor, nearest.to.x + 0.14, nearest.to.depth + 2);
    if (relation === 'in-front' && clause.includes('\uFFFC'))
      return moved(actor, nearest.to.x - 0.1, Math.max(2.6, nearest.to.depth - 1.2));
    if (actor.action.path === 'towards-other') {
      const side = actor.from.x <= nearest.to.x ? -1 : 1;
      return { ...actor, to: { x: nearest.to.x + side * 0.24, depth: nearest.to.depth } };
    }
    return actor;
  });
}

function moved(actor: Actor, x: number, depth: number): Actor {
  return { ...actor, from: { x, depth }, to: { x, depth } };
}
