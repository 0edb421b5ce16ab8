import type { Plan } from '@refreel/core/animatic';
import type { Request } from '@refreel/core/model';

/** What was understood of a request, for those who read the outcome: each shot, and each line in its time. */
export function planSummary(plan: Plan, request: Request) {
  const nameOf = (id: string | undefined) => request.references.find((one) => one.id === id)?.name ?? null;
  const seconds = (frames: number) => Number((frames / plan.fps).toFixed(3));
  const shots = plan.shots.map(({ start, frames, framing, angle, move, scene, figures }) => ({
    start: seconds(start),
    seconds: seconds(frames),
    framing,
    angle,
    move,
    scene: { kind: scene.kind, name: scene.kind === 'backdrop' ? null : nameOf(scene.reference) },
    // A figure without a name is one that only the prompt's words speak of.
    who: figures.map(({ reference, gait, to }) => ({ name: nameOf(reference), gait, x: Number(to.x.toFixed(3)) })),
  }));
  const lines = plan.lines.map(({ shot, speaker, speakerName, text, start, seconds: length, voice }) => ({
    shot,
    speaker: nameOf(speaker) ?? speakerName,
    text,
    start: Number(start.toFixed(3)),
    seconds: Number(length.toFixed(3)),
    language: voice.language,
  }));
  const subtitles = plan.subtitles.map(({ start, end, text }) => ({ start, end, text }));
  return { shots, lines, subtitles, notUnderstood: plan.notUnderstood, added: plan.added };
}
