import type { CameraAngle, CameraMove, Framing, Language, Media } from '../model/index.ts';
import type { AddedWords } from './reading/expand-shots.ts';
import type { Sprite } from './sprite.ts';

export const planVersion = 1;

/**
 * The camera at one end of a shot. `x` and `y` are frame widths and heights to the right and down, seen at `stageDepth`; `z` is metres
 * towards the scene. What is near moves more than what is far: that is the parallax.
 */
export interface CameraPose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** A turn on the spot moves near and far alike: frame widths and heights. */
  readonly turnX: number;
  readonly turnY: number;
}

/** Metres from the camera at which a figure stands by default, and at which positions are meant as they are written. */
export const stageDepth = 4;

/** Metres from the camera at which the picture of a scene hangs. */
export const sceneDepth = 14;

/** Where a figure stands at one end of its stay: `x` 0 to 1 across the frame, `depth` in metres from the camera's start. */
export interface Stand {
  readonly x: number;
  readonly depth: number;
}

export type FrameEdge = 'left' | 'top' | 'right' | 'bottom';

/** Somebody or something that is seen in a shot. Sizes are those at `stageDepth`, before the camera moves. */
export interface PlannedFigure {
  /** Id of the reference; undefined for a figure that only the prompt's words name. */
  readonly reference: string | undefined;
  /** Key of `Plan.sprites` or of `Plan.clips`. */
  readonly look: { readonly sprite: string } | { readonly clip: string };
  /** Height in frame heights, width in frame widths. */
  readonly height: number;
  readonly width: number;
  /** Where its lowest edge stands, 0 at the top, 1 at the bottom of the frame. */
  readonly foot: number;
  readonly from: Stand;
  readonly to: Stand;
  /** Share of the shot after which it has come to `to`. */
  readonly arrives: number;
  /** Edges of the frame that it never lets go of: there its photograph cuts it off. */
  readonly sticks: readonly FrameEdge[];
  /** Key of the sprite under its feet. */
  readonly shadow: string | undefined;
  /** How it moves by itself: a walk sways more than a stand. */
  readonly gait: Gait;
  /** 0 to 1: where in its cycle it starts, so that two figures never move as one. */
  readonly phase: number;
}

export type Gait = 'stand' | 'walk' | 'run' | 'hop' | 'float';

/** What is behind everybody. */
export type PlannedScene =
  | { readonly kind: 'picture'; readonly sprite: string; readonly reference: string | undefined }
  | { readonly kind: 'clip'; readonly clip: string; readonly reference: string }
  | { readonly kind: 'backdrop'; readonly sprite: string };

/** Voices of the built-in speech. */
export const voiceVariants = ['f1', 'f2', 'f3', 'f4', 'f5', 'm1', 'm2', 'm3', 'm4', 'm5', 'm7'] as const;

/** Words a minute that the built-in speech keeps to. */
export const voiceRates = { least: 80, most: 300 } as const;

/** How a line is spoken by the built-in speech: steered by the speaker's place in the cast, or by a voice sample's pitch. */
export interface Voice {
  readonly language: Language;
  readonly variant: (typeof voiceVariants)[number];
  /** 0 to 99, 50 is the voice's own. */
  readonly pitch: number;
  /** Words a minute. */
  readonly rate: number;
}

/** A line before it is spoken: what the speech needs, and the key under which its facts are kept. */
export interface LineToSpeak {
  readonly key: string;
  readonly text: string;
  readonly voice: Voice;
}

/** One line that is heard in the film. Times are seconds of the film. */
export interface PlannedLine extends LineToSpeak {
  readonly shot: number;
  /** Id of the reference that speaks; undefined for a narrator or for somebody whom no reference shows. */
  readonly speaker: string | undefined;
  /** What the prompt calls the speaker. */
  readonly speakerName: string;
  readonly start: number;
  readonly seconds: number;
  /** -1 left to 1 right. */
  readonly pan: number;
  /** Loudness 0 to 1, `envelopeRate` values a second; empty where the line was not spoken. */
  readonly envelope: readonly number[];
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
  /** Corner radius in pixels; 0 for square corners. */
  readonly radius: number;
  /** Seconds that it lasts: it starts again after that. */
  readonly seconds: number;
}

