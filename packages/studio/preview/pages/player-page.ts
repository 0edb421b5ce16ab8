import type { Draft } from '../draft.ts';
import { openPlayer, type Player } from '../player.ts';
import { openPreviewFilm } from '../preview-film.ts';
import type { PlayedRun, PlayerPage } from './player-contract.ts';

// The page on which drafts are measured: against the server's painter, and against what the browser can do at all.

const newWorker = () => new Worker(new URL('../film-worker.ts', import.meta.url), { type: 'module' });

async function frames(draft: Draft, wanted: readonly number[]): Promise<string[]> {
  const canvas = new OffscreenCanvas(draft.film.width, draft.film.height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  const ready = Promise.withResolvers<void>();
  const film = openPreviewFilm(newWorker, {
    onFilm() {},
    onPicture() {},
    onMissing: (what) => what.length > 0 && ready.reject(new Error(`missing: ${what}`)),
    onReady: () => ready.resolve(),
    onFailure: (message) => ready.reject(new Error(message)),
  });
  film.show(draft);
  await ready.promise;
  const made = wanted.map((frame) => {
    film.paint(context, frame / draft.film.fps, false);
    return base64Of(new Uint8Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer));
  });
  film.close();
  return made;
}

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

async function play(draft: Draft): Promise<PlayedRun> {
  const canvas = document.createElement('canvas');
  canvas.style.width = '960px';
  document.body.append(canvas);
  const begun = performance.now();
  let planned = 0;
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let begins = false;
  const player: Player = openPlayer(canvas, newWorker, {
    onMoment() {},
    onFilm() {
      planned ||= performance.now() - begun;
    },
    onPlaying(playing) {
      if (begins && !playing) ended.resolve();
    },
    onReady: () => ready.resolve(),
    onFailure: (message) => ready.reject(new Error(message)),
  });
  player.show(draft);
  await ready.promise;
  const whole = performance.now() - begun;
  const seconds = draft.film.seconds;
  const empty = await emptyLoop(seconds, draft.film.fps);
  const before = player.painted;
  begins = true;
  player.play();
  await ended.promise;
  const painted = player.painted - before;
  player.close();
  canvas.remove();
  return { due: Math.round(seconds * draft.film.fps), painted, empty, milliseconds: { planned, ready: whole } };
}

function emptyLoop(seconds: number, fps: number): Promise<number> {
  const seen = new Set<number>();
  const begun = performance.now();
  return new Promise((resolve) => {
    const tick = () => {
      const at = (performance.now() - begun) / 1000;
      if (at >= seconds) return resolve(seen.size);
      seen.add(Math.floor(at * fps));
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
}

const page: PlayerPage = { frames, play };
Object.assign(globalThis, { playing: page });
