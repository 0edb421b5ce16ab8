import { plan as planFilm, type Sprite } from '@refreel/core/animatic';
import { makeSprite, type Rgba } from '@refreel/core/painting';
import { openBrowserWorkshop, openPictures, PictureMissing } from './browser-workshop.ts';
import type { FilmAnswer, FilmAsk } from './film-messages.ts';
import { openFilmSounds } from './film-sound.ts';

// Plans films and makes their pictures and their sound beside the page, so that typing stays smooth.

/** The part of a worker's globals that is used here. */
const worker = self as unknown as {
  onmessage: ((event: MessageEvent<FilmAsk>) => void) | null;
  postMessage(answer: FilmAnswer, transfer?: Transferable[]): void;
};

let latest: FilmAsk | undefined;
let working: Promise<void> = Promise.resolve();
const workshop = openBrowserWorkshop(
  openPictures(() => ({
    picture: (media) => latest?.pictures[media],
    cutout: (media) => latest?.cutouts[media],
  })),
);
const sounds = openFilmSounds();

worker.onmessage = ({ data }) => {
  latest = data;
  for (const [media, sound] of Object.entries(data.sounds)) sounds.keep(media, sound);
  // One at a time: what was overtaken ends at its next step.
  working = working
    .then(() => make(data))
    .catch((error: unknown) => {
      worker.postMessage({
        say: 'failed',
        number: data.number,
        message: error instanceof Error ? error.message : String(error),
      });
    });
};

async function make(ask: FilmAsk): Promise<void> {
  const overtaken = () => latest !== ask;
  if (overtaken()) return;
  const { number } = ask;
  const plan = planFilm(ask.request, ask.film, ask.facts);
  const entries = Object.entries(plan.sprites).map(([key, sprite]) => [key, sprite, JSON.stringify(sprite)] as const);
  worker.postMessage({
    say: 'planned',
    number,
    plan,
    ids: Object.fromEntries(entries.map(([key, , id]) => [key, id])),
  });
  const done = new Set(ask.held);
  for (const [, sprite, id] of entries) if (!done.has(id)) fetchAhead(sprite);
  for (const [, sprite, id] of entries) {
    if (done.has(id)) continue;
    done.add(id);
    // Lets messages in: a long film must not be finished for nobody.
    await new Promise((resolve) => setTimeout(resolve));
    if (overtaken()) return;
    const bitmap = await makeBitmap(sprite).catch((error: unknown) => {
      if (error instanceof PictureMissing) worker.postMessage({ say: 'missing', number, what: error.media });
      else throw error;
    });
    if (bitmap !== undefined) worker.postMessage({ say: 'picture', number, picture: { id, bitmap } }, [bitmap]);
  }
  const sound = await sounds.mix(plan, ask.speech, (what) => worker.postMessage({ say: 'missing', number, what }));
  if (overtaken()) return;
  if (sound !== undefined) worker.postMessage({ say: 'sound', number, sound }, [sound.left.buffer, sound.right.buffer]);
  worker.postMessage({ say: 'ready', number });
}

/** The server may have to cut a subject out first: all are asked for at once. What fails is told when the sprite is made. */
function fetchAhead(sprite: Sprite): void {
  if (sprite.make === 'cutout') workshop.cutout(sprite.media).catch(() => {});
  if (sprite.make === 'picture') workshop.picture(sprite.media).catch(() => {});
}

async function makeBitmap(sprite: Sprite): Promise<ImageBitmap> {
  const { data, width, height }: Rgba = await makeSprite(sprite, workshop);
  return await createImageBitmap(new ImageData(new Uint8ClampedArray(data), width, height));
}
