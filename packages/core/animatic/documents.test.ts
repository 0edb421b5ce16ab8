import { describe, expect, test } from 'vitest';
import type { ImageFacts } from '../model/index.ts';
import type { Plan, PlannedFigure, PlannedShot } from './index.ts';
import { bind, image, picture, scene, subject, tell, video } from './test-request.ts';

/** The hour is in the picture of the place, or lies over the shot. */
function isGolden(plan: Plan, shot: PlannedShot | undefined): boolean {
  const scene = shot?.scene.kind === 'picture' ? plan.sprites[shot.scene.sprite] : undefined;
  return shot?.tint !== undefined || (scene?.make === 'picture' && scene.grade !== undefined);
}

/** What a storyboard artist would draw of the prompts in the vendors' documents. */

const on = (shot: PlannedShot | undefined) => shot?.figures.map(({ reference }) => reference).sort();
const who = (shot: PlannedShot | undefined, id: string): PlannedFigure => {
  const figure = shot?.figures.find(({ reference }) => reference === id);
  if (figure === undefined) throw new Error(`${id} is not on the stage`);
  return figure;
};
const said = (plan: Plan) => plan.lines.map(({ speaker, text }) => [speaker, text]);
const place = (shot: PlannedShot | undefined) => (shot?.scene.kind === 'backdrop' ? 'backdrop' : shot?.scene.reference);

describe('Kling O3 on Venice', () => {
  const references = [subject('mei', { angles: ['side.png', 'back.png'] }), subject('bob'), scene('town')];
  const tags = { '@Element1': 'mei', '@Element2': 'bob', '@Image1': 'town' };
  const draw = (prompt: string, seconds = 5) => tell({ references, prompt: bind(prompt, tags), seconds }).plan;

  test('walks through the streets, the camera tracking from behind', () => {
    const plan = draw(
      '@Element1 walks through the streets of @Image1, looking up at the buildings.\nThe camera slowly tracks from behind, revealing the city skyline.',
    );
    const [shot] = plan.shots;
    expect(plan.shots).toHaveLength(1);
    expect(shot).toMatchObject({ move: 'track-behind', angle: 'eye' });
    expect(place(shot)).toBe('town');
    expect(on(shot)).toEqual(['mei']);
    const mei = who(shot, 'mei');
    expect(mei.gait).toBe('walk');
    // The camera goes forwards as fast as she does, and sees her back.
    expect(mei.to.depth - mei.from.depth).toBeCloseTo(shot!.camera.to.z - shot!.camera.from.z);
    expect('sprite' in mei.look && plan.sprites[mei.look.sprite]).toMatchObject({ media: 'back.png' });
    expect(plan.notUnderstood).toEqual([]);
  });

  test('two enter from opposite sides, and one walks up to the other', () => {
    const plan = draw(
      '@Element1 and @Element2 enter the cafe in @Image1 from opposite sides.\n@Element1 waves and walks toward @Element2, who is sitting at a corner table.',
    );
    const [shot] = plan.shots;
    const [mei, bob] = [who(shot, 'mei'), who(shot, 'bob')];
    expect(on(shot)).toEqual(['bob', 'mei']);
    expect(mei.from.x).toBeLessThan(0);
    expect(bob.from.x).toBeGreaterThan(1);
    expect(bob.to.x).toBeGreaterThan(0.55);
    expect(mei.to.x).toBeLessThan(bob.to.x);
    expect(bob.to.x - mei.to.x).toBeLessThan(mei.width + bob.width);
    expect(mei.gait).toBe('walk');
    expect(plan.sound.ambience).toBe('room');
    expect(plan.notUnderstood).toEqual([]);
  });

  test('a list of three shots', () => {
    const plan = draw(
      "Shot 1 (5s): @Element1 stands at the edge of @Image1, looking out at the horizon.\nSlow camera push forward.\nShot 2 (5s): Close-up of @Element1's face as they turn toward the camera.\nSoft natural lighting, shallow depth of field.\nShot 3 (5s): @Element1 walks away from camera into the distance.\nWide cinematic shot, golden hour lighting.",
      15,
    );
    const [first, second, third] = plan.shots;
    expect(plan.shots.map(({ frames }) => frames)).toEqual([120, 120, 120]);
    expect(plan.shots.map(place)).toEqual(['town', 'town', 'town']);
    expect(plan.shots.map(on)).toEqual([['mei'], ['mei'], ['mei']]);
    expect(first).toMatchObject({ framing: 'wide', move: 'push' });
    expect(second).toMatchObject({ framing: 'close-up' });
    // She only turns towards the camera: she stays where she is.
    expect(who(second, 'mei')).toMatchObject({ gait: 'stand', to: who(second, 'mei').from });
    expect(third).toMatchObject({ framing: 'wide', move: 'hold' });
    expect(who(third, 'mei').to.depth).toBeGreaterThan(2 * who(third, 'mei').from.depth);
    expect(isGolden(plan, third)).toBe(true);
    expect(plan.notUnderstood).toEqual([]);
  });

  test('hops across, with a tracking shot', () => {
    const plan = draw(
      '@Element1 hops happily across the candy ground of @Image1, stops to look at a\ngiant lollipop, tilts its head curiously. Cinematic tracking shot, soft warm lighting.',
    );
    expect(plan.shots[0]).toMatchObject({ move: 'track-right' });
    expect(who(plan.shots[0], 'mei')).toMatchObject({ gait: 'hop' });
    expect(who(plan.shots[0], 'mei').to.x).toBeGreaterThan(who(plan.shots[0], 'mei').from.x);
    expect(plan.notUnderstood).toEqual([]);
  });

  test('leaves that blow are not she who leaves', () => {
    const plan = draw(
      'Cinematic tracking shot of @Element1 walking through @Image1, leaves\nblowing in the wind, golden afternoon light.',
    );
    const mei = who(plan.shots[0], 'mei');
    expect(mei.gait).toBe('walk');
    // Seen by the camera that goes along she never leaves the frame.
    expect(mei.to.x - plan.shots[0]!.camera.to.x).toBeCloseTo(0.57);
    expect(isGolden(plan, plan.shots[0])).toBe(true);
  });
});

