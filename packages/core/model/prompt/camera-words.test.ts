import { describe, expect, it } from 'vitest';
import { cameraAngles, cameraMoves, findCameraWords, framings } from './camera-words.ts';

const meanings = (text: string) =>
  findCameraWords(text).map(({ framing, move, angle }) => [framing, angle, move].filter(Boolean).join(' ') || 'other');

describe('findCameraWords', () => {
  it.each([
    // the vendors' own examples
    ['The camera slowly tracks from behind, revealing the city skyline.', ['track-behind']],
    ['Slow camera push forward.', ['push']],
    ["Close-up of Mei's face as they turn toward the camera.", ['close-up']],
    ['Wide cinematic shot, golden hour lighting.', ['wide']],
    ['Cinematic tracking shot, soft warm lighting.', ['track-right']],
    ['slow camera push forward', ['push']],
    ['tracking shot from behind', ['track-behind']],
    ['dolly zoom with rack focus transition', ['push', 'other']],
    ['complex handheld parallax movement', ['other']],
    ['extreme macro with tilt-shift bokeh', ['extreme-close-up', 'other']],
    ['camera slowly tracking alongside them', ['track-right']],
    ['walks through the park, camera tracking from behind', ['track-behind']],
    ['镜头缓慢推进，画面中的场景逐渐生动起来', ['push']],
    ['俯拍在一个蓝色的星球上，镜头逐渐推进到星球上面给到图1特写', ['high', 'push', 'close-up']],
    ['随后切换到图2的特写', ['close-up']],
    ['1. 全景：奇幻森林 2. 中景：小男孩 4. 特写：藏宝图 5. 近景：他', ['wide', 'medium', 'close-up', 'medium-close']],
    // English forms
    ['The camera pushes in on her face', ['push']],
    ['camera pans left, then tilts up', ['pan-left', 'tilt-up']],
    ['camera pans', ['pan-right']],
    ['Dolly out. Zoom in.', ['pull', 'push']],
    ['pan to the right', ['pan-right']],
    ['An establishing shot of the valley', ['extreme-wide']],
    ["bird's-eye view of the town", ['overhead']],
    ['low-angle shot, static camera', ['low', 'hold']],
    ['aerial shot over the sea', ['extreme-wide high']],
    ['The camera follows her and rises above the roofs', ['track-behind', 'rise']],
    ['The camera circles around them', ['orbit']],
    ['medium close-up', ['medium-close']],
    ['extreme close-up', ['extreme-close-up']],
    ['Pushing forward through the gate.', ['push']],
    // Chinese forms
    ['镜头拉远', ['pull']],
    ['镜头左移，右摇', ['track-left', 'pan-right']],
    ['向左摇镜头', ['pan-left']],
    ['跟拍她的背影', ['track-behind']],
    ['镜头跟随图1穿过街道', ['track-behind']],
    ['镜头环绕人物', ['orbit']],
    ['大特写，眼睛', ['extreme-close-up']],
    ['中近景', ['medium-close']],
    ['大远景，航拍', ['extreme-wide', 'extreme-wide high']],
    ['仰拍，固定镜头', ['low', 'hold']],
    ['镜头缓缓升起', ['rise']],
    ['上摇 下摇', ['tilt-up', 'tilt-down']],
  ])('%s', (text, expected) => expect(meanings(text)).toEqual(expected));

  it.each([
    'The sun rises and she follows the path.',
    'She holds a frying pan and looks up.',
    'He pushes the door and moves closer to her.',
    '太阳升起，她跟随小狗跑过草地。',
    'Mei looks into the camera and rises.',
    'She walks away from camera, moving forward.',
    '她看向镜头，旋转起舞，画面中的太阳升起。',
    '她推进门，拉开窗帘，仰视天空。',
    'The sign says "close-up".',
    '她说：“特写！”',
    'Japan left the group',
  ])('finds none in %j', (text) => expect(meanings(text)).toEqual([]));

  it('gives the words and where they are', () => {
    expect(findCameraWords('Mei waits. Slow camera push forward.')).toEqual([
      { from: 11, to: 35, text: 'Slow camera push forward', move: 'push' },
    ]);
  });

  it('never overlaps and uses the closed lists', () => {
    const text = '镜头缓慢推进特写，俯拍跟拍环绕镜头. Slow dolly zoom in, wide-angle aerial tracking shot from behind.';
    const found = findCameraWords(text);
    for (const [index, one] of found.entries()) {
      expect(text.slice(one.from, one.to)).toBe(one.text);
      expect(one.from).toBeGreaterThanOrEqual(found[index - 1]?.to ?? 0);
      if (one.framing) expect(framings).toContain(one.framing);
      if (one.move) expect(cameraMoves).toContain(one.move);
      if (one.angle) expect(cameraAngles).toContain(one.angle);
    }
  });
});
