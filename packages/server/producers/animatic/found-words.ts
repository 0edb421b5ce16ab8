import type { Localized } from '@refreel/core/model';

/** What the media room found in a file, said in both languages; what it names in a library's own words stays as it is. */
export function foundWords(found: string): Localized | string {
  const zh = chinese.get(found);
  if (zh === undefined) return found;
  return { en: found === 'unknown' ? 'of an unknown kind' : found, zh };
}

/** By the words of `media/describe.ts` and of those who throw `MediaRefused`. */
const chinese: ReadonlyMap<string, string> = new Map([
  ['empty', '空文件'],
  ['unknown', '未知类型的文件'],
  ['text', '文本'],
  ['a JSON text', 'JSON 文本'],
  ['an XML text', 'XML 文本'],
  ['an HTML page', 'HTML 网页'],
  ['an SVG drawing', 'SVG 矢量图'],
  ['an HLS playlist', 'HLS 播放列表'],
  ['a DASH playlist', 'DASH 播放列表'],
  ['a list of files for FFmpeg', 'FFmpeg 文件列表'],
  ['a PDF', 'PDF 文档'],
  ['a ZIP', 'ZIP 压缩包'],
  ['a gzip archive', 'gzip 压缩包'],
  ['a RAR archive', 'RAR 压缩包'],
  ['a 7z archive', '7z 压缩包'],
  ['a program', '程序文件'],
  ['an icon', '图标文件'],
  ['an AVI', 'AVI 视频'],
  ['a Flash video', 'Flash 视频'],
  ['a Windows Media file', 'Windows Media 文件'],
  ['an MPEG programme stream', 'MPEG 节目流'],
  ['an MPEG transport stream', 'MPEG 传输流'],
  ['a file of the Matroska kind', 'Matroska 类文件'],
  ['a FLAC sound', 'FLAC 音频'],
  ['an Ogg file', 'Ogg 文件'],
  ['an AIFF sound', 'AIFF 音频'],
  ['an AU sound', 'AU 音频'],
  ['an AMR sound', 'AMR 音频'],
  ['an AAC stream', 'AAC 音频流'],
  ['a TIFF picture', 'TIFF 图像'],
  ['a Photoshop file', 'Photoshop 文件'],
  ['a JPEG XL picture', 'JPEG XL 图像'],
  ['a JPEG 2000 picture', 'JPEG 2000 图像'],
  ['an AVIF picture', 'AVIF 图像'],
  ['a HEIC picture', 'HEIC 图像'],
  ['a picture of the MP4 kind', 'MP4 类图像'],
  ['a file without sound', '没有声音的文件'],
  ['a file without pictures', '没有画面的文件'],
  ['a file without pictures or sound', '没有画面和声音的文件'],
  ['a sound file without sound', '没有声音的音频文件'],
  ['a sound without samples', '没有采样的音频'],
  ['a picture without pixels', '没有像素的图像'],
  ['a track without a single packet', '没有数据包的轨道'],
  ['no frame that decodes', '没有可解码的帧'],
]);
