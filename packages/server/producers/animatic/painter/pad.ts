import type { Arena } from './kernels.ts';

/** Memory for what is reckoned anew for each frame. */
export interface Pad {
  /** Lets go of all that was taken. */
  clear(): void;
  /** Address of `bytes` bytes, aligned to 16, with anything in them. */
  take(bytes: number): number;
}

/**
 * The arena hands out, and never takes back: a frame that needs more than `bytes` gets a new pad of twice the size, and the memory may
 * grow meanwhile.
 */
export function createPad(arena: Arena, bytes: number): Pad {
  let size = bytes;
  let start = arena.allocate(size);
  let free = start;
  return {
    clear() {
      free = start;
    },
    take(wanted) {
      if (free + wanted > start + size) {
        size = 2 * Math.max(size, wanted);
        start = arena.allocate(size);
        free = start;
      }
      const address = free;
      free += Math.ceil(wanted / 16) * 16;
      return address;
    },
  };
}
