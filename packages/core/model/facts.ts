import { z } from 'zod';
import type { Media } from './reference.ts';

/** A box in fractions of the picture: 0,0 is the top left corner, 1,1 the bottom right one. */
export const Box = z.strictObject({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() });
export type Box = z.infer<typeof Box>;

/** sRGB, 0 to 255. */
export const Colour = z.tuple([z.number(), z.number(), z.number()]);
export type Colour = z.infer<typeof Colour>;

/** What tells a good picture from a poor one, of its opaque pixels; on a copy of 512 pixels on the longer side. Shares are 0 to 1. */
export const Look = z.strictObject({
  /** About 0.3 / s for edges that are smeared by s pixels, 1 for an edge from one pixel to the next; absent where there are no edges. */
  sharpness: z.number().optional(),
  /** Mean brightness. */
  light: z.number(),
  /** Share of pixels that are as good as black. */
  dark: z.number(),
  /** Share of pixels that are burnt out. */
  bright: z.number(),
  /** Mean colourfulness: 0 is grey. */
  chroma: z.number(),
  /** Share of pixels that are like their neighbours. */
  flat: z.number(),
  /** Share of pixels on an edge: how much there is to see. */
  busyness: z.number(),
  /** How many of 4096 colours make up nine tenths of the pixels. */
  palette: z.int(),
});
export type Look = z.infer<typeof Look>;

/** What the subject of a picture fills, found by the cut-out model or by the picture's own alpha. */
export const Mask = z.strictObject({
  box: Box,
  /** Share of the whole picture that the subject covers, 0 to 1. */
  coverage: z.number(),
  /** The edges of the picture that cut the subject off: it must stand at the same edge of the frame. */
  cut: z.strictObject({ left: z.boolean(), top: z.boolean(), right: z.boolean(), bottom: z.boolean() }),
  /** Of the subject alone; absent where it was not measured. */
  look: Look.optional(),
  /** Busyness of what surrounds the subject; absent where nothing does, or it was not measured. */
  around: z.number().optional(),
});
export type Mask = z.infer<typeof Mask>;

const stored = {
  /** IANA type, read from the bytes and never from the name. */
  mediaType: z.string(),
  bytes: z.int(),
  /** Hex of the SHA-256 of the bytes. */
  sha256: z.string(),
};

export const ImageFacts = z.strictObject({
  kind: z.literal('image'),
  ...stored,
  /** Pixels after the orientation flag is applied. */
  width: z.int(),
  height: z.int(),
  /** True if any pixel is not opaque; a channel that is opaque everywhere does not count. */
  alpha: z.boolean(),
  /** True if the file holds more than one frame; only the first is used. */
  animated: z.boolean(),
  mean: Colour,
  /** Mean colour of the top third: where a scene's light comes from. */
  meanTop: Colour,
  /** Mean colour of the bottom third: the ground. */
  meanBottom: Colour,
  /** The picture is a sheet of panels of one size, such as a storyboard. */
  grid: z.strictObject({ columns: z.int(), rows: z.int() }).optional(),
  /** Absent where it was not measured, or nothing is opaque. */
  look: Look.optional(),
  /** Only of pictures that were cut out. */
  mask: Mask.optional(),
});
export type ImageFacts = z.infer<typeof ImageFacts>;

export const VideoFacts = z.strictObject({
  kind: z.literal('video'),
  ...stored,
  /** Pixels as shown, after rotation. */
  width: z.int(),
  height: z.int(),
  seconds: z.number(),
  fps: z.number(),
  /** Short name such as "h264". */
  codec: z.string(),
  /** Whether it has a sound track. */
  sound: z.boolean(),
  mean: Colour,
  /** Median pitch of the voice in its sound; absent where there is none, or it was not measured. */
  pitchHertz: z.number().optional(),
});
export type VideoFacts = z.infer<typeof VideoFacts>;

export const AudioFacts = z.strictObject({
  kind: z.literal('audio'),
  ...stored,
  seconds: z.number(),
  sampleRate: z.int(),
  channels: z.int(),
  codec: z.string(),
  /** Median pitch of the voice; absent where there is none, or it was not measured. */
  pitchHertz: z.number().optional(),
});
export type AudioFacts = z.infer<typeof AudioFacts>;

/** What was measured of one medium. */
export const MediaFacts = z.discriminatedUnion('kind', [ImageFacts, VideoFacts, AudioFacts]);
export type MediaFacts = z.infer<typeof MediaFacts>;

/** One spoken word: seconds from the line's start, and the UTF-16 range of the line's text that it says. */
export const WordTime = z.strictObject({ start: z.number(), end: z.number(), from: z.int(), to: z.int() });
export type WordTime = z.infer<typeof WordTime>;

/** What was measured of a spoken line. */
export const LineFacts = z.strictObject({
  seconds: z.number(),
  words: z.array(WordTime),
  /** Loudness 0 to 1, 25 values a second. */
  envelope: z.array(z.number()),
});
export type LineFacts = z.infer<typeof LineFacts>;

/** Loudness values a second in `LineFacts.envelope`. */
export const envelopeRate = 25;

/** What is known of a request's media and lines; what is absent was not measured, and is not guessed. */
export interface Facts {
  readonly media: Readonly<Record<Media, MediaFacts>>;
  /** By `lineKey`. */
  readonly lines: Readonly<Record<string, LineFacts>>;
}

export const noFacts: Facts = { media: {}, lines: {} };
