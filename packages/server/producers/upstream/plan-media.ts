import type { Ask } from '@refreel/core/dialects';
import { type Media, mediaOfRequest, type Note, type Problem, problem, type Request } from '@refreel/core/model';
import { type Asking, composeAsk } from './compose.ts';

/**
 * How media get to a vendor: in the message itself as files, by addresses of ours, by the vendor's own upload, or in the message as text.
 */
export type Transport = 'file' | 'address' | 'upload' | 'inline';

/** How a request will be sent, as far as that is known before its media are there; or why it cannot be. */
export type MediaPlan =
  | {
      readonly ok: true;
      readonly transport: Transport;
      /** The media that the message names, of all that the request has. */
      readonly sent: ReadonlySet<Media>;
      /** What the dialect changes on the way. */
      readonly notes: readonly Note[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface Reach {
  /** The vendor can read addresses of ours: there is a public one. */
  readonly address: boolean;
}

/** The media type of a medium, where it was measured. */
export type TypeOf = (media: Media) => string | undefined;

/**
 * Writes the message with stand-ins for its media, each way in turn, and takes the first that the dialect can write. Pure: nothing is sent or
 * read, so that a request can be refused before anything is paid.
 */
export function planMedia(asking: Asking, request: Request, reach: Reach, typeOf: TypeOf): MediaPlan {
  const names = [...new Set(mediaOfRequest(request).map(({ media }) => media))];
  const write = (name: (index: number, media: Media) => string) => {
    const standIns = new Map(names.map((media, index) => [media, name(index, media)]));
    const written = composeAsk(asking, request, (media) => standIns.get(media) ?? media);
    const sent = written.ok ? sentOf(written.message, standIns) : new Set<Media>();
    return { written, sent, standIns };
  };
  const planned = (transport: Transport, { written, sent }: ReturnType<typeof write>): MediaPlan =>
    written.ok ? { ok: true, transport, sent, notes: written.notes } : { ok: false, problems: written.problems };

  const asFiles = write((index) => `asset:${index.toString(16).padStart(64, '0')}`);
  if (names.length === 0) return planned('inline', asFiles);
  if (asFiles.written.ok && allFiles(asFiles.written.message, asFiles)) return planned('file', asFiles);
  const endingOf = (media: Media) => `.${(typeOf(media) ?? 'image/png').split('/')[1]!.replace(/\W/g, '')}`;
  const byAddress = write((index, media) => `https://refreel.example/${index}${endingOf(media)}`);
  if (reach.address) return planned('address', byAddress);
  if (asking.account.dialect.voyage.upload !== undefined) return planned('upload', byAddress);
  const kinds = kindsOf(request);
  const inline = write((index, media) => inlineStandIn(typeOf(media) ?? kinds.get(media) ?? 'image/png', index));
  if (inline.written.ok) return planned('inline', inline);
  // What cannot be sent by address either is wrong for another reason.
  if (!byAddress.written.ok) return planned('address', byAddress);
  const problems = inline.written.problems.map((one) =>
    one.code === 'media_address' ? problem('media_out_of_reach', one.path) : one,
  );
  return { ok: false, problems };
}

/** Those stand-ins that stand in the message, as the media that they stand for. */
function sentOf({ body }: Ask, standIns: ReadonlyMap<Media, string>): Set<Media> {
  const text = JSON.stringify(body);
  const isThere = (standIn: string) => text.includes(standIn.replace(/^data:[^,]*,/, ''));
  return new Set([...standIns].flatMap(([media, standIn]) => (isThere(standIn) ? [media] : [])));
}

function allFiles(
  { body }: Ask,
  { sent, standIns }: { readonly sent: ReadonlySet<Media>; readonly standIns: ReadonlyMap<Media, string> },
): boolean {
  if (body.kind !== 'form') return sent.size === 0;
  const files = new Set(body.parts.flatMap((part) => ('bytes' in part ? part.bytes : [])));
  return [...sent].every((media) => files.has(standIns.get(media)!));
}

/** The least that reads as data of a type: dialects look at how the text begins. */
function inlineStandIn(type: string, index: number): string {
  const starts: Readonly<Record<string, string>> = {
    'image/jpeg': '/9j/',
    'image/png': 'iVBORw0KGgoA',
    'image/gif': 'R0lGODlh',
    'image/webp': 'UklGRiQA',
    'image/bmp': 'QkAA',
  };
  const number = Buffer.from(`refreel-${String(index).padStart(4, '0')}`).toString('base64');
  return `data:${type};base64,${starts[type] ?? ''}${number}`;
}

/** What a medium that nobody has measured yet is, by its place. */
function kindsOf(request: Request): Map<Media, string> {
  return new Map(
    mediaOfRequest(request).map(({ media, path }) => [
      media,
      /\.voice$/.test(path) ? 'audio/mpeg' : /\.(?:clip|video)$/.test(path) ? 'video/mp4' : 'image/png',
    ]),
  );
}
