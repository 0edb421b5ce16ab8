import type { Facts, MediaFacts } from '../facts.ts';
import type { Media } from '../reference.ts';

/** What was measured of a medium. A file may be called "constructor": only what the table holds itself counts. */
export function measuredOf(facts: Facts, media: Media): MediaFacts | undefined {
  return Object.hasOwn(facts.media, media) ? facts.media[media] : undefined;
}
