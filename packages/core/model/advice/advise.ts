import type { Card } from '../card.ts';
import type { Facts } from '../facts.ts';
import { isBlank } from '../prompt/prompt.ts';
import type { Request } from '../request.ts';
import type { Advice } from './advice.ts';
import { type Rule, readAdvised } from './advised.ts';
import { severalActions } from './rules/actions.ts';
import { avoidPhrases } from './rules/avoid-phrases.ts';
import { cameraLate, severalCameraMoves } from './rules/camera.ts';
import { promptLacks, styleNotNamed } from './rules/elements.ts';
import {
  backgroundsBusy,
  pictureStylesMixed,
  picturesBlurred,
  picturesIllLit,
  scenesCluttered,
  subjectsSmall,
} from './rules/looks.ts';
import { mayBeBlocked } from './rules/moderation.ts';
import { nothingMoves } from './rules/movement.ts';
import {
  fewAngles,
  sceneImageSmall,
  severalGrids,
  subjectViewVaries,
  subjectWithoutFrontal,
} from './rules/pictures.ts';
import { subjectsWithoutPositions } from './rules/positions.ts';
import { promptLength } from './rules/prompt-length.ts';
import { lowTier, shortByDefault, tryShortFirst } from './rules/settings.ts';
import { shotsWithoutFraming } from './rules/shots.ts';
import { styleWordsVary } from './rules/style-words.ts';
import { referencesUntagged, untaggedAllUsed } from './rules/tags.ts';
import { wordingChanges } from './rules/wording.ts';

/** What was measured of the pictures says, whatever is written about them. */
const looks: readonly Rule[] = [
  picturesBlurred,
  picturesIllLit,
  subjectsSmall,
  backgroundsBusy,
  scenesCluttered,
  pictureStylesMixed,
];

/** In the order in which people would mend things: what is said, how, with what, and for how much. */
const rules: readonly Rule[] = [
  avoidPhrases,
  severalCameraMoves,
  cameraLate,
  severalActions,
  subjectsWithoutPositions,
  wordingChanges,
  styleWordsVary,
  shotsWithoutFraming,
  nothingMoves,
  promptLacks,
  styleNotNamed,
  promptLength,
  mayBeBlocked,
  subjectWithoutFrontal,
  subjectViewVaries,
  fewAngles,
  sceneImageSmall,
  ...looks,
  severalGrids,
  referencesUntagged,
  untaggedAllUsed,
  lowTier,
  shortByDefault,
  tryShortFirst,
];

/** Nobody writes more for a film of seconds; whoever does is told to write less, and not where it could be better. Ours. */
const mostAdvised = 20_000;

/**
 * What would make a better film of this request, by the vendors' own troubleshooting and prompt tables. Never refuses. Without a
 * card only what holds for every model is said; before a word is written, only what the pictures are like.
 */
export function advise(request: Request, card: Card | undefined, facts: Facts): Advice[] {
  // An empty prompt is a problem of its own.
  const unwritten = request.shots.every(({ prompt }) => isBlank(prompt));
  const texts = request.shots.flatMap(({ prompt }) => prompt.filter((part) => typeof part === 'string'));
  if (texts.reduce((sum, { length }) => sum + length, 0) > mostAdvised) return [];
  const advised = readAdvised(request, card, facts);
  return (unwritten ? looks : rules).flatMap((rule) => rule(advised));
}
