import { type SavedReferences, savedIn } from '@refreel/core/authoring';
import type { Reference } from '@refreel/core/model';
import { asked, type Server } from './server.ts';

/**
 * What a request names as `saved`, by the words that it uses, as the server keeps it: without that its mentions could not be read here. Undefined
 * where it names none, and nothing is asked. @throws Refusal
 */
export async function findSaved(written: unknown, open: () => Promise<Server>): Promise<SavedReferences | undefined> {
  const words = new Set(savedIn(written));
  if (words.size === 0) return undefined;
  const server = await open();
  return await asked(server, async () => {
    const found = new Map<string, Reference>();
    let left = words.size;
    for await (const { description, createdAt, uses, ...one } of server.refreel.references.list({ limit: 100 })) {
      for (const word of [one.id, one.name].filter((name) => words.has(name) && !found.has(name))) {
        found.set(word, one);
        left -= 1;
      }
      if (left === 0) break;
    }
    return found;
  });
}
