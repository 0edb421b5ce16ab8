import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LineToSpeak, linesToSpeak, type Plan, plan as planFilm } from '@refreel/core/animatic';
import {
  type Facts,
  type Film,
  type LineFacts,
  type Media,
  type MediaFacts,
  type MediaUse,
  mediaOfRequest,
  type Problem,
  problem,
  Refusal,
  type Request,
} from '@refreel/core/model';
import { ChildEnded, type GuardedChild, openGuardedChild } from '../../processes/guarded-child.ts';
import { defaultEncodeSettings, type EncodeSettings } from './encoder/encoder.ts';
import { findFfmpeg } from './encoder/ffmpeg-process.ts';
import { placeFilm } from './film-place.ts';
import type {
  FileToMeasure,
  MeasureAnswer,
  RenderAnswer,
  RenderEvent,
  RenderQuestion,
  RenderTimes,
} from './questions.ts';
import { endProblem, refusalProblem, renderProblem } from './refusals.ts';
import { openSpeech, type Speech, SpeechError } from './sound/speech.ts';

export interface AnimaticOptions {
  /** Default "node-av", the built-in one. */
  readonly encoder?: 'node-av' | 'ffmpeg';
  /** Resident memory of the child that decodes and draws. Default 1,500. */
  readonly memoryMegabytes?: number;
  /** Longest time of one medium, and of one film. */
  readonly measureSeconds?: number;
  readonly renderSeconds?: number;
}

export interface DrawOptions {
  readonly onProgress?: (done: { readonly frames: number; readonly of: number }) => void;
  readonly title?: string;
  readonly settings?: Partial<Omit<EncodeSettings, 'keyframes'>>;
  /** Raw I420 frames are written to this file as well, for benchmarks. */
  readonly rawFrames?: string;
}

/** A film that was made. */
export interface DrawnFilm {
  readonly file: string;
  readonly frames: number;
  readonly bytes: number;
  readonly plan: Plan;
  readonly milliseconds: RenderTimes & { readonly speech: number; readonly plan: number };
}

/**
 * The producer that draws films here: it measures a request's media, speaks its lines, plans the film and makes the MP4, all that is
 * untrusted in a child process of its own. Open one for a film, or keep it for several; close it.
 */
export interface Animatic {
  /**
   * Measures every medium of a request. `files` gives the local path of each. What cannot be used is a problem with its path.
   */
  measure(request: Request, files: Readonly<Record<Media, string>>): Promise<{ facts: Facts; problems: Problem[] }>;
  /**
   * Makes the film at `file`, which appears only when it is whole. @throws Refusal with the problem, and then nothing is left behind.
   */
  draw(
    request: Request,
    film: Film,
    facts: Facts,
    files: Readonly<Record<Media, string>>,
    file: string,
    options?: DrawOptions,
  ): Promise<DrawnFilm>;
  /** Highest resident memory of the child so far, in megabytes. */
  peakMegabytes(): number;
  close(): Promise<void>;
}

const childScript = fileURLToPath(new URL('./child.ts', import.meta.url));

