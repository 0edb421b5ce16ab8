import { describe, expect, it } from 'vitest';
import { type Note, noteEffect, type Problem, type Prompt, type Reference } from '../model/index.ts';
import { mentionSyntax, mentionSyntaxes, type ReadOptions, readPrompt, tagsFor, writePromptFor } from './index.ts';

const mei: Reference = { kind: 'subject', id: 'r1', name: 'mei', image: 'mei.png', angles: ['side.png', 'back.png'] };
const dog: Reference = { kind: 'subject', id: 'r2', name: 'dog', image: 'dog.png' };
const runner: Reference = { kind: 'subject', id: 'r3', name: 'runner', clip: 'runner.mp4' };
const park: Reference = { kind: 'scene', id: 'r4', name: 'park', image: 'park.jpg' };
const street: Reference = { kind: 'scene', id: 'r5', name: 'street', image: 'street.jpg' };
const photo: Reference = { kind: 'image', id: 'r6', name: 'photo', image: 'photo.jpg' };
const dance: Reference = { kind: 'video', id: 'r7', name: 'dance', video: 'dance.mp4', use: 'feature' };
const all = [mei, park, runner, photo, dance, dog, street];

/** What is read, mentions as `[name.medium]`; with problems, their codes. */
function read(text: string, references: readonly Reference[], key: string | null, options: ReadOptions = {}): string {
  const { prompt, problems } = readPrompt(text, references, key, options);
  return [
    show(prompt, references),
    ...problems.map((one) => `!${one.code} ${one.values.found} of ${one.values.limit}`),
  ].join(' ');
}

function show(prompt: Prompt, references: readonly Reference[]): string {
  return prompt
    .map((part) => {
      if (typeof part === 'string') return part;
      const name = references.find((one) => one.id === part.mention)?.name;
      return `[${name}${part.media === undefined ? '' : `.${JSON.stringify(part.media)}`}]`;
    })
    .join('');
}

const codes = (found: readonly (Note | Problem)[]) => found.map((one) => one.code);

describe('what each vendor calls a reference', () => {
  const tags = (key: string | null, language: 'en' | 'zh') => tagsFor(all, key, language).map(({ tag }) => tag ?? '-');

  it.each<[string | null, 'en' | 'zh', string]>([
    ['venice-elements', 'en', '@Element1 @Image1 @Element2 @Image2 - @Element3 @Image3'],
    ['venice-images', 'zh', '@Image1 @Image2 - @Image3 - @Image4 @Image5'],
    ['wan-2.7', 'zh', '图1 图2 视频1 图3 视频2 图4 图5'],
    ['wan-2.7', 'en', 'Image 1,Image 2,Video 1,Image 3,Video 2,Image 4,Image 5'],
    ['wan-2.6', 'zh', 'character1 character2 character3 character4 character5 character6 character7'],
    ['names', 'en', '@mei @park @runner @photo @dance @dog @street'],
    ['any', 'en', '@mei @park @runner @photo @dance @dog @street'],
    [null, 'en', '- - - - - - -'],
  ])('%s in %s', (key, language, expected) =>
    expect(tags(key, language).join(expected.includes(',') ? ',' : ' ')).toBe(expected),
  );

  it('calls a subject with a clip and an image a video on Wan, which takes the clip', () => {
    const both: Reference = { ...dog, clip: 'dog.mp4' };
    expect(tagsFor([both, mei], 'wan-2.7', 'zh').map(({ tag }) => tag)).toEqual(['视频1', '图1']);
  });

  it('knows each syntax by its key, and no other', () => {
    expect(Object.keys(mentionSyntaxes).sort()).toEqual([
      'any',
      'names',
      'venice-elements',
      'venice-images',
      'wan-2.6',
      'wan-2.7',
    ]);
    for (const [key, syntax] of Object.entries(mentionSyntaxes)) expect(syntax.key).toBe(key);
    expect(mentionSyntax(null)).toBeUndefined();
    expect(() => mentionSyntax('toString')).toThrow(/no syntax of mentions is called "toString"/);
  });
});

