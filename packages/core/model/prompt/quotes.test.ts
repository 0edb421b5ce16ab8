import { describe, expect, it } from 'vitest';
import { blankQuotes, findQuotes } from './quotes.ts';

const quoted = (text: string) => findQuotes(text).map(({ from, to }) => text.slice(from, to));

describe('findQuotes', () => {
  it.each([
    ['并说道：“今天的阳光真好。”图1', ['今天的阳光真好。']],
    ['并说:”今天也辛苦啦。” 8. 中景', ['今天也辛苦啦。']],
    ["说:'听起来不错'", ['听起来不错']],
    ['says "One" and "Two"', ['One', 'Two']],
    ['他说「你好『小美』」', ['你好『小美』']],
    ["says 'It's fine, isn't it?' and goes", ["It's fine, isn't it?"]],
    ["says 'The dogs' bowl is empty' twice", ["The dogs' bowl is empty"]],
    ["says 'yes' and nods 'ok'", ['yes', 'ok']],
    ['“He said "no" to me”', ['He said "no" to me']],
    ['＂你好＂', ['你好']],
  ])('%s', (text, expected) => expect(quoted(text)).toEqual(expected));

  it.each(["@mei's dogs' bowl", 'a 5" screen and a 7" one', 'never closed: “hello', 'over a "line\nend" here'])(
    'finds none in %j',
    (text) => expect(quoted(text)).toEqual([]),
  );

  it('blanks quotes and keeps positions', () => {
    const blanked = blankQuotes('a “b。c” d');
    expect(blanked).toBe('a       d');
  });
});