describe('Grok Imagine on Venice', () => {
  test('two pictures of people walk together, and neither is the place', () => {
    const { plan } = tell({
      references: [image('ann'), image('ben')],
      prompt: bind(
        '@Image1 and @Image2 walking together through a sunlit park,\ncamera slowly tracking alongside them, warm afternoon light.',
        { '@Image1': 'ann', '@Image2': 'ben' },
      ),
    });
    const [shot] = plan.shots;
    expect(place(shot)).toBe('backdrop');
    expect(shot?.move).toBe('track-right');
    expect(on(shot)).toEqual(['ann', 'ben']);
    expect(shot?.figures.map(({ gait }) => gait)).toEqual(['walk', 'walk']);
    expect(who(shot, 'ann').from.x).toBeLessThan(who(shot, 'ben').from.x);
    expect(plan.notUnderstood).toEqual([]);
  });

  test('without tags everybody is meant', () => {
    const { plan } = tell({ references: [image('ann'), image('ben')], prompt: 'They run through a park.' });
    expect(on(plan.shots[0])).toEqual(['ann', 'ben']);
    expect(plan.shots[0]?.figures.map(({ gait }) => gait)).toEqual(['run', 'run']);
  });
});

test('PixVerse on Baicai: both on the grass, and the misspelt verb is listed', () => {
  const { plan } = tell({
    references: [subject('human'), subject('dog'), scene('grass')],
    prompt: bind('@human and @dog paly on the @grass', { '@human': 'human', '@dog': 'dog', '@grass': 'grass' }),
  });
  const [shot] = plan.shots;
  expect(on(shot)).toEqual(['dog', 'human']);
  expect(place(shot)).toBe('grass');
  expect(who(shot, 'human').height).toBeGreaterThan(who(shot, 'dog').height);
  expect(plan.notUnderstood).toEqual([{ shot: 0, text: 'human and dog paly on the grass', why: 'unknown-action' }]);
});

