import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

/** Flags that say, or overrule, a part of the request. Paths start at the current folder. */
export interface RequestFlags {
  readonly subject?: readonly string[];
  readonly scene?: readonly string[];
  readonly image?: readonly string[];
  readonly video?: readonly string[];
  readonly voice?: readonly string[];
  readonly startFrame?: string;
  readonly endFrame?: string;
  readonly model?: string;
  readonly seconds?: number;
  readonly size?: string;
  readonly ratio?: string;
  readonly tier?: string;
  readonly mode?: string;
  readonly fps?: number;
  readonly seed?: number;
  readonly count?: number;
  readonly audio?: boolean;
  readonly draftMark?: boolean;
  readonly watermark?: boolean;
  readonly strict?: boolean;
}

const several = (value: string, before: readonly string[] = []) => [...before, value];

function number(value: string): number {
  const read = Number(value);
  if (value.trim() === '' || !Number.isFinite(read)) throw new InvalidArgumentError('It must be a number.');
  return read;
}

/** Adds the flags to a command that takes a request. */
export function addRequestFlags(command: Command): Command {
  return command
    .option('--model <id>', 'the model to ask (default: what the request says, else animatic)')
    .option(
      '--subject <name=image,angle,...>',
      'a person, animal or thing: its frontal image, then up to 3 more views',
      several,
    )
    .option('--scene <name=image>', 'a place or a style', several)
    .option('--image <name=image>', 'a picture whose role the model decides', several)
    .option('--video <name=video>', 'a reference video', several)
    .option('--voice <name=sound>', 'how the subject of that name sounds', several)
    .option('--start-frame <image>', "the film's first frame")
    .option('--end-frame <image>', "the film's last frame")
    .option('--seconds <number>', 'length of the film, or of each of its shots', number)
    .option('--size <width x height>', 'pixels, such as 1280x720')
    .option('--ratio <w:h>', 'such as 16:9 or 9:16')
    .option('--tier <pixels>', 'such as 720p')
    .option('--mode <mode>', 'std or pro, where the model has it')
    .option('--fps <number>', 'frames a second', number)
    .option('--seed <number>', 'the same seed draws the same film', number)
    .option('--count <number>', 'how many films', number)
    .option('--audio', 'with sound')
    .option('--no-audio', 'without sound')
    .option('--watermark', 'with the mark "AI generated"')
    .option('--no-draft-mark', 'without the DRAFT mark (the metadata still says it)')
    .option('--strict', 'refuse whatever would be done less well than asked');
}

/** The written request with the flags put over it. What a flag says goes before what the file says. */
export function withFlags(written: Record<string, unknown>, flags: RequestFlags): Record<string, unknown> {
  const { subject, scene, image, video, voice, startFrame, endFrame, seconds, ...settings } = flags;
  const result: Record<string, unknown> = { ...written };
  for (const key of [
    'model',
    'size',
    'ratio',
    'tier',
    'mode',
    'fps',
    'seed',
    'count',
    'audio',
    'watermark',
    'strict',
  ] as const) {
    if (settings[key] !== undefined) result[key] = settings[key];
  }
  // Commander's default for a --no- flag is true, which asks for nothing.
  if (settings.draftMark === false) result.draftMark = false;
  if (startFrame !== undefined) result.startFrame = resolve(startFrame);
  if (endFrame !== undefined) result.endFrame = resolve(endFrame);
  if (seconds !== undefined) {
    if (Array.isArray(written.shots)) result.shots = written.shots.map((shot) => ({ ...(shot as object), seconds }));
    else result.seconds = seconds;
  }
  const added = [
    ...named(subject).map(([name, [front, ...angles]]) => ({
      kind: 'subject',
      name,
      image: front,
      ...(angles.length > 0 && { angles }),
    })),
    ...named(scene).map(([name, [front]]) => ({ kind: 'scene', name, image: front })),
    ...named(image).map(([name, [front]]) => ({ kind: 'image', name, image: front })),
    ...named(video).map(([name, [file]]) => ({ kind: 'video', name, video: file })),
  ];
  const before = Array.isArray(written.references) ? (written.references as Record<string, unknown>[]) : [];
  const references: Record<string, unknown>[] = [...before, ...added];
  for (const [name, [sound]] of named(voice)) {
    const at = references.findIndex((reference) => reference.name === name);
    if (at === -1)
      throw new InvalidArgumentError(`--voice ${name}: no reference has that name; give --subject ${name}=... as well`);
    references[at] = { ...references[at], voice: sound };
  }
  if (references.length > 0) result.references = references;
  return result;
}

/** "mei=face.jpg,side.jpg" -> the name and its absolute paths. */
function named(flags: readonly string[] = []): [name: string, files: string[]][] {
  return flags.map((flag) => {
    const at = flag.indexOf('=');
    if (at <= 0 || at === flag.length - 1)
      throw new InvalidArgumentError(`"${flag}" must be name=file, such as mei=face.jpg`);
    const files = flag
      .slice(at + 1)
      .split(',')
      .map((file) => file.trim())
      .filter(Boolean);
    return [flag.slice(0, at).replace(/^@/, ''), files.map((file) => resolve(file))];
  });
}
