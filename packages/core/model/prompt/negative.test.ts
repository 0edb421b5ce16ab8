import { expect, it } from 'vitest';
import { readNegative } from './negative.ts';

it.each([
  ['low resolution, error, worst quality', ['low resolution', 'error', 'worst quality']],
  ['低质量、失真，水印；文字', ['低质量', '失真', '水印', '文字']],
  ['No text, without watermark, 不要出现人物', ['text', 'watermark', '人物']],
  ['blur, Blur,, ', ['blur']],
  ['', []],
])('%j', (text, terms) => expect(readNegative(text)).toEqual(terms));