/** What is heard besides the lines. */
export interface PlannedSound {
  readonly ambience: Ambience;
  /** Reference videos whose own sound is kept, from `start` seconds of the film. */
  readonly clips: readonly { readonly media: Media; readonly start: number; readonly seconds: number }[];
}

export type Ambience = 'room' | 'wind' | 'sea' | 'rain' | 'city' | 'forest' | 'night';

/** Colour that lies over a shot: night, sunrise, mist. */
export interface Tint {
  readonly colour: readonly [number, number, number];
  readonly amount: number;
}

/** One shot of the film: its camera, its scene, and who is in it. */
export interface PlannedShot {
  /** First frame of the film that shows it, and how many. */
  readonly start: number;
  readonly frames: number;
  readonly framing: Framing;
  readonly angle: CameraAngle;
  readonly move: CameraMove;
  readonly camera: { readonly from: CameraPose; readonly to: CameraPose };
  /** Height of the vanishing point, 0 at the top of the frame: things shrink towards it with distance. */
  readonly horizon: number;
  readonly scene: PlannedScene;
  /** Back to front. */
  readonly figures: readonly PlannedFigure[];
  readonly tint: Tint | undefined;
  /** Key of the sprite that names the shot in the corner. */
  readonly slate: string | undefined;
  /** Key of the sprite with the shot's action, where no picture shows it. */
  readonly caption: string | undefined;
  readonly weather: { readonly kind: 'rain' | 'snow' | 'dust'; readonly sprite: string } | undefined;
  readonly transition: 'cut';
}

/** A reference video that guides the film and is not in it: small, in the corner, with its name. */
export interface Guide {
  /** Key of `Plan.clips`. */
  readonly clip: string;
  /** Key of the text sprite under it. */
  readonly label: string;
}

/** A picture that is the film's first or last frame exactly, and gives way to (or takes over from) the shots. */
export interface Bookend {
  readonly sprite: string;
  /** Seconds for which it stands alone, and seconds of the change. */
  readonly hold: number;
  readonly change: number;
  /** How it moves meanwhile: shares of the frame a second. `zoom` grows it, `x` and `y` are -1 to 1, the side that it looks to. */
  readonly drift: { readonly zoom: number; readonly x: number; readonly y: number };
}

/** Words of a prompt that the plan could not use, said rather than dropped. */
export interface NotUnderstood {
  readonly shot: number;
  readonly text: string;
  readonly why:
    | 'unknown-camera'
    | 'several-moves'
    | 'several-framings'
    | 'unknown-action'
    | 'line-cut'
    /** The line goes on after its shot. */
    | 'line-overruns'
    /** The negative prompt takes its speaker out: the line is not spoken. */
    | 'left-out-speaker'
    /** No picture shows the one from there. */
    | 'no-view-from-behind'
    /** A subject has a picture and a clip: its picture stands on the stage. */
    | 'clip-not-played'
    /** Somebody or something whom no figure stands for. */
    | 'nobody-shown'
    | 'negative-prompt';
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
  readonly language: Language;
  readonly shots: readonly PlannedShot[];
  readonly lines: readonly PlannedLine[];
  readonly subtitles: readonly Subtitle[];
  readonly sound: PlannedSound;
  readonly opening: Bookend | undefined;
  readonly closing: Bookend | undefined;
  /** Shown over every frame, from the top of the left edge. */
  readonly guides: readonly Guide[];
  readonly sprites: Readonly<Record<string, Sprite>>;
  readonly clips: Readonly<Record<string, PlannedClip>>;
  /** Sprites drawn over every frame: the draft mark, the watermark. */
  readonly marks: readonly { readonly sprite: string; readonly corner: 'top-right' | 'bottom-right' }[];
  readonly notUnderstood: readonly NotUnderstood[];
  /** What was added to the prompts because the request asked for expansion. */
  readonly added: readonly AddedWords[];
}
