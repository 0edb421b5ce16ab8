/** The part of the package that the speech process uses; it ships no types of its own. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface SpeechEvent {
    readonly type: 'list_terminated' | 'word' | 'sentence' | 'mark' | 'play' | 'end' | 'phoneme' | 'samplerate';
    /** Place in the text in Unicode code points, from 1. */
    readonly text_position: number;
    /** Milliseconds from the start of the speech. */
    readonly audio_position: number;
  }

  export interface Worker {
    /** 0 if the voice exists. */
    set_voice(name: string): number;
    set_rate(wordsPerMinute: number): void;
    set_pitch(pitch: number): void;
    set_range(range: number): void;
    get_samplerate(): number;
    /** Calls back with each piece of sound before it returns; a true answer stops it. */
    synthesize(text: string, heard: (samples: Int16Array, events: readonly SpeechEvent[]) => boolean): void;
  }

  export interface Module {
    /** All of the synthesiser's memory; another array after it has grown. */
    readonly HEAPU8: Uint8Array;
    /** The files that come with the package, in memory. */
    readonly FS: { analyzePath(path: string): { readonly exists: boolean } };
    readonly eSpeakNGWorker: new () => Worker;
  }

  export default function load(): Promise<Module>;
}
