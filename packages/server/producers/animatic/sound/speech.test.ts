import type { Voice } from '@refreel/core/animatic';
import { voiceFor } from '@refreel/core/animatic';
import { decibels, mixRate, spokenLevel } from '@refreel/core/mixing';
import { envelopeRate } from '@refreel/core/model';
import { afterAll, describe, expect, it } from 'vitest';
import { fundamentalHertz } from './pitch.ts';
import { longestLine, openSpeech, SpeechError } from './speech.ts';
import { lineDecibels, type SpokenLine } from './spoken-line.ts';

const speech = openSpeech();
afterAll(() => speech.close());

const english: Voice = { language: 'en', variant: 'f2', pitch: 50, rate: 160 };
const chinese: Voice = { language: 'zh', variant: 'm3', pitch: 50, rate: 160 };

function expectSound(text: string, line: SpokenLine, words: readonly string[]): void {
  const { facts, samples } = line;
  expect(facts.words.map(({ from, to }) => text.slice(from, to))).toEqual(words);
  expect(samples.length).toBe(Math.round(facts.seconds * mixRate));
  expect(decibels(spokenLevel(samples, mixRate))).toBeCloseTo(lineDecibels, 0);
  let end = 0;
  for (const word of facts.words) {
    expect(word.start).toBeGreaterThanOrEqual(end);
    expect(word.end - word.start).toBeGreaterThan(0.03);
    end = word.end;
  }
  expect(end).toBeLessThanOrEqual(facts.seconds);
  expect(facts.envelope).toHaveLength(Math.ceil(facts.seconds * envelopeRate));
  expect(Math.max(...facts.envelope)).toBe(1);
  expect(Math.min(...facts.envelope)).toBeGreaterThanOrEqual(0);
}

