import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mention, mentionsOf, type Prompt, type PromptPart, type Reference, tidyPrompt } from '../model/index.ts';
import { mentionSyntaxes, readPrompt, readTokens, tagsFor, wordJoiner, writePromptFor } from './index.ts';

const keys = Object.keys(mentionSyntaxes);

// Names that are words of other names, look like tags, or end in what scripts without spaces go on with.
const names = [
  'mei',
  'meiling',
  'Image1',
  'Element2',
  'character1',
  '图1',
  '图',
  '美美',
  '美美走',
  'dog-2',
  'x_9',
  'さくら',
];

// Words that look like tags, or become such beside a tag.
const words = [
  '@',
  '＠',
  '@@',
  'Image',
  ' ',
  '1',
  '0',
  '10',
  '图',
  '图片',
  '图2',
  '视频1',
  '视频5秒',
  '地',
  '参考图片',
  '走',
  'walks',
  's',
  '.clip',
  '.',
  '-',
  'a@mei.com',
  '@mei',
  '@bob',
  '@Element1',
  '@image3',
  'Image 1',
  'Video 2',
  'character3',
  wordJoiner,
  '\n',
  '，',
  '𠮷',
];

const media = fc.constantFrom<Mention['media'][]>('image', 'clip', 'voice', { angle: 0 }, { angle: 2 });

const references: fc.Arbitrary<Reference[]> = fc
  .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6 })
  .chain((chosen) =>
    fc.tuple(
      ...chosen.map((name, index) => {
        const known = { id: `r${index}`, name };
        return fc.constantFrom<Reference[]>(
          { kind: 'subject', ...known, image: 'a.png' },
          { kind: 'subject', ...known, image: 'a.png', angles: ['b.png'], clip: 'a.mp4' },
          { kind: 'subject', ...known, clip: 'a.mp4' },
          { kind: 'scene', ...known, image: 'a.png' },
          { kind: 'image', ...known, image: 'a.png' },
          { kind: 'video', ...known, video: 'a.mp4', use: 'feature' },
        );
      }),
    ),
  );

const text = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(''));

function prompts(known: readonly Reference[], withMedia: boolean): fc.Arbitrary<Prompt> {
  const mention: fc.Arbitrary<Mention> = fc.record(
    { mention: fc.constantFrom(...known.map((reference) => reference.id)), ...(withMedia ? { media } : {}) },
    { requiredKeys: ['mention'] },
  ) as fc.Arbitrary<Mention>;
  return fc.array(fc.oneof(text, mention), { maxLength: 7 }).map((parts) => tidyPrompt(parts as PromptPart[]));
}

const withPrompt = (withMedia: boolean) =>
  references.chain((known) => fc.record({ known: fc.constant(known), prompt: prompts(known, withMedia) }));

/** The prompt without anything that writing may put in. */
function bare(prompt: Prompt): Prompt {
  return tidyPrompt(prompt.map((part) => (typeof part === 'string' ? part.replace(/[\s\u2060]/gu, '') : part)));
}

describe.each(keys)('the laws of %s', (key) => {
  it('read(write(prompt)) is the prompt, but for what the notes name', () => {
    fc.assert(
      fc.property(withPrompt(key === 'any'), ({ known, prompt }) => {
        const written = writePromptFor(prompt, known, key);
        expect(written.problems).toEqual([]);
        const read = readPrompt(written.text, known, key, { names: false });
        expect(read.problems).toEqual([]);
        if (written.notes.length === 0) expect(read.prompt).toEqual(prompt);
        const tagged = new Map(tagsFor(known, key, 'en').map(({ id, tag }) => [id, tag !== undefined]));
        const expected = prompt.map((part) => {
          if (typeof part === 'string' || tagged.get(part.mention)) return part;
          return known.find((reference) => reference.id === part.mention)?.name ?? '';
        });
        expect(bare(read.prompt)).toEqual(bare(tidyPrompt(expected)));
        // What is written once is written so again: nothing piles up.
        const again = writePromptFor(read.prompt, known, key, { language: /[图视]/u.test(written.text) ? 'zh' : 'en' });
        expect(mentionsOf(readPrompt(again.text, known, key, { names: false }).prompt)).toEqual(
          mentionsOf(read.prompt),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('mentions that stand by themselves are written without a change', () => {
    fc.assert(
      fc.property(references, fc.array(fc.nat()), fc.boolean(), (known, picks, chinese) => {
        const tagged = tagsFor(known, key, 'en').filter(({ tag }) => tag !== undefined);
        fc.pre(tagged.length > 0);
        const between = chinese ? '，然后 ' : ', then ';
        const prompt = tidyPrompt(
          picks.flatMap((pick) => [between, { mention: tagged[pick % tagged.length]?.id ?? '' }, ' ']),
        );
        const written = writePromptFor(prompt, known, key);
        expect(written.notes).toEqual([]);
        expect(readPrompt(written.text, known, key, { names: false }).prompt).toEqual(prompt);
      }),
      { numRuns: 100 },
    );
  });

  it('mentions stay bound to their references when these change places; only the tags change', () => {
    fc.assert(
      fc.property(
        withPrompt(false).chain((drawn) =>
          fc.record({
            drawn: fc.constant(drawn),
            moved: fc.shuffledSubarray(drawn.known, { minLength: drawn.known.length }),
          }),
        ),
        ({ drawn: { known, prompt }, moved }) => {
          const ids = (order: Reference[]) =>
            mentionsOf(readPrompt(writePromptFor(prompt, order, key).text, order, key, { names: false }).prompt);
          expect(ids(moved)).toEqual(ids(known));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('reading keeps every character, and no two mentions overlap', () => {
    fc.assert(
      fc.property(references, text, fc.boolean(), (known, typed, byName) => {
        const tokens = readTokens(typed, known, key, { names: byName });
        let end = 0;
        for (const token of tokens) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          end = token.end;
        }
        expect(end).toBeLessThanOrEqual(typed.length);
        const written = tokens
          .filter((token) => token.reference !== undefined)
          .map((token) => typed.slice(token.start, token.end));
        const { prompt } = readPrompt(typed, known, key, { names: byName });
        expect(prompt.map((part) => (typeof part === 'string' ? part : written.shift())).join('')).toBe(typed);
        expect(written).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

it('a model without tags gets the words alone', () => {
  fc.assert(
    fc.property(withPrompt(true), ({ known, prompt }) => {
      const { text: written, notes } = writePromptFor(prompt, known, null);
      expect(notes.map((one) => one.code)).toEqual(mentionsOf(prompt).length > 0 ? ['mentions_as_text'] : []);
      const plain = prompt.map((part) =>
        typeof part === 'string' ? part : (known.find((reference) => reference.id === part.mention)?.name ?? ''),
      );
      expect(written.replaceAll(' ', '')).toBe(plain.join('').replaceAll(' ', ''));
    }),
    { numRuns: 150 },
  );
});
