import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Project } from '../document/project.ts';
import { archiveName, packProject, type Store, unpackProject } from './archive.ts';
import { readZip } from './zip/read-zip.ts';
import { writeZip } from './zip/write-zip.ts';

const hashOf = (bytes: Uint8Array) => `asset:${createHash('sha256').update(bytes).digest('hex')}`;

/** A store in memory; `put` of what is there already counts as well. */
function memory() {
  const kept = new Map<string, { content: Blob; name: string; mediaType: string }>();
  const store: Store = {
    fetch: async (asset) => kept.get(asset),
    has: async (asset) => kept.has(asset),
    async put(content, name) {
      const asset = hashOf(await content.bytes());
      kept.set(asset, { content, name, mediaType: content.type });
      return asset;
    },
  };
  return { kept, store };
}

const projectOf = (image: string, startFrame?: string): Project => ({
  version: 1,
  request: {
    model: 'animatic',
    references: [{ kind: 'subject', id: 'cat', name: '小猫', image }],
    shots: [{ prompt: '@小猫 跑。' }],
    ...(startFrame !== undefined && { startFrame }),
  },
  facts: {},
});

test('a project goes out and comes in, with its media, to a server that has none of them', async () => {
  const [from, to] = [memory(), memory()];
  const image = await from.store.put(new Blob(['a cat'], { type: 'image/webp' }), '猫.webp');
  const { archive, missing } = await packProject('雨', projectOf(image), from.store);
  expect(missing).toEqual([]);
  expect([...(await readZip(archive)).keys()]).toEqual(['project.json', `media/${image.slice(6)}.webp`]);
  expect(await unpackProject(archive, to.store)).toEqual({ name: '雨', project: projectOf(image), missing: [] });
  expect(to.kept.get(image)).toMatchObject({ name: '猫.webp', mediaType: 'image/webp' });
});

test('media that are nowhere are told, both ways', async () => {
  const { store } = memory();
  const none = `asset:${'0'.repeat(64)}`;
  const { archive, missing } = await packProject('x', projectOf(none), store);
  expect(missing).toEqual([none]);
  expect((await unpackProject(archive, store)).missing).toEqual([none]);
});

test('a medium that was changed, and what is no project, are refused', async () => {
  const { store } = memory();
  const image = await store.put(new Blob(['a cat'], { type: 'image/png' }), 'cat.png');
  const { archive } = await packProject('x', projectOf(image), store);
  const files = await Promise.all(
    [...(await readZip(archive)).values()].map(async (one) => ({ name: one.name, content: await one.read() })),
  );
  const changed = await writeZip([files[0]!, { name: files[1]!.name, content: new Blob(['a dog']) }]);
  await expect(unpackProject(changed, store)).rejects.toMatchObject({ fault: 'changed' });
  await expect(unpackProject(await writeZip([files[1]!]), store)).rejects.toMatchObject({ fault: 'foreign' });
  for (const [text, fault] of [
    ['x', 'foreign'],
    ['null', 'foreign'],
    ['{"format":"other"}', 'foreign'],
    ['{"format":"refreel-project","document":{"version":2}}', 'newer'],
  ] as const) {
    const other = await writeZip([{ name: 'project.json', content: new Blob([text]) }]);
    await expect(unpackProject(other, store)).rejects.toMatchObject({ fault, file: 'project.json' });
  }
});

test.each([
  ['Rain', 'Rain.zip'],
  ['雨 / 夜: "x"?', '雨 夜 x.zip'],
  ['../..', 'project.zip'],
  ['  ', 'project.zip'],
])('the archive of %j is %s', (name, file) => {
  expect(archiveName(name)).toBe(file);
});
