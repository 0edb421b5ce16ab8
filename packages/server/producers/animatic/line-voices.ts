import { type LineToSpeak, linesToSpeak } from '@refreel/core/animatic';
import { type Facts, type Film, type LineFacts, noFacts, problem, Refusal, type Request } from '@refreel/core/model';
import { openSpeech, type Speech, SpeechError } from './sound/speech.ts';
import type { SpokenLine } from './sound/spoken-line.ts';

/** The lines of one film as they were spoken, by their keys. */
export interface SpokenLines {
  readonly facts: Readonly<Record<string, LineFacts>>;
  /** Mono, 48 kHz. */
  readonly voices: Readonly<Record<string, Float32Array>>;
}

/** Speaks lines, each once, also before they are asked for. */
export interface LineVoices {
  /** Begins to speak the lines that a film will probably have: whoever has a voice sample may sound otherwise once that is measured. */
  rehearse(request: Request, film: Film): void;
  /** One line alone. @throws Refusal as `speak` does */
  speakLine(line: LineToSpeak): Promise<SpokenLine>;
  /** @throws Refusal for a line that cannot be spoken, and when closed meanwhile */
  speak(request: Request, film: Film, facts: Facts): Promise<SpokenLines>;
  close(): void;
}

/** A film has a few lines; a process that makes many films does not keep them all. */
const mostKept = 200;

/** @param mostCharacters of all lines that are kept; a second of sound is 192 kB, and about 15 letters or 5 Han characters */
export function openLineVoices(mostCharacters = Number.POSITIVE_INFINITY): LineVoices {
  const kept = new Map<string, Promise<SpokenLine>>();
  let speech: Speech | undefined;
  let closed = false;

  const speakOne = ({ key, text, voice }: LineToSpeak): Promise<SpokenLine> => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    speech ??= openSpeech();
    const asked = speech;
    const spoken = asked.speak({ text, voice }).catch((error: unknown) => {
      kept.delete(key);
      // A process that is gone is not started again by itself.
      if (error instanceof SpeechError && error.kind !== 'too-long' && speech === asked && !closed) speech = undefined;
      throw error;
    });
    // Perhaps nobody ever waits for it.
    spoken.catch(() => {});
    kept.set(key, spoken);
    let characters = [...kept.keys()].reduce((sum, one) => sum + one.length, 0);
    for (const old of kept.keys()) {
      if (kept.size <= mostKept && characters <= mostCharacters) break;
      kept.delete(old);
      characters -= old.length;
    }
    return spoken;
  };
  const refuseUnspoken = (error: unknown): never => {
    throw error instanceof SpeechError ? new Refusal(speechProblem(error)) : error;
  };
  const linesOf = (request: Request, film: Film, facts: Facts) =>
    film.audio ? linesToSpeak(request, film, facts) : [];

  return {
    rehearse(request, film) {
      if (!closed) for (const line of linesOf(request, film, noFacts)) void speakOne(line);
    },
    async speakLine(line) {
      if (closed) throw new Refusal(problem('render_cancelled', ''));
      return await speakOne(line).catch(refuseUnspoken);
    },
    async speak(request, film, facts) {
      if (closed) throw new Refusal(problem('render_cancelled', ''));
      const lines = linesOf(request, film, facts);
      const spoken = await Promise.all(lines.map(speakOne)).catch(refuseUnspoken);
      return {
        facts: Object.fromEntries(lines.map(({ key }, index) => [key, spoken[index]!.facts])),
        voices: Object.fromEntries(lines.map(({ key }, index) => [key, spoken[index]!.samples])),
      };
    },
    close() {
      closed = true;
      speech?.close();
    },
  };
}

function speechProblem({ kind, limit, found, message }: SpeechError) {
  if (kind === 'closed') return problem('render_cancelled', '');
  if (kind !== 'too-long') return problem('render_failed', 'shots', { found: message });
  const words = {
    en: `a spoken line has ${found} characters, and at most ${limit} are spoken`,
    zh: `一句台词有 ${found} 个字符，最多可朗读 ${limit} 个`,
  };
  return problem('invalid_request', 'shots', { found: words });
}
