import { describe, expect, it } from 'vitest';
import type { Reference } from '../../model/index.ts';
import { contextOf, decodeAsk } from '../conformance.suite.ts';
import { form } from '../openai/serving.suite.ts';
import { qiniu } from './index.ts';

const url = (name: string) => `https://media.example/${name}`;
const jpeg = '/9j/4AAQSkZJRgABAQAAAQ==';
const png = 'iVBORw0KGgoAAAANSUhEUg==';

describe('written for the vendor', () => {
  const context = contextOf(qiniu);
  const write = (model: string, more: object) =>
    qiniu.voyage.start({ model, references: [], shots: [{ prompt: ['p'] }], ...more }, context);
  const bodyOf = (written: ReturnType<typeof write>) =>
    written.ok && written.message.body.kind === 'json' ? written.message.body.value : undefined;
  const codes = (written: ReturnType<typeof write>) =>
    (written.ok ? written.notes : written.problems).map(({ code, path }) => `${code} ${path}`);
  const image = (media: string): Reference => ({ kind: 'image', id: media.slice(-20), name: 'a', image: media });

  it('frames where the model has them', () => {
    const frames = { startFrame: url('a.jpg'), endFrame: url('b.jpg') };
    expect(bodyOf(write('kling-v2-1', frames))).toMatchObject({
      input_reference: url('a.jpg'),
      image_tail: url('b.jpg'),
    });
    expect(bodyOf(write('kling-video-o1', frames))).toMatchObject({
      image_list: [
        { image: url('a.jpg'), type: 'first_frame' },
        { image: url('b.jpg'), type: 'end_frame' },
      ],
    });
  });

  it('inline pictures as bare base64, where there are only such', () => {
    const inline = `data:image/png;base64,${png}`;
    expect(bodyOf(write('kling-video-o1', { references: [image(inline)] }))).toMatchObject({
      image_list: [{ image: png }],
    });
    const mislabelled = { references: [image(`data:image/jpg;base64,${jpeg}`)] };
    expect(codes(write('kling-video-o1', mislabelled))).toEqual([]);
    expect(codes(write('kling-video-o1', { references: [image(inline), image(url('a.jpg'))] }))).toEqual([
      'invalid_request references',
    ]);
    expect(codes(write('sora-2', { startFrame: inline }))).toEqual(['media_address startFrame']);
    expect(codes(write('kling-video-o1', { startFrame: 'data:text/html,x' }))).toEqual(['media_address startFrame']);
  });

  it('a ratio and a tier become a size and a mode', () => {
    const upright = write('kling-v2-1', { startFrame: url('a.jpg'), ratio: '9:16', tier: '1080p' });
    expect(bodyOf(upright)).toMatchObject({ size: '1080x1920', mode: 'pro' });
    // The usual ratio is no other one.
    expect(codes(upright)).toContain('format_converted tier');
    expect(codes(upright)).toContain('format_converted mode');
    expect(bodyOf(write('kling-v2-1', { startFrame: url('a.jpg'), ratio: '1:1' }))).toMatchObject({ size: '720x720' });
    expect(codes(write('kling-v2-1', { startFrame: url('a.jpg'), ratio: '21:9' }))).toEqual([
      'format_not_offered ratio',
    ]);
  });

  it('whether the sound of a video is kept, always', () => {
    const film = { kind: 'video', id: 'v', name: 'v', video: url('a.mp4'), use: 'feature' } as const;
    expect(bodyOf(write('kling-video-o1', { references: [film] }))).toMatchObject({
      video_list: [{ video_url: url('a.mp4'), refer_type: 'feature', keep_original_sound: 'no' }],
    });
  });

  it.each<[string, string, object, string]>([
    [
      'a fifth picture',
      'kling-video-o1',
      { references: Array.from({ length: 5 }, () => image(url('a.jpg'))) },
      'too_many references',
    ],
    [
      'a subject with a clip only',
      'kling-video-o1',
      { references: [{ kind: 'subject', id: 'a', name: 'a', clip: url('a.mp4') }] },
      'image_required references[0]',
    ],
    [
      'a video whose people hold',
      'kling-video-o1',
      { references: [{ kind: 'video', id: 'a', name: 'a', video: url('a.mp4'), use: 'subject' }] },
      'setting_not_offered references[0].use',
    ],
    ['a reference of Sora', 'sora-2', { references: [image(url('a.jpg'))] }, 'input_unsupported references[0]'],
    [
      'a video of Sora',
      'sora-2',
      { references: [{ kind: 'video', id: 'a', name: 'a', video: url('a.mp4'), use: 'edit' }] },
      'input_unsupported references[0]',
    ],
    ['an end frame of Sora', 'sora-2', { endFrame: url('a.jpg') }, 'input_unsupported endFrame'],
    ["another vendor's model", 'wan2.7-r2v', {}, 'unknown_model model'],
  ])('cannot say %s', (_, model, more, expected) => {
    const written = write(model, more);
    expect(written.ok).toBe(false);
    expect(codes(written)).toContain(expected);
  });

  it('says what is lost: kinds, views, voices, mentions, shots', () => {
    const mei: Reference = {
      kind: 'subject',
      id: 'm',
      name: 'mei',
      image: url('a.jpg'),
      angles: [url('b.jpg')],
      voice: url('v.mp3'),
    };
    const one = write('kling-video-o1', { references: [mei], shots: [{ prompt: [{ mention: 'm' }, ' runs'] }] });
    expect(bodyOf(one)).toMatchObject({ prompt: 'mei runs', image_list: [{ image: url('a.jpg') }] });
    expect(codes(one).sort()).toEqual([
      'angles_not_taken references[0].angles',
      'kind_converted references[0].kind',
      'mentions_as_text shots[0].prompt',
      'voice_dropped references[0].voice',
    ]);
    const film = { kind: 'video', id: 'v', name: 'v', video: url('a.mp4'), use: 'feature' };
    const turned = write('kling-video-o1', { references: [film, image(url('a.jpg'))] });
    // Which list comes first says nothing.
    expect(codes(turned)).toEqual([]);
    const shots = write('sora-2', {
      shots: [
        { prompt: ['rain'], seconds: 4 },
        { prompt: ['snow'], seconds: 8 },
      ],
    });
    expect(bodyOf(shots)).toMatchObject({ seconds: '12' });
    expect(codes(shots)).toEqual(['shots_as_text shots']);
  });

  it('a form goes on as a form', () => {
    const given = form([
      ['model', 'sora-2'],
      ['prompt', '雨'],
      ['size', '1280x720'],
    ]);
    const read = decodeAsk(qiniu, given);
    if (!read.ok || read.value.does !== 'create') throw new Error('refused');
    expect(qiniu.voyage.start(read.value.request, context, read.value.echo)).toMatchObject({ message: given });
  });
});
