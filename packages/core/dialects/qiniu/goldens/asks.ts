import type { AskGolden } from '../../golden.ts';
import { type Ask, type FormPart, type Json, jsonBody, noBody } from '../../message.ts';
import { client, page } from './sources.ts';

function create(body: Json, path = '/videos'): Ask {
  return { method: 'POST', path, query: {}, headers: { 'content-type': 'application/json' }, body: jsonBody(body) };
}

function form(...texts: readonly (readonly [string, string])[]): Ask {
  const parts = texts.map(([name, value]): FormPart => ({ name, value }));
  return { method: 'POST', path: '/videos', query: {}, headers: {}, body: { kind: 'form', parts } };
}

const photos = 'https://fastly.picsum.photos/id';
const runner = `${photos}/173/1280/720.jpg?hmac=xH_ViV5QGlLeWARvoUE2frSLNcUXvAGKHaMs0Hy6c_0`;
const meadow = `${photos}/1052/1280/720.jpg?hmac=YHUiEFGx-xjxQB6sKaQSG3AGUh9u5E7wv-PzHuOCx5A`;
const shore = `${photos}/999/1280/720.jpg?hmac=YPLs2sdukTxfP4z7CI7wNIWwNXYksSjUi1yENuaT-RI`;
const dog = 'https://aitoken-public.qnaigc.com/example/generate-video/the-little-dog-is-running-on-the-lawn..mp4';

const wide = { width: 1920, height: 1080 };
const usual = { size: '1920x1080', mode: 'pro' };
const asJson = { '': 'the page shows JSON', 'header content-type': 'the page shows JSON' };

