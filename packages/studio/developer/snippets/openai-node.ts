import type { Json } from '@refreel/core/dialects';
import type { Course } from '../course.ts';
import { anyKey, keyVariable, lookSeconds } from './key.ts';
import { literal } from './node.ts';

/** A course as a module with the package `openai`; undefined where the request is not what that package sends. */
export function openaiNodeSnippet({ base, create, state }: Course): string | undefined {
  const fields = fieldsOf(create.body);
  if (fields === undefined) return undefined;
  return `import { writeFile } from 'node:fs/promises';
import OpenAI from 'openai';

const client = new OpenAI({ apiKey: process.env.${keyVariable} ?? ${literal(anyKey)}, baseURL: ${literal(base)} });
let video = await client.videos.create(${literal(fields)});
while (video.status === 'queued' || video.status === 'in_progress') {
  await new Promise((resolve) => setTimeout(resolve, ${lookSeconds * 1000}));
  video = await client.videos.retrieve(video.id);
}
if (video.status !== ${literal(state.done)}) throw new Error(video.error?.message);

const film = await client.videos.downloadContent(video.id);
await writeFile('film.mp4', Buffer.from(await film.arrayBuffer()));
`;
}

function fieldsOf(body: Course['create']['body']): Json | undefined {
  if (body.kind === 'json') return body.value;
  if (body.kind === 'none') return undefined;
  const fields: Record<string, Json> = {};
  for (const { name, value } of body.fields) {
    const [, outer, inner] = /^(\w+)(?:\[(\w+)\])?$/.exec(name) ?? [];
    if (outer === undefined) return undefined;
    fields[outer] = inner === undefined ? value : { ...(fields[outer] as object | undefined), [inner]: value };
  }
  return fields;
}
