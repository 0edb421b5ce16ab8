import { plainPrompt, type Reference } from '../../model/index.ts';
import { readDialogue } from '../../model/prompt/dialogue.ts';
import { cutPrompt } from '../../model/prompt/flat.ts';
import type { NotUnderstood } from '../plan.ts';
import type { ShotPlanning } from '../planning.ts';
import { type Action, readAction, standing } from '../reading/action-words.ts';
import { speakersIn } from '../reading/actors.ts';
import { openText } from '../reading/clauses.ts';
import { newcomersIn } from '../reading/noun-words.ts';
import { readPosition } from '../reading/position-words.ts';
import { readRelation } from '../reading/relation-words.ts';
import { type Role, readRoles } from '../reading/roles.ts';
import { unknownActions } from '../reading/unknown-actions.ts';
import { whoIsSeen } from '../reading/who-is-seen.ts';
import type { Actor, Part } from './actor.ts';
import { heldSize, sizeOf } from './figure-size.ts';
import { lookOf } from './looks.ts';
import { standActors } from './stands.ts';

const fromBehind =
  /\bfrom behind\b(?!\s+(?:the|an?|his|her|its)\b)|\b(?:track|follow)\w*\b[^.,;]{0,24}\bbehind\b|\bback view\b|背影|背面|背对|背后跟/iu;
const face = /\bfaces?\b(?! (?:to|each|away|the))|脸|面部|面孔/iu;
const fromSide = /\b(?:profile|side view|from the side)\b|侧面|侧脸/iu;

/** Who is on the stage of a shot, how large and where, in the order in which the words name them. */
export function stageShot(planning: ShotPlanning): Actor[] {
  const { shot, request, excluded, camera } = planning;
  const named = readRoles(planning);
  const ids = whoIsSeen(planning, named).filter((id) => !excluded.references.has(id));
  const roles = named.length > 0 ? named : everybodysRole(shot, ids);
  const byId = new Map(roles.map((role) => [role.id, role]));
  const owned = ownersOf(roles, ids);
  const limit = camera.framing === 'extreme-close-up' ? 1 : camera.framing === 'close-up' ? 2 : 8;
  const shown = [...ids.filter((id) => !owned.has(id)).slice(0, limit)];
  const parts = shown.flatMap((id, index) => partOf(planning, id, byId.get(id), { index, count: shown.length }));
  const stood = standActors(parts, planning);
  const actors: Actor[] = parts.map((part, index) => ({
    ...part,
    ...stood[index]!,
    owner: undefined,
    ownedAs: undefined,
  }));
  for (const [id, { by, as }] of owned) {
    const owner = actors.find(({ reference }) => reference.id === by);
    const [part] = owner === undefined ? [] : partOf(planning, id, undefined, { index: 0, count: 1 });
    if (owner !== undefined && part !== undefined) actors.push(ownedActor(part, owner, as, planning));
  }
  const tell = (why: NotUnderstood['why'], texts: readonly string[]) =>
    planning.notUnderstood.push(...texts.map((text) => ({ shot: shot.shot, text, why })));
  tell('unknown-action', unknownActions(roles, shot, request.references));
  if (actors.length > 0 && !excluded.people) {
    const newcomers = newcomersIn(openText(shot));
    const speakers = speakersIn(shot, request.references).filter((name) =>
      newcomers.every((one) => !one.includes(name)),
    );
    tell('nobody-shown', [...newcomers, ...speakers]);
  }
  tell('nobody-shown', leftOutOf(planning, named));
  tell('no-view-from-behind', unseenBacks(actors, planning));
  return actors;
}

/** Names of those whom a shot names and the negative prompt takes out; of those who speak in it their lines tell. */
function leftOutOf({ shot, request, places, excluded }: ShotPlanning, named: readonly Role[]): string[] {
  const speakers = readDialogue(shot.prompt, request.references).map(({ speaker }) => speaker);
  return request.references
    .filter(({ id }) => excluded.references.has(id) && named.some((role) => role.id === id))
    .filter(({ id }) => !speakers.includes(id) && places.every((place) => place.id !== id))
    .map(({ name }) => `@${name}`);
}

