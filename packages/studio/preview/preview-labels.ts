import type { Language } from '@refreel/core/model';

/** Every word of a preview. */
export interface PreviewLabels {
  /** Name of the whole. */
  readonly preview: string;
  readonly play: string;
  readonly pause: string;
  readonly mute: string;
  readonly unmute: string;
  readonly fullScreen: string;
  readonly leaveFullScreen: string;
  /** Name of the slider. */
  readonly position: string;
  /** Its value: seconds, of all seconds, number of the shot, of all shots, and what is said there. */
  readonly moment: (at: number, of: number, shot: number, shots: number, words: string) => string;
  /** What the picture is, for those who do not see it. */
  readonly picture: (shots: number, seconds: number) => string;
  readonly preparing: string;
  /** How many pictures or lines did not come. */
  readonly missing: (count: number) => string;
  readonly failed: string;
}

const tenths = (seconds: number) => seconds.toFixed(1);

export const previewLabels: Readonly<Record<Language, PreviewLabels>> = {
  en: {
    preview: 'Draft preview',
    play: 'Play',
    pause: 'Pause',
    mute: 'Mute',
    unmute: 'Unmute',
    fullScreen: 'Full screen',
    leaveFullScreen: 'Leave full screen',
    position: 'Position in the film',
    moment: (at, of, shot, shots, words) =>
      `${tenths(at)} of ${tenths(of)} seconds, shot ${shot} of ${shots}${words === '' ? '' : `: ${words}`}`,
    picture: (shots, seconds) => `Draft of ${shots === 1 ? 'one shot' : `${shots} shots`}, ${tenths(seconds)} seconds`,
    preparing: 'Drawing the draft…',
    missing: (count) => (count === 1 ? 'One picture or line is missing.' : `${count} pictures or lines are missing.`),
    failed: 'The draft cannot be drawn in this browser.',
  },
  zh: {
    preview: '草稿预览',
    play: '播放',
    pause: '暂停',
    mute: '静音',
    unmute: '取消静音',
    fullScreen: '全屏',
    leaveFullScreen: '退出全屏',
    position: '播放位置',
    moment: (at, of, shot, shots, words) =>
      `第 ${tenths(at)} 秒，共 ${tenths(of)} 秒，镜头 ${shot}/${shots}${words === '' ? '' : `：${words}`}`,
    picture: (shots, seconds) => `草稿，共 ${shots} 个镜头，${tenths(seconds)} 秒`,
    preparing: '正在绘制草稿…',
    missing: (count) => `缺少 ${count} 个画面或台词。`,
    failed: '此浏览器无法绘制草稿。',
  },
};
