import type { Facts, Film, Language, Reference, Request } from '../model/index.ts';
import type { Materials } from './materials.ts';
import type { CameraPose, NotUnderstood } from './plan.ts';
import type { Mood } from './reading/mood.ts';
import type { Excluded } from './reading/negative.ts';
import type { ScriptShot } from './reading/script.ts';
import type { ShotCamera } from './reading/shot-camera.ts';

/** What every part of a film is planned from, and what collects the parts. */
export interface Planning {
  readonly request: Request;
  readonly film: Film;
  readonly facts: Facts;
  readonly script: readonly ScriptShot[];
  /** The references that are places. */
  readonly places: readonly Reference[];
  readonly excluded: Excluded;
  readonly language: Language;
  readonly seed: number;
  readonly materials: Materials;
  readonly notUnderstood: NotUnderstood[];
}

/** What the parts of one shot are planned from. */
export interface ShotPlanning extends Planning {
  readonly shot: ScriptShot;
  /** Its place in the script. */
  readonly index: number;
  readonly camera: StagedCamera;
  readonly mood: Mood;
  /** Ids of those who were seen in the shot before. */
  readonly before: readonly string[];
}

/** The camera of a shot, with where it is at both ends. */
export interface StagedCamera extends Pick<ShotCamera, 'framing' | 'angle' | 'move' | 'moved'> {
  readonly poses: { readonly from: CameraPose; readonly to: CameraPose };
}
