import { expect, test } from 'vitest';
import { notUnderstoodSentence } from './not-understood.ts';

test.each([
  ['several-moves', 'shot 2: one camera move a shot: "x" was left out', '镜头 2：每个镜头只做一种运镜：未采用“x”'],
  [
    'line-cut',
    'shot 2: the line "x" is longer than what is left of the film: its end is not heard',
    '镜头 2：台词“x”超出影片剩余时长：末尾听不到',
  ],
  ['negative-prompt', 'a negative prompt cannot take out "x" here', '此处的负面提示词无法去掉“x”'],
  ['of-another-day', 'shot 2: "x" is not shown', '镜头 2：未表现“x”'],
])('%s', (why, en, zh) => {
  expect(notUnderstoodSentence({ shot: 1, text: 'x', why }, 'en')).toBe(en);
  expect(notUnderstoodSentence({ shot: 1, text: 'x', why }, 'zh')).toBe(zh);
});

test('each reason has a sentence of its own, and signs of a pattern stay as they are', () => {
  const reasons = ['unknown-camera', 'several-framings', 'unknown-action', 'line-overruns', 'left-out-speaker'];
  for (const why of [...reasons, 'no-view-from-behind', 'clip-not-played', 'nobody-shown']) {
    expect(notUnderstoodSentence({ shot: 0, text: '$& now', why }, 'en')).toContain('"$& now"');
    expect(notUnderstoodSentence({ shot: 0, text: 'x', why }, 'en')).not.toBe('shot 1: "x" is not shown');
    expect(notUnderstoodSentence({ shot: 0, text: 'x', why }, 'zh')).toMatch(/“x”/);
  }
});
