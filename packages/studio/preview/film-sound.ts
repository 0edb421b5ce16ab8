import type { Plan } from '@refreel/core/animatic';
import { type MixedLine, mixFilm, mixRate } from '@refreel/core/mixing';
import type { Media } from '@refreel/core/model';
import type { MadeSound } from './film-messages.ts';

/** As in the server's films. */
const clipGain = 0.8;

/** Spoken lines that are kept: a few seconds each. */
const mostLines = 60;

/** Mixes what is heard of films, as the server does. */
export interface FilmSounds {
  /** From now on a reference video is heard. */
  keep(media: Media, sound: MadeSound): void;
  /** Undefined for a silent film. `missing` is told of lines that did not come. */
  mix(
    plan: Plan,
    speech: Readonly<Record<string, string>>,
    missing: (what: string) => void,
  ): Promise<MadeSound | undefined>;
}

export function openFilmSounds(): FilmSounds {
  const lines = new Map<string, Promise<Float32Array>>();
  const lineAt = (key: string, address: string): Promise<Float32Array> => {
    const known = lines.get(key);
    if (known !== undefined) return known;
    const reading = fetchWave(address);
    reading.catch(() => lines.delete(key));
    lines.set(key, reading);
    for (const old of [...lines.keys()].slice(0, Math.max(0, lines.size - mostLines))) lines.delete(old);
    return reading;
  };
  const videos = new Map<Media, MadeSound>();
  return {
    keep: (media, sound) => void videos.set(media, sound),
    async mix(plan, speech, missing) {
      if (!plan.audio) return undefined;
      const seconds = plan.frames / plan.fps;
      const mixed: MixedLine[] = [];
      await Promise.all(
        plan.lines.map(async ({ key, text, start, pan }) => {
          const address = speech[key];
          // Not spoken yet: it is heard as soon as it is.
          if (address === undefined || start >= seconds) return;
          const samples = await lineAt(key, address).catch(() => undefined);
          if (samples === undefined) missing(text);
          else mixed.push({ samples, start, pan });
        }),
      );
      const clips = plan.sound.clips.flatMap(({ media, start, seconds: length }) => {
        const sound = videos.get(media);
        return sound === undefined ? [] : [{ ...sound, start, seconds: length, gain: clipGain }];
      });
      const { left, right } = mixFilm({
        seconds,
        lines: mixed,
        clips,
        ambience: plan.sound.ambience,
        seed: plan.seed,
      });
      return { left: new Float32Array(left), right: new Float32Array(right) };
    },
  };
}

async function fetchWave(address: string): Promise<Float32Array> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`a line did not come: status ${answer.status}`);
  return decodeWave(await answer.arrayBuffer());
}

/** The samples of a WAV file as the server writes it: mono, 16 bits, 48 kHz. @throws Error for any other */
export function decodeWave(bytes: ArrayBuffer): Float32Array {
  const view = new DataView(bytes);
  const known =
    bytes.byteLength >= 44 &&
    view.getUint32(0) === 0x52494646 &&
    view.getUint16(22, true) === 1 &&
    view.getUint32(24, true) === mixRate &&
    view.getUint16(34, true) === 16;
  if (!known) throw new Error('a line is no WAV file of one channel at 48 kHz');
  const count = Math.min(view.getUint32(40, true), bytes.byteLength - 44) >> 1;
  return Float32Array.from({ length: count }, (_, index) => view.getInt16(44 + index * 2, true) / 32_767);
}
