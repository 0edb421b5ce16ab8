import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reference } from '../reference.ts';
import { readDialogue } from './dialogue.ts';
import { expandPrompt } from './expand.ts';
import { mentionsOf, type Prompt, promptCharacters, showPrompt, tidyPrompt } from './prompt.ts';

const references: Reference[] = [{ kind: 'subject', id: 'm', name: 'mei', image: 'mei.png' }];
const scene: Reference = { kind: 'scene', id: 'p', name: 'pier', image: 'pier.png' };
const mei = { mention: 'm' };

describe('expandPrompt', () => {
  it('fills what is missing and leaves what is there', () => {
    const { prompt, added } = expandPrompt([mei, ' runs'], references);
    expect(showPrompt(prompt, references)).toBe(
      'Slow camera push forward. @mei runs. A clean, fitting setting. Soft natural lighting. Cinematic style.',
    );
    expect(added).toHaveLength(4);
  });

  it('does so in Chinese', () => {
    const { prompt } = expandPrompt(['人在奔跑'], []);
    expect(prompt).toEqual(['镜头缓慢推进。人在奔跑。环境干净，与主体相称。柔和的自然光。电影质感，高清画质。']);
  });

  it("adds nothing to a vendor's example of a whole prompt", () => {
    const whole: Prompt = [
      mei,
      ' hops happily across the candy ground of ',
      { mention: 'p' },
      ', stops to look at a giant lollipop, tilts its head curiously. Cinematic tracking shot, soft warm lighting.',
    ];
    expect(expandPrompt(whole, [...references, scene])).toEqual({ prompt: whole, added: [] });
  });

  it('takes a picture of a place for the place, and words in quotation marks for nothing', () => {
    expect(expandPrompt([mei, ' runs'], [...references, scene]).added).not.toContain('A clean, fitting setting.');
    expect(expandPrompt([mei, ' says "close-up, neon street"'], references).added).toContain(
      'Slow camera push forward.',
    );
  });

  it('keeps within the limit, and adds what fits', () => {
    const { prompt, added } = expandPrompt([mei, ' runs'], references, { most: 40 });
    expect(added).toEqual(['Slow camera push forward.']);
    expect(promptCharacters(prompt, references)).toBeLessThanOrEqual(40);
    expect(expandPrompt(['x'.repeat(50)], references, { most: 40 }).added).toEqual([]);
  });

  it('leaves a blank prompt blank', () => expect(expandPrompt(['  '], references).prompt).toEqual(['  ']));

  const words = fc.constantFrom(
    'runs',
    ' ',
    '. ',
    'says "Look at the street!"',
    '图1说：“好。”',
    'MEI: Look out',
    '\n',
    '她说：走吧',
    '"Hi." ',
    '在草地上',
    'at night',
    '特写',
    'a',
    '，',
    '?',
    ' cinematic',
  );
  const anyPrompt = fc
    .array(fc.oneof(words, fc.constant(mei), fc.string({ maxLength: 5 })), { maxLength: 7 })
    .map((parts) => tidyPrompt(parts));

  it('changes nothing the second time, and never mentions or dialogue', () => {
    const languages = fc.constantFrom('en', 'zh', undefined);
    fc.assert(
      fc.property(anyPrompt, languages, fc.option(fc.nat(200), { nil: undefined }), (prompt, language, most) => {
        const options = { ...(language && { language }), ...(most !== undefined && { most }) };
        const once = expandPrompt(prompt, references, options);
        expect(expandPrompt(once.prompt, references, options)).toEqual({ prompt: once.prompt, added: [] });
        expect(mentionsOf(once.prompt)).toEqual(mentionsOf(prompt));
        const spoken = (one: Prompt) => readDialogue(one, references).map(({ text }) => text);
        expect(spoken(once.prompt)).toEqual(spoken(prompt));
        if (most !== undefined && once.added.length > 0)
          expect(promptCharacters(once.prompt, references)).toBeLessThanOrEqual(most);
        expect(showPrompt(once.prompt, references)).toContain(showPrompt(prompt, references).trim());
      }),
      { numRuns: 150 },
    );
  });
});
