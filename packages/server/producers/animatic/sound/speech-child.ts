/**
 * Entry of the speech process. eSpeak NG is GPL-3: it lives in a process of its own that shares nothing with the rest
 * but the messages of `speech-messages.ts`. The process ends with its parent, and with any fault of the synthesiser.
 */
import load, { type Worker } from '@echogarden/espeak-ng-emscripten';
import type { RunAnswer, RunAsk, SpeechAnswer, SpeechAsk } from './speech-messages.ts';

/** More bytes than the longest text or voice name has. */
const longestTextBytes = 9_000;
const variantFolder = '/usr/share/espeak-ng-data/voices/!v';

process.on('disconnect', () => process.exit(0));

// The synthesiser seeds its noise from the clock: a stopped clock makes a line sound the same in every process.
Date.now = () => 0;

const speaking = load().then((module) => {
  const worker = new module.eSpeakNGWorker();
  // The bindings keep one buffer for texts and grow it at the call after one that did not fit. It has to have its
  // full size inside the snapshot: else it would be handed out a second time after a restore, and texts overwritten.
  for (let call = 0; call < 2; call += 1) worker.set_voice('-'.repeat(longestTextBytes));
  const fresh = module.HEAPU8.slice();
  // Noise and flutter run on from line to line. Every line starts from the same memory, so that it does not matter
  // what was spoken before it.
  const forget = (): void => {
    const memory = module.HEAPU8;
    memory.set(fresh);
    memory.fill(0, fresh.length);
  };
  return (run: RunAsk): RunAnswer => {
    forget();
    // The synthesiser takes a variant that it does not have for none at all, without a word.
    const variant = `${variantFolder}/${run.voice.split('+')[1]}`;
    if (!module.FS.analyzePath(variant).exists) throw new Error(`There is no voice "${run.voice}"`);
    return speakRun(worker, run);
  };
});

process.on('message', (ask: SpeechAsk) => {
  void speaking.then((speak) => {
    const answer: SpeechAnswer = { id: ask.id, runs: ask.runs.map(speak) };
    process.send?.(answer);
  });
});

function speakRun(worker: Worker, run: RunAsk): RunAnswer {
  if (worker.set_voice(run.voice) !== 0) throw new Error(`There is no voice "${run.voice}"`);
  worker.set_rate(run.wordsPerMinute);
  worker.set_pitch(run.pitch);
  worker.set_range(run.range);
  const pieces: Int16Array[] = [];
  const marks: { place: number; seconds: number }[] = [];
  worker.synthesize(run.text, (piece, events) => {
    pieces.push(piece);
    for (const event of events) {
      if (event.type === 'word') marks.push({ place: event.text_position - 1, seconds: event.audio_position / 1000 });
    }
    return false;
  });
  const samples = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { samples, rate: worker.get_samplerate(), marks };
}
