import { plan as planFilm } from '@refreel/core/animatic';
import { problem, Refusal, type Request } from '@refreel/core/model';
import { ChildEnded } from '../../processes/guarded-child.ts';
import type { Animatic } from './animatic.ts';
import type { AtelierProcess } from './atelier-process.ts';
import { defaultEncodeSettings } from './encoder/encoder.ts';
import { findFfmpeg } from './encoder/ffmpeg-process.ts';
import { placeFilm } from './film-place.ts';
import type { LineVoices } from './line-voices.ts';
import type { RenderAnswer, RenderQuestion } from './questions.ts';
import { endProblem, renderProblem } from './refusals.ts';

/** Draws films in the atelier, with the encoder of that name. */
export function drawFilm(
  atelier: AtelierProcess,
  voices: LineVoices,
  encoder: RenderQuestion['encoder'],
): Animatic['draw'] {
  return async (request, film, facts, files, file, options = {}) => {
    const ffmpeg = encoder === 'ffmpeg' ? await findFfmpeg() : undefined;
    if (encoder === 'ffmpeg' && ffmpeg === undefined)
      throw new Refusal(problem('encoder_missing', '', { found: 'ffmpeg' }));
    // Before any work: a film that cannot be put down is not drawn.
    const place = await placeFilm(file);
    try {
      const started = performance.now();
      const spoken = await voices.speak(request, film, facts);
      const spokenAt = performance.now();
      const plan = planFilm(request, film, { media: facts.media, lines: { ...facts.lines, ...spoken.facts } });
      const plannedAt = performance.now();
      const question: RenderQuestion = {
        ask: 'render',
        plan,
        file: place.temporary,
        files,
        voices: spoken.voices,
        encoder,
        ffmpeg,
        settings: { ...defaultEncodeSettings, ...options.settings },
        title: options.title ?? 'Refreel animatic',
        comment: commentOf(request),
        ...(options.rawFrames !== undefined && { rawFrames: options.rawFrames }),
      };
      const answer = await atelier
        .render(question, ({ frames }) => options.onProgress?.({ frames, of: plan.frames }))
        .catch((error: unknown): RenderAnswer => {
          throw error instanceof ChildEnded ? new Refusal(endProblem('', error.end)) : error;
        });
      if (!answer.ok) throw new Refusal(renderProblem(answer, request, place.file));
      await place.keep();
      const milliseconds = { ...answer.times, speech: spokenAt - started, plan: plannedAt - spokenAt };
      return { file: place.file, frames: answer.frames, bytes: answer.bytes, plan, milliseconds };
    } catch (error) {
      await place.discard();
      throw error;
    }
  };
}

/** Says in the film itself what it is. */
function commentOf({ model }: Request): string {
  const maker = model === 'animatic' ? 'a model' : model;
  return `Draft: a storyboard film drawn offline by Refreel, not by ${maker}.`;
}
