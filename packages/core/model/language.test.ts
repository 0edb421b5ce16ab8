import { expect, test } from 'vitest';
import { fill } from './language.ts';

test('in Chinese, Latin letters and digits stand apart from characters; signs and characters do not', () => {
  expect(fill('{path} 是{found}；最多{limit}个', { path: 'a', found: 'HLS 播放列表', limit: 3 }, 'zh')).toBe(
    'a 是 HLS 播放列表；最多 3 个',
  );
  expect(fill('会把“{found}”当作{what}', { found: '图10', what: '引用' }, 'zh')).toBe('会把“图10”当作引用');
  expect(fill('is {found}ly', { found: 'x' }, 'en')).toBe('is xly');
});

test('a sentence that ends with what somebody else said ends once', () => {
  expect(fill('It said: {found}.', { found: 'it broke.' }, 'en')).toBe('It said: it broke.');
  expect(fill('对方答复：{found}。', { found: '出错了。' }, 'zh')).toBe('对方答复：出错了。');
  expect(fill('It said: "{found}".', { found: 'it broke.' }, 'en')).toBe('It said: "it broke.".');
});
