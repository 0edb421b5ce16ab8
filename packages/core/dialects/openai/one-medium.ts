import {
  type Card,
  inputWords,
  type Media,
  makeNote,
  type Note,
  type Problem,
  problem,
  type Reference,
  type Request,
} from '../../model/index.ts';

/** The picture or the film that an engine is guided by: of both kinds together it takes one. */
export interface OneMedium {
  readonly kind: 'picture' | 'film';
  readonly media: Media;
  /** Of the request. */
  readonly path: string;
}

/** The one medium of a request; whatever else it has is a problem. What is lost of a film's own settings is noted. */
export function oneMediumOf(
  request: Request,
  card: Card,
): { readonly medium: OneMedium | undefined; readonly problems: Problem[]; readonly notes: Note[] } {
  const { startFrame, endFrame, references } = request;
  const found: OneMedium[] = [];
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const refuse = (path: string, what: keyof typeof inputWords) => {
    const hint = { en: 'It takes one picture or one film.', zh: '仅支持一张图像或一段视频。' };
    const values = { model: card.id, what: inputWords[what], hint };
    problems.push(problem('input_unsupported', path, values, card.inputs.source));
  };
  if (startFrame !== undefined) {
    if (card.inputs.startFrame) found.push({ kind: 'picture', media: startFrame, path: 'startFrame' });
    else refuse('startFrame', 'startFrame');
  }
  if (endFrame !== undefined) refuse('endFrame', 'endFrame');
  for (const [index, reference] of references.entries()) {
    const path = `references[${index}]`;
    if (reference.kind === 'video' && card.inputs.video !== null) {
      found.push({ kind: 'film', media: reference.video, path: `${path}.video` });
      notes.push(...lossesOf(reference, path, card));
      if (reference.use !== useOf(card)) {
        const values = { model: card.id, found: reference.use, limit: [useOf(card)], condition: '' };
        problems.push(problem('setting_not_offered', `${path}.use`, values, card.inputs.video.source));
      }
      // A picture has one meaning on an engine: where it is the start frame, it is no reference.
    } else if (reference.kind === 'image' && card.inputs.image !== null && !card.inputs.startFrame)
      found.push({ kind: 'picture', media: reference.image, path: `${path}.image` });
    else refuse(path, reference.kind);
  }
  const over = found.length - 1;
  if (over > 0) {
    const values = { model: card.id, limit: 1, found: found.length, over, condition: '', what: inputWords.reference };
    problems.push(problem('too_many', 'references', values, card.inputs.source));
  }
  return { medium: found[0], problems, notes };
}

function lossesOf(reference: Extract<Reference, { kind: 'video' }>, path: string, card: Card): Note[] {
  const { source } = card.inputs;
  const notes: Note[] = [];
  if (reference.voice !== undefined) notes.push(makeNote('voice_dropped', `${path}.voice`, { model: card.id }, source));
  if (reference.keepSound === true)
    notes.push(makeNote('setting_ignored', `${path}.keepSound`, { found: true, model: card.id }, source));
  return notes;
}

/** The request with its one medium again. */
export function withMedium(
  request: Request,
  medium: Pick<OneMedium, 'kind' | 'media'> | undefined,
  card: Card,
): Request {
  if (medium === undefined) return request;
  const { kind, media } = medium;
  if (kind === 'film')
    return {
      ...request,
      references: [{ kind: 'video', id: 'v1', name: 'video1', video: media, use: useOf(card) }],
    };
  if (card.inputs.startFrame || card.inputs.image === null) return { ...request, startFrame: media };
  return { ...request, references: [{ kind: 'image', id: 'r1', name: 'image1', image: media }] };
}

function useOf(card: Card): Extract<Reference, { kind: 'video' }>['use'] {
  return card.inputs.video?.uses?.[0] ?? 'feature';
}
