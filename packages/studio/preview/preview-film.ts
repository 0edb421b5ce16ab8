import { type DrawList, frameAt, type Plan } from '@refreel/core/animatic';
import type { Media } from '@refreel/core/model';
import { type CanvasContext, type CanvasPainter, createCanvasPainter } from './canvas-painter.ts';
import { readClipSound } from './clip-sound.ts';
import { type ClipVideos, openClipVideos } from './clip-videos.ts';
import type { Draft } from './draft.ts';
import type { FilmAnswer, FilmAsk, MadeSound } from './film-messages.ts';

/** What is shown now. */
export interface ShownFilm {
  readonly plan: Plan;
  readonly sound: MadeSound | undefined;
}

/** What `openPreviewFilm` tells: a new film is shown, a picture came, something did not come, the worker failed. */
export interface FilmEvents {
  onFilm(shown: ShownFilm): void;
  onPicture(): void;
  onMissing(what: readonly string[]): void;
  onReady(): void;
  onFailure(message: string): void;
}

/** Films made beside the page, the newest shown. */
export interface PreviewFilm {
  /** The film is made anew; the one before stays until the new one is there whole. */
  show(draft: Draft): void;
  readonly shown: ShownFilm | undefined;
  /** Paints a moment on the canvas; what has not come yet is left out. `playing` lets videos run by themselves. */
  paint(context: CanvasContext, seconds: number, playing: boolean): void;
  /** Paints a moment on another canvas, at the film's size; reference videos are left out. */
  paintStill(context: CanvasContext, seconds: number): void;
  /** Lets go of everything. */
  close(): void;
}

/** Bitmaps of former plans are kept for as long as there are no more than this: going back and forth costs nothing. */
const mostBitmaps = 160;

interface Stage {
  readonly plan: Plan;
  readonly ids: Readonly<Record<string, string>>;
  readonly painter: CanvasPainter;
  readonly context: CanvasContext;
  readonly videos: ClipVideos;
}

interface Making {
  readonly number: number;
  readonly plan: Plan;
  readonly ids: Readonly<Record<string, string>>;
  readonly addresses: Readonly<Record<Media, string>>;
  sound: MadeSound | undefined;
}

/** @param newWorker starts the worker of `film-worker.ts` */
export function openPreviewFilm(newWorker: () => Worker, events: FilmEvents): PreviewFilm {
  const worker = newWorker();
  const bitmaps = new Map<string, ImageBitmap>();
  let asked: FilmAsk | undefined;
  let making: Making | undefined;
  let shown: Making | undefined;
  let stage: Stage | undefined;
  let missing: string[] = [];
  let number = 0;
  /** Whether what is shown has all its pictures. */
  let whole = false;

  /** Reference videos whose sound was asked for, and what came of it since the last ask. */
  const heard = new Set<Media>();
  let sounds: Record<Media, MadeSound> = {};
  const listenTo = ({ sound }: Plan, addresses: Readonly<Record<Media, string>>) => {
    for (const { media } of sound.clips) {
      const address = addresses[media];
      if (address === undefined || heard.has(media)) continue;
      heard.add(media);
      void readClipSound(address).then(
        (decoded) => {
          sounds = { ...sounds, [media]: decoded };
          if (asked !== undefined) ask(asked);
        },
        () => events.onMissing([media]),
      );
    }
  };
  const ask = (draft: Draft) => {
    number += 1;
    asked = { ...draft, number, held: [...bitmaps.keys()], sounds };
    sounds = {};
    worker.postMessage(asked);
  };
  const addToStage = (id: string) => {
    if (stage === undefined || stage.plan !== shown?.plan) return;
    for (const [key, one] of Object.entries(stage.ids)) if (one === id) addBitmap(stage.painter, key, id);
  };
  const addBitmap = (painter: CanvasPainter, key: string, id: string) => {
    const source = bitmaps.get(id);
    if (source !== undefined) painter.addPicture(key, { width: source.width, height: source.height, source });
  };
  const present = (film: Making) => {
    shown = film;
    events.onFilm(film);
  };
  const hear = (answer: FilmAnswer) => {
    if (answer.say === 'picture') {
      // Made is made: perhaps the next plan needs it.
      const { id, bitmap } = answer.picture;
      if (bitmaps.has(id)) {
        bitmap.close();
        return;
      }
      bitmaps.set(id, bitmap);
      addToStage(id);
      events.onPicture();
      return;
    }
    if (answer.number !== asked?.number) return;
    switch (answer.say) {
      case 'planned':
        missing = [];
        listenTo(answer.plan, asked.pictures);
        making = {
          number: answer.number,
          plan: answer.plan,
          ids: answer.ids,
          addresses: asked.pictures,
          sound: undefined,
        };
        // The first film is shown while it comes together, later ones when they are whole.
        if (!whole) present(making);
        break;
      case 'missing':
        missing.push(answer.what);
        break;
      case 'sound':
        if (making !== undefined) making.sound = answer.sound;
        break;
      case 'ready':
        whole = true;
        if (making !== undefined) present(making);
        forgetOld();
        events.onMissing(missing);
        events.onReady();
        break;
      case 'failed':
        events.onFailure(answer.message);
    }
  };
  worker.onmessage = ({ data }: MessageEvent<FilmAnswer>) => hear(data);
  worker.onerror = (event) => events.onFailure(event.message);

  const forgetOld = () => {
    const needed = new Set(Object.values(shown?.ids ?? {}));
    for (const [id, bitmap] of bitmaps) {
      if (bitmaps.size <= mostBitmaps) break;
      if (needed.has(id)) continue;
      bitmap.close();
      bitmaps.delete(id);
    }
  };

  const stageFor = ({ plan, ids, addresses }: Making, context: CanvasContext): Stage => {
    if (stage?.plan === plan && stage.context === context) return stage;
    stage?.videos.close();
    const painter = createCanvasPainter(context);
    for (const [key, id] of Object.entries(ids)) addBitmap(painter, key, id);
    for (const [key, clip] of Object.entries(plan.clips)) painter.addClip(key, clip);
    stage = { plan, ids, painter, context, videos: openClipVideos(plan, addresses, () => events.onPicture()) };
    return stage;
  };

  return {
    show: ask,
    get shown() {
      return shown;
    },
    paint(context, seconds, playing) {
      if (shown === undefined) return;
      const { painter, videos } = stageFor(shown, context);
      const list = frameAt(shown.plan, seconds);
      videos.show(list, painter, playing);
      painter.paint(withoutMissing(list, painter));
    },
    paintStill(context, seconds) {
      if (shown === undefined) return;
      const painter = createCanvasPainter(context);
      for (const [key, id] of Object.entries(shown.ids)) addBitmap(painter, key, id);
      for (const [key, clip] of Object.entries(shown.plan.clips)) painter.addClip(key, clip);
      painter.paint(withoutMissing(frameAt(shown.plan, seconds), painter));
    },
    close() {
      asked = undefined;
      worker.terminate();
      stage?.videos.close();
      for (const bitmap of bitmaps.values()) bitmap.close();
      bitmaps.clear();
    },
  };
}

function withoutMissing(list: DrawList, painter: CanvasPainter): DrawList {
  if (list.operations.every((one) => painter.has(one))) return list;
  return { ...list, operations: list.operations.filter((one) => painter.has(one)) };
}
