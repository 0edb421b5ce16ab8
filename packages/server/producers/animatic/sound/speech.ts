import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Voice, voiceRates } from '@refreel/core/animatic';
import { characters, type Language } from '@refreel/core/model';
import { type Run, runsOf } from './runs.ts';
import type { RunAsk, SpeechAnswer, SpeechAsk } from './speech-messages.ts';
import { lineOf, type SpokenLine, silentLine } from './spoken-line.ts';

/** Speaks lines. The first line starts a process, which ends at `close`, with this process, or by a fault. */
export interface Speech {
  /** Lines are spoken in the order they were asked for. Rejects with a `SpeechError`. */
  speak(line: { readonly text: string; readonly voice: Voice }): Promise<SpokenLine>;
  /** Ends the process; lines that are still awaited are rejected. May be called twice. */
  close(): void;
}

/**
 * Why a line was not spoken: `too-long` (a person's to mend, with `limit` and `found` in code points), `closed` (asked
 * after or across `close`), `died` (the process ended; it is not started again), `late` (it took too long and was ended).
 */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
  readonly kind: 'too-long' | 'closed' | 'died' | 'late';
  readonly limit: number | undefined;
  readonly found: number | undefined;
  constructor(kind: SpeechError['kind'], message: string, limit?: number, found?: number) {
    super(message);
    this.kind = kind;
    this.limit = limit;
    this.found = found;
  }
}

/** Code points of the longest line that is spoken. */
export const longestLine = 2_000;

/** The longest line takes about a second. */
const patienceMilliseconds = 30_000;
/** How much of what a dying process wrote is repeated. */
const lastWordsLength = 1_000;

/**
 * `pitchRange`: how far the pitch moves. At its own 50 the synthesiser moves 4 to 5 semitones (5th to 95th percentile),
 * people 8 to 12; English turns to sing-song when pushed, Mandarin only gets clearer tones.
 * `rateFactor`: 160 words a minute are then about 4.5 syllables a second in Mandarin, as people speak it.
 */
const tongues: Readonly<Record<Language, { name: string; pitchRange: number; rateFactor: number }>> = {
  en: { name: 'en-us', pitchRange: 65, rateFactor: 1 },
  zh: { name: 'cmn-latn-pinyin', pitchRange: 90, rateFactor: 1.25 },
};

interface Waiting {
  readonly resolve: (answer: SpeechAnswer) => void;
  readonly reject: (error: SpeechError) => void;
}

export function openSpeech(): Speech {
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | undefined;
  let ended: SpeechError | undefined;
  let asked = 0;
  let patience: NodeJS.Timeout | undefined;

  const end = (error: SpeechError): void => {
    if (ended) return;
    ended = error;
    clearTimeout(patience);
    child?.kill('SIGKILL');
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };

  /** An idle process keeps nobody alive; one that is awaited does. Time runs anew with every answer. */
  const watch = (): void => {
    clearTimeout(patience);
    if (waiting.size === 0) {
      child?.unref();
      child?.channel?.unref();
      return;
    }
    child?.ref();
    child?.channel?.ref();
    patience = setTimeout(() => {
      end(new SpeechError('late', `Speech gave no answer in ${patienceMilliseconds / 1000} s and was ended`));
    }, patienceMilliseconds);
  };

  const ask = (runs: readonly RunAsk[]): Promise<SpeechAnswer> => {
    child ??= startChild((answer) => {
      waiting.get(answer.id)?.resolve(answer);
      waiting.delete(answer.id);
      watch();
    }, end);
    const id = asked++;
    const message: SpeechAsk = { id, runs };
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      // A failed send means that the process is gone; its exit says why.
      child?.send(message, () => {});
      watch();
    });
  };

  return {
    async speak({ text, voice }) {
      checkVoice(voice);
      const found = characters(text);
      if (found > longestLine) {
        throw new SpeechError(
          'too-long',
          `A line has at most ${longestLine} characters, this one has ${found}`,
          longestLine,
          found,
        );
      }
      const runs = runsOf(text, voice.language);
      if (ended) throw ended;
      if (runs.length === 0) return silentLine;
      const answer = await ask(runs.map((run) => askOf(run, voice)));
      return lineOf(runs, answer.runs, voice.rate);
    },
    close() {
      end(new SpeechError('closed', 'Speech was closed'));
    },
  };
}

function startChild(answered: (answer: SpeechAnswer) => void, end: (error: SpeechError) => void): ChildProcess {
  const child = fork(fileURLToPath(new URL('./speech-child.ts', import.meta.url)), [], {
    execPath: process.execPath,
    execArgv: [],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-lastWordsLength);
  });
  // A pipe to a child is a socket, and would keep this process alive by itself.
  (child.stderr as Socket | null)?.unref();
  child.on('message', (answer) => answered(answer as SpeechAnswer));
  child.on('error', (error) => end(new SpeechError('died', `The speech process did not start: ${error.message}`)));
  // `close` comes after the last of stderr was read, unlike `exit`.
  child.on('close', (code, signal) => {
    const why = lastWords.trim() === '' ? '' : `: ${lastWords.trim()}`;
    end(new SpeechError('died', `The speech process ended with ${signal ?? `code ${code}`}${why}`));
  });
  return child;
}

function askOf(run: Run, voice: Voice): RunAsk {
  const { name, pitchRange, rateFactor } = tongues[run.language];
  return {
    voice: `${name}+${voice.variant}`,
    text: run.spoken,
    pitch: voice.pitch,
    range: pitchRange,
    wordsPerMinute: Math.round(voice.rate * rateFactor),
  };
}

/** The synthesiser would bend such values silently. */
function checkVoice({ pitch, rate }: Voice): void {
  if (!(pitch >= 0 && pitch <= 99)) throw new RangeError(`A voice's pitch is 0 to 99, not ${pitch}`);
  if (!(rate >= voiceRates.least && rate <= voiceRates.most)) {
    throw new RangeError(`A voice's rate is ${voiceRates.least} to ${voiceRates.most} words a minute, not ${rate}`);
  }
}
