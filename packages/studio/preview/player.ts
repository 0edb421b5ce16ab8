import { shotAt } from '@refreel/core/animatic';
import type { CanvasContext } from './canvas-painter.ts';
import type { Draft } from './draft.ts';
import { createPreviewClock } from './preview-clock.ts';
import { openPreviewFilm, type ShownFilm } from './preview-film.ts';
import { openSoundPlayer } from './sound-player.ts';

/** What is seen of a player besides its picture. */
export interface PlayerView {
  /** Seconds of the film, and the frame that shows. */
  onMoment(seconds: number, frame: number, shown: ShownFilm): void;
  onFilm(shown: ShownFilm): void;
  onPlaying(playing: boolean): void;
  /** What did not come; empty when all is there. */
  onReady(missing: readonly string[]): void;
  onFailure(message: string): void;
}

/** Plays the newest draft on a canvas: pictures, sound and subtitles by one clock. */
export interface Player {
  show(draft: Draft): void;
  readonly shown: ShownFilm | undefined;
  readonly playing: boolean;
  readonly seconds: number;
  play(): void;
  pause(): void;
  seek(seconds: number): void;
  mute(muted: boolean): void;
  /** Moments of the film as small pictures, for as long as `signal` lets it. They are made one after another, so that nothing halts. */
  stills(moments: readonly number[], width: number, signal: AbortSignal): Promise<Blob[]>;
  /** Somebody touched the page: from then on browsers let it be heard. */
  touched(): void;
  /** Frames painted since it was opened, for whoever measures. */
  readonly painted: number;
  close(): void;
}

/** @param canvas resized to each film. @throws Error where the browser gives none */
export function openPlayer(canvas: HTMLCanvasElement, newWorker: () => Worker, view: PlayerView): Player {
  const context: CanvasContext | null = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('The browser gives no canvas.');
  const clock = createPreviewClock(() => performance.now());
  const sound = openSoundPlayer();
  let missing: readonly string[] = [];
  let frameShown = -1;
  let painted = 0;
  let tick: number | undefined;
  let wasPlaying = false;

  const film = openPreviewFilm(newWorker, {
    onFilm({ plan, sound: heard }) {
      if (canvas.width !== plan.width || canvas.height !== plan.height)
        Object.assign(canvas, { width: plan.width, height: plan.height });
      clock.setLength(plan.frames / plan.fps);
      sound.load(heard);
      frameShown = -1;
      view.onFilm({ plan, sound: heard });
      wake();
    },
    onPicture() {
      frameShown = -1;
      wake();
    },
    onMissing: (what) => {
      missing = what;
    },
    onReady: () => view.onReady(missing),
    onFailure: (message) => view.onFailure(message),
  });

  const draw = () => {
    tick = undefined;
    const { shown } = film;
    if (shown === undefined) return;
    const { playing } = clock;
    const seconds = clock.seconds();
    const frame = Math.min(Math.floor(seconds * shown.plan.fps + 1e-6), shown.plan.frames - 1);
    if (frame !== frameShown) {
      frameShown = frame;
      painted += 1;
      film.paint(context, frame / shown.plan.fps, playing);
      view.onMoment(seconds, frame, shown);
    }
    if (playing) {
      sound.follow(seconds);
      wake();
    } else sound.stop();
    if (playing !== wasPlaying) {
      wasPlaying = playing;
      view.onPlaying(playing);
    }
  };
  const wake = () => {
    tick ??= requestAnimationFrame(draw);
  };

  return {
    show: (draft) => film.show(draft),
    get shown() {
      return film.shown;
    },
    get playing() {
      return clock.playing;
    },
    get seconds() {
      return clock.seconds();
    },
    get painted() {
      return painted;
    },
    play() {
      clock.play();
      sound.play(clock.seconds());
      wake();
    },
    pause() {
      clock.pause();
      sound.stop();
      wake();
    },
    seek(seconds) {
      clock.seek(seconds);
      if (clock.playing) sound.play(clock.seconds());
      frameShown = -1;
      wake();
    },
    async stills(moments, width, signal) {
      const { plan } = film.shown ?? {};
      if (plan === undefined) return [];
      const whole = new OffscreenCanvas(plan.width, plan.height).getContext('2d', { alpha: false });
      const small = new OffscreenCanvas(width, Math.max(1, Math.round((width * plan.height) / plan.width)));
      const brush = small.getContext('2d', { alpha: false });
      if (whole === null || brush === null) return [];
      brush.imageSmoothingQuality = 'high';
      const made: Blob[] = [];
      for (const moment of moments) {
        await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted || film.shown?.plan !== plan) return [];
        film.paintStill(whole, Math.floor(moment * plan.fps) / plan.fps);
        brush.drawImage(whole.canvas, 0, 0, small.width, small.height);
        made.push(await small.convertToBlob({ type: 'image/webp', quality: 0.8 }));
      }
      return made;
    },
    mute: (muted) => sound.mute(muted),
    touched() {
      if (clock.playing) sound.play(clock.seconds());
    },
    close() {
      if (tick !== undefined) cancelAnimationFrame(tick);
      sound.close();
      film.close();
    },
  };
}

/** Words that stand below a moment of the film. */
export function wordsAt({ plan }: ShownFilm, seconds: number): string {
  return plan.subtitles.find(({ start, end }) => seconds >= start && seconds < end)?.text ?? '';
}

/** The number of the shot that a frame belongs to, from 1. */
export function shotNumber({ plan }: ShownFilm, frame: number): number {
  return plan.shots.indexOf(shotAt(plan, frame)) + 1;
}
