import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from './runs.ts';

const words = (text: string, language: 'en' | 'zh') =>
  runsOf(text, language).map((run) => [run.language, ...run.words.map((word) => text.slice(word.from, word.to))]);

describe('runsOf', () => {
  it('takes an English line as one run of words', () => {
    expect(words("“Don't!” she said—rock-n-roll at 10:30, $3.50.", 'en')).toEqual([
      ['en', "Don't", 'she', 'said', 'rock-n-roll', 'at', '10:30', '$3.50'],
    ]);
  });

  it('takes each Han character as a word, and splits where the language changes', () => {
    expect(words('好的，let’s go。', 'zh')).toEqual([
      ['zh', '好', '的'],
      ['en', 'let’s', 'go'],
    ]);
  });

  it('reads numbers in the language of the line, or of the Han character they touch', () => {
    expect(words('iPhone 15 有3个', 'zh').map(([language]) => language)).toEqual(['en', 'zh']);
    expect(words('Take 3 of the 3个', 'en').at(-1)).toEqual(['zh', '3', '个']);
    expect(words('MP3 4K', 'zh')).toEqual([['en', 'MP3', '4K']]);
  });

  it('pauses between runs as the punctuation says', () => {
    const pauses = (text: string) => runsOf(text, 'zh').map(({ pause }) => pause);
    expect(pauses('好，go。好go')).toEqual(['comma', 'stop', 'none', 'none']);
  });

  it('finds nothing to say in punctuation, pictures and nothing', () => {
    for (const text of ['', ' ', '……', '?!', '😀👍🏽', '\u0301']) expect(runsOf(text, 'en')).toEqual([]);
  });

  it('never hands on a control character or a picture', () => {
    const [run] = runsOf('go\u0001 50P now \u0000 😀 then', 'en');
    expect(run?.spoken).toBe('go  50P now     then');
  });

  it('gives places that find each word in what is spoken, whatever the text', () => {
    const text = fc
      .array(fc.constantFrom('好', '𠮷', 'go', ' ', '，', '. ', '😀', '7', "don't", '%', '\u0001', 'é', '\ud83d'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('en' as const, 'zh' as const), (line, language) => {
        let end = 0;
        for (const run of runsOf(line, language)) {
          const spoken = [...run.spoken];
          for (const word of run.words) {
            expect(word.from).toBeGreaterThanOrEqual(end);
            end = word.to;
            expect(spoken.slice(word.place, word.placeEnd).join('')).toBe(line.slice(word.from, word.to));
          }
        }
      }),
    );
  });
});