export async function openAnimatic(options: AnimaticOptions = {}): Promise<Animatic> {
  const { encoder = 'node-av', memoryMegabytes = 1500, measureSeconds = 60, renderSeconds = 900 } = options;
  const folder = await mkdtemp(join(tmpdir(), 'refreel-'));
  const speech = openSpeech();
  let child: GuardedChild | undefined;
  let peak = 0;
  const start = () => openGuardedChild(childScript, folder, { memoryMegabytes, cpuSeconds: 2 * renderSeconds });
  child = start();

  const measureOne = async (use: MediaUse, file: FileToMeasure): Promise<MediaFacts> => {
    child ??= start();
    try {
      const answer = await child.ask<MeasureAnswer>({ ask: 'measure', file }, { seconds: measureSeconds });
      if (answer.ok) return answer.facts;
      throw new Refusal(refusalProblem(use.path, file.file, answer.refusal));
    } catch (error) {
      if (!(error instanceof ChildEnded)) throw error;
      // The next medium gets a fresh child: one bad file does not spoil the others.
      peak = Math.max(peak, child.peakMegabytes());
      child = undefined;
      throw new Refusal(endProblem(use.path, error.end));
    }
  };

  const measured = new Map<Media, MediaFacts>();
  return {
    async measure(request, files) {
      const problems: Problem[] = [];
      const media: Record<Media, MediaFacts> = {};
      for (const use of mediaOfRequest(request)) {
        const file = files[use.media];
        if (media[use.media] !== undefined || file === undefined) continue;
        try {
          const facts =
            measured.get(use.media) ?? (await measureOne(use, { media: use.media, file, ...needsOf(use, request) }));
          measured.set(use.media, facts);
          media[use.media] = facts;
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          problems.push(...error.problems);
        }
      }
      return { facts: { media, lines: {} }, problems };
    },
    async draw(request, film, facts, files, file, drawOptions = {}) {
      const started = performance.now();
      const spoken = await speakAll(speech, film.audio ? linesToSpeak(request, film, facts) : []);
      const spokenAt = performance.now();
      const plan = planFilm(request, film, { media: facts.media, lines: { ...facts.lines, ...spoken.facts } });
      const plannedAt = performance.now();
      const ffmpeg = encoder === 'ffmpeg' ? await findFfmpeg() : undefined;
      if (encoder === 'ffmpeg' && ffmpeg === undefined)
        throw new Refusal(problem('encoder_missing', '', { found: 'ffmpeg' }));
      const place = await placeFilm(file);
      try {
        const question: RenderQuestion = {
          ask: 'render',
          plan,
          file: place.temporary,
          files,
          voices: spoken.voices,
          encoder,
          ffmpeg,
          settings: { ...defaultEncodeSettings, ...drawOptions.settings },
          title: drawOptions.title ?? 'Refreel animatic',
          comment: `Draft: a storyboard film drawn offline by Refreel, not by ${request.model === 'animatic' ? 'a model' : request.model}.`,
          ...(drawOptions.rawFrames !== undefined && { rawFrames: drawOptions.rawFrames }),
        };
        child ??= start();
        const answer = await child.ask<RenderAnswer>(question, {
          seconds: renderSeconds,
          onEvent: (event) => drawOptions.onProgress?.({ frames: (event as RenderEvent).frames, of: plan.frames }),
        });
        if (!answer.ok) throw new Refusal(renderProblem(answer, request, file));
        await place.keep();
        const milliseconds = { ...answer.times, speech: spokenAt - started, plan: plannedAt - spokenAt };
        return { file, frames: answer.frames, bytes: answer.bytes, plan, milliseconds };
      } catch (error) {
        await place.discard();
        if (!(error instanceof ChildEnded)) throw error;
        peak = Math.max(peak, child?.peakMegabytes() ?? 0);
        child = undefined;
        throw new Refusal(endProblem('', error.end));
      }
    },
    peakMegabytes: () => Math.max(peak, child?.peakMegabytes() ?? 0),
    async close() {
      child?.close();
      child = undefined;
      speech.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Pictures of subjects are cut out; the sound of a voice, or of a subject's clip that has no other voice, tells its pitch. */
function needsOf(use: MediaUse, request: Request): { cut: boolean; pitch: boolean } {
  const index = /^references\[(\d+)\]/.exec(use.path)?.[1];
  const reference = index === undefined ? undefined : request.references[Number(index)];
  const kind = reference?.kind;
  const hasVoice = reference !== undefined && 'voice' in reference && reference.voice !== undefined;
  return {
    cut: (use.role === 'image' || use.role === 'angle') && (kind === 'subject' || kind === 'image'),
    pitch: use.role === 'voice' || ((use.role === 'clip' || use.role === 'video') && !hasVoice),
  };
}

async function speakAll(
  speech: Speech,
  lines: readonly LineToSpeak[],
): Promise<{ facts: Record<string, LineFacts>; voices: Record<string, Float32Array> }> {
  const facts: Record<string, LineFacts> = {};
  const voices: Record<string, Float32Array> = {};
  const speak = async ({ key, text, voice }: LineToSpeak) => {
    const spoken = await speech.speak({ text, voice });
    facts[key] = spoken.facts;
    voices[key] = spoken.samples;
  };
  try {
    await Promise.all(lines.map(speak));
  } catch (error) {
    if (!(error instanceof SpeechError)) throw error;
    throw new Refusal(problem('render_failed', 'shots', { found: error.message }));
  }
  return { facts, voices };
}
