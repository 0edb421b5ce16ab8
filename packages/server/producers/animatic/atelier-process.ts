import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ChildEnded, type GuardedChild, openGuardedChild } from '../../processes/guarded-child.ts';
import type {
  CutAnswer,
  FileToMeasure,
  MeasureAnswer,
  Question,
  RenderAnswer,
  RenderEvent,
  RenderQuestion,
} from './questions.ts';

export interface AtelierLimits {
  /** Resident memory of the process. */
  readonly memoryMegabytes: number;
  /** Longest time of one medium, and of one film. */
  readonly measureSeconds: number;
  readonly renderSeconds: number;
}

/** The atelier in a process of its own, which is started anew after it died. A question it died of rejects with `ChildEnded`. */
export interface AtelierProcess {
  measure(file: FileToMeasure): Promise<MeasureAnswer>;
  /** Frees the subject of a picture, in the time of one medium. */
  cut(file: string): Promise<CutAnswer>;
  /** Says that a film will follow. */
  prepare(): void;
  render(question: RenderQuestion, onEvent: (event: RenderEvent) => void): Promise<RenderAnswer>;
  /** Highest resident memory of any of its lives, in megabytes. */
  peakMegabytes(): number;
  /** Ends the process and removes its folder. */
  close(): Promise<void>;
}

const script = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Starts the process at once; what it loads takes a while. `folder` becomes its own. */
export function openAtelierProcess(folder: string, limits: AtelierLimits): AtelierProcess {
  const { memoryMegabytes, measureSeconds, renderSeconds } = limits;
  const start = () => openGuardedChild(script, folder, { memoryMegabytes, cpuSeconds: 4 * renderSeconds });
  let child: GuardedChild = start();
  let alive = true;
  let closed = false;
  let peak = 0;

  const ask = async <Answer>(question: Question, seconds: number, onEvent?: (event: unknown) => void) => {
    // One bad medium does not spoil the others: the next question gets a fresh process.
    if (!alive && !closed) {
      child = start();
      alive = true;
    }
    const asked = child;
    try {
      return await asked.ask<Answer>(question, { seconds, ...(onEvent !== undefined && { onEvent }) });
    } catch (error) {
      if (error instanceof ChildEnded && asked === child) alive = false;
      peak = Math.max(peak, asked.peakMegabytes());
      throw error;
    }
  };

  return {
    measure: (file) => ask({ ask: 'measure', file }, measureSeconds),
    cut: (file) => ask({ ask: 'cut', file }, measureSeconds),
    // Should the process die of it, the next question starts another.
    prepare: () => void ask({ ask: 'prepare' }, measureSeconds).catch(() => {}),
    render: (question, onEvent) => ask(question, renderSeconds, (event) => onEvent(event as RenderEvent)),
    peakMegabytes: () => Math.max(peak, child.peakMegabytes()),
    async close() {
      closed = true;
      await child.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
