import type { AskGolden } from '../../golden.ts';
import { type Ask, type Json, jsonBody, noBody } from '../../message.ts';
import { client, page, russianPage, statusPage, uploadPage } from './sources.ts';

function create(body: Json): Ask {
  return {
    method: 'POST',
    path: '/videos/generations',
    query: {},
    headers: { 'content-type': 'application/json' },
    body: jsonBody(body),
  };
}

const sound = { audio: 'whether there is sound is always said' };
const day = 'https://example.com/day.jpg';
const night = 'https://example.com/night.jpg';
const start = 'https://example.com/start-scene.jpg';
const end = 'https://example.com/end-scene.jpg';
const character = 'https://example.com/character-reference.jpg';

/** Every documented request. */
export const asks: readonly AskGolden[] = [
  {
    name: 'from text',
    source: page,
    ask: create({
      model: 'kling-v3',
      prompt: '一只金色的猫咪在阳光下的草地上奔跑，慢动作，电影质感',
      mode: 'std',
      duration: 5,
      aspect_ratio: '16:9',
    }),
    reads: {
      model: 'kling-v3',
      references: [],
      'shots[0].prompt': ['一只金色的猫咪在阳光下的草地上奔跑，慢动作，电影质感'],
      'shots[0].seconds': 5,
      mode: 'std',
      ratio: '16:9',
      audio: undefined,
    },
    differs: sound,
    differsWithEcho: sound,
  },
  {
    name: 'a reference image',
    source: page,
    ask: create({
      model: 'kling-v3',
      prompt: '参考人物形象，让角色轻轻微笑',
      reference_images: ['https://example.com/reference.jpg'],
      mode: 'std',
      duration: 5,
    }),
    reads: {
      references: [{ kind: 'image', id: 'r1', name: 'image1', image: 'https://example.com/reference.jpg' }],
      startFrame: undefined,
      ratio: undefined,
    },
    differs: sound,
    differsWithEcho: sound,
  },
  {
    name: 'first and last frame',
    source: page,
    ask: create({
      model: 'kling-v3',
      prompt: '城市从白天自然过渡到夜晚',
      image_with_roles: [
        { url: day, role: 'first_frame' },
        { url: night, role: 'last_frame' },
      ],
      mode: 'pro',
      duration: 5,
    }),
    reads: { references: [], startFrame: day, endFrame: night, mode: 'pro' },
    differs: sound,
    differsWithEcho: sound,
  },
  {
    name: 'a reference image and frames',
    source: page,
    ask: create({
      model: 'kling-v3',
      prompt: '保持角色一致性，同时完成场景过渡',
      reference_images: [character],
      image_with_roles: [
        { url: start, role: 'first_frame' },
        { url: end, role: 'last_frame' },
      ],
      mode: 'pro',
      duration: 5,
    }),
    reads: { 'references[0].image': character, 'references.length': 1, startFrame: start, endFrame: end },
    differs: sound,
    differsWithEcho: sound,
  },
  {
    name: 'sound',
    source: page,
    ask: create({
      model: 'kling-v3',
      prompt: '舞台上的歌手正在演唱，观众欢呼，灯光闪烁',
      mode: 'std',
      duration: 5,
      audio: true,
    }),
    reads: { audio: true },
  },
  {
    name: 'what shall not be seen',
    source: russianPage,
    ask: create({
      model: 'kling-v3',
      prompt: 'Перекрёсток Сибуя в Токио ночью, неоновые огни отражаются на мокрой земле, люди идут с зонтами',
      metadata: { negative_prompt: 'размытый, низкое качество, искажённый' },
      mode: 'pro',
      duration: 10,
      aspect_ratio: '16:9',
    }),
    reads: {
      negativePrompt: 'размытый, низкое качество, искажённый',
      'shots[0].seconds': 10,
      'echo.metadata': { negative_prompt: 'размытый, низкое качество, искажённый' },
    },
    differs: sound,
    differsWithEcho: sound,
  },
  {
    name: '15 seconds from text',
    source: russianPage,
    ask: create({
      model: 'kling-v3',
      prompt: 'Цветок в саду расцветает в замедленной съёмке',
      duration: 15,
      aspect_ratio: '16:9',
    }),
    reads: { 'shots[0].seconds': 15, mode: undefined },
    differs: sound,
    differsWithEcho: sound,
  },
  {
    name: 'pictures of an edition before this one, which are not read any more',
    source: russianPage,
    ask: create({
      model: 'kling-v3',
      prompt: 'Плавный кинематографический переход',
      image_urls: ['https://example.com/frame-start.jpg', 'https://example.com/frame-end.jpg'],
      mode: 'std',
      duration: 5,
    }),
    reads: { references: [], startFrame: undefined, endFrame: undefined },
    notes: ['image_urls'],
    differs: { ...sound, image_urls: 'the page says that no picture is taken for a frame any more' },
    differsWithEcho: { ...sound, image_urls: 'the page says that no picture is taken for a frame any more' },
  },
  {
    name: 'references by their role',
    source: client,
    ask: create({
      model: 'kling-v3',
      prompt: '保持两张参考图中的人物和服装一致',
      duration: 5,
      aspect_ratio: '16:9',
      image_with_roles: [
        { url: 'https://cdn.example.com/reference-1.png', role: 'reference_image' },
        { url: 'https://cdn.example.com/reference-2.png', role: 'reference_image' },
      ],
    }),
    reads: { 'references.length': 2, 'references[1].image': 'https://cdn.example.com/reference-2.png' },
    differs: {
      ...sound,
      image_with_roles: 'plain references are what the page shows',
      reference_images: 'plain references are what the page shows',
    },
    differsWithEcho: sound,
  },
  {
    name: 'how a task stands',
    source: statusPage,
    ask: {
      method: 'GET',
      path: '/videos/generations/task_01K9S419324DREZFBWNSVXYR6H',
      query: {},
      headers: {},
      body: noBody,
    },
    reads: { does: 'look', id: 'task_01K9S419324DREZFBWNSVXYR6H' },
  },
  {
    name: 'a picture',
    source: uploadPage,
    ask: {
      method: 'POST',
      path: '/uploads/images',
      query: {},
      headers: {},
      body: {
        kind: 'form',
        parts: [{ name: 'file', fileName: 'image.jpg', mediaType: 'image/jpeg', bytes: 'asset:image' }],
      },
    },
    reads: {
      does: 'upload',
      fileName: 'image.jpg',
      mediaType: 'image/jpeg',
      bytes: 'asset:image',
      'takes.mostBytes': 10_485_760,
    },
  },
];