describe('reading', () => {
  it.each<[string, string, Reference[], string]>([
    ['venice-elements', "@Element1's hat, @Image1, (@Element2).", all, "[mei]'s hat, [park], ([runner])."],
    ['venice-elements', '@Element1走进@Image2的房间', all, '[mei]走进[photo]的房间'],
    ['venice-elements', '@element1 ＠Element２', all, '[mei] [runner]'],
    ['venice-elements', '@Element10', all, '@Element10 !tag_out_of_range @Element10 of 3'],
    [
      'venice-elements',
      '@Element0 @Image4',
      all,
      '@Element0 @Image4 !tag_out_of_range @Element0 of 3 !tag_out_of_range @Image4 of 3',
    ],
    [
      'venice-elements',
      '@Element01',
      all,
      '@Element01 !unknown_mention @Element01 of @mei,@park,@runner,@photo,@dance,@dog,@street',
    ],
    ['venice-elements', '图1, Image 1, character1', all, '[mei], [mei], [mei]'],
    ['venice-images', '@Image1,@Image2; @Image4', all, '[mei],[park]; [dog]'],
    ['venice-images', '@Image1@Image2', all, '[mei][park]'],

    ['wan-2.7', '图1、图2和视频1', all, '[mei]、[park]和[runner]'],
    ['wan-2.7', '图１抱着图片2，@图3', all, '[mei]抱着[park]，[photo]'],
    ['wan-2.7', '图10', all, '图10 !tag_out_of_range 图10 of 5'],
    ['wan-2.7', '图1看到图2后,图1说:“你好”', all, '[mei]看到[park]后,[mei]说:“你好”'],
    ['wan-2.7', "Image 1's dog; Image 2, Video 2.", all, "[mei]'s dog; [park], [dance]."],
    [
      'wan-2.7',
      'Images 1, Image  1, image 1, Image1, MyImage 1',
      all,
      'Images 1, Image  1, image 1, Image1, MyImage 1',
    ],
    ['wan-2.7', '让Image 1走向Video 1', all, '让[mei]走向[runner]'],
    [
      'wan-2.7',
      '视频5秒，视频16:9，视频3D动画，视频1080p，视频2倍速',
      all,
      '视频5秒，视频16:9，视频3D动画，视频1080p，视频2倍速',
    ],
    ['wan-2.7', 'Video 5 seconds, Video 16:9, Video 24 fps', all, 'Video 5 seconds, Video 16:9, Video 24 fps'],
    ['wan-2.7', '构图9:16，地图1，走过草地图1回头', all, '构图9:16，地图1，走过草地[mei]回头'],
    ['wan-2.7', '视频1分别看向图1', all, '[runner]分别看向[mei]'],
    ['wan-2.7', '参考图片和参考视频', all, '参考图片和参考视频'],
    ['wan-2.7', '参考图片和参考视频', [mei, runner], '[mei]和[runner]'],
    ['wan-2.7', '参考图片1的构图', [mei, runner], '参考[mei]的构图'],
    ['wan-2.7', '@Image1', all, '[mei]'],

    [
      'wan-2.6',
      "character1's hat. character2 坐在椅子上，character3走过来",
      all,
      "[mei]'s hat. [park] 坐在椅子上，[runner]走过来",
    ],
    [
      'wan-2.6',
      'character10, mycharacter1, character1s',
      all,
      'character10, mycharacter1, character1s !tag_out_of_range character10 of 7',
    ],
    ['names', '@mei and @dog paly on the @park', all, '[mei] and [dog] paly on the [park]'],
  ])('%s: %s', (key, text, references, expected) => expect(read(text, references, key)).toBe(expected));

  it('reads typed names for every model, before its tags', () => {
    const trap: Reference = { ...dog, id: 'trap', name: 'Image1' };
    for (const key of [...Object.keys(mentionSyntaxes), null]) {
      expect(read('@mei.clip meets ＠Image1, @bob', [mei, trap], key), `${key}`).toBe(
        '[mei."clip"] meets [Image1], @bob !unknown_mention @bob of @mei,@Image1',
      );
    }
  });

  it('reads a text that came from a vendor by the tags of that vendor alone', () => {
    const trap: Reference = { ...dog, id: 'trap', name: 'Image1' };
    const options = { names: false };
    expect(read('@mei @Image1 @bob', [mei, trap], 'venice-images', options)).toBe('@mei [mei] @bob');
    expect(read('@mei.clip @Mei @bob', [mei], 'names', options)).toBe(
      '[mei].clip @Mei @bob !unknown_mention @Mei of @mei !unknown_mention @bob of @mei',
    );
    expect(read('@mei 图1', [mei], null, options)).toBe('@mei 图1');
  });

  it('says where, once for each tag', () => {
    const { problems } = readPrompt('@bob and @bob, @Element9', [], 'venice-elements', { path: 'shots[2].prompt' });
    expect(problems.map(({ code, path, values }) => [code, path, values.found, values.limit])).toEqual([
      ['unknown_mention', 'shots[2].prompt', '@bob', []],
      ['tag_out_of_range', 'shots[2].prompt', '@Element9', 0],
    ]);
  });

  it("binds another vendor's tags, and says so", () => {
    const { notes } = readPrompt('图1 meets character2; Image 9', [mei, dog], 'venice-elements', { model: 'kling' });
    expect(notes.map(({ code, values }) => [code, values.found])).toEqual([
      ['tag_of_another_model', ['图1', 'character2']],
    ]);
    expect(codes(readPrompt('图1', [mei], null).notes)).toEqual(['tag_of_another_model']);
    expect(readPrompt('图1', [mei], 'wan-2.7').notes).toEqual([]);
    expect(readPrompt('图1', [mei], null, { names: false }).notes).toEqual([]);
  });
});

