import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reference } from '../reference.ts';
import { readDialogue } from './dialogue.ts';
import { flattenPrompt } from './flat.ts';
import type { Prompt } from './prompt.ts';

const references: Reference[] = [
  { kind: 'subject', id: 'M', name: 'mei', image: 'mei.png' },
  { kind: 'subject', id: 'B', name: 'bob', image: 'bob.png' },
  { kind: 'subject', id: 'X', name: '小美', image: 'x.png' },
  { kind: 'scene', id: 'P', name: 'pier', image: 'pier.png' },
];

/** "M" in braces is a mention of that reference. */
const prompt = (text: string): Prompt =>
  text
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{\w+\}$/.test(part) ? { mention: part.slice(1, -1) } : part));

const lines = (text: string) =>
  readDialogue(prompt(text), references).map(
    ({ speaker, speakerName, verb, text: words }) => `${speaker ?? `(${speakerName})`} ${verb}: ${words}`,
  );

describe("the vendors' own examples", () => {
  it.each([
    [
      '{M}抱着{X}，在{P}的椅子上弹奏一支舒缓的乡村民谣，并说道：“今天的阳光真好。”{B}手中拿着{X}，路过{M}，把手中的{X}放到{M}旁边的桌子上，并说道：“真好听，能不能再唱一遍”。',
      ['M say: 今天的阳光真好。', 'B say: 真好听，能不能再唱一遍'],
    ],
    [
      '视频1抱着图3，在图4的椅子上弹奏一支舒缓的乡村民谣，并说道："今天的阳光真好。"图1手中拿着一束向日葵，路过视频1，并说道："真好听，能不能再唱一遍"。',
      ['(视频1) say: 今天的阳光真好。', '(图1) say: 真好听，能不能再唱一遍'],
    ],
    [
      '{B}从画面左侧深处走来，随后切换到{B}的特写，{M}正靠在右侧{P}充满锈迹的墙壁上发呆。她注意到了脚步声，缓缓转头。 {M}看到{B}后，{M}说：“你怎么还是来了？”{B}回答：“我们谈谈吧。”',
      ['M say: 你怎么还是来了？', 'B answer: 我们谈谈吧。'],
    ],
    [
      '俯拍在一个蓝色的星球上，镜头逐渐推进到星球上面给到{M}特写，他拿着{B}，一边吃着{B}，一边说：“怎么没人找我来玩呀？”',
      ['M say: 怎么没人找我来玩呀？'],
    ],
    ["{B} 坐在椅子上弹吉他，{M} 走过来说:'听起来不错'", ['M say: 听起来不错']],
    ["character2 坐在椅子上弹吉他，character1 走过来说:'听起来不错'", ['(character1) say: 听起来不错']],
    [
      '近景：女主拿起一罐热饮。 7. 近景：店员朝她露出温和而克制的笑并说：”今天也辛苦啦。” 8. 中景：女主回以浅浅笑意。',
      ['(店员) say: 今天也辛苦啦。'],
    ],
  ])('%s', (text, expected) => expect(lines(text)).toEqual(expected));
});