describe('openSpeech', () => {
  it('speaks English', async () => {
    const text = 'We leave at dawn. Bring the map.';
    const line = await speech.speak({ text, voice: english });
    expectSound(text, line, ['We', 'leave', 'at', 'dawn', 'Bring', 'the', 'map']);
    expect(line.facts.seconds).toBeGreaterThan(1.6);
    expect(line.facts.seconds).toBeLessThan(3.2);
    const [dawn, bring] = [line.facts.words[3]!, line.facts.words[4]!];
    expect(bring.start - dawn.end, 'the pause of the full stop belongs to no word').toBeGreaterThan(0.15);
  });

  it('speaks Mandarin, a word for each character', async () => {
    const text = '今天的阳光真好。';
    const line = await speech.speak({ text, voice: chinese });
    expectSound(text, line, [...'今天的阳光真好']);
    expect(line.facts.seconds).toBeGreaterThan(1.2);
    expect(line.facts.seconds).toBeLessThan(2.4);
  });

  it('shares out the time of a compound that the synthesiser takes as one word', async () => {
    const text = '你好，世界';
    expectSound(text, await speech.speak({ text, voice: chinese }), ['你', '好', '世', '界']);
  });

  it('speaks a mixed line, each language with its own voice', async () => {
    const text = "好的，let's go。😀走吧";
    const line = await speech.speak({ text, voice: chinese });
    expectSound(text, line, ['好', '的', "let's", 'go', '走', '吧']);
  });

  it('leaves about 30 ms of silence at both ends', async () => {
    const { samples } = await speech.speak({ text: '“Go!”', voice: english });
    const loud = (sample: number) => Math.abs(sample) > 0.004;
    expect(samples.findIndex(loud) / mixRate).toBeLessThan(0.05);
    expect((samples.length - samples.findLastIndex(loud)) / mixRate).toBeLessThan(0.08);
    expect(Math.abs(samples[0]!)).toBeLessThan(0.001);
    expect(Math.abs(samples.at(-1)!)).toBeLessThan(0.001);
  });

  it('says nothing where there is nothing to say', async () => {
    for (const text of ['', '……', '?!', '😀']) {
      const { facts, samples } = await speech.speak({ text, voice: english });
      expect(facts).toEqual({ seconds: 0, words: [], envelope: [] });
      expect(samples).toHaveLength(0);
    }
  });

  it('makes the same samples whatever was spoken before, in whatever process', async () => {
    const line = { text: 'She sells sea shells, really?', voice: english };
    const first = await speech.speak(line);
    await speech.speak({ text: '今天的阳光真好。'.repeat(9), voice: { ...chinese, variant: 'f5', pitch: 80 } });
    const second = await speech.speak(line);
    const other = openSpeech();
    const third = await other.speak(line);
    other.close();
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  it('obeys pitch, rate and variant', async () => {
    const text = 'The keeper walked slowly along the old wall.';
    const hertz = async (voice: Partial<Voice>) =>
      fundamentalHertz((await speech.speak({ text, voice: { ...english, ...voice } })).samples, mixRate)!;
    expect(await hertz({ pitch: 80 })).toBeGreaterThan((await hertz({ pitch: 50 })) * 1.15);
    expect(await hertz({ variant: 'm3' })).toBeLessThan(150);
    const slow = await speech.speak({ text, voice: { ...english, rate: 120 } });
    const quick = await speech.speak({ text, voice: { ...english, rate: 220 } });
    expect(slow.facts.seconds).toBeGreaterThan(quick.facts.seconds * 1.4);
  });

  it.each([
    [90, 'en', 'The old keeper walked slowly along the wall, and he remembered every storm.'],
    [125, 'zh', '今天的阳光真好，我们一起去海边散步吧，他慢慢地说起了那年冬天的故事。'],
    [215, 'en', 'The old keeper walked slowly along the wall, and he remembered every storm.'],
    [260, 'zh', '今天的阳光真好，我们一起去海边散步吧，他慢慢地说起了那年冬天的故事。'],
  ] as const)('comes near a voice sample of %i Hz in %s', async (hertz, language, text) => {
    const { samples } = await speech.speak({ text, voice: { language, rate: 160, ...voiceFor(hertz, language) } });
    expect(Math.abs(fundamentalHertz(samples, mixRate)! / hertz - 1)).toBeLessThan(0.1);
  });

  it('speaks the longest line, and refuses a longer one with its limit', async () => {
    const longest = '今天的阳光真好，'.repeat(longestLine / 8);
    expect((await speech.speak({ text: longest, voice: { ...chinese, rate: 300 } })).facts.words).toHaveLength(1_750);
    const refused = speech.speak({ text: `${longest}。`, voice: chinese });
    await expect(refused).rejects.toMatchObject({ kind: 'too-long', limit: longestLine, found: longestLine + 1 });
    await expect(refused).rejects.toBeInstanceOf(SpeechError);
  });

  it('throws for a voice that the synthesiser would bend', async () => {
    await expect(speech.speak({ text: 'Go.', voice: { ...english, pitch: 120 } })).rejects.toThrow(RangeError);
    await expect(speech.speak({ text: 'Go.', voice: { ...english, rate: 20 } })).rejects.toThrow(RangeError);
  });

  it('rejects with what the process said when it dies, and is not started again', async () => {
    const dying = openSpeech();
    const nobody = { ...english, variant: 'nobody' as Voice['variant'] };
    await expect(dying.speak({ text: 'Go.', voice: nobody })).rejects.toMatchObject({
      kind: 'died',
      message: expect.stringContaining('no voice "en-us+nobody"'),
    });
    await expect(dying.speak({ text: 'Go.', voice: english })).rejects.toMatchObject({ kind: 'died' });
  });

  it('rejects what is awaited across close', async () => {
    const closing = openSpeech();
    const awaited = closing.speak({ text: 'Go.', voice: english });
    const rejected = expect(awaited).rejects.toMatchObject({ kind: 'closed' });
    closing.close();
    closing.close();
    await rejected;
    await expect(closing.speak({ text: 'Go.', voice: english })).rejects.toMatchObject({ kind: 'closed' });
  });
});
