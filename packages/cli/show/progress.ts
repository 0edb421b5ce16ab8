import { shownWidth } from './table.ts';

/** A bar on a terminal; nothing where nobody watches. */
export interface Progress {
  show(label: string, done: number, of: number): void;
  clear(): void;
}

export function openProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  if (quiet || !stream.isTTY) return { show() {}, clear() {} };
  let last = '';
  return {
    show(label, done, of) {
      const share = of === 0 ? 0 : done / of;
      const width = Math.max(10, Math.min(40, (stream.columns || 80) - shownWidth(label) - 10));
      const full = Math.round(share * width);
      const line = `${label} ${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.round(share * 100)).padStart(3)} %`;
      if (line === last) return;
      last = line;
      stream.write(`\r\u001b[K${line}`);
    },
    clear() {
      if (last !== '') stream.write('\r\u001b[K');
      last = '';
    },
  };
}
