import { mixRate } from '@refreel/core/mixing';
import type { MadeSound } from './film-messages.ts';

/** Plays the sound of a film beside its pictures. */
export interface SoundPlayer {
  /** From now on this is played; undefined for silence. */
  load(sound: MadeSound | undefined): void;
  /** Plays from a moment of the film. Before somebody touched the page, browsers keep it silent. */
  play(seconds: number): void;
  stop(): void;
  /** Stays in step: what is heard at a moment that is not this one begins anew. */
  follow(seconds: number): void;
  mute(muted: boolean): void;
  close(): void;
}

/** Eyes and ears forgive so much. */
const mostDriftSeconds = 0.09;

export function openSoundPlayer(): SoundPlayer {
  let context: AudioContext | undefined;
  let gain: GainNode | undefined;
  let buffer: AudioBuffer | undefined;
  let sound: MadeSound | undefined;
  let muted = false;
  let source: AudioBufferSourceNode | undefined;
  /** Time of the context at which the film would have begun. */
  let begun = 0;

  const stop = () => {
    source?.stop();
    source?.disconnect();
    source = undefined;
  };
  const open = (): AudioContext => {
    if (context !== undefined) return context;
    context = new AudioContext({ sampleRate: mixRate, latencyHint: 'interactive' });
    gain = context.createGain();
    gain.gain.value = muted ? 0 : 1;
    gain.connect(context.destination);
    return context;
  };
  const start = (seconds: number) => {
    if (sound === undefined) return;
    const opened = open();
    if (opened.state === 'suspended') void opened.resume().catch(() => {});
    if (buffer === undefined) {
      buffer = opened.createBuffer(2, Math.max(sound.left.length, 1), mixRate);
      buffer.copyToChannel(sound.left, 0);
      buffer.copyToChannel(sound.right, 1);
    }
    source = opened.createBufferSource();
    source.buffer = buffer;
    source.connect(gain!);
    source.start(0, Math.min(seconds, buffer.duration));
    begun = opened.currentTime - seconds;
  };
  return {
    load(next) {
      if (next === sound) return;
      stop();
      sound = next;
      buffer = undefined;
    },
    play(seconds) {
      stop();
      start(seconds);
    },
    stop,
    follow(seconds) {
      if (sound === undefined) return;
      if (source === undefined) return start(seconds);
      if (context?.state !== 'running') return;
      if (Math.abs(context.currentTime - begun - seconds) <= mostDriftSeconds) return;
      stop();
      start(seconds);
    },
    mute(now) {
      muted = now;
      if (gain !== undefined) gain.gain.value = muted ? 0 : 1;
    },
    close() {
      stop();
      void context?.close();
      context = undefined;
    },
  };
}