describe('Wan on DashScope', () => {
  const wall = { 'wall.png': picture(1600, 900) };

  test('plays the guitar on a chair, and somebody comes by with flowers', () => {
    const { plan } = tell({
      references: [
        subject('girl', { voice: 'girl.mp3' }),
        video('boy', { voice: 'boy.mp3' }),
        ...[image('flowers'), image('guitar'), image('chair'), image('wall')],
      ],
      prompt: bind(
        '视频1抱着图3，在图4的椅子上弹奏一支舒缓的乡村民谣，并说道：“今天的阳光真好。”图1手中拿着图2，路过视频1，把手中的图2放到视频1旁边的桌子上，并说道：“真好听，能不能再唱一遍”。',
        { 图1: 'girl', 图2: 'flowers', 图3: 'guitar', 图4: 'chair', 图5: 'wall', 视频1: 'boy' },
      ),
      seconds: 10,
      media: wall,
    });
    const [shot] = plan.shots;
    expect(place(shot)).toBe('wall');
    const [boy, girl] = [who(shot, 'boy'), who(shot, 'girl')];
    expect(girl.gait).toBe('walk');
    expect(girl.from.x).toBeGreaterThan(girl.to.x);
    expect(Math.abs(girl.to.x - boy.to.x)).toBeLessThan(boy.width / 2 + girl.width / 2);
    // Each holds its own thing, in front of itself and smaller; the chair is behind who sits on it.
    expect(Math.abs(who(shot, 'guitar').to.x - boy.to.x)).toBeLessThan(boy.width / 2);
    expect(Math.abs(who(shot, 'flowers').to.x - girl.to.x)).toBeLessThan(girl.width / 2);
    expect(who(shot, 'flowers').from.x - girl.from.x).toBeCloseTo(who(shot, 'flowers').to.x - girl.to.x);
    expect(who(shot, 'guitar').height).toBeLessThan(boy.height / 2);
    expect(who(shot, 'chair').to).toMatchObject({ x: boy.to.x });
    expect(who(shot, 'chair').to.depth).toBeGreaterThan(boy.to.depth);
    expect(said(plan)).toEqual([
      ['boy', '今天的阳光真好。'],
      ['girl', '真好听，能不能再唱一遍'],
    ]);
    expect(plan.notUnderstood).toEqual([
      { shot: 0, text: '把手中的flowers放到boy旁边的桌子上', why: 'unknown-action' },
    ]);
  });

  test('comes from the depth on the left; cut to a close-up, somebody leaning at the right', () => {
    const { plan } = tell({
      references: [subject('her'), subject('him'), image('wall')],
      prompt: bind(
        '图2从画面左侧深处走来，随后切换到图2的特写，图1正靠在右侧图片3充满锈迹的墙壁上发呆。她注意到了脚步声，缓缓转头。 图1看到图2后，图1说：“你怎么还是来了？”图2回答：“我们谈谈吧。”',
        { 图1: 'her', 图2: 'him', 图片3: 'wall' },
      ),
      seconds: 10,
      media: wall,
    });
    const [first, second] = plan.shots;
    expect(plan.shots).toHaveLength(2);
    expect(plan.shots.map(place)).toEqual(['wall', 'wall']);
    expect(on(first)).toEqual(['him']);
    const him = who(first, 'him');
    expect(him.from.x).toBeLessThan(0);
    expect(him.from.depth).toBeGreaterThan(him.to.depth + 2);
    expect(him.gait).toBe('walk');
    expect(second?.framing).toBe('close-up');
    expect(who(second, 'her').to.x).toBeGreaterThan(0.6);
    expect(who(second, 'her').gait).toBe('stand');
    expect(who(second, 'him').to.x).toBeLessThan(0.5);
    expect(who(second, 'him').height).toBeGreaterThan(who(second, 'her').height);
    expect(said(plan)).toEqual([
      ['her', '你怎么还是来了？'],
      ['him', '我们谈谈吧。'],
    ]);
    expect(plan.lines[0]!.voice.variant).not.toBe(plan.lines[1]!.voice.variant);
    expect(plan.notUnderstood).toEqual([{ shot: 0, text: '她注意到了脚步声', why: 'unknown-action' }]);
  });

  test('from above a blue planet, pushing in to a close-up, with a first frame', () => {
    const { plan } = tell({
      references: [image('bear'), image('cake')],
      prompt: bind(
        '俯拍在一个蓝色的星球上，镜头逐渐推进到星球上面给到图1特写，他拿着图2，一边吃着图2，一边说：“怎么没人找我来玩呀？”',
        { 图1: 'bear', 图2: 'cake' },
      ),
      seconds: 10,
      more: { startFrame: 'planet.webp' },
    });
    const [shot] = plan.shots;
    expect(shot).toMatchObject({ framing: 'close-up', move: 'push', angle: 'high' });
    expect(who(shot, 'cake').height).toBeLessThan(who(shot, 'bear').height / 2);
    expect(said(plan)).toEqual([['bear', '怎么没人找我来玩呀？']]);
    expect(plan.opening).toBeDefined();
    expect(plan.notUnderstood).toEqual([]);
  });

  test('plays the guitar, and somebody walks past', () => {
    const { plan } = tell({
      references: [video('girl'), image('boy')],
      prompt: bind('视频1在弹吉他，图1手中拿着一束花，路过视频1', { 视频1: 'girl', 图1: 'boy' }),
    });
    const [girl, boy] = [who(plan.shots[0], 'girl'), who(plan.shots[0], 'boy')];
    expect(boy.gait).toBe('walk');
    expect(Math.sign(boy.from.x - girl.to.x)).toBe(-Math.sign(boy.to.x - girl.to.x));
    expect(girl.to).toEqual(girl.from);
  });

  test('character2 sits and plays, character1 comes and speaks', () => {
    const { plan } = tell({
      references: [subject('boy'), subject('girl')],
      prompt: bind("character2 坐在椅子上弹吉他，character1 走过来说：'听起来不错'", {
        character1: 'boy',
        character2: 'girl',
      }),
    });
    expect(who(plan.shots[0], 'girl').gait).toBe('stand');
    expect(who(plan.shots[0], 'boy').gait).toBe('walk');
    expect(who(plan.shots[0], 'boy').from.x).toBeGreaterThan(1);
    expect(said(plan)).toEqual([['boy', '听起来不错']]);
  });

  const adventure =
    '参考图片 ，3D卡通冒险电影风，角色Q版但材质细腻，动作流畅，色彩鲜明，保持角色与森林场景一致，不要加入文字。氛围: 冒险、轻快、神秘、童趣。角色: 小男孩探险家：圆帽、背包、短斗篷。小伙伴：会飞的小机器人，圆形身体，蓝色发光眼。场景: 奇幻森林，巨大树根、蘑菇、藤蔓、藏宝洞口、阳光光束。分镜脚本: 1. 全景：奇幻森林里高大树木与光束交错，环境神秘明亮。 2. 中景：小男孩拨开藤蔓向前探路。 3. 中景：小机器人飞在他身边，用蓝光扫描前方。 4. 特写：一张旧藏宝图在男孩手里展开。 5. 近景：他露出兴奋表情，眼睛亮起来。 6. 动作镜头：两人跳过树根和小溪，继续深入森林。 7. 中景：藤蔓后方露出一个被苔藓覆盖的宝箱。 8. 特写：宝箱边缘闪出金色光芒。 9. 收束镜头：男孩和小机器人站在宝箱前惊喜对望，冒险感拉满。';

  test('a storyboard picture of nine panels: each of the nine shots is its panel', () => {
    const { plan } = tell({
      references: [image('grid')],
      prompt: bind(adventure, { 参考图片: 'grid' }),
      seconds: 10,
      media: { 'grid.png': { ...(picture(1536, 1024) as ImageFacts), grid: { columns: 3, rows: 3 } } },
    });
    expect(plan.shots).toHaveLength(9);
    expect(plan.shots.map(({ framing }) => framing)).toEqual([
      'wide',
      'medium',
      'medium',
      'close-up',
      'medium-close',
      'medium',
      'medium',
      'close-up',
      'medium',
    ]);
    const crops = plan.shots.map(({ scene }) => {
      const sprite = scene.kind === 'picture' ? plan.sprites[scene.sprite] : undefined;
      if (sprite?.make !== 'picture') throw new Error('a panel is a picture');
      return [(sprite.crop.left + sprite.crop.right) / 2, (sprite.crop.top + sprite.crop.bottom) / 2];
    });
    for (const [index, [x, y]] of crops.entries()) {
      expect(x).toBeCloseTo(((index % 3) + 0.5) / 3, 5);
      expect(y).toBeCloseTo((Math.floor(index / 3) + 0.5) / 3, 5);
    }
    expect(plan.shots.every(({ figures }) => figures.length === 0)).toBe(true);
    // "不要加入文字"
    expect(plan.shots.every(({ caption }) => caption === undefined)).toBe(true);
  });

  test('a storyboard picture without a list: its panels are the shots, and what is said is said once', () => {
    const grid = { columns: 2, rows: 2 };
    const told = (words: string) =>
      tell({
        references: [image('grid')],
        prompt: bind(words, { 参考图片: 'grid' }),
        seconds: 8,
        media: { 'grid.png': { ...(picture(1536, 1024) as ImageFacts), grid } },
      }).plan;
    const plan = told('按照参考图片的分镜生成影片，画外音说：“出发。”');
    expect(plan.shots.map(({ frames }) => frames / plan.fps)).toEqual([2, 2, 2, 2]);
    expect(plan.shots.every(({ figures, scene }) => figures.length === 0 && scene.kind === 'picture')).toBe(true);
    expect(said(plan)).toHaveLength(1);
    // Four panes of a window are no storyboard.
    expect(told('参考图片在雨中。').shots).toHaveLength(1);
  });

  test('the same without a picture: figures for those whom the words name', () => {
    const { plan } = tell({ prompt: adventure.replace('不要加入文字。', ''), seconds: 10 });
    const shapes = plan.shots.map(({ figures }) =>
      figures
        .map(({ look }) => 'sprite' in look && plan.sprites[look.sprite])
        .map((one) => one && 'shape' in one && one.shape),
    );
    expect(shapes[0]).toEqual([]);
    expect(shapes[1]).toEqual(['person']);
    expect(shapes[5]).toEqual(['person', 'person']);
    expect(shapes[8]?.filter((shape) => shape === 'person')).toHaveLength(2);
    expect(plan.shots[5]?.figures.map(({ gait }) => gait)).toEqual(['hop', 'hop']);
    expect(plan.shots.every(({ caption }) => caption !== undefined)).toBe(true);
  });

  test('a shop at night: a line of somebody whom no picture shows, and no letters', () => {
    const { plan } = tell({
      prompt:
        '参考图片，韩漫风格，夜晚灯光柔和，人物表情细腻，场景统一，图中不要出现文字。氛围: 治愈、安静、微孤独、温柔。角色: 女主：打工结束的年轻女生，长外套，疲惫但温柔。店员少年：便利店夜班店员，清爽短发。场景: 深夜便利店，暖白灯，货架整齐，玻璃门外有细雨和街灯。分镜脚本: 1. 全景：深夜便利店在雨夜街角亮着暖白色灯光。 2. 中景：女主推门走进店里，肩上还带着夜雨湿气。 3. 近景：她疲惫地站在热饮柜前，轻轻发呆。 4. 中景：店员少年从收银台抬头看见她。 5. 特写：热饮柜的橙色灯光映在她手边。 6. 近景：女主拿起一罐热饮，神情稍微放松。 7. 近景：店员朝她露出温和而克制的笑并说：”今天也辛苦啦。” 8. 中景：女主回以浅浅笑意，疲惫感被冲淡。 9. 收束镜头：她捧着热饮站在店门前，看着雨夜，便利店灯光把背影映得很温柔。',
      seconds: 10,
    });
    expect(plan.lines.map(({ speakerName, text }) => [speakerName, text])).toEqual([['店员', '今天也辛苦啦。']]);
    expect(plan.subtitles).toEqual([]);
    const seventh = plan.shots[6]!;
    expect(plan.lines[0]!.start).toBeGreaterThanOrEqual(seventh.start / 24);
    expect(plan.shots.every(({ weather }) => weather?.kind === 'rain')).toBe(true);
    expect(plan.shots[1]?.figures[0]?.gait).toBe('walk');
  });
});

