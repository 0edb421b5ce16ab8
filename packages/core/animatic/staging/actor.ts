import type { Reference } from '../../model/index.ts';
import type { Stand } from '../plan.ts';
import type { Action } from '../reading/action-words.ts';
import type { readPosition } from '../reading/position-words.ts';
import type { Relation } from '../reading/relation-words.ts';
import type { FigureSize } from './figure-size.ts';
import type { Look } from './looks.ts';

/** From where to where somebody goes, and after what share of the shot it has come there. */
export interface Path {
  readonly from: Stand;
  readonly to: Stand;
  readonly arrives: number;
  /** By how much it was made smaller, so that all have room. */
  readonly shrink?: number;
}

/** Somebody on the stage of one shot. */
export interface Actor extends Path {
  readonly reference: Reference;
  readonly look: Look;
  readonly size: FigureSize;
  readonly action: Action;
  /** Who holds it, or sits on it. */
  readonly owner: Actor | undefined;
  readonly ownedAs: 'held' | 'seat' | undefined;
}

/** How an actor stands to another one of the stage, by id. */
export interface ActorRelation {
  readonly relation: Relation;
  readonly other: string;
}

/** An actor before it stands anywhere. */
export type Part = Pick<Actor, 'reference' | 'look' | 'size' | 'action'> & {
  readonly id: string;
  readonly position: ReturnType<typeof readPosition>;
  readonly relations: readonly ActorRelation[];
  /** Out of focus behind the one whom a close picture is about. */
  readonly behind: boolean;
};
