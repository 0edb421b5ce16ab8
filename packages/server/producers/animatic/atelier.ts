import type { Media } from '@refreel/core/model';
import { readSound, soundRate } from '../../media/audio.ts';
import { type Cutter, openCutter } from '../../media/cutout.ts';
import { measureFile } from '../../media/measure.ts';
import { readPicture } from '../../media/picture.ts';
import { MediaRefused } from '../../media/refusal.ts';
import type { Rgba } from '../../media/rgba.ts';
import type { FileToMeasure, MeasureAnswer, RenderAnswer, RenderEvent, RenderQuestion } from './questions.ts';
import { renderFilm } from './render-film.ts';
import { fundamentalHertz } from './sound/pitch.ts';

/** Where films are made: it measures media, remembers what it cut out of them, and draws films from both. */
export interface Atelier {
  measure(file: FileToMeasure): Promise<MeasureAnswer>;
  render(question: RenderQuestion, send: (event: RenderEvent) => void): Promise<RenderAnswer>;
}

/** Larger pictures are scaled down before they are cut out: a film's subject is never drawn larger than this. */
const mostCutPixels = { width: 1600, height: 1600 };
const mostPicturePixels = { width: 2600, height: 2600 };
/** A voice is known after this much of it. */
const voiceSeconds = 12;

export function openAtelier(): Atelier {
  let cutter: Promise<Cutter> | undefined;
  const cutouts = new Map<Media, Rgba>();

  const cutOut = async (media: Media, file: string) => {
    cutter ??= openCutter();
    const picture = await readPicture(file, { most: mostCutPixels });
    const cut = await (await cutter).cut(picture);
    // Where nothing stands out the whole picture is the subject.
    cutouts.set(media, cut?.picture ?? picture);
    return cut?.mask;
  };

  const pitchOf = async (file: string) => {
    const { left, right } = await readSound(file, { seconds: voiceSeconds });
    return fundamentalHertz(
      left.map((sample, index) => (sample + (right[index] ?? 0)) / 2),
      soundRate,
    );
  };

  return {
    async measure({ media, file, cut, pitch }) {
      try {
        const measured = await measureFile(file);
        if (!measured.ok) return measured;
        let { facts } = measured;
        if (cut && facts.kind === 'image') {
          const mask = await cutOut(media, file);
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
        if (!cutouts.has(media)) await cutOut(media, fileOf(media));
        return cutouts.get(media)!;
      };
      return renderFilm(question, { picture, cutout }, fileOf, send);
    },
  };
}
