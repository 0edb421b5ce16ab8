import type { Facts, Film, Mask, Media, MediaFacts, Prompt, Reference, Request } from '../model/index.ts';
import { mediaOfRequest } from '../model/index.ts';
import { tidyPrompt } from '../model/prompt/prompt.ts';
import { linesToSpeak, type Plan, plan } from './index.ts';

/** Requests and plausible facts for the planner's tests. */

export const subject = (id: string, more: object = {}): Reference => ({
  kind: 'subject',
  id,
  name: id,
  image: `${id}.png`,
  ...more,
});
export const scene = (id: string, more: object = {}): Reference => ({
  kind: 'scene',
  id,
  name: id,
  image: `${id}.jpg`,
  ...more,
});
export const image = (id: string): Reference => ({ kind: 'image', id, name: id, image: `${id}.png` });
export const video = (id: string, more: object = {}): Reference => ({
  kind: 'video',
  id,
  name: id,
  video: `${id}.mp4`,
  use: 'subject',
  ...more,
});

/** A prompt in which each tag, as a vendor writes it, is bound to the reference with that id. Longer tags first. */
export function bind(text: string, tags: Readonly<Record<string, string>>): Prompt {
  const sorted = Object.keys(tags).sort((one, other) => other.length - one.length);
  const pattern = new RegExp(sorted.map((tag) => tag.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'gu');
  if (sorted.length === 0) return [text];
  const parts: Prompt = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(at, match.index), { mention: tags[match[0]]! });
    at = match.index + match[0].length;
  }
  return tidyPrompt([...parts, text.slice(at)]);
}

/** What a test tells of a request; the rest is made up. */
export interface Told {
  readonly references?: readonly Reference[];
  /** One prompt, or one for each shot. */
  readonly prompt: Prompt | string | readonly (Prompt | string)[];
  readonly seconds?: number | readonly number[];
  readonly size?: readonly [width: number, height: number];
  readonly fps?: number;
  readonly more?: Partial<Request>;
  /** Facts that differ from what `factsOf` makes up, by media. */
  readonly media?: Readonly<Record<Media, MediaFacts>>;
  /** Leaves out the spoken lines: their seconds are guessed. */
  readonly unspoken?: boolean;
}

/** Request, film and facts of a tale, and the plan that is made of them. */
export function tell(told: Told): { request: Request; film: Film; facts: Facts; plan: Plan } {
  const several =
    Array.isArray(told.prompt) && told.prompt.every((one) => typeof one === 'string' || Array.isArray(one));
  const isPrompt = !several || (told.prompt as Prompt).some((part) => typeof part === 'object' && 'mention' in part);
  const prompts = (isPrompt ? [told.prompt] : told.prompt) as readonly (Prompt | string)[];
  const [width, height] = told.size ?? [640, 360];
  const shotSeconds = prompts.map((_, index) =>
    typeof told.seconds === 'object' ? (told.seconds[index] ?? 5) : (told.seconds ?? 5),
  );
  const request: Request = {
    model: 'animatic',
    references: [...(told.references ?? [])],
    shots: prompts.map((prompt) => ({ prompt: typeof prompt === 'string' ? tidyPrompt([prompt]) : prompt })),
    ...told.more,
  };
  const film: Film = {
    ...{ width, height, ratio: '16:9', tier: '360p', mode: undefined, fps: told.fps ?? 24 },
    ...{ shotSeconds, seconds: shotSeconds.reduce((sum, one) => sum + one, 0) },
    ...{ audio: true, watermark: request.watermark ?? false, count: 1, attempts: 1 },
  };
  const media = { ...factsOf(request), ...told.media };
  const facts: Facts = { media, lines: told.unspoken ? {} : spoken(request, film, media) };
  return { request, film, facts, plan: plan(request, film, facts) };
}

/** A whole body in the middle of its picture. */
export const wholeBody: Mask = {
  box: { left: 0.3, top: 0.05, right: 0.7, bottom: 0.95 },
  coverage: 0.24,
  cut: { left: false, top: false, right: false, bottom: false },
};

/** Head and shoulders, cut off below. */
export const bust: Mask = {
  box: { left: 0.1, top: 0.08, right: 0.9, bottom: 1 },
  coverage: 0.5,
  cut: { left: false, top: false, right: false, bottom: true },
};

const stored = { bytes: 1000, sha256: 'a'.repeat(64) };

/** Facts of a picture; without a mask nothing stands out in it. */
export function picture(width: number, height: number, mask?: Mask): MediaFacts {
  const colours = { mean: [120, 120, 120], meanTop: [150, 170, 200], meanBottom: [90, 100, 70] } as const;
  return {
    ...{ kind: 'image', mediaType: 'image/png', ...stored, width, height, alpha: false, animated: false },
    ...{ mean: [...colours.mean], meanTop: [...colours.meanTop], meanBottom: [...colours.meanBottom] },
    ...(mask === undefined ? {} : { mask }),
  } as MediaFacts;
}

/** Facts of a video with sound. */
export function footage(width: number, height: number, seconds: number, more: object = {}): MediaFacts {
  return {
    ...{ kind: 'video', mediaType: 'video/mp4', ...stored, width, height, seconds, fps: 25, codec: 'h264' },
    ...{ sound: true, mean: [90, 90, 90], ...more },
  } as MediaFacts;
}

/** Facts of a voice sample. */
export function voice(pitchHertz: number): MediaFacts {
  return {
    ...{ kind: 'audio', mediaType: 'audio/wav', ...stored, seconds: 4, sampleRate: 44_100, channels: 1 },
    ...{ codec: 'pcm', pitchHertz },
  } as MediaFacts;
}

/** Subjects and images are whole bodies, scenes and frames have no mask, clips last four seconds, voices are at 120 Hz. */
export function factsOf(request: Request): Record<Media, MediaFacts> {
  const kinds = new Map<Media, MediaFacts>();
  for (const { path, media, role } of mediaOfRequest(request)) {
    const index = /^references\[(\d+)\]/.exec(path)?.[1];
    const reference = index === undefined ? undefined : request.references[Number(index)];
    if (role === 'video' || role === 'clip') kinds.set(media, footage(640, 480, 4));
    else if (role === 'voice') kinds.set(media, voice(120));
    else if (reference === undefined || reference.kind === 'scene') kinds.set(media, picture(1600, 900));
    else kinds.set(media, picture(800, 1000, wholeBody));
  }
  return Object.fromEntries(kinds);
}

/** Words of a third of a second each, characters of a fifth. */
function spoken(request: Request, film: Film, media: Facts['media']): Facts['lines'] {
  return Object.fromEntries(
    linesToSpeak(request, film, { media, lines: {} }).map(({ key, text }) => {
      const words = [...text.matchAll(/\p{Script=Han}|[\p{Script=Latin}\p{N}'’]+/gu)];
      let at = 0.05;
      const times = words.map((match) => {
        const start = at;
        at += /\p{Script=Han}/u.test(match[0]) ? 0.2 : 0.34;
        return { start, end: at, from: match.index, to: match.index + match[0].length };
      });
      const seconds = at + 0.1;
      const envelope = Array.from({ length: Math.ceil(seconds * 25) }, (_, index) => 0.5 + 0.4 * Math.sin(index));
      return [key, { seconds, words: times, envelope }];
    }),
  );
}
