import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bareEnvironment } from './bare-environment.ts';

/** What a guarded child may use before it is stopped. */
export interface ChildLimits {
  /** Resident memory, read from the kernel where it tells (Linux). */
  readonly memoryMegabytes: number;
  /** Processor time of its whole life, where the shell can set it (not on Windows). */
  readonly cpuSeconds: number;
}

/** Why a child answers no more. */
export type ChildEnd =
  | { readonly why: 'closed' }
  | { readonly why: 'memory'; readonly limitMegabytes: number }
  | { readonly why: 'timeout'; readonly limitSeconds: number }
  | {
      readonly why: 'crashed';
      readonly code: number | null;
      readonly signal: string | null;
      readonly lastWords: string;
    };

/** A question to a child was not answered because the child ended. */
export class ChildEnded extends Error {
  readonly end: ChildEnd;

  constructor(end: ChildEnd) {
    super(`the child process ended: ${describe(end)}`);
    this.name = 'ChildEnded';
    this.end = end;
  }
}

/** A process that untrusted bytes are handed to: it may die at any of them, and nothing else does. */
export interface GuardedChild {
  /** Asks and waits. Rejects with `ChildEnded` when the child dies or the seconds are over (it is killed then). */
  ask<Answer>(question: object, options: { seconds: number; onEvent?: (event: unknown) => void }): Promise<Answer>;
  /** Highest resident memory seen, in megabytes; 0 where the system does not tell. */
  peakMegabytes(): number;
  /** Kills the child; resolves when it is gone. May be called twice. */
  close(): Promise<void>;
}

/** How questions and answers travel. A child's `answer` ends the question with the same number; `event`s may come before. */
export interface ChildQuestion {
  readonly number: number;
  readonly question: object;
}
export type ChildReply =
  | { readonly number: number; readonly event: unknown }
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly bug: string };

/** Runs a script of ours with an empty environment, in a folder of its own, within limits, on the same runtime as this process. */
export function openGuardedChild(script: string, folder: string, limits: ChildLimits): GuardedChild {
  const child = start(script, folder, limits);
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let peak = 0;
  let ended: ChildEnd | undefined;
  /** The question whose time was over. */
  let late: number | undefined;
  let words = '';

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4000);
  });
  child.on('message', (reply: ChildReply) => {
    const question = waiting.get(reply.number);
    if (question === undefined) return;
    if ('event' in reply) return question.onEvent?.(reply.event);
    waiting.delete(reply.number);
    clearTimeout(question.timer);
    if ('bug' in reply) question.reject(new Error(reply.bug));
    else question.resolve(reply.answer);
  });
  const finish = (end: ChildEnd) => {
    ended ??= end;
    clearInterval(watch);
    for (const [number, question] of waiting) {
      clearTimeout(question.timer);
      question.reject(new ChildEnded(late === undefined || late === number ? ended : bystander));
    }
    waiting.clear();
  };
  const kill = (end: ChildEnd) => {
    ended ??= end;
    child.kill('SIGKILL');
  };
  child.on('error', (error) => finish({ why: 'crashed', code: null, signal: null, lastWords: error.message }));
  child.on('close', (code, signal) => finish({ why: 'crashed', code, signal, lastWords: words.trim() }));
  const weigh = () => {
    const { now, most } = residentMegabytes(child.pid);
    peak = Math.max(peak, most);
    return now;
  };
  const watch = setInterval(() => {
    if (weigh() > limits.memoryMegabytes) kill({ why: 'memory', limitMegabytes: limits.memoryMegabytes });
  }, 100);
  watch.unref();
  const gone = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  });

  return {
    ask(question, { seconds, onEvent }) {
      return new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(new ChildEnded(ended));
        const number = ++last;
        const timer = setTimeout(() => {
          late ??= number;
          kill({ why: 'timeout', limitSeconds: seconds });
        }, seconds * 1000);
        waiting.set(number, { resolve: resolve as (answer: unknown) => void, reject, onEvent, timer });
        const message: ChildQuestion = { number, question };
        child.send(message, (error) => {
          if (error !== null) kill({ why: 'crashed', code: null, signal: null, lastWords: error.message });
        });
      });
    },
    peakMegabytes() {
      if (ended === undefined) weigh();
      return peak;
    },
    close() {
      kill({ why: 'closed' });
      return gone;
    },
  };
}

/** What a child's end is to a question that was in time, when it was killed for another that was not. */
const bystander: ChildEnd = { why: 'crashed', code: null, signal: 'SIGKILL', lastWords: '' };

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: ((event: unknown) => void) | undefined;
  readonly timer: NodeJS.Timeout;
}

function start(script: string, folder: string, limits: ChildLimits): ChildProcess {
  // The heap is bounded by V8 itself; what native code takes is watched from outside.
  const node = ['--max-old-space-size=512', '--disable-warning=ExperimentalWarning', script];
  const options: SpawnOptions = {
    cwd: folder,
    env: bareEnvironment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    windowsHide: true,
  };
  if (process.platform === 'win32') return spawn(process.execPath, node, options);
  const limited = 'ulimit -t "$1"; ulimit -c 0; shift; exec "$@"';
  return spawn('/bin/sh', ['-c', limited, 'sh', String(limits.cpuSeconds), process.execPath, ...node], options);
}

/** Resident memory, now and at most so far; 0 where the system does not tell, or the process is gone. */
function residentMegabytes(pid: number | undefined): { now: number; most: number } {
  if (process.platform !== 'linux' || pid === undefined) return { now: 0, most: 0 };
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
    return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
  } catch {
    return { now: 0, most: 0 };
  }
}

function describe(end: ChildEnd): string {
  if (end.why === 'memory') return `it used more than ${end.limitMegabytes} MB`;
  if (end.why === 'timeout') return `it took longer than ${end.limitSeconds} s`;
  if (end.why === 'closed') return 'it was closed';
  return [`code ${end.code}`, end.signal, end.lastWords].filter(Boolean).join(', ');
}
