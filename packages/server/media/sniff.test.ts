import { expect, test } from 'vitest';
import { describe as name } from './describe.ts';
import { sniff } from './sniff.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each([
  ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image', 'image/png', 'png'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', 'image', 'image/jpeg', 'jpeg'],
  ['GIF89a\x01\0\x01\0', 'image', 'image/gif', 'gif'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'image', 'image/webp', 'webp'],
  ['BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'image', 'image/bmp', 'bmp'],
  ['\0\0\0\x20ftypisom\0\0\0\0', 'video', 'video/mp4', 'mov'],
  ['\0\0\0\x20ftypqt  \0\0\0\0', 'video', 'video/quicktime', 'mov'],
  ['\0\0\0\x08wide\0\0\0\0mdat', 'video', 'video/quicktime', 'mov'],
  ['\0\0\0\x20ftypM4A \0\0\0\0', 'audio', 'audio/mp4', 'mov'],
  ['\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm', 'video', 'video/webm', 'matroska'],
  ['\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska', 'video', 'video/x-matroska', 'matroska'],
  ['RIFF\0\0\0\0WAVEfmt ', 'audio', 'audio/wav', 'wav'],
  ['ID3\x04\0\0\0\0\0\0', 'audio', 'audio/mpeg', 'mp3'],
  ['\xff\xfb\x90\x64', 'audio', 'audio/mpeg', 'mp3'],
])('the bytes %j are %s, %s', (head, kind, mediaType, demuxer) => {
  expect(sniff(bytes(head))).toEqual({ kind, mediaType, demuxer });
});

test.each([
  ['', 'empty'],
  ['<!DOCTYPE html><html><body><svg></svg></body></html>', 'an HTML page'],
  ['\xef\xbb\xbf\n <HTML><head>', 'an HTML page'],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
  ['<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="1"/>', 'an SVG drawing'],
  ['<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash"/>', 'a DASH playlist'],
  ['<?xml version="1.0"?><feed/>', 'an XML text'],
  ['#EXTM3U\n#EXTINF:1,\n/etc/passwd', 'an HLS playlist'],
  ['ffconcat version 1.0\nfile /etc/passwd', 'a list of files for FFmpeg'],
  ['%PDF-1.7', 'a PDF'],
  ['PK\x03\x04', 'a ZIP'],
  ['RIFF\0\0\0\0AVI LIST', 'an AVI'],
  ['\0\0\0\x20ftypavif\0\0\0\0', 'an AVIF picture'],
  ['\0\0\0\x20ftypmif1\0\0\0\0avif', 'an AVIF picture'],
  ['\0\0\0\x20ftypheic\0\0\0\0', 'a HEIC picture'],
  ['\0\0\0\x0cJXL \r\n\x87\n', 'a JPEG XL picture'],
  ['II*\0\x08\0\0\0', 'a TIFF picture'],
  ['OggS\0', 'an Ogg file'],
  ['fLaC\0', 'a FLAC sound'],
  ['\xff\xf1\x50\x80', 'an AAC stream'],
  ['BM is how this text begins', 'text'],
  ['{"error":{"code":404}}', 'a JSON text'],
  ['\xff\xfeh\0i\0', 'text'],
  ['\x00\x01\x02\x03\x04', 'unknown'],
])('the bytes %j are refused as %s', (head, found) => {
  expect(sniff(bytes(head))).toBeUndefined();
  expect(name(bytes(head))).toBe(found);
});

test('a text cut in the middle of a character is still text', () => {
  expect(name(Buffer.from('电影', 'utf8').subarray(0, 5))).toBe('text');
});
