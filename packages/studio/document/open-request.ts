import { type Request, showPrompt } from '@refreel/core/model';
import { client } from '../server/client.ts';
import type { ProjectRequest } from './project.ts';
import { mediaIn } from './project-media.ts';
import { learnFacts, openProject } from './project-store.ts';

/** Brings everything of a request that was made before into Compose, where it can be undone; what was measured of its media follows. */
export async function openRequest(request: Request): Promise<void> {
  const { shots, from: _, ...rest } = request;
  const opened: ProjectRequest = {
    ...rest,
    shots: shots.map(({ prompt, seconds }) => {
      const text = showPrompt(prompt, request.references);
      return seconds === undefined ? { prompt: text } : { prompt: text, seconds };
    }),
  };
  openProject({ version: 1, request: opened, facts: {} });
  const measured = await Promise.allSettled(
    mediaIn(opened).map(async (media) => [media, (await client().assets.get(media)).facts] as const),
  );
  learnFacts(Object.fromEntries(measured.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))));
}
