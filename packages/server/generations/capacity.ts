import { availableParallelism } from 'node:os';

/** What a film that is drawn takes at most in practice: the child, its decoder and its encoder. */
const megabytesOfFilm = 600;
/** What the server itself, its store and its measuring need beside. */
const megabytesKept = 800;

/** How many films may be drawn at once on this machine: one a core, as far as memory goes, and at least one. */
export function rendersAtOnce(
  cores: number = availableParallelism(),
  // Knows the limits of a container.
  megabytes: number = process.availableMemory() / 1024 / 1024,
): number {
  return Math.max(1, Math.min(cores, Math.floor((megabytes - megabytesKept) / megabytesOfFilm)));
}
