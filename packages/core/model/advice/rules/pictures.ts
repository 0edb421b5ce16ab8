import { type Mention, mentionsOf, type Prompt } from '../../prompt/prompt.ts';
import { someNames } from '../../some-names.ts';
import { makeAdvice } from '../advice.ts';
import { nameOf, type Rule } from '../advised.ts';

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "the face changes between shots: different or missing frontal
 * images". This one: missing.
 */
export const subjectWithoutFrontal: Rule = ({ request }) =>
  request.references.flatMap((reference, index) => {
    if (reference.kind !== 'subject' || reference.image !== undefined) return [];
    return [makeAdvice('subject_without_frontal', `references[${index}]`, { found: reference.name })];
  });

/** The same row: different. Shots that mention different pictures of one subject; the fix mentions the subject as a whole. */
export const subjectViewVaries: Rule = ({ request, shots }) => {
  const first = new Map<string, string>();
  return shots.flatMap(({ path, prompt }) =>
    [...new Set(mentionsOf(prompt).map(({ mention }) => mention))].flatMap((id) => {
      const view = viewOf(prompt, id);
      if (view === undefined) return [];
      const before = first.get(id) ?? view;
      first.set(id, before);
      if (before === view) return [];
      const value: Prompt = prompt.map((part) => (isPictureOf(part, id) ? { mention: id } : part));
      const fix = view === 'whole' ? undefined : { path, value };
      return [makeAdvice('subject_view_varies', path, { found: nameOf(request, id) }, fix)];
    }),
  );
};

function isPictureOf(part: Prompt[number], id: string): part is Mention {
  return typeof part !== 'string' && part.mention === id && part.media !== 'voice' && part.media !== 'clip';
}

/** The frontal image is what a mention of the whole means. A clip and a voice are no views. */
function viewOf(prompt: Prompt, id: string): string | undefined {
  const views = prompt
    .filter((part) => isPictureOf(part, id))
    .map(({ media }) => (typeof media === 'object' ? `angle${media.angle}` : 'whole'));
  return views.includes('whole') ? 'whole' : views[0];
}

/**
 * Venice reference-to-video guide, "Best reference images": "front, side and 45-degree views give the strongest hold of identity".
 * Only where the model takes more views of a subject.
 */
export const fewAngles: Rule = ({ request, card }) => {
  const most = card?.inputs.subject?.mostAngles ?? 0;
  if (most === 0 || card?.offline === true) return [];
  const flat = request.references.filter(
    (one) =>
      one.kind === 'subject' &&
      one.image !== undefined &&
      one.clip === undefined &&
      (one.angles === undefined || one.angles.length === 0),
  );
  const [first] = flat;
  if (first === undefined) return [];
  const names = someNames(flat.map(({ name }) => name));
  if (flat.length > 1) {
    const who = { en: `${names.en} are`, zh: `${names.zh}都` };
    return [makeAdvice('few_angles', 'references', { found: names, who })];
  }
  const path = `references[${request.references.indexOf(first)}]`;
  const who = { en: `${path} ("${first.name}") is`, zh: `${path}（“${first.name}”）` };
  return [makeAdvice('few_angles', path, { found: first.name, who })];
};

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "the background looks distorted: cluttered or complex scene image; use clean,
 * high-quality ones". This one: of many pixels.
 */
export const sceneImageSmall: Rule = ({ request, film, facts }) =>
  request.references.flatMap((reference, index) => {
    const measured = reference.kind === 'scene' ? facts.media[reference.image] : undefined;
    if (film === undefined || measured?.kind !== 'image') return [];
    const use = Math.min(film.width, film.height);
    if (Math.min(measured.width, measured.height) >= use) return [];
    const found = `${measured.width}x${measured.height}`;
    return [makeAdvice('scene_image_small', `references[${index}].image`, { found, use })];
  });

const grid = /story[\s_-]?board|grid|contact[\s_-]?sheet|宫格|故事板|分镜图/iu;

/**
 * Wan reference-to-video page, "single picture (grid)": "give only one grid at a time". What a picture shows is not measured, so that
 * only names tell: the reference's, or its file's.
 */
export const severalGrids: Rule = ({ request }) => {
  const grids = request.references.filter((reference) => {
    if (reference.kind === 'video') return false;
    const media = reference.image ?? '';
    return (
      grid.test(reference.name) || (!media.startsWith('data:') && grid.test(media.slice(media.lastIndexOf('/') + 1)))
    );
  });
  if (grids.length < 2) return [];
  return [makeAdvice('several_grids', 'references', { count: grids.length, found: grids.map(({ name }) => name) })];
};
