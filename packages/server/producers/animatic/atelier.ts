import type { Sprite } from '@refreel/core/animatic';
import type { Media } from '@refreel/core/model';
import { readSound, soundRate } from '../../media/audio.ts';
import { type Cutter, openCutter } from '../../media/cutout.ts';
import { measureLook, surroundings } from '../../media/look.ts';
import { measureFile } from '../../media/measure.ts';
import { readPicture } from '../../media/picture.ts';
import { MediaRefused } from '../../media/refusal.ts';
import type { Rgba } from '../../media/rgba.ts';
import { encodeWebp } from '../../media/webp.ts';
import { makeSprite } from './painter/index.ts';
import type {
  CutAnswer,
  FileToMeasure,
  MeasureAnswer,
  RenderAnswer,
  RenderEvent,
  RenderQuestion,
} from './questions.ts';
import { renderFilm } from './render-film.ts';
import { fundamentalHertz } from './sound/pitch.ts';

/** Where films are made: it measures media, remembers what it cut out of them, and draws films from both. */
export interface Atelier {
  measure(file: FileToMeasure): Promise<MeasureAnswer>;
  /** Frees the subject of a picture. */
  cut(file: string): Promise<CutAnswer>;
  /** Loads what takes longest to load for a film: letters and the encoder. */
  prepare(): Promise<void>;
  render(question: RenderQuestion, send: (event: RenderEvent) => void): Promise<RenderAnswer>;
}

/** Larger pictures are scaled down before they are cut out: a film's subject is never drawn larger than this. */
const mostCutPixels = { width: 1600, height: 1600 };
const mostPicturePixels = { width: 2600, height: 2600 };
/** A voice is known after this much of it. */
const voiceSeconds = 12;
/** Subjects that are kept between a film's measuring and its drawing; 10 MB each at most. */
const mostCutouts = 64;

/** Letters of both languages. */
const anyText: Sprite = {
  ...{ make: 'text', lines: ['A 镜'], pixels: 20, weight: 700, align: 'left', box: 0, mostWidth: 100 },
  colour: [255, 255, 255],
};

function notAsked(): never {
  throw new Error('a text is made of no picture');
}

export function openAtelier(): Atelier {
  let cutter: Promise<Cutter> | undefined;
  /** By file. */
  const cutouts = new Map<string, Rgba>();

  const cutOut = async (file: string) => {
    cutter ??= openCutter();
    const [ready, picture] = await Promise.all([cutter, readPicture(file, { most: mostCutPixels })]);
    const cut = await ready.cut(picture);
    // Where nothing stands out the whole picture is the subject.
    cutouts.set(file, cut?.picture ?? picture);
    for (const old of [...cutouts.keys()].slice(0, Math.max(0, cutouts.size - mostCutouts))) cutouts.delete(old);
    if (cut === undefined) return undefined;
    const [look, around] = [await measureLook(cut.picture), await measureLook(surroundings(picture, cut.picture))];
    return { ...cut.mask, ...(look && { look }), ...(around && { around: around.busyness }) };
  };

  const pitchOf = async (file: string) => {
    const { left, right } = await readSound(file, { seconds: voiceSeconds });
    return fundamentalHertz(
      left.map((sample, index) => (sample + (right[index] ?? 0)) / 2),
      soundRate,
    );
  };

  return {
    async measure({ file, cut, pitch }) {
      try {
        const measured = await measureFile(file);
        if (!measured.ok) return measured;
        let { facts } = measured;
        if (cut && facts.kind === 'image') {
          const mask = await cutOut(file);
          if (mask !== undefined) facts = { ...facts, mask };
        }
        if (pitch && (facts.kind === 'audio' || (facts.kind === 'video' && facts.sound))) {
          const pitchHertz = await pitchOf(file);
          if (pitchHertz !== undefined) facts = { ...facts, pitchHertz };
        }
        return { ok: true, facts };
      } catch (error) {
        if (error instanceof MediaRefused) return { ok: false, refusal: error.refusal };
        throw error;
      }
    },
    async cut(file) {
      try {
        if (!cutouts.has(file)) await cutOut(file);
        return { ok: true, webp: await encodeWebp(cutouts.get(file)!) };
      } catch (error) {
        if (error instanceof MediaRefused) return { ok: false, refusal: error.refusal };
        throw error;
      }
    },
    async prepare() {
      await import('./encoder/node-av.ts');
      await makeSprite(anyText, { picture: notAsked, cutout: notAsked });
    },
    async render(question, send) {
      const pictures = new Map<Media, Promise<Rgba>>();
      const fileOf = (media: Media) => {
        const file = question.files[media];
        if (file === undefined) throw new Error(`the plan names "${media}", which was not given`);
        return file;
      };
      const picture = (media: Media) => {
        const known = pictures.get(media) ?? readPicture(fileOf(media), { most: mostPicturePixels });
        pictures.set(media, known);
        return known;
      };
      const cutout = async (media: Media) => {
        const file = fileOf(media);
        if (!cutouts.has(file)) await cutOut(file);
        return cutouts.get(file)!;
      };
      return renderFilm(question, { picture, cutout }, fileOf, send);
    },
  };
}
