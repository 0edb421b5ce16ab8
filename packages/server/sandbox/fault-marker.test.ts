import type { Request } from '@refreel/core/model';
import { describe, expect, test } from 'vitest';
import { takeMarker } from './fault-marker.ts';
import { faultNames, faultTable, readFaultName } from './fault-table.ts';

const asked = (...prompts: Request['shots'][number]['prompt'][]): Request => ({
  model: 'sora-2',
  references: [{ id: 'cat', name: 'cat', kind: 'subject', image: 'asset:1' }],
  shots: prompts.map((prompt) => ({ prompt })),
});

describe('a fault in the prompt', () => {
  test('is taken out, and the words around it stay', () => {
    expect(takeMarker(asked(['A [[fault:failed]] cat']))).toEqual({
      request: asked(['A cat']),
      fault: { name: 'failed' },
    });
    expect(takeMarker(asked(['[[fault:failed]] A cat'])).request).toEqual(asked(['A cat']));
    expect(takeMarker(asked(['A cat [[fault: failed ]]'])).request).toEqual(asked(['A cat']));
    expect(takeMarker(asked(['一只猫[[fault:failed]]在睡觉'])).request).toEqual(asked(['一只猫在睡觉']));
  });

  test('may stand in any shot, beside mentions', () => {
    const cat = { mention: 'cat' };
    const { request, fault } = takeMarker(asked(['Rain.'], [cat, ' runs [[fault:slow_create=5]]', cat]));
    expect(request).toEqual(asked(['Rain.'], [cat, ' runs', cat]));
    expect(fault).toEqual({ name: 'slow_create', amount: 5 });
  });

  test('of an unknown name is told', () => {
    expect(takeMarker(asked(['A cat [[fault:explode]]'])).fault).toEqual({ unknown: 'explode' });
  });

  test('is none where there is no marker', () => {
    for (const words of ['A cat', '[[A cat]]', 'fault:failed', '[[fault:]]', '[[fault:a[b]]]'])
      expect(takeMarker(asked([words]))).toEqual({ request: asked([words]), fault: undefined });
  });
});

describe('names of faults', () => {
  test('every one is read, and has its words in both languages', () => {
    for (const name of faultNames) {
      expect(readFaultName(name)).toEqual({ name });
      expect(faultTable[name].says.en).not.toBe('');
      expect(faultTable[name].says.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  test('others are not, nor what is too long to wait for', () => {
    for (const text of ['', 'constructor', '__proto__', 'Failed', 'failed=', 'failed=x', 'slow_create=9999', 'a b'])
      expect(readFaultName(text)).toBeUndefined();
    expect(readFaultName(' slow_create = 5 ')).toEqual({ name: 'slow_create', amount: 5 });
    expect(readFaultName('moderation_blocked')).toEqual({ name: 'moderation_blocked_at_submit' });
  });
});
