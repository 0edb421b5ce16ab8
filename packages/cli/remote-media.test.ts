import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readRequest } from '@refreel/core/authoring';
import { expect, test } from 'vitest';
import { localFiles, withMedia } from './remote-media.ts';

const here = resolve('/films');
const written = {
  prompt: 'face.jpg stays a word. @mei waves at @cat.',
  references: [
    { name: 'mei', image: 'face.jpg', angles: ['side.jpg', 'https://cdn.example/back.jpg'], voice: 'asset:00' },
    { name: 'cat', kind: 'video', video: pathToFileURL(resolve(here, 'cat clip.mp4')).href },
  ],
  startFrame: 'data:image/png;base64,AAAA',
  endFrame: 'face.jpg',
};

test('files of this machine are found among the media; what is an address, data or an asset goes as it is', () => {
  const { request, problems } = readRequest(written);
  expect(problems).toEqual([]);
  const { files } = localFiles(request!, here);
  expect(files.map(({ path, file }) => [path, file])).toEqual([
    ['references[0].image', resolve(here, 'face.jpg')],
    ['references[0].angles[0]', resolve(here, 'side.jpg')],
    ['references[1].video', resolve(here, 'cat clip.mp4')],
    ['endFrame', resolve(here, 'face.jpg')],
  ]);
});

test('what was written keeps its words; only media are named anew', () => {
  const names = new Map([
    ['face.jpg', 'asset:1'],
    ['side.jpg', 'asset:2'],
  ]);
  const sent = withMedia(written, names);
  expect(sent).toEqual({
    ...written,
    references: [
      { ...written.references[0], image: 'asset:1', angles: ['asset:2', 'https://cdn.example/back.jpg'] },
      written.references[1],
    ],
    endFrame: 'asset:1',
  });
  expect(withMedia({ prompt: 'x' }, names)).toEqual({ prompt: 'x' });
});

test('a file URL of another machine is told', () => {
  const { request } = readRequest({
    prompt: '@mei',
    references: [{ name: 'mei', image: 'file://elsewhere/face.jpg' }],
  });
  const { files, problems } = localFiles(request!, here);
  expect([files, problems.map(({ path }) => path)]).toEqual([[], ['references[0].image']]);
});