describe('reading what is pasted from any document', () => {
  it.each<[string, Reference[], string]>([
    ['@Element2 in @Image1', [mei, dog, park], '[dog] in [park]'],
    ['@Element1 in @Image1', [photo, mei], '[mei] in [photo]'],
    ['she walks in @Image1', [mei, park], 'she walks in [park]'],
    ['@Image1 and @Image2', [mei, dog], '[mei] and [dog]'],
    ['@Image1 and @Image2', [mei, photo, park], '[mei] and [photo]'],
    ['图2抱着图1，视频1跳舞', [mei, dance, photo], '[photo]抱着[mei]，[dance]跳舞'],
    ['Image 1 dances like Video 1', [dance, mei], '[mei] dances like [dance]'],
    ['character2 looks at character1', [dance, mei], '[mei] looks at [dance]'],
    ['参考图片，电影感', [photo], '[photo]，电影感'],
    ['@mei.angle2 and @Element2, 图1', [mei, dog], '[mei.{"angle":1}] and [dog], [mei]'],
    ['@图1和@character2', [mei, dog], '[mei]和[dog]'],
    ['图1 hangs on a wall, character1, Video 1', [], '图1 hangs on a wall, character1, Video 1'],
    ['@Image1', [], '@Image1 !tag_out_of_range @Image1 of 0'],
    ['图3', [mei], '图3 !tag_out_of_range 图3 of 1'],
  ])('%s', (text, references, expected) => expect(read(text, references, 'any')).toBe(expected));

  it('lets a reference that is really called so go before the tag', () => {
    const image1: Reference = { ...photo, id: 'x', name: 'Image1' };
    const tu1: Reference = { ...photo, id: 'y', name: '图1' };
    expect(read('@Image1 @image1 @图1 图1', [mei, image1, tu1], 'any')).toBe('[Image1] [Image1] [图1] [mei]');
  });

  it('looks at all the shots to know what a tag means', () => {
    const references = [mei, photo];
    const whole = '@Element1 runs\n@Image1 burns';
    expect(read('@Image1 burns', references, 'any')).toBe('[mei] burns');
    expect(read('@Image1 burns', references, 'any', { whole })).toBe('[photo] burns');
  });
});

