import type { AskGolden } from '../../golden.ts';
import { type Ask, type Json, jsonBody, noBody } from '../../message.ts';
import { ours, page } from './sources.ts';

const folder = 'https://s1.llamafactory.online/baicai-infer/users/7e4113a5a1284465831eaefaa0022a98';
const task = '3524e0b3ba014b12ab1faf29f9f00000';

function create(body: Json): Ask {
  return {
    method: 'POST',
    path: '/videos/generations',
    query: {},
    headers: { 'content-type': 'application/json' },
    body: jsonBody(body),
  };
}

const get = (path: string): Ask => ({ method: 'GET', path, query: {}, headers: {}, body: noBody });

/** Every documented request, and those that our stand-in has instead of what is not documented. */
export const asks: readonly AskGolden[] = [
  {
    name: 'two subjects and a background',
    source: page,
    ask: create({
      selected_model: 'PixVerse-v4.5-MR2V',
      task_type: 'multi_ref_img2video',
      input: {
        prompt: '@human and @dog paly on the @grass',
        resolution: '720p',
        duration: 5,
        mutil_reference: [
          { type: 'subject', name: 'human', urls: [`${folder}/12.png`] },
          { type: 'subject', name: 'dog', urls: [`${folder}/13.png`] },
          { type: 'background', name: 'grass', urls: [`${folder}/11.png`] },
        ],
      },
    }),
    reads: {
      model: 'PixVerse-v4.5-MR2V',
      references: [
        { kind: 'subject', id: 'r1', name: 'human', image: `${folder}/12.png` },
        { kind: 'subject', id: 'r2', name: 'dog', image: `${folder}/13.png` },
        { kind: 'scene', id: 'r3', name: 'grass', image: `${folder}/11.png` },
      ],
      shots: [
        {
          prompt: [{ mention: 'r1' }, ' and ', { mention: 'r2' }, ' paly on the ', { mention: 'r3' }],
          seconds: 5,
        },
      ],
      tier: '720p',
      count: undefined,
      expand: undefined,
    },
  },
  {
    name: 'every field of the table, in Chinese',
    source: page,
    ask: create({
      selected_model: 'PixVerse-v4.5-MR2V',
      task_type: 'multi_ref_img2video',
      input: {
        prompt: '@小美在@公园 里跑步',
        negative_prompt: '低质量，失真',
        resolution: '540p',
        aspect_ratio: '16:9',
        duration: 8,
        mutil_reference: [
          {
            type: 'subject',
            name: '小美',
            urls: [`${folder}/12.png`, `${folder}/13.png`, `${folder}/14.png`],
          },
          { type: 'background', name: '公园', urls: [`${folder}/11.png`] },
        ],
        number_of_videos: 4,
      },
      need_expand_prompt: true,
      async: true,
    }),
    reads: {
      'references[0].angles': [`${folder}/13.png`, `${folder}/14.png`],
      'shots[0].prompt': [{ mention: 'r1' }, '在', { mention: 'r2' }, ' 里跑步'],
      'shots[0].seconds': 8,
      negativePrompt: '低质量，失真',
      tier: '540p',
      ratio: '16:9',
      count: 4,
      expand: true,
    },
    differs: {
      async: 'that is the default, and there is no other way',
      'input.prompt': 'a space is put behind a name, so that nobody reads on',
    },
    differsWithEcho: { async: 'that is the default, and there is no other way' },
  },
  {
    name: 'how a task stands',
    source: ours,
    ask: get(`/comfyui/tasks/${task}/status`),
    reads: { does: 'look', id: task },
  },
  { name: 'the films', source: ours, ask: get(`/comfyui/tasks/${task}/result`), reads: { does: 'look', id: task } },
  {
    name: 'the films, where people look first',
    source: ours,
    ask: get(`/videos/generations/${task}`),
    reads: { does: 'look', id: task },
  },
  {
    name: 'a picture',
    source: ours,
    ask: {
      method: 'POST',
      path: '/resources/upload',
      query: {},
      headers: {},
      body: {
        kind: 'form',
        parts: [{ name: 'file', fileName: '12.png', mediaType: 'image/png', bytes: 'asset:12' }],
      },
    },
    reads: {
      does: 'upload',
      fileName: '12.png',
      mediaType: 'image/png',
      bytes: 'asset:12',
      'takes.mostBytes': 20_971_520,
    },
  },
];