/** Every documented request. */
export const asks: readonly AskGolden[] = [
  {
    name: 'text, Sora 2',
    source: page,
    ask: create({
      model: 'sora-2',
      prompt: '一只可爱的橘猫在阳光明媚的花园里追逐蝴蝶,照片风格,高清画质',
    }),
    reads: {
      model: 'sora-2',
      'shots[0].prompt[0]': '一只可爱的橘猫在阳光明媚的花园里追逐蝴蝶,照片风格,高清画质',
      'shots[0].seconds': undefined,
      size: undefined,
      mode: undefined,
      audio: undefined,
    },
  },
  {
    name: 'text, Kling O1',
    source: page,
    ask: create({ model: 'kling-video-o1', prompt: '一只可爱的橘猫在阳光下奔跑,慢镜头,电影质感', ...usual }),
    reads: { size: wide, mode: 'pro', 'references.length': 0 },
  },
  {
    name: 'from a picture, Sora 2',
    source: page,
    ask: create({
      model: 'sora-2',
      prompt: '镜头缓慢推进,画面中的场景逐渐生动起来,光影流动,充满动感',
      input_reference: 'https://example.com/reference-image.jpg',
      seconds: '4',
      size: '1280x720',
    }),
    reads: {
      startFrame: 'https://example.com/reference-image.jpg',
      'shots[0].seconds': 4,
      size: { width: 1280, height: 720 },
    },
  },
  {
    name: 'from a picture, Kling O1',
    source: page,
    ask: create({ model: 'kling-video-o1', prompt: '这个人在跑马拉松', image_list: [{ image: runner }], ...usual }),
    reads: {
      'references[0]': { kind: 'image', id: 'r1', name: 'image1', image: runner },
      startFrame: undefined,
    },
  },
  {
    name: 'from a picture, Kling V2.1',
    source: page,
    ask: create({
      model: 'kling-v2-1',
      prompt: '人在奔跑',
      input_reference: runner,
      size: '1280x720',
      mode: 'pro',
    }),
    reads: { startFrame: runner, mode: 'pro' },
  },
  {
    name: 'between two pictures, Kling V2.5 Turbo',
    source: page,
    ask: create({
      model: 'kling-v2-5-turbo',
      prompt: '人在奔跑',
      input_reference: runner,
      image_tail: meadow,
      size: '1280x720',
      mode: 'pro',
    }),
    reads: { startFrame: runner, endFrame: meadow },
  },
  {
    name: 'after a video, Kling O1',
    source: page,
    ask: create({
      model: 'kling-video-o1',
      prompt: '画面中增加一个小狗',
      video_list: [{ video_url: dog, refer_type: 'feature', keep_original_sound: 'yes' }],
      ...usual,
    }),
    reads: {
      'references[0]': { kind: 'video', id: 'v1', name: 'video1', video: dog, use: 'feature', keepSound: true },
    },
  },
  {
    name: 'between two pictures, Kling O1',
    source: page,
    ask: create({
      model: 'kling-video-o1',
      prompt: '视频连贯在一起',
      image_list: [
        { image: runner, type: 'first_frame' },
        { image: shore, type: 'end_frame' },
      ],
      ...usual,
    }),
    reads: { startFrame: runner, endFrame: shore, 'references.length': 0 },
  },
  {
    name: 'seconds and size, Sora 2',
    source: page,
    ask: create({
      model: 'sora-2',
      prompt: '未来科技城市的天际线,霓虹灯光闪烁,赛博朋克风格,夜景',
      seconds: '4',
      size: '1280x720',
    }),
    reads: { 'shots[0].seconds': 4 },
  },
  {
    name: 'the field video_list',
    source: page,
    ask: create({
      model: 'kling-video-o1',
      prompt: '画面中增加一个小狗',
      video_list: [
        { video_url: 'https://example.com/reference-video.mp4', refer_type: 'base', keep_original_sound: 'yes' },
      ],
    }),
    reads: { 'references[0].use': 'edit', 'references[0].keepSound': true, mode: undefined },
  },
  {
    name: 'the field image_list, in base64',
    source: page,
    ask: create({
      model: 'kling-video-o1',
      prompt: '这个人在跑马拉松',
      image_list: [{ image: '/9j/4AAQSkZJRgABAQAAAQ==' }, { image: 'iVBORw0KGgoAAAANSUhEUg==' }],
    }),
    reads: {
      'references[0].image': 'data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQ==',
      'references[1].image': 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==',
    },
  },
  {
    name: 'a remix',
    source: page,
    ask: create(
      { prompt: '将场景改为夜晚,增加霓虹灯效果,赛博朋克风格' },
      '/videos/qvideo-user123-1234567890123456789/remix',
    ),
    reads: {
      does: 'remix',
      id: 'qvideo-user123-1234567890123456789',
      prompt: '将场景改为夜晚,增加霓虹灯效果,赛博朋克风格',
    },
  },
  {
    name: 'how it stands',
    source: page,
    ask: {
      method: 'GET',
      path: '/videos/qvideo-user123-1234567890123456789',
      query: {},
      headers: {},
      body: noBody,
    },
    reads: { does: 'look', id: 'qvideo-user123-1234567890123456789' },
  },
  {
    name: 'the client of the original, text',
    source: client,
    ask: form(['model', 'sora-2'], ['prompt', 'a cat'], ['seconds', '4'], ['size', '1280x720']),
    reads: { 'shots[0].seconds': 4, echo: { form: true } },
    notes: ['Content-Type'],
    differs: asJson,
  },
  {
    name: 'the client of the original, the address of a picture',
    source: client,
    ask: form(['model', 'sora-2'], ['prompt', 'a cat'], ['input_reference[image_url]', 'https://e/x.png']),
    reads: { startFrame: 'https://e/x.png' },
    notes: ['Content-Type', 'input_reference'],
    differs: asJson,
    differsWithEcho: { '': 'the page shows a text in its place' },
  },
  {
    name: 'the client of the original, lists',
    source: client,
    ask: form(
      ['model', 'kling-video-o1'],
      ['prompt', 'a cat'],
      ['image_list[][image]', 'https://e/1.png'],
      ['image_list[][type]', 'first_frame'],
      ['image_list[][image]', 'https://e/2.png'],
      ['video_list[][video_url]', 'https://e/a.mp4'],
      ['video_list[][refer_type]', 'feature'],
      ['video_list[][keep_original_sound]', 'yes'],
      ['mode', 'pro'],
    ),
    reads: {
      startFrame: 'https://e/1.png',
      'references[0].image': 'https://e/2.png',
      'references[1].video': 'https://e/a.mp4',
      'references.length': 2,
      mode: 'pro',
    },
    notes: ['Content-Type'],
    differs: asJson,
  },
];
