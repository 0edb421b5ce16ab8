import type { Language } from '@refreel/core/model';

/** The language of messages: `--lang`, else what the terminal says. */
export function languageFrom(flag: string | undefined, environment: NodeJS.ProcessEnv = process.env): Language {
  if (flag === 'zh' || flag === 'en') return flag;
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

const table = {
  problems: { en: 'This request cannot be made:', zh: '无法生成，原因如下：' },
  failures: { en: 'The film could not be made:', zh: '影片未能生成：' },
  notDone: { en: 'This did not work:', zh: '未能完成：' },
  none: { en: 'There are none.', zh: '没有任务。' },
  nothing: { en: 'There is nothing.', zh: '没有记录。' },
  standInThere: {
    en: 'Drawn by the server as a draft; nothing was sent to a vendor.',
    zh: '这是服务器绘制的草稿，未向任何服务商发送请求。',
  },
  notes: { en: 'Worth knowing:', zh: '请注意：' },
  advice: { en: 'Advice for a better film:', zh: '改进建议：' },
  noAdvice: { en: 'No advice: the request looks good.', zh: '没有建议：请求看起来不错。' },
  notUnderstood: {
    en: 'What the storyboard does not show as it was asked:',
    zh: '分镜未能按要求表现的内容：',
  },
  addedWords: { en: 'Added to the prompt', zh: '已补充到提示词' },
  shot: { en: 'shot', zh: '镜头' },
  fine: { en: 'The request can be made.', zh: '请求可以生成。' },
  film: { en: 'Film', zh: '影片' },
  films: { en: 'films', zh: '部' },
  price: { en: 'Price', zh: '价格' },
  unknownPrice: { en: 'not documented', zh: '文档未说明' },
  about: { en: 'about', zh: '约' },
  free: { en: 'free', zh: '免费' },
  tags: { en: 'In the prompt', zh: '提示词中的引用' },
  time: { en: 'Usual time', zh: '通常耗时' },
  minutes: { en: 'min', zh: '分钟' },
  measuring: { en: 'Looking at the media', zh: '读取素材' },
  drawing: { en: 'Drawing', zh: '绘制' },
  uploading: { en: 'Uploading', zh: '上传素材' },
  waiting: { en: 'Waiting', zh: '等待中' },
  making: { en: 'Making', zh: '生成中' },
  downloading: { en: 'Downloading', zh: '下载中' },
  keyHint: {
    en: 'A key is taken from REFREEL_KEY, or from the file that --key-file names.',
    zh: '密钥取自 REFREEL_KEY，或 --key-file 指定的文件。',
  },
  backingUp: { en: 'Backing up', zh: '备份中' },
  restoring: { en: 'Restoring', zh: '恢复中' },
  planAt: { en: 'The plan is at', zh: '拍摄计划位于' },
  source: { en: 'source', zh: '来源' },
  sound: { en: 'with sound', zh: '有声' },
  silent: { en: 'silent', zh: '无声' },
  standIn: {
    en: 'Drawn here as a draft; nothing was sent to a vendor.',
    zh: '这是本地绘制的草稿，未向任何服务商发送请求。',
  },
} as const;

/** A word or phrase of the command line in its language. */
export function say(key: keyof typeof table, language: Language): string {
  return table[key][language];
}

/** "Price: free". */
export function labelled(label: string, text: string, language: Language): string {
  return language === 'zh' ? `${label}：${text}` : `${label}: ${text}`;
}

/** "6 s", without a tail of decimals. */
export function secondsWords(seconds: number, language: Language): string {
  const number = Number(seconds.toFixed(3));
  return language === 'zh' ? `${number} 秒` : `${number} s`;
}
