import type { Language, Media } from '../model/index.ts';
import type { Sprite } from './sprite.ts';

export const planVersion = 1;

/** How much of the subject a shot shows. */
export const framings = ['extreme-wide', 'wide', 'medium', 'medium-close', 'close-up', 'extreme-close-up'] as const;
export type Framing = (typeof framings)[number];

/** From where the camera looks. */
export const cameraAngles = ['eye', 'low', 'high', 'overhead'] as const;
export type CameraAngle = (typeof cameraAngles)[number];

/** What the camera does during a shot. `track` moves with the subject, `pan` and `tilt` turn on the spot. */
export const cameraMoves = [
  'hold',
  'push',
  'pull',
  'pan-left',
  'pan-right',
  'tilt-up',
  'tilt-down',
  'track-left',
  'track-right',
  'track-behind',
  'rise',
  'sink',
  'orbit',
] as const;
export type CameraMove = (typeof cameraMoves)[number];

/** The camera at one end of a shot: `x` and `y` in frame widths and heights from the middle, `z` in metres towards the scene, `zoom` of the lens. */
export interface CameraPose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly zoom: number;
}

/** Where a figure stands at one end of its stay: `x` 0 to 1 across the frame, `depth` in metres from the camera's start. */
export interface Stand {
  readonly x: number;
  readonly depth: number;
}

/** Somebody or something that is seen in a shot. */
export interface PlannedFigure {
  /** Id of the reference; undefined for a figure that only the prompt's words name. */
  readonly reference: string | undefined;
  /** Key of `Plan.sprites` or of `Plan.clips`. */
  readonly look: { readonly sprite: string } | { readonly clip: string };
  /** Height in frame heights and width in frame widths, at its depth, before the camera moves. */
  readonly height: number;
  readonly width: number;
  /** Where its lowest edge stands, 0 at the top, 1 at the bottom of the frame, before the camera moves. */
  readonly foot: number;
  readonly from: Stand;
  readonly to: Stand;
  /** The edge at which it comes in, if it was not there from the start. */
  readonly enters: 'left' | 'right' | undefined;
  readonly leaves: 'left' | 'right' | undefined;
  readonly shadow: string | undefined;
  /** How it moves by itself: a walk sways more than a stand. */
  readonly gait: 'stand' | 'walk' | 'run' | 'hop' | 'float';
  /** 0 to 1: where in its cycle it starts, so that two figures never move as one. */
  readonly phase: number;
}

/** What is behind everybody. */
export type PlannedScene =
  | { readonly kind: 'picture'; readonly sprite: string; readonly reference: string | undefined }
  | { readonly kind: 'frames'; readonly start: string | undefined; readonly end: string | undefined }
  | { readonly kind: 'clip'; readonly clip: string }
  | { readonly kind: 'backdrop'; readonly sprite: string };

/** One line that is heard in the film. Times are seconds of the film. */
export interface PlannedLine {
  readonly shot: number;
  /** Id of the reference that speaks; undefined for a narrator or for somebody whom no reference shows. */
  readonly speaker: string | undefined;
  /** What the prompt calls the speaker. */
  readonly speakerName: string;
  readonly text: string;
  readonly language: Language;
  /** Key into `Facts.lines`. */
  readonly key: string;
  readonly voice: Voice;
  readonly start: number;
  readonly seconds: number;
  /** -1 left to 1 right. */
  readonly pan: number;
}

/** How a line is spoken by the built-in speech: steered by the speaker's place in the cast, or by a voice sample's pitch. */
export interface Voice {
  readonly language: Language;
  readonly variant: 'f1' | 'f2' | 'f3' | 'f4' | 'f5' | 'm1' | 'm2' | 'm3' | 'm4' | 'm5' | 'm7';
  /** 0 to 99, 50 is the voice's own. */
  readonly pitch: number;
  /** Words a minute. */
  readonly rate: number;
}

/** Text at the foot of the frame while a part of a line is spoken. Seconds of the film. */
export interface Subtitle {
  readonly start: number;
  readonly end: number;
  readonly sprite: string;
  /** The words, for those who read the plan and for a WebVTT file. */
  readonly text: string;
}

/** A reference video that plays in the film. */
export interface PlannedClip {
  readonly media: Media;
  /** Pixels at which its frames are needed. */
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** Seconds that it lasts: it starts again after that. */
  readonly seconds: number;
}

/** What is heard besides the lines. */
export interface PlannedSound {
  readonly ambience: 'room' | 'wind' | 'sea' | 'rain' | 'city' | 'forest' | 'night';
  /** Reference videos whose own sound is kept, from `start` seconds of the film. */
  readonly clips: readonly { readonly media: Media; readonly start: number; readonly seconds: number }[];
}

export interface PlannedShot {
  /** First frame of the film that shows it, and how many. */
  readonly start: number;
  readonly frames: number;
  readonly framing: Framing;
  readonly angle: CameraAngle;
  readonly move: CameraMove;
  readonly camera: { readonly from: CameraPose; readonly to: CameraPose };
  readonly scene: PlannedScene;
  /** Back to front. */
  readonly figures: readonly PlannedFigure[];
  /** Key of the sprite that names the shot in the corner. */
  readonly slate: string | undefined;
  /** Text of the shot's action, at the foot of the frame, where there is no subject to show it. */
  readonly caption: string | undefined;
  readonly weather: 'none' | 'rain' | 'snow' | 'dust';
  readonly transition: 'cut';
}

/** Words of a prompt that the plan could not use, said rather than dropped. */
export interface NotUnderstood {
  readonly shot: number;
  readonly text: string;
  readonly why: 'camera' | 'several-moves' | 'no-place' | 'no-speaker' | 'action';
}

/** A whole film before any pixel is drawn. A pure function of request and facts: the same everywhere. */
export interface Plan {
  readonly version: typeof planVersion;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  readonly audio: boolean;
  readonly seed: number;
  readonly shots: readonly PlannedShot[];
  readonly lines: readonly PlannedLine[];
  readonly subtitles: readonly Subtitle[];
  readonly sound: PlannedSound;
  readonly sprites: Readonly<Record<string, Sprite>>;
  readonly clips: Readonly<Record<string, PlannedClip>>;
  /** Sprites drawn over every frame: the draft mark, the watermark. */
  readonly marks: readonly { readonly sprite: string; readonly corner: 'top-right' | 'bottom-right' }[];
  readonly notUnderstood: readonly NotUnderstood[];
}
