/** One stretch of text that one voice of the synthesiser speaks. */
export interface RunAsk {
  /** The synthesiser's own name, such as `en-us+f2`. */
  readonly voice: string;
  readonly text: string;
  /** 0 to 99, 50 is the voice's own. */
  readonly pitch: number;
  /** How far the pitch moves, 0 to 99. */
  readonly range: number;
  readonly wordsPerMinute: number;
}

/** What the synthesiser said of one `RunAsk`, in order. */
export interface RunAnswer {
  readonly samples: Int16Array;
  readonly rate: number;
  /** Where words begin: `place` in code points of the text from 0, `seconds` from the start of the samples. */
  readonly marks: readonly { readonly place: number; readonly seconds: number }[];
}

/** To the speech process. */
export interface SpeechAsk {
  readonly id: number;
  readonly runs: readonly RunAsk[];
}

/** From the speech process. */
export interface SpeechAnswer {
  readonly id: number;
  readonly runs: readonly RunAnswer[];
}
