import type { Card, KindInput } from '../card.ts';
import { makeNote } from '../note.ts';
import { problem } from '../problem.ts';
import type { Reference, ReferenceKind } from '../reference.ts';
import type { Request } from '../request.ts';
import { type Findings, noFindings } from './setting.ts';
import { inputWords } from './words.ts';

/**
 * The request as a model takes it: kinds that it does not know become what its card says, media that it has no place for are left
 * out, each with a note. Ids and order stay, so mentions stay bound.
 */
export function takeAs(request: Request, card: Card): Findings & { taken: Request } {
  const found = noFindings();
  const references: Reference[] = [];
  for (const [index, reference] of request.references.entries()) {
    const input = card.inputs[reference.kind];
    const path = `references[${index}]`;
    if (input === null) {
      found.problems.push(unsupported(card, reference.kind, path));
      // Kept as it is, so that the paths of the others stay true.
      references.push(reference);
      continue;
    }
    references.push(takeReference(reference, input, card, path, found));
  }
  const taken: Request = { ...request, references };
  for (const frame of ['startFrame', 'endFrame'] as const) {
    if (request[frame] === undefined || card.inputs[frame]) continue;
    found.problems.push(unsupported(card, frame, frame));
    delete taken[frame];
  }
  return { ...found, taken };
}

function unsupported(card: Card, what: ReferenceKind | 'startFrame' | 'endFrame', path: string) {
  const kinds = (['subject', 'scene', 'image', 'video'] as const).filter((kind) => card.inputs[kind] !== null);
  const frames = (['startFrame', 'endFrame'] as const).filter((frame) => card.inputs[frame]);
  const all = [...kinds, ...frames].map((one) => inputWords[one]);
  const hint = {
    en: all.length === 0 ? 'It takes text only.' : `It takes: ${all.map((one) => one.en).join(', ')}.`,
    zh: all.length === 0 ? '它只接受文字。' : `可用：${all.map((one) => one.zh).join('、')}。`,
  };
  return problem('input_unsupported', path, { model: card.id, what: inputWords[what], hint }, card.inputs.source);
}

function takeReference(reference: Reference, input: KindInput, card: Card, path: string, found: Findings): Reference {
  const model = card.id;
  const kept = withoutExtras(reference, input, card, path, found);
  if (reference.kind === 'video' && input.uses !== undefined && !input.uses.includes(reference.use)) {
    const values = { model, found: reference.use, limit: input.uses, condition: '' };
    found.problems.push(problem('setting_not_offered', `${path}.use`, values, input.source));
    return kept;
  }
  // Without any medium it is refused on every model, so that is said once.
  if (kept.kind === 'subject' && kept.image === undefined && kept.clip === undefined) return kept;
  if (kept.kind === 'subject' && kept.image === undefined && (input.image ?? 'required') === 'required') {
    found.problems.push(problem('image_required', path, { model }, input.source));
    return kept;
  }
  if (kept.kind === 'subject' && kept.image === undefined && input.clip !== true) {
    const hint = { en: 'Give a picture of the subject instead.', zh: '请改为提供主体图像。' };
    found.problems.push(
      problem('input_unsupported', `${path}.clip`, { model, what: inputWords.clip, hint }, input.source),
    );
    return kept;
  }
  if (kept.kind === 'subject' && kept.clip === undefined && input.image === 'none') {
    const hint = { en: 'Give a clip of the subject instead.', zh: '请改为提供主体视频。' };
    const values = { model, what: { en: 'pictures of subjects', zh: '主体图像' }, hint };
    found.problems.push(problem('input_unsupported', `${path}.image`, values, input.source));
    return kept;
  }
  const kind = input.as ?? reference.kind;
  if (kind === reference.kind) return kept;
  const values = { found: inputWords[reference.kind], model, limit: inputWords[kind] };
  found.notes.push(makeNote('kind_converted', `${path}.kind`, values, input.source));
  return convert(kept, kind);
}

/** Takes out what the model has no place for. */
function withoutExtras(reference: Reference, input: KindInput, card: Card, path: string, found: Findings): Reference {
  const model = card.id;
  const kept = { ...reference };
  if ((kept.kind === 'subject' || kept.kind === 'scene') && kept.angles !== undefined) {
    const most = input.mostAngles ?? 0;
    const over = kept.angles.length - most;
    if (over > 0) {
      const note =
        most === 0
          ? makeNote('angles_not_taken', `${path}.angles`, { model, over }, input.source)
          : makeNote(
              'angles_dropped',
              `${path}.angles`,
              { model, limit: most, found: kept.angles.length, over },
              input.source,
            );
      found.notes.push(note);
      kept.angles = kept.angles.slice(0, most);
    }
    if (kept.angles.length === 0) delete kept.angles;
  }
  if (kept.kind === 'subject' && kept.clip !== undefined && input.clip !== true && kept.image !== undefined) {
    found.notes.push(makeNote('clip_dropped', `${path}.clip`, { model }, input.source));
    delete kept.clip;
  }
  const clipAlone = input.oneMedium === true || input.image === 'none';
  if (kept.kind === 'subject' && kept.clip !== undefined && kept.image !== undefined && clipAlone) {
    found.notes.push(makeNote('image_dropped', `${path}.image`, { model }, input.source));
    delete kept.image;
  }
  if ((kept.kind === 'subject' || kept.kind === 'video') && kept.voice !== undefined && input.voice !== true) {
    found.notes.push(makeNote('voice_dropped', `${path}.voice`, { model }, input.source));
    delete kept.voice;
  }
  if (kept.kind === 'video' && kept.keepSound === true && input.keepSound !== true) {
    found.notes.push(makeNote('setting_ignored', `${path}.keepSound`, { found: true, model }, input.source));
    delete kept.keepSound;
  }
  return kept;
}

function convert(reference: Reference, kind: ReferenceKind): Reference {
  const { id, name } = reference;
  if (kind === 'video') {
    const video =
      reference.kind === 'video' ? reference.video : reference.kind === 'subject' ? reference.clip : undefined;
    return video === undefined ? reference : { kind, id, name, video, use: 'subject' };
  }
  if (reference.kind === 'video' || reference.image === undefined) return reference;
  const { image } = reference;
  const angles = reference.kind === 'image' ? undefined : reference.angles;
  if (kind === 'image') return { kind, id, name, image };
  return angles === undefined ? { kind, id, name, image } : { kind, id, name, image, angles };
}
