import { type Card, inputWords, type Localized, type Problem, problem } from '../../model/index.ts';
import { takesElements } from './model.ts';
import type { WireQueue } from './wire.ts';

const scenes = { en: 'scene images', zh: '场景图像' };
const flat = { en: 'flat list of reference images', zh: '扁平参考图像列表' };

/** Fields that bring media to some model of the vendor. A film without them is not what anybody asked for, so that they are never ignored. */
const mediaFields: Readonly<Record<string, Localized>> = {
  elements: { en: 'elements', zh: 'elements' },
  image_urls: scenes,
  scene_image_urls: scenes,
  // The guide names it among the fields that Grok does not use.
  imageUrl: inputWords.startFrame,
  image_url: inputWords.startFrame,
  end_image_url: inputWords.endFrame,
  referenceImageUrls: flat,
  reference_image_urls: flat,
  multi_prompt: { en: 'list of shots', zh: '分镜列表' },
  video_url: { en: 'video to change', zh: '待编辑视频' },
  audio_url: { en: 'sound', zh: '音频' },
  reference_video_urls: inputWords.video,
  reference_audio_urls: { en: 'reference sounds', zh: '参考音频' },
  reference_document_urls: { en: 'documents', zh: '文档' },
  keyframes: { en: 'keyframes', zh: '关键帧' },
};

const fieldsOfElements = [
  ...['elements', 'image_urls', 'scene_image_urls', 'image_url', 'end_image_url', 'multi_prompt'],
  // Nobody documents this one for Kling: it is an unknown key there.
  'imageUrl',
];
const fieldsOfImages = ['referenceImageUrls', 'reference_image_urls'];

/** Whether a key of the body brings media or shots, to this model or to any. */
export function isMediaField(key: string, card: Card): boolean {
  return Object.hasOwn(mediaFields, key) && !(key === 'imageUrl' && takesElements(card));
}

/** A problem for each field that brings media to other models only. */
export function untakenMedia(input: WireQueue, card: Card): Problem[] {
  const taken = takesElements(card) ? fieldsOfElements : fieldsOfImages;
  const hint = takesElements(card)
    ? {
        en: 'Use elements, image_urls, image_url and end_image_url.',
        zh: '请使用 elements、image_urls、image_url 和 end_image_url。',
      }
    : { en: 'All its reference images go into referenceImageUrls.', zh: '请将所有参考图像放入 referenceImageUrls。' };
  return Object.entries(mediaFields).flatMap(([field, what]) => {
    const value = Object.hasOwn(input, field) ? input[field] : undefined;
    if (taken.includes(field) || value == null || (Array.isArray(value) && value.length === 0)) return [];
    return [problem('input_unsupported', field, { model: card.id, what, hint }, card.inputs.source)];
  });
}
