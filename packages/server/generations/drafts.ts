import type { LineToSpeak } from '@refreel/core/animatic';
import { review } from '@refreel/core/authoring';
import { type Facts, type Film, type Note, type Problem, problem, Refusal, type Request } from '@refreel/core/model';
import { done, type Outcome, refused } from '../assets/index.ts';
import type { LineVoices, Measurer } from '../producers/animatic/index.ts';
import { type Files, findAsset, StoreError, type WorkspaceId } from '../store/index.ts';
import { type MediaRoom, settleMedia } from './settle-media.ts';

/** What a film is planned from, wherever it is drawn. */
export interface DraftFacts {
  /** Of the media that are stored here, as the request names them, and of every line that is said. */
  readonly facts: Facts;
  /** Undefined where the request has no film. */
  readonly film: Film | undefined;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
}

/** What whoever draws a film elsewhere, such as a browser, needs of this machine. */
export interface Drafts {
  /** What would refuse the request is told beside the facts: a draft shows as much of it as there is. */
  facts(workspace: WorkspaceId, request: Request): Promise<DraftFacts>;
  /** The subject of a picture of the workspace, as WebP; undefined where it has no such asset. */
  cutout(workspace: WorkspaceId, sha256: string): Promise<Outcome<Uint8Array> | undefined>;
  /** A line as a WAV file. @throws Refusal */
  speak(line: LineToSpeak): Promise<Uint8Array>;
  close(): void;
}

export interface DraftsRoom extends MediaRoom {
  readonly files: Files;
  readonly measurer: Measurer;
}

const kindWords = {
  image: { en: 'a picture', zh: '图像' },
  video: { en: 'a video', zh: '视频' },
  audio: { en: 'a sound', zh: '音频' },
} as const;

/** Bytes of pictures that are kept: a browser asks once, several of them a few times. */
const mostCutBytes = 48 * 1024 * 1024;
/** About 100 MB of sound. */
const mostSpokenCharacters = 4_000;

/** The speech begins with the first line. */
export function openDrafts(room: DraftsRoom): Drafts {
  const cutouts = new Map<string, Uint8Array>();
  const cutting = new Map<string, Promise<Outcome<Uint8Array>>>();
  let voices: Promise<LineVoices> | undefined;
  let closed = false;

  const speech = (): Promise<LineVoices> => {
    if (closed) throw new Refusal(problem('server_stopping', ''));
    voices ??= import('../producers/animatic/line-voices.ts').then(({ openLineVoices }) =>
      openLineVoices(mostSpokenCharacters),
    );
    return voices;
  };
  const cut = async (key: string, sha256: string): Promise<Outcome<Uint8Array>> => {
    const file = await room.files.localPath(sha256);
    if (file === undefined)
      throw new StoreError('folder_corrupt', sha256, `The stored file ${sha256} is missing: restore it from a backup.`);
    const outcome = await room.measurer.cutOut({ file, path: 'sha256', name: sha256 });
    if (outcome.webp === undefined) return refused(outcome.problem);
    cutouts.set(key, outcome.webp);
    let bytes = [...cutouts.values()].reduce((sum, { length }) => sum + length, 0);
    for (const [old, { length }] of cutouts) {
      if (bytes <= mostCutBytes || old === key) break;
      cutouts.delete(old);
      bytes -= length;
    }
    return done(outcome.webp);
  };

  return {
    async facts(workspace, request) {
      const media = await settleMedia(room, workspace, request, 'look');
      const { film, problems, notes } = review(request, media.facts, {
        cards: room.sending?.book.cards ?? [],
        advice: false,
      });
      const found = { film, problems: [...media.problems, ...problems], notes };
      if (film === undefined) return { ...found, facts: media.facts };
      try {
        const { facts: lines } = await (await speech()).speak(request, film, media.facts);
        return { ...found, facts: { media: media.facts.media, lines } };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { ...found, facts: media.facts, problems: [...found.problems, ...error.problems] };
      }
    },
    async cutout(workspace, sha256) {
      const asset = await findAsset(room.connection, workspace, sha256);
      if (asset === undefined) return undefined;
      if (asset.facts.kind !== 'image')
        return refused(problem('media_kind', 'sha256', { found: kindWords[asset.facts.kind], limit: kindWords.image }));
      // By workspace: how soon an answer comes must not tell that somebody else has the same picture.
      const key = `${workspace} ${sha256}`;
      const known = cutouts.get(key);
      if (known !== undefined) return done(known);
      const begun = cutting.get(key) ?? cut(key, sha256).finally(() => cutting.delete(key));
      cutting.set(key, begun);
      return await begun;
    },
    async speak(line) {
      const spoken = await (await speech()).speakLine(line);
      const { encodeWave } = await import('../producers/animatic/sound/wave.ts');
      return encodeWave(spoken.samples);
    },
    close() {
      closed = true;
      void voices?.then((opened) => opened.close());
    },
  };
}