/** The words that ask for somebody's back, where one who is shown has no other picture than that of the front. */
function unseenBacks(actors: readonly Actor[], { shot, request }: ShotPlanning): string[] {
  const asked = fromBehind.exec(openText(shot));
  const oneSided = actors.some(
    ({ reference, look }) =>
      look.kind === 'cutout' && !(reference.kind === 'subject' && (reference.angles?.length ?? 0) > 0),
  );
  if (asked === null || !oneSided) return [];
  const words = cutPrompt(shot.flat, asked.index, asked.index + asked[0].length);
  return [plainPrompt(words, request.references).trim()];
}

/** Words that name nobody are about all who are seen. */
function everybodysRole(shot: ShotPlanning['shot'], ids: readonly string[]): Role[] {
  const words = openText(shot);
  return ids.map((id) => ({ id, words, clauses: [], objects: [] }));
}

function partOf(
  planning: ShotPlanning,
  id: string,
  role: Role | undefined,
  at: { index: number; count: number },
): Part[] {
  const { request, facts, camera, film, shot } = planning;
  const reference = request.references.find((one) => one.id === id);
  const action = readAction(role?.words ?? '') ?? standing;
  const look = reference === undefined ? undefined : lookOf(reference, viewOf(reference, planning, action), facts);
  if (reference === undefined || look === undefined) return [];
  const { framing } = camera;
  const isClose = framing === 'close-up' || framing === 'extreme-close-up';
  const [behind, leavesRoom] = [isClose && at.index > 0, isClose && at.index === 0 && at.count > 1];
  const size = sizeOf({
    ...{ name: reference.name, look, framing, behind, leavesRoom },
    face: isClose && face.test(openText(shot)),
    ratio: film.width / film.height,
  });
  const relations = (role?.objects ?? []).flatMap((object) => {
    const relation = readRelation(object);
    return relation === undefined ? [] : [{ relation, other: object.id }];
  });
  return [{ id, reference, look, size, action, position: readPosition(role?.words ?? ''), relations, behind }];
}

/** Things that somebody holds or sits on. What acts by itself is nobody's thing. */
function ownersOf(
  roles: readonly Role[],
  ids: readonly string[],
): Map<string, { readonly by: string; readonly as: 'held' | 'seat' }> {
  const owned = new Map<string, { by: string; as: 'held' | 'seat' }>();
  const acts = (id: string) => roles.some((role) => role.id === id && role.words !== '');
  for (const role of roles) {
    for (const object of role.objects) {
      const relation = readRelation(object);
      if (relation !== 'holds' && relation !== 'on') continue;
      if (acts(object.id) || owned.has(object.id) || !ids.includes(role.id) || owned.has(role.id)) continue;
      owned.set(object.id, { by: role.id, as: relation === 'holds' ? 'held' : 'seat' });
    }
  }
  return owned;
}

function ownedActor(part: Part, owner: Actor, as: 'held' | 'seat', { film }: ShotPlanning): Actor {
  const ratio = film.width / film.height;
  const side = owner.to.x > 0.5 ? -1 : 1;
  const shrink = owner.shrink ?? 1;
  const beside = as === 'held' ? side * owner.size.width * shrink * 0.22 : 0;
  const nearer = as === 'held' ? -0.04 : 0.6;
  const move = (stand: Actor['from']) => ({ x: stand.x + beside, depth: stand.depth + nearer });
  const size = as === 'held' ? heldSize(part.look, owner.size, ratio) : part.size;
  const { reference, look } = part;
  return {
    ...{ reference, look, size, owner, ownedAs: as, action: as === 'held' ? owner.action : standing },
    shrink,
    ...{ from: move(as === 'seat' ? owner.to : owner.from), to: move(owner.to), arrives: owner.arrives },
  };
}

/** The picture that shows the side the words ask for: of `@mei.angle2` that one, from behind or walking away the last. */
function viewOf(reference: Reference, { shot }: ShotPlanning, action: Action): number | undefined {
  for (const { mention, media } of shot.flat.mentions.values()) {
    if (mention === reference.id && typeof media === 'object') return media.angle;
  }
  if (reference.kind !== 'subject' || reference.angles === undefined) return undefined;
  const text = openText(shot);
  if (fromBehind.test(text) || action.path === 'away') return reference.angles.length - 1;
  return fromSide.test(text) ? 0 : undefined;
}
