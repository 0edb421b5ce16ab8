import { expect, test } from 'vitest';
import { noFacts } from '../../model/index.ts';
import { readScript } from '../reading/script.ts';
import { bind, subject, tell } from '../test-request.ts';
import { captionWords } from './caption.ts';
import { textSizes } from './text-sizes.ts';
import { textWidth } from './text-width.ts';

const references = [subject('mei')];

function caption(prompt: string): string {
  const { request, film } = tell({ references, prompt: bind(prompt, { '@mei': 'mei' }) });
  return captionWords(readScript(request, film, noFacts)[0]!, references);
}

test.each([
  [
    'Wide shot: a woman walks along a neon street in the rain at night. She says: "Where is everybody?"',
    'A woman walks along a neon street in the rain at night.',
  ],
  ['A cat sleeps. Slow camera push in.', 'A cat sleeps.'],
  ['Close-up of a lighthouse at dawn, the camera slowly pans left.', 'A lighthouse at dawn.'],
  ['Cinematic tracking shot of a train crossing a bridge.', 'A train crossing a bridge.'],
  ['"Hello there," says the old man, and the door opens.', ''],
  ['特写：一张旧藏宝图在男孩手里展开。', '一张旧藏宝图在男孩手里展开。'],
  ['镜头缓缓推进，海浪拍打礁石，渔夫说：“要下雨了。”', '海浪拍打礁石'],
  ['近景：店员朝她露出温和而克制的笑并说：”今天也辛苦啦。”', '店员朝她露出温和而克制的笑'],
  ['一只可爱的橘猫在阳光明媚的花园里追逐蝴蝶', '一只可爱的橘猫在阳光明媚的花园里追逐蝴蝶'],
])('%s', (prompt, expected) => {
  expect(caption(prompt)).toBe(expected);
});

test.each([
  [1280, 720],
  [360, 640],
  [480, 480],
  [320, 180],
])('captions and subtitles fit into a frame of %i x %i', (width, height) => {
  const words =
    'A very long description of a city by the sea, with towers, bridges, lanterns, and boats that come and go. ';
  const { plan } = tell({
    prompt: `${words.repeat(3)} She says: "${'Where has everybody gone on such a beautiful morning? '.repeat(3)}"`,
    size: [width, height],
    seconds: 20,
  });
  const { subtitle, caption: captionPixels } = textSizes(width, height);
  const texts = Object.values(plan.sprites).filter(
    (sprite) => sprite.make === 'text' && (sprite.pixels === subtitle || sprite.pixels === captionPixels),
  );
  expect(texts.length).toBeGreaterThan(1);
  for (const sprite of texts) {
    if (sprite.make !== 'text') continue;
    expect(sprite.mostWidth).toBeLessThan(width);
    expect(sprite.lines.length).toBeLessThanOrEqual(2);
    for (const line of sprite.lines) expect(textWidth(line) * sprite.pixels).toBeLessThanOrEqual(sprite.mostWidth);
  }
});