describe('writing', () => {
  const m = (reference: Reference, media?: 'clip' | 'image' | 'voice' | { angle: number }) =>
    media === undefined ? { mention: reference.id } : { mention: reference.id, media };

  it.each<[string | null, Prompt, string, string[]]>([
    ['venice-elements', [m(mei), ' walks through ', m(park)], '@Element1 walks through @Image1', []],
    ['venice-elements', [m(mei), "'s dog ", m(dog)], "@Element1's dog @Element3", []],
    ['venice-elements', ['with', m(mei), 'walks'], 'with @Element1 walks', ['mention_spaced']],
    ['venice-elements', [m(mei), '0 times'], '@Element1 0 times', ['mention_spaced']],
    ['venice-elements', [m(dance), ' goes on'], 'dance goes on', ['mention_without_tag']],
    ['venice-images', [m(mei), m(park), '走'], '@Image1 @Image2走', ['mention_spaced']],
    ['wan-2.7', [m(mei), '走向', m(runner), '。'], '图1走向视频1。', []],
    ['wan-2.7', [m(mei), ' walks to ', m(runner), '.'], 'Image 1 walks to Video 1.', []],
    ['wan-2.7', [m(mei), m(runner)], 'Image 1 Video 1', ['mention_spaced']],
    ['wan-2.7', ['看', m(mei), '3次'], '看图1 3次', ['mention_spaced']],
    ['wan-2.7', ['在地', m(mei), '上'], '在地 图1上', ['mention_spaced']],
    ['wan-2.7', ['@', m(mei), '上'], '@ 图1上', ['mention_spaced']],
    ['wan-2.6', [m(mei), '走向', m(runner), '。'], 'character1走向character3。', []],
    ['names', [m(mei), '走向', m(park), '。'], '@mei 走向@park。', ['mention_spaced']],
    ['names', [m(mei), ' and ', m(park)], '@mei and @park', []],
    ['any', [m(mei, 'clip'), '走向', m(park), '.clip'], '@mei.clip走向@park .clip', ['mention_spaced']],
    [null, [m(mei), '走向', m(park)], 'mei走向park', ['mentions_as_text']],
    [null, ['the', m(mei, 'clip'), 'walks'], 'the mei walks', ['mentions_as_text']],
    ['wan-2.7', [m(mei, 'image'), '与', m(runner, 'clip')], '图1与视频1', []],
    ['wan-2.7', [m(mei, { angle: 1 }), '与', m(dance, 'voice')], '图1与视频2', ['mention_of_whole']],
    ['venice-elements', [m(mei, 'image'), ', ', m(dog, 'image')], '@Element1, @Element3', ['mention_of_whole']],
  ])('%s: %j', (key, prompt, text, notes) => {
    const written = writePromptFor(prompt, all, key);
    expect(written.text).toBe(text);
    expect(codes(written.notes)).toEqual(notes);
    expect(written.problems).toEqual([]);
  });

  it('keeps words words, and says so', () => {
    const cases: [string, string, string[]][] = [
      ['venice-elements', '@\u2060Image1 is no tag', ['@Image1']],
      ['wan-2.7', '图\u20601 and I\u2060mage 9', ['图1', 'Image 9']],
      ['wan-2.6', 'c\u2060haracter1', ['character1']],
      ['names', '@\u2060mei, @\u2060bob', ['@mei', '@bob']],
    ];
    for (const [key, expected, found] of cases) {
      const words = expected.replaceAll('\u2060', '');
      const written = writePromptFor([words], all, key, { model: 'wan', path: 'shots[0].prompt' });
      expect(written.text).toBe(expected);
      expect(written.notes.map(({ code, path, values }) => [code, path, values.found])).toEqual([
        ['text_reads_as_mention', 'shots[0].prompt', found],
      ]);
      expect(readPrompt(written.text, all, key, { names: false })).toMatchObject({ prompt: [expected], problems: [] });
    }
  });

  it('takes the language of the words, not of the names, unless it is told', () => {
    const chinese: Reference = { ...mei, name: '美美' };
    const prompt = [m(chinese), ' walks'];
    expect(writePromptFor(prompt, [chinese], 'wan-2.7').text).toBe('Image 1 walks');
    expect(writePromptFor(prompt, [chinese], 'wan-2.7', { language: 'zh' }).text).toBe('图1 walks');
  });

  it('refuses an id that nothing has, and names that cannot be told apart', () => {
    const unknown = writePromptFor([{ mention: 'gone' }, ' walks'], [mei], 'wan-2.7', { path: 'shots[0].prompt' });
    expect(unknown.problems).toMatchObject([
      { code: 'unknown_mention', path: 'shots[0].prompt', values: { found: '@gone', limit: ['@mei'] } },
    ]);
    const twin: Reference = { ...dog, name: 'mei' };
    expect(codes(writePromptFor([m(twin), ' walks'], [mei, twin], 'names').problems)).toEqual(['duplicate_name']);
  });

  it('refuses under strict only what is done less well', () => {
    expect(noteEffect('mention_spaced')).toBe('converted');
    expect(noteEffect('text_reads_as_mention')).toBe('converted');
    expect(noteEffect('mention_of_whole')).toBe('degraded');
    expect(noteEffect('mention_without_tag')).toBe('degraded');
  });
});
