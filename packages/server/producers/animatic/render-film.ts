import { open } from 'node:fs/promises';
import { frameAt } from '@refreel/core/animatic';
import { mixFilm } from '@refreel/core/mixing';
import type { Media } from '@refreel/core/model';
import { readSound } from '../../media/audio.ts';
import { MediaRefused } from '../../media/refusal.ts';
import { type Clip, openClip } from '../../media/video-frames.ts';
import { EncodeError, type Encoder, type EncoderSession } from './encoder/encoder.ts';
import { createPainter, makeSprite, type Painter, type SpriteSources } from './painter/index.ts';
import type { RenderAnswer, RenderEvent, RenderQuestion, RenderTimes } from './questions.ts';

/** Frames between two reports of how far it is. */
const reportEvery = 6;

/** Runs work on a medium; a refusal on the way is that medium's. */
type During = <Result>(media: Media, work: () => Promise<Result>) => Promise<Result>;

/** Draws and encodes a planned film. Whatever a person must mend is an answer; a bug of ours throws. Removes what it wrote on failure. */
export async function renderFilm(
  question: RenderQuestion,
  sources: SpriteSources,
  fileOf: (media: Media) => string,
  send: (event: RenderEvent) => void,
): Promise<RenderAnswer> {
  const { plan } = question;
  const clock = startClock();
  const painter = createPainter(plan);
  const clips = new Map<string, Clip>();
  /** Which medium each refusal is about. */
  const blame = new Map<unknown, Media>();
  const during: During = (media, work) =>
    work().catch((error: unknown) => {
      blame.set(error, media);
      throw error;
    });
  // Sprites are mostly made by other threads: meanwhile the encoder is opened, and gets its sound.
  const opening = openEncoder(question);
  opening.catch(() => {});
  try {
    const making = Object.entries(plan.sprites).map(async ([key, sprite]) => {
      const made =
        'media' in sprite ? during(sprite.media, () => makeSprite(sprite, sources)) : makeSprite(sprite, sources);
      painter.addPicture(key, await made);
    });
    const mixing = plan.audio ? mixSound(question, fileOf, during) : undefined;
    const sounding = Promise.all([opening, mixing]).then(([session, mixed]) => {
      if (mixed !== undefined) session.audio(mixed.left, mixed.right);
      return mixed?.milliseconds ?? 0;
    });
    const [sound] = await Promise.all([sounding, ...making]);
    for (const [key, clip] of Object.entries(plan.clips)) {
      painter.addClip(key, clip);
      clips.set(key, await during(clip.media, () => openClip(fileOf(clip.media), clip)));
    }
    const sprites = clock.lap();
    const session = await opening;
    const opened = clock.lap();
    const paint = await drawFrames(question, painter, clips, session, send);
    const frames = clock.lap();
    const film = await session.finish();
    const times: RenderTimes = { sprites, sound, open: opened, frames, paint, finish: clock.lap() };
    return { ok: true, ...film, times };
  } catch (error) {
    await opening.then(
      (session) => session.abort(),
      () => {},
    );
    if (error instanceof EncodeError) return { ok: false, failure: error.code, words: error.message };
    const media = blame.get(error);
    if (error instanceof MediaRefused && media !== undefined)
      return { ok: false, failure: 'media', media, refusal: error.refusal };
    throw error;
  } finally {
    for (const clip of clips.values()) clip.close();
    painter.free();
  }
}

function startClock() {
  let last = performance.now();
  return {
    lap(): number {
      const now = performance.now();
      const passed = now - last;
      last = now;
      return passed;
    },
  };
}

function formatOf({ plan, title, comment }: RenderQuestion) {
  const { width, height, fps, audio, language } = plan;
  return { width, height, fps, audio, language, title, comment };
}

async function openEncoder(question: RenderQuestion): Promise<EncoderSession> {
  const encoder = await loadEncoder(question);
  const keyframes = question.plan.shots.map(({ start }) => start);
  return encoder.open(question.file, formatOf(question), { ...question.settings, keyframes });
}

async function loadEncoder({ encoder, ffmpeg }: RenderQuestion): Promise<Encoder> {
  if (encoder === 'node-av') return (await import('./encoder/node-av.ts')).nodeAvEncoder;
  // The child's environment is empty; the parent found the program.
  if (ffmpeg !== undefined) process.env.REFREEL_FFMPEG = ffmpeg;
  return (await import('./encoder/ffmpeg.ts')).ffmpegEncoder;
}

async function mixSound({ plan, voices }: RenderQuestion, fileOf: (media: Media) => string, during: During) {
  const started = performance.now();
  const seconds = plan.frames / plan.fps;
  const lines = plan.lines.flatMap(({ key, start, pan }) => {
    const samples = voices[key];
    return samples === undefined ? [] : [{ samples, start, pan }];
  });
  const clips = [];
  for (const clip of plan.sound.clips) {
    const { left, right } = await during(clip.media, () => readSound(fileOf(clip.media), { seconds: clip.seconds }));
    clips.push({ left, right, start: clip.start, seconds: clip.seconds, gain: 0.8 });
  }
  const sound = mixFilm({ seconds, lines, clips, ambience: plan.sound.ambience, seed: plan.seed });
  return { ...sound, milliseconds: performance.now() - started };
}

/** Paints a frame while the one before it is encoded where it was painted. Returns the milliseconds that painting took. */
async function drawFrames(
  { plan, rawFrames }: RenderQuestion,
  painter: Painter,
  clips: ReadonlyMap<string, Clip>,
  session: EncoderSession,
  send: (event: RenderEvent) => void,
): Promise<number> {
  const raw = rawFrames === undefined ? undefined : await open(rawFrames, 'w');
  let encoding: Promise<void> = Promise.resolve();
  let paint = 0;
  try {
    for (let frame = 0; frame < plan.frames; frame += 1) {
      const started = performance.now();
      const list = frameAt(plan, frame / plan.fps);
      for (const operation of list.operations) {
        if (operation.op === 'video')
          painter.setClipFrame(operation.clip, await clips.get(operation.clip)!.frameAt(operation.seconds));
      }
      painter.paint(list);
      const painted = painter.frame();
      paint += performance.now() - started;
      await encoding;
      encoding = session.video(painted);
      // Waited for in the next round; a failure meanwhile must not count as unhandled.
      encoding.catch(() => {});
      if (raw !== undefined) await raw.write(painted);
      if ((frame + 1) % reportEvery === 0) send({ frames: frame + 1 });
    }
    await encoding;
  } finally {
    await raw?.close();
  }
  send({ frames: plan.frames });
  return paint;
}
