import { hash } from 'node:crypto';
import { type Facts, type Request, replaceMedia } from '@refreel/core/model';

/** What makes two requests the same for a quote: every field, in whatever order, and the bytes of its media, however they are named. */
export function fingerprintOfRequest(request: Request, { media }: Pick<Facts, 'media'>, region?: string): string {
  const named = replaceMedia(request, (one) => {
    const facts = Object.hasOwn(media, one) ? media[one] : undefined;
    return facts === undefined ? one : `asset:${facts.sha256}`;
  });
  const text = JSON.stringify({ region, request: named }, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return hash('sha256', text);
}
