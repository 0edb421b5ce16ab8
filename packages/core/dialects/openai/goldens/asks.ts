import type { AskGolden } from '../../golden.ts';
import { type Ask, type FormPart, type Json, jsonBody, noBody } from '../../message.ts';
import { client, specification } from './sources.ts';

function form(path: string, parts: readonly FormPart[]): Ask {
  return { method: 'POST', path, query: {}, headers: {}, body: { kind: 'form', parts } };
}

function json(path: string, body: Json): Ask {
  return {
    method: 'POST',
    path,
    query: {},
    headers: { 'content-type': 'application/json' },
    body: jsonBody(body),
  };
}

function get(path: string, query: Record<string, string> = {}, headers: Record<string, string> = {}): Ask {
  return { method: 'GET', path, query, headers, body: noBody };
}

const text = (name: string, value: string): FormPart => ({ name, value });
const asForm = {
  '': 'without what was kept of it, it is sent as the form that the own client of the vendor sends',
  'header content-type': 'whoever sends a form makes its boundary',
};

/** Every documented request, and those of the vendor's own client. */
export const asks: readonly AskGolden[] = [
  {
    name: 'the client: text',
    source: client,
    ask: form('/videos', [
      text('model', 'sora-2'),
      text('prompt', 'a cat'),
      text('seconds', '4'),
      text('size', '1280x720'),
    ]),
    reads: {
      model: 'sora-2',
      'shots[0].prompt[0]': 'a cat',
      'shots[0].seconds': 4,
      size: { width: 1280, height: 720 },
      'references.length': 0,
      echo: { form: true },
    },
  },
  {
    name: 'the client: a file',
    source: client,
    ask: form('/videos', [
      text('model', 'sora-2'),
      text('prompt', 'a cat'),
      { name: 'input_reference', fileName: 'frame.png', mediaType: 'image/png', bytes: 'asset:0123' },
    ]),
    reads: { startFrame: 'asset:0123', 'shots[0].seconds': undefined, size: undefined },
    differs: { '': 'the name and type of a file are of whoever sends its bytes' },
  },
  {
    name: 'the client: the address of a picture',
    source: client,
    ask: form('/videos', [
      text('model', 'sora-2'),
      text('prompt', 'a cat'),
      text('input_reference[image_url]', 'https://e/x.png'),
    ]),
    reads: { startFrame: 'https://e/x.png' },
  },
  {
    name: 'JSON, all of it',
    source: specification,
    ask: json('/videos', {
      model: 'sora-2',
      prompt: 'A calico cat playing a piano on stage',
      seconds: '8',
      size: '1280x720',
      input_reference: { image_url: 'data:image/png;base64,iVBORw0KGgo=' },
    }),
    reads: { startFrame: 'data:image/png;base64,iVBORw0KGgo=', 'shots[0].seconds': 8, echo: { form: false } },
    differs: asForm,
  },
  {
    name: 'JSON, the prompt alone',
    source: specification,
    ask: json('/videos', { prompt: 'A calico cat playing a piano on stage' }),
    reads: { model: 'sora-2', 'shots[0].seconds': undefined, size: undefined, startFrame: undefined },
    differs: asForm,
    differsWithEcho: { model: 'it is said which' },
  },
  { name: 'how it stands', source: client, ask: get('/videos/video_1'), reads: { does: 'look', id: 'video_1' } },
  {
    name: 'a page of a list',
    source: client,
    ask: get('/videos', { limit: '2', order: 'asc', after: 'video_1' }),
    reads: { 'page.after': 'video_1', 'page.size': 2, newestFirst: false },
  },
  {
    name: 'a list',
    source: client,
    ask: get('/videos'),
    reads: { 'page.after': undefined, 'page.size': 20, newestFirst: true },
    differs: { 'query limit': 'what is usual is said', 'query order': 'what is usual is said' },
  },
  {
    name: 'away with it',
    source: client,
    ask: { method: 'DELETE', path: '/videos/video_1', query: {}, headers: {}, body: noBody },
    reads: { does: 'delete', id: 'video_1' },
  },
  {
    name: 'the film',
    source: client,
    ask: get('/videos/video_1/content', {}, { accept: 'application/binary' }),
    reads: { does: 'content', id: 'video_1', variant: 'video' },
  },
  {
    name: 'a small picture of it',
    source: client,
    ask: get('/videos/video_1/content', { variant: 'thumbnail' }, { accept: 'application/binary' }),
    reads: { variant: 'thumbnail' },
  },
  {
    name: 'a sheet of pictures of it',
    source: specification,
    ask: get('/videos/video_1/content', { variant: 'spritesheet' }, { accept: 'application/binary' }),
    reads: { variant: 'spritesheet' },
  },
  { name: 'the models', source: specification, ask: get('/models'), reads: { does: 'models' } },
  {
    name: 'a remix',
    source: client,
    ask: json('/videos/video_1/remix', { prompt: 'night' }),
    reads: { does: 'remix', id: 'video_1', prompt: 'night' },
  },
  {
    name: 'a remix as a form',
    source: specification,
    ask: form('/videos/video_1/remix', [text('prompt', 'night')]),
    reads: { does: 'remix', prompt: 'night' },
    differs: { '': 'the client of the vendor sends JSON', 'header content-type': 'of JSON' },
  },
];
