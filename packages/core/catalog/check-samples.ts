import {
  type AudioFacts,
  type Card,
  type Checked,
  check,
  type Facts,
  type ImageFacts,
  type ImageReference,
  type MediaFacts,
  type Problem,
  type Prompt,
  type Request,
  type Scene,
  type Shot,
  type Subject,
  type VideoFacts,
  type VideoReference,
} from '../model/index.ts';
import { findCard } from './find.ts';

/** Small whole things that the tests of `check` put requests together from. */

export function cardOf(id: string): Card {
  const card = findCard(id);
  if (card === undefined) throw new Error(`no card ${id}`);
  return card;
}

export const sha256 = '0'.repeat(64);

export const picture = (more: Partial<ImageFacts> = {}): ImageFacts => ({
  kind: 'image',
  mediaType: 'image/png',
  bytes: 200_000,
  sha256,
  width: 1280,
  height: 720,
  alpha: false,
  animated: false,
  mean: [120, 120, 120],
  meanTop: [140, 140, 140],
  meanBottom: [90, 90, 90],
  ...more,
});

export const footage = (more: Partial<VideoFacts> = {}): VideoFacts => ({
  kind: 'video',
  mediaType: 'video/mp4',
  bytes: 2_000_000,
  sha256,
  width: 1280,
  height: 720,
  seconds: 5,
  fps: 30,
  codec: 'h264',
  sound: true,
  mean: [120, 120, 120],
  ...more,
});

export const sound = (more: Partial<AudioFacts> = {}): AudioFacts => ({
  kind: 'audio',
  mediaType: 'audio/wav',
  bytes: 300_000,
  sha256,
  seconds: 4,
  sampleRate: 48_000,
  channels: 1,
  codec: 'pcm_s16le',
  ...more,
});

export const facts = (media: Record<string, MediaFacts> = {}): Facts => ({ media, lines: {} });

/** Facts for every medium that the references and frames below name, all within every model's limits, but for those given. */
export function measuredBut(media: Readonly<Record<string, MediaFacts>>): Facts {
  const of = (name: string) => (Object.hasOwn(media, name) ? media[name]! : usual(name));
  return {
    media: new Proxy<Record<string, MediaFacts>>(
      {},
      {
        getOwnPropertyDescriptor: (_, name) => ({ value: of(String(name)), configurable: true, enumerable: true }),
        get: (_, name) => of(String(name)),
      },
    ),
    lines: {},
  };
}

export const measured: Facts = measuredBut({});

function usual(name: string): MediaFacts {
  if (name.endsWith('.mp4')) return footage();
  return name.endsWith('.wav') ? sound() : picture();
}

const id = (name: string) => ({ id: `r-${name}`, name });

export const subject = (name: string, more: Partial<Subject> = {}): Subject => ({
  kind: 'subject',
  ...id(name),
  image: `${name}.png`,
  ...more,
});
export const scene = (name: string, more: Partial<Scene> = {}): Scene => ({
  kind: 'scene',
  ...id(name),
  image: `${name}.png`,
  ...more,
});
export const image = (name: string): ImageReference => ({ kind: 'image', ...id(name), image: `${name}.png` });
export const video = (name: string, more: Partial<VideoReference> = {}): VideoReference => ({
  kind: 'video',
  ...id(name),
  video: `${name}.mp4`,
  use: 'subject',
  ...more,
});
/** A subject that has a clip and no picture. */
export const clip = (name: string): Subject => ({ kind: 'subject', ...id(name), clip: `${name}.mp4` });

/** `count` of them, with names of their own. */
export function many<Kind>(count: number, name: string, make: (name: string) => Kind): Kind[] {
  return Array.from({ length: count }, (_, index) => make(`${name}${index + 1}`));
}

export const shot = (seconds?: number, ...prompt: Prompt): Shot => ({
  prompt: prompt.length > 0 ? prompt : ['A cat walks along a wall.'],
  ...(seconds !== undefined && { seconds }),
});

/** A request with one shot and nothing else, unless more is said. */
export const ask = (model: string, more: Partial<Omit<Request, 'model'>> = {}): Request => ({
  model,
  references: [],
  shots: [shot()],
  ...more,
});

/** Held against the model that it names. */
export const look = (request: Request, of: Facts = measured): Checked => check(request, cardOf(request.model), of);

/** "code path" of each problem. */
export const refusals = ({ problems }: Checked): string[] => problems.map(({ code, path }) => `${code} ${path}`);

/** "code path" of each note, but for references that no prompt names: most of these requests name none. */
export const noted = ({ notes }: Checked): string[] =>
  notes.filter(({ code }) => !code.endsWith('_unmentioned')).map(({ code, path }) => `${code} ${path}`);

/** The one problem that was found. */
export function onlyProblem({ problems }: Checked): Problem {
  const [only, ...others] = problems;
  if (only === undefined || others.length > 0)
    throw new Error(`not one problem: ${problems.map(({ code, path }) => `${code} ${path}`).join(', ')}`);
  return only;
}

/** "1280x720". */
export const filmSize = ({ film }: Checked): string => `${film?.width}x${film?.height}`;
