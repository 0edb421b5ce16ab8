import { resolve } from 'node:path';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

/** Flags that say, or overrule, a part of the request. Paths start at the current folder. */
export interface RequestFlags {
  readonly prompt?: string;
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
  readonly fitMedia?: boolean;
  readonly alternatives?: readonly string[];
  readonly retryBlocked?: boolean;
  readonly expand?: boolean;
}

/** Ends the command: its line is wrong. */
export type Fail = (message: string) => never;

export const requestArgument = [
  '[request]',
  'a request in YAML or JSON, a text file with a prompt, or "-" for standard input',
] as const;

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** Reads a flag's list. */
function listed(value: string): string[] {
  const ids = value.split(',').map((id) => id.trim());
  if (ids.includes('')) throw new InvalidArgumentError('It must be ids of models with commas between.');
  return ids;
}

/** Reads a flag's number. */
export function number(value: string): number {
  const read = Number(value);
  if (value.trim() === '' || !Number.isFinite(read)) throw new InvalidArgumentError('It must be a number.');
  return read;
}

/** Adds the flags to a command that takes a request. */
export function addRequestFlags(command: Command): Command {
  return command
    .option('--prompt <text>', 'what happens, instead of a file')
    .option('--model <id>', 'the model to ask (default: what the request says, else animatic)')
    .option(
      '--subject <name=image,angle,...>',
      'a person, animal or thing: its frontal image, then up to 3 more views',
      several,
    )
    .option('--scene <name=image,angle,...>', 'a place or a style', several)
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
    .option('--expand', 'fill the prompt up to the documented pattern, and say what was added')
    .option('--strict', 'refuse whatever would be done less well than asked')
    .option(
      '--alternatives <ids>',
      'models (commas between) to ask instead, in order, if a vendor refuses in a way that costs nothing',
      listed,
    )
    .option('--retry-blocked', 'ask them also where a vendor refuses what the film would show')
    .option('--fit-media', 'scale, crop, trim or save anew what breaks the limits of the model, each with a note');
}

const referenceFlags = ['subject', 'scene', 'image', 'video'] as const;

/** Ends the command where nothing names a request. */
export function assertRequest(name: string | undefined, flags: RequestFlags, fail: Fail): void {
  const said = [flags.prompt, flags.startFrame, flags.endFrame, ...referenceFlags.map((flag) => flags[flag])];
  if (name === undefined && said.every((flag) => flag === undefined))
    fail('name a request file, such as request.yaml, or "-" to read it from standard input');
}

/** Flags that are fields of a request by the same name. */
const settings = [
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
  'fitMedia',
  'alternatives',
  'retryBlocked',
  'expand',
] as const;

/** The written request with the flags put over it. What a flag says goes before what the file says. */
export function withFlags(
  written: Readonly<Record<string, unknown>>,
  flags: RequestFlags,
  fail: Fail,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...written };
  for (const key of settings) if (flags[key] !== undefined) result[key] = flags[key];
  // Commander's default for a --no- flag is true, which asks for nothing.
  if (flags.draftMark === false) result.draftMark = false;
  if (flags.startFrame !== undefined) result.startFrame = fromHere(flags.startFrame);
  if (flags.endFrame !== undefined) result.endFrame = fromHere(flags.endFrame);
  if (flags.prompt !== undefined) {
    if (written.shots !== undefined) fail('--prompt: the request has shots, each with a prompt of its own');
    result.prompt = flags.prompt;
  }
  if (flags.seconds !== undefined) putSeconds(result, flags.seconds);
  putReferences(result, flags, fail);
  return result;
}

function putSeconds(result: Record<string, unknown>, seconds: number): void {
  const isShot = (shot: unknown): shot is object => typeof shot === 'object' && shot !== null && !Array.isArray(shot);
  if (!Array.isArray(result.shots)) result.seconds = seconds;
  else result.shots = result.shots.map((shot: unknown) => (isShot(shot) ? { ...shot, seconds } : shot));
}

/** References of flags stand behind those of the file; one of the same name takes its place. */
function putReferences(result: Record<string, unknown>, flags: RequestFlags, fail: Fail): void {
  const added = referenceFlags.flatMap((kind) => (flags[kind] ?? []).map((flag) => readReference(kind, flag, fail)));
  const voices = (flags.voice ?? []).map((flag) => readNamed('voice', flag, 1, fail));
  // A list that is no list is told by whoever reads the request.
  if ((added.length === 0 && voices.length === 0) || !Array.isArray(result.references ?? [])) return;
  const inFile = [...((result.references ?? []) as unknown[])];
  const isCalled = (reference: unknown, name: string) => (reference as { name?: unknown } | null)?.name === name;
  const kept = inFile.map((reference) => added.find(({ name }) => isCalled(reference, name)) ?? reference);
  const references = [...kept, ...added.filter((reference) => !kept.includes(reference))];
  for (const { name, files } of voices) {
    const at = references.findIndex((reference) => isCalled(reference, name));
    if (at === -1) fail(`--voice ${name}: no reference has that name; give --subject ${name}=<image> as well`);
    references[at] = { ...(references[at] as object), voice: files[0] };
  }
  result.references = references;
}

function readReference(kind: (typeof referenceFlags)[number], flag: string, fail: Fail): { name: string } {
  const takesAngles = kind === 'subject' || kind === 'scene';
  const { name, files } = readNamed(kind, flag, takesAngles ? Number.POSITIVE_INFINITY : 1, fail);
  const [file, ...angles] = files;
  if (kind === 'video') return { kind, name, video: file } as { name: string };
  return { kind, name, image: file, ...(angles.length > 0 && { angles }) } as { name: string };
}

/** "mei=face.jpg,side.jpg" -> the name and its absolute paths. */
function readNamed(flag: string, value: string, most: number, fail: Fail): { name: string; files: string[] } {
  const at = value.indexOf('=');
  const files = value
    .slice(at + 1)
    .split(',')
    .map((file) => file.trim())
    .filter(Boolean);
  if (at <= 0 || files.length === 0) fail(`--${flag} "${value}" must be name=file, such as mei=face.jpg`);
  if (files.length > most) fail(`--${flag} "${value}" names ${files.length} files; it takes one`);
  return { name: value.slice(0, at).replace(/^@/, ''), files: files.map(fromHere) };
}

/** Addresses stay what they are, to be refused as such; a drive's letter is none. */
function fromHere(path: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(path) ? path : resolve(path);
}