describe('forms of dialogue', () => {
  it.each([
    // English, speaker first
    ['{M} says: "Look!"', ['M say: Look!']],
    ['{M}: "Hello"', ['M say: Hello']],
    ['{M}: "Hello" {B}: "Hi"', ['M say: Hello', 'B say: Hi']],
    ['Sarah: "Are you there?" Tom: "Here."', ['(Sarah) say: Are you there?', '(Tom) say: Here.']],
    [
      'Sarah: "Run" Tom (whispering): "Where" Old Joe: "Home" mei: "Now"',
      ['(Sarah) say: Run', '(Tom) whisper: Where', '(Old Joe) say: Home', 'M say: Now'],
    ],
    ["Sarah: 'Run!', Tom: 'Where?' - Joe: 'Home!'", ['(Sarah) say: Run!', '(Tom) say: Where?', '(Joe) say: Home!']],
    ['Sarah: "Run!" and Tom: "Where?"', ['(Sarah) say: Run!', '(Tom) say: Where?']],
    ['小红：“快跑！”小明：“去哪儿？”', ['(小红) say: 快跑！', '(小明) say: 去哪儿？']],
    ['Sarah: "Run!" Camera: "wide"', ['(Sarah) say: Run!']],
    ['{M} walks along {P}, turns to {B} and whispers, “Do not move.”', ['M whisper: Do not move.']],
    ['{M} walks in. She whispers "come here" and leaves.', ['M whisper: come here']],
    [
      'Close-up of {M} at {P}. She asks {B} softly: "Why?" He answers: "Because."',
      ['M ask: Why?', 'M answer: Because.'],
    ],
    ['{B} sits down and {M} shouts "Stop!"', ['M shout: Stop!']],
    ['When {M} sees {B}, she thinks: "He is late."', ['M think: He is late.']],
    ["Close-up of {M}, who says: 'It's fine.'", ["M say: It's fine."]],
    ["{M}'s voice says “goodbye”", ['M say: goodbye']],
    ['{M} sings "la la la"', ['M sing: la la la']],
    ['The old man in the red hat turns to {M} and says: "Good day."', ['(The old man) say: Good day.']],
    ['A woman enters. She says "Hi there."', ['(A woman) say: Hi there.']],
    ['mei says "plain name"', ['M say: plain name']],
    ['Anna says "no reference"', ['(Anna) say: no reference']],
    ['{M} says "hello {B}, my friend"', ['M say: hello bob, my friend']],
    // English, speaker after
    ['"Hello," says {M}.', ['M say: Hello,']],
    ['"Hello," {M} says.', ['M say: Hello,']],
    ['{M} waves. "Over here!" she shouts.', ['M shout: Over here!']],
    ['"Hello," says the old man by the door.', ['(the old man) say: Hello,']],
    ['"Hello," says {M}, "how are you?"', ['M say: Hello,', 'M say: how are you?']],
    ['{M} says: "Hi." {B} replies: "Hey."', ['M say: Hi.', 'B answer: Hey.']],
    ['Close-up of {M}. "I love you."', ['M say: I love you.']],
    // without quotation marks
    ['{M} says: Look at that! Then she runs.', ['M say: Look at that!']],
    ['{M}说：你好，朋友。然后离开。', ['M say: 你好，朋友。']],
    ['MEI: Look!\nBOB (whispering): Where?\n{M} points.', ['M say: Look!', 'B whisper: Where?']],
    ['OLD WOMAN: Come in, dear.', ['(OLD WOMAN) say: Come in, dear.']],
    ['{M}: Look!', ['M say: Look!']],
    ['旁白：很久以前，有一座山。', ['(旁白) say: 很久以前，有一座山。']],
    // Chinese
    ['{M}说“你好”，{B}小声说：“嘘。”', ['M say: 你好', 'B whisper: 嘘。']],
    ['{M}对{B}说：「快走！」', ['M say: 快走！']],
    ['{M}走到{B}身边，大声喊道：“快跑！”', ['M shout: 快跑！']],
    ['{M}看着远方，心想：“要下雨了。”', ['M think: 要下雨了。']],
    ['“你好。”{M}轻声说。', ['M whisper: 你好。']],
    ['{M}坐下。她问：『你是谁？』', ['M ask: 你是谁？']],
    ['小美笑着说：“走吧。”', ['X say: 走吧。']],
    ['小美：“走吧。”{B}：“好。”', ['X say: 走吧。', 'B say: 好。']],
    ['{M}开心地唱道：“啦啦啦”', ['M sing: 啦啦啦']],
    ['{M}转过身。随后说道：“再见。”', ['M say: 再见。']],
  ])('%s', (text, expected) => expect(lines(text)).toEqual(expected));
});

describe('no dialogue', () => {
  it.each([
    'A neon sign that reads "OPEN" hangs over {P}.',
    'A sign says "OPEN".',
    '{M} holds a sign above her head that says "HELP"',
    'A poster on the wall saying "WANTED"',
    '门上的招牌写着“营业中”，{M}走进去。',
    '墙上的标语说“安静”',
    '{M} reads a book called "Dune".',
    'Title: "The Long Night"',
    '标题：“春天”',
    '{M} wears a "Boss" cap.',
    'Style: noir. Scene: {P}. Camera: slow push.',
    'SCENE: the pier\nLIGHTING: soft\nSHOT 1: {M} runs',
    '{M}: a girl in a red coat',
    '风格：韩漫，氛围: 治愈、安静。角色: 女主：打工结束的年轻女生。',
    "{M}'s brother's dog",
    'A neon sign. "OPEN ALL NIGHT."',
  ])('%s', (text) => expect(lines(text)).toEqual([]));
});

it('gives positions in the flattened prompt', () => {
  const spoken = prompt('{M} meets {B}. {M} says: “Look, {B}!”');
  const [line] = readDialogue(spoken, references);
  expect(flattenPrompt(spoken).text.slice(line!.from, line!.to)).toBe('Look, \uFFFC!');
  expect(line!.text).toBe('Look, bob!');
});

it('never overlaps and never leaves the prompt, whatever is typed', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '{M}',
      '{B}',
      ' says ',
      '说：',
      '“',
      '”',
      '"',
      "'",
      '「',
      '」',
      ', ',
      '。',
      '\n',
      'MEI: ',
      'she',
      '他',
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const typed = prompt(pieces.join(''));
      const length = flattenPrompt(typed).text.length;
      let end = 0;
      for (const line of readDialogue(typed, references)) {
        expect(line.from).toBeGreaterThanOrEqual(end);
        expect(line.to).toBeGreaterThanOrEqual(line.from);
        end = line.to;
      }
      expect(end).toBeLessThanOrEqual(length);
    }),
    { numRuns: 300 },
  );
});
