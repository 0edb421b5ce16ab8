import type { Problem } from '../../model/index.ts';
import type { CodecContext, GenerationView, Read, SeenGeneration } from '../dialect.ts';
import type { Answer, Json } from '../message.ts';
import { jsonBody } from '../message.ts';
import { readAnswer, readFailure } from './refusal.ts';
import { readWord } from './states.ts';
import { WireVideo } from './wire.ts';

/** What a service of this shape has of its own: its videos and the names in its errors. */
export interface VideoWire {
  /** `accepted`: the answer to what asked for it. */
  write(view: GenerationView, context: CodecContext, accepted: boolean): { [key: string]: Json };
  refuse(problems: readonly Problem[], context: CodecContext): Answer;
  /** Fields that it does not know are refused; else they are taken, do nothing, and are noted. */
  readonly refusesUnknown: boolean;
}

/** JSON, with the id of the exchange where the vendor's client looks for it. */
export function answerJson(value: Json, context: CodecContext): Answer {
  const headers = { 'content-type': 'application/json', 'x-request-id': context.requestId };
  return { status: 200, headers, body: jsonBody(value) };
}

/** The answer to whatever asks for a film: the video, as one that was accepted just now. */
export function acceptanceOf(wire: VideoWire) {
  return {
    encode: (view: GenerationView, _: unknown, context: CodecContext): Answer =>
      answerJson(wire.write(view, context, true), context),
    decode(answer: Answer): Read<SeenGeneration> {
      const read = readAnswer(answer, WireVideo);
      return read.ok ? { ...read, value: seenOf(read.value) } : read;
    },
  };
}

/** The size that a film was asked with; where it was not said, the first that the model offers. "1280x720". */
export function sizeOf(view: GenerationView, context: CodecContext): string {
  const { size } = view.request;
  const card = context.findCard(view.model);
  const usual = untold(view) ? card?.formats.namedSizes?.[0] : undefined;
  const shape = size ?? usual ?? view.film ?? view.films[0] ?? card?.formats.list[0];
  return shape === undefined ? '' : `${shape.width}x${shape.height}`;
}

function untold({ request }: GenerationView): boolean {
  return request.ratio === undefined && request.tier === undefined;
}

/** The film's seconds as text: "4". */
export function secondsOf(view: GenerationView, context: CodecContext): string {
  const usual = context.findCard(view.model)?.seconds.default;
  const said = view.request.shots.every(({ seconds }) => seconds !== undefined)
    ? view.request.shots.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)
    : undefined;
  const seconds = view.film?.seconds ?? said ?? (typeof usual === 'number' ? usual : view.films[0]?.seconds);
  return seconds === undefined ? '' : String(seconds);
}

/** Seconds since 1970. */
export function inSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

/** What a video tells a client. A word that nobody knows is a film that is still being made. */
export function seenOf(video: WireVideo): SeenGeneration {
  const state = readWord(video.status) ?? 'running';
  return {
    id: video.id,
    state,
    model: video.model,
    prompt: video.prompt,
    films: filmsOf(video),
    problem: state === 'failed' ? failureOf(video) : undefined,
    createdAt: inMilliseconds(video.created_at),
    startedAt: undefined,
    finishedAt: inMilliseconds(video.completed_at),
    progress: video.progress === undefined ? undefined : Math.min(1, Math.max(0, video.progress / 100)),
    billedSeconds: undefined,
  };
}

/** A code that is a status says whose fault it was. */
function failureOf({ error }: WireVideo): Problem {
  const status = Number(error?.code);
  return readFailure(error?.code, error?.message, status >= 400 && status < 600 ? status : undefined);
}

/** Addresses on the web only: an engine may tell of files on its own disk. */
function filmsOf(video: WireVideo): SeenGeneration['films'] {
  const listed = (video.task_result?.videos ?? []).map(({ url, duration }) => ({ url, seconds: asNumber(duration) }));
  const alone = video.url === undefined ? [] : [{ url: video.url, seconds: asNumber(video.seconds) }];
  return [...listed, ...alone].filter(({ url }) => /^https?:\/\//i.test(url));
}

function asNumber(seconds: string | number | undefined): number | undefined {
  const read = typeof seconds === 'string' && seconds.trim() !== '' ? Number(seconds) : seconds;
  return typeof read === 'number' && Number.isFinite(read) && read > 0 ? read : undefined;
}

function inMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000);
}
