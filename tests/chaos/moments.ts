import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from '../../packages/server/test-chance.ts';
import type { Caller } from './caller.ts';
import type { Serving } from './serving.ts';

/** What a moment is awaited in. */
export interface Scene {
  readonly folder: string;
  readonly serving: Serving;
  readonly caller: Caller;
  readonly chance: Chance;
}

/** An instant of a server's life. */
export interface Moment {
  readonly name: string;
  /** Does what leads to the instant, and resolves in it. `false`: it did not come. */
  reach(scene: Scene): Promise<boolean>;
}

/** Longer than a film takes on a machine that is busy with others. */
const patienceMilliseconds = 90_000;

/** Every instant at which a server is cut off. */
export const moments: readonly Moment[] = [
  {
    name: 'start',
    reach: async ({ serving, chance }) => {
      await Promise.race([serving.url, pause(chance.number(900))]);
      return true;
    },
  },
  { name: 'accept', reach: (scene) => burst(scene, 30) },
  { name: 'acknowledged', reach: (scene) => burst(scene, undefined) },
  {
    name: 'cancel',
    reach: async (scene) => {
      const { serving, caller, chance } = scene;
      const base = await serving.url;
      await Promise.all([caller.order(base, 'split'), caller.order(base, 'plain')]);
      void caller.cancelAllBut(base, 0);
      await pause(chance.number(30));
      return true;
    },
  },
  told('preparing', 'address', ({ kind, state }) => kind === 'generation.accepted' && state === 'preparing', 60),
  told('prepared', 'address', ({ kind, state }) => kind === 'attempt.state' && state === 'queued', 10),
  told('render begins', 'plain', ({ kind, state }) => kind === 'attempt.state' && state === 'running', 100),
  told('render', 'plain', ({ kind }) => kind === 'attempt.progress', 100),
  told('film verified', 'plain', ({ kind, state }) => kind === 'attempt.state' && state === 'fetching', 100),
  told('done', 'plain', ({ kind, state }) => kind === 'generation.state' && state === 'done', 5),
  stored('film stored', 'plain', 8),
  stored('asset stored', 'bytes', 8),
  {
    name: 'stop',
    reach: async ({ serving, caller, chance }) => {
      const base = await serving.url;
      void caller.order(base, 'plain');
      await pause(chance.number(200));
      void serving.stop();
      await pause(chance.number(150));
      return true;
    },
  },
  {
    name: 'any',
    reach: async ({ serving, caller, chance }) => {
      const base = await serving.url;
      for (const kind of ['plain', 'address', 'bytes'] as const) void caller.order(base, kind);
      await pause(chance.number(2000));
      return true;
    },
  },
];

/** Several requests at once; `within` so many milliseconds of them, or at their first answer. */
async function burst({ serving, caller, chance }: Scene, within: number | undefined): Promise<boolean> {
  const base = await serving.url;
  const kinds = ['plain', 'plain', 'plain', 'address', 'plain', 'bytes', 'split', 'plain'] as const;
  const answers = kinds.map((kind) => caller.order(base, kind));
  await (within === undefined ? Promise.race(answers) : pause(chance.number(within)));
  return true;
}

interface Told {
  readonly kind: string;
  readonly state: string | undefined;
}

/** When the server's own stream tells something, or so many milliseconds later. */
function told(name: string, kind: 'plain' | 'address', is: (event: Told) => boolean, later: number): Moment {
  return {
    name,
    async reach({ serving, caller, chance }) {
      const base = await serving.url;
      const answer = await fetch(`${base}/v1/events`, { signal: AbortSignal.timeout(patienceMilliseconds) });
      void caller.order(base, kind);
      try {
        for await (const event of eventsOf(answer)) {
          if (!is(event)) continue;
          await pause(chance.number(later));
          return true;
        }
      } catch {
        // It was not told in time.
      }
      return false;
    },
  };
}

/** What a stream of events tells. */
export async function* eventsOf(answer: Response): AsyncGenerator<Told> {
  let rest = '';
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    const frames = (rest + chunk).split('\n\n');
    rest = frames.pop()!;
    for (const frame of frames) {
      const [, kind, data] = /^id: \d+\nevent: (.+)\ndata: (.+)$/.exec(frame) ?? [];
      if (kind !== undefined) yield { kind, state: JSON.parse(data!).data.state };
    }
  }
}

/** When a file is being written into the store, or so many milliseconds later. */
function stored(name: string, kind: 'plain' | 'bytes', later: number): Moment {
  return {
    name,
    async reach({ folder, serving, caller, chance }) {
      const base = await serving.url;
      const written = Promise.withResolvers<boolean>();
      const watcher = watch(join(folder, 'files', 'temporary'), () => written.resolve(true));
      const timer = setTimeout(() => written.resolve(false), patienceMilliseconds);
      void caller.order(base, kind);
      const came = await written.promise;
      clearTimeout(timer);
      watcher.close();
      await pause(chance.number(later));
      return came;
    },
  };
}
