import { tmpdir } from 'node:os';
import { makeTemporaryFolder } from '../../processes/temporary-folder.ts';
import type { Animatic, AnimaticOptions } from './animatic.ts';
import { openAtelierProcess } from './atelier-process.ts';

/** @throws Refusal where there is no place for temporary files */
export async function openAnimatic(options: AnimaticOptions = {}): Promise<Animatic> {
  const { encoder = 'node-av', memoryMegabytes = 1500, measureSeconds = 60, renderSeconds = 900 } = options;
  const folder = await makeTemporaryFolder('atelier').catch(async (error: NodeJS.ErrnoException) => {
    throw (await import('./film-place.ts')).unwritable(tmpdir(), error.code ?? String(error));
  });
  const atelier = openAtelierProcess(folder, { memoryMegabytes, measureSeconds, renderSeconds });
  // Loaded while the child loads what it needs.
  const [{ measureRequest }, { drawFilm }, { openLineVoices }] = await Promise.all([
    import('./measure-request.ts'),
    import('./draw-film.ts'),
    import('./line-voices.ts'),
  ]).catch(async (error: unknown) => {
    await atelier.close();
    throw error;
  });
  const voices = openLineVoices();
  return {
    measure: measureRequest(atelier),
    rehearse(request, film) {
      atelier.prepare();
      voices.rehearse(request, film);
    },
    draw: drawFilm(atelier, voices, encoder),
    peakMegabytes: () => atelier.peakMegabytes(),
    async close() {
      voices.close();
      await atelier.close();
    },
  };
}