describe('Qiniu and ToAPIs: films of words and of frames', () => {
  test.each([
    ['一只可爱的橘猫在阳光明媚的花园里追逐蝴蝶，照片风格，高清画质', 'animal', 'run'],
    ['一只可爱的橘猫在阳光下奔跑，慢镜头，电影质感', 'animal', 'run'],
    ['人在奔跑', 'person', 'run'],
    ['舞台上的歌手正在演唱，观众欢呼，灯光闪烁', 'person', 'stand'],
  ])('%s', (prompt, shape, gait) => {
    const { plan } = tell({ prompt });
    const [figure] = plan.shots[0]!.figures;
    expect(figure?.gait).toBe(gait);
    expect(figure !== undefined && 'sprite' in figure.look && plan.sprites[figure.look.sprite]).toMatchObject({
      shape,
    });
    expect(plan.shots[0]!.caption).toBeDefined();
  });

  test('a skyline has nobody in it, and is seen whole, at night', () => {
    const { plan } = tell({ prompt: '未来科技城市的天际线，霓虹灯光闪烁，赛博朋克风格，夜景' });
    const [shot] = plan.shots;
    expect(shot).toMatchObject({ framing: 'wide', figures: [] });
    expect(shot?.scene.kind === 'backdrop' && plan.sprites[shot.scene.sprite]).toMatchObject({ skyline: 'city' });
  });

  test('words about the only picture are about whom it shows', () => {
    const { plan } = tell({ references: [image('runner')], prompt: '这个人在跑马拉松' });
    expect(who(plan.shots[0], 'runner').gait).toBe('run');
  });

  test('a start frame alone is the film, pushed into as the words ask', () => {
    const { plan } = tell({
      prompt: '镜头缓慢推进，画面中的场景逐渐生动起来，光影流动，充满动感',
      more: { startFrame: 's.png' },
    });
    expect(plan.opening).toMatchObject({ hold: 5 });
    expect(plan.opening!.drift.zoom).toBeGreaterThan(0.02);
  });

  test('a start and an end frame change into each other over the middle', () => {
    const { plan } = tell({
      prompt: '城市从白天自然过渡到夜晚',
      more: { startFrame: 's.png', endFrame: 'e.png' },
    });
    expect(plan.opening).toMatchObject({ hold: 5 });
    expect(plan.closing).toMatchObject({ hold: 1.25, change: 2.5 });
  });

  test('a video to edit fills the frame, and the words say what changes', () => {
    const { plan } = tell({ references: [video('film', { use: 'edit' })], prompt: '画面中增加一个小狗' });
    const [shot] = plan.shots;
    expect(shot).toMatchObject({ scene: { kind: 'clip', reference: 'film' }, figures: [] });
    expect(shot?.caption !== undefined && plan.sprites[shot.caption]).toMatchObject({ lines: ['画面中增加一个小狗'] });
  });
});
