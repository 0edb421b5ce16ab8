/** What a platform has for shapes and letters: a browser, or a library that draws as one does. */
export interface Easel {
  /** A clear canvas of its own. */
  canvas(width: number, height: number): Brush;
  /** An outline in SVG's path language, for `Brush.fill`. */
  path(outline: string): unknown;
}

/** The part of a canvas's 2D context that sprites are drawn with, named as everywhere. */
export interface Brush {
  fillStyle: unknown;
  strokeStyle: unknown;
  font: string;
  textBaseline: string;
  lineJoin: string;
  lineWidth: number;
  shadowColor: string;
  shadowBlur: number;
  shadowOffsetY: number;
  globalCompositeOperation: string;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  scale(x: number, y: number): void;
  beginPath(): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  fill(path?: unknown): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  createLinearGradient(x: number, y: number, toX: number, toY: number): { addColorStop(at: number, css: string): void };
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

/** All that is on a canvas. */
export function readCanvas(brush: Brush, width: number, height: number): Uint8Array {
  const { data } = brush.getImageData(0, 0, width, height);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
