import { expect, test } from 'vitest';
import { insertWords } from './insert-words.ts';

test.each([
  ['|', 'walks', 'walks|'],
  ['@mei| and sits.', 'walks', '@mei walks| and sits.'],
  ['@mei |', 'walks', '@mei walks|'],
  ['She|, smiling.', 'waves', 'She waves|, smiling.'],
  ['她|，微笑。', '挥手', '她挥手|，微笑。'],
  ['@小猫|', '奔跑', '@小猫 奔跑|'],
  ['看着|走过', '@群山', '看着@群山 |走过'],
  ['Then |walks', '@mei', 'Then @mei |walks'],
])('%s with "%s"', (text, words, written) => {
  const at = text.indexOf('|');
  const inserted = insertWords(text.replace('|', ''), at, words);
  expect(`${inserted.text.slice(0, inserted.caret)}|${inserted.text.slice(inserted.caret)}`).toBe(written);
});
