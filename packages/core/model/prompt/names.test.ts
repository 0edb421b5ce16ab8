import { describe, expect, it } from 'vitest';
import type { Reference } from '../reference.ts';
import { readNames } from './names.ts';

function named(...names: string[]): Reference[] {
  return names.map((name) => ({ kind: 'image', id: `id-${name}`, name, image: 'a.png' }));
}

/** What is found, as "written = name of the reference . medium", or "written ?" where nothing has the name. */
function found(text: string, names: string[], rules?: { exactCase: boolean }): string[] {
  return readNames(text, named(...names), rules).map(({ start, end, reference, media }) => {
    const written = text.slice(start, end);
    if (reference === undefined) return `${written} ?`;
    return `${written} = ${reference.name}${media === undefined ? '' : ` ${JSON.stringify(media)}`}`;
  });
}

describe('readNames', () => {
  it.each<[string, string[], string[]]>([
    ['@mei walks to @dog.', ['mei', 'dog'], ['@mei = mei', '@dog = dog']],
    ["@mei's hat, (@mei), “@mei”, @mei!", ['mei'], ['@mei = mei', '@mei = mei', '@mei = mei', '@mei = mei']],
    ['＠mei waves', ['mei'], ['＠mei = mei']],
    ['@MEI and @Mei', ['mei'], ['@MEI = mei', '@Mei = mei']],
    ['@Mei', ['mei', 'Mei'], ['@Mei = Mei']],
    ['@MEI', ['mei', 'Mei'], ['@MEI = mei']],
    [
      '@mei@dog, @美美@小狗走来',
      ['mei', 'dog', '美美', '小狗'],
      ['@mei = mei', '@dog = dog', '@美美 = 美美', '@小狗 = 小狗'],
    ],
    ['@e\u0301lan and @\u00e9lan', ['\u00e9lan'], ['@e\u0301lan = \u00e9lan', '@\u00e9lan = \u00e9lan']],
    ['@\u00e9lan', ['e\u0301lan'], ['@\u00e9lan = e\u0301lan']],
  ])('%s', (text, names, expected) => expect(found(text, names)).toEqual(expected));

  it.each<[string, string[], string[]]>([
    ['@meiling', ['mei', 'meiling'], ['@meiling = meiling']],
    ['@mei @meiling', ['meiling', 'mei'], ['@mei = mei', '@meiling = meiling']],
    ['@mei-ling', ['mei', 'mei-ling'], ['@mei-ling = mei-ling']],
    ['@hero and @hero2', ['hero', 'hero2'], ['@hero = hero', '@hero2 = hero2']],
    ['@美美丽', ['美美', '美美丽'], ['@美美丽 = 美美丽']],
  ])('takes the longest known name: %s', (text, names, expected) => expect(found(text, names)).toEqual(expected));

  it.each<[string, string[], string[]]>([
    ['@meiling', ['mei'], ['@meiling ?']],
    ['@mei_2', ['mei'], ['@mei_2 ?']],
    ['@mei-ling', ['mei'], ['@mei-ling ?']],
    ['@hero2', ['hero'], ['@hero2 ?']],
    ['@角色2走来', ['角色'], ['@角色2走来 ?']],
    ['@josé', ['jos'], ['@josé ?']],
    ['@bob走进房间', ['mei'], ['@bob ?']],
    ['@bob- she', ['mei'], ['@bob ?']],
  ])('never takes a shorter name for a longer word: %s', (text, names, expected) =>
    expect(found(text, names)).toEqual(expected),
  );

  it.each<[string, string[], string[]]>([
    ['@美美走进房间', ['美美'], ['@美美 = 美美']],
    ['让@美美和@小狗玩耍', ['美美', '小狗'], ['@美美 = 美美', '@小狗 = 小狗']],
    ['@mei走进房间', ['mei'], ['@mei = mei']],
    ['@美美walks', ['美美'], ['@美美 = 美美']],
    ['@mei-走', ['mei'], ['@mei = mei']],
    ['@さくらが歩く', ['さくら'], ['@さくら = さくら']],
    ['@미나가 걷는다', ['미나'], ['@미나 = 미나']],
    ['@𠮷𠮷走', ['𠮷𠮷'], ['@𠮷𠮷 = 𠮷𠮷']],
  ])('lets scripts without spaces follow a name: %s', (text, names, expected) =>
    expect(found(text, names)).toEqual(expected),
  );

  it.each<[string, string[]]>([
    ['write to a@mei.com', ['mei']],
    ['write to 7@mei', ['mei']],
    ['@@mei', ['mei']],
    ['＠@mei', ['mei']],
    ['4K@60fps', ['mei']],
    ['shot @24fps, @ f/2.8, lone @', ['mei']],
    ['@\u2060mei', ['mei']],
  ])('is no name: %s', (text, names) => expect(found(text, names)).toEqual([]));

  it.each<[string, string[]]>([
    [
      '@mei.clip, @mei.Voice and @mei.image',
      ['@mei.clip = mei "clip"', '@mei.Voice = mei "voice"', '@mei.image = mei "image"'],
    ],
    ['@mei.angle2走', ['@mei.angle2 = mei {"angle":1}']],
    ['@mei.clip走', ['@mei.clip = mei "clip"']],
    ['I like @mei. Clip it.', ['@mei = mei']],
    ['I like @mei.', ['@mei = mei']],
    ['@mei.clips @mei.angle @mei.angle0 @mei.hat', ['@mei = mei', '@mei = mei', '@mei = mei', '@mei = mei']],
  ])('reads a medium: %s', (text, expected) => expect(found(text, ['mei'])).toEqual(expected));

  it('can insist on the case of a name', () => {
    expect(found('@Mei @mei', ['mei'], { exactCase: true })).toEqual(['@Mei ?', '@mei = mei']);
  });
});
