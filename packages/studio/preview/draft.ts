import type { Facts, Film, Media, Request } from '@refreel/core/model';

/** A request as far as it can be drawn: all of it is known on the page but the speech. */
export interface Draft {
  readonly request: Request;
  readonly film: Film;
  readonly facts: Facts;
  /** Where pictures, their subjects and spoken lines are fetched from. */
  readonly pictures: Readonly<Record<Media, string>>;
  readonly cutouts: Readonly<Record<Media, string>>;
  /** By the line's key. */
  readonly speech: Readonly<Record<string, string>>;
}
