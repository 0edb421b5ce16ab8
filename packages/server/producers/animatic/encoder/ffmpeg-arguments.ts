import {
  frameRateOf,
  keyframeSpacing,
  movieTimescale,
  soundBitRate,
  soundCoder,
  soundRate,
  trackLanguages,
} from './film-facts.ts';
import type { EncodeJob } from './session.ts';
import { x264ParametersFor } from './x264-parameters.ts';

/** Number of the child's file descriptor that the sound comes in by. */
export const soundDescriptor = 3;

const common = ['-hide_banner', '-nostdin', '-v', 'error', '-y'];
const soundInput = ['-f', 'f32le', '-ar', String(soundRate), '-ac', '2', '-i', `pipe:${soundDescriptor}`];

/** Pictures by the child's standard input, the sound (if it comes along) by `soundDescriptor`, to an MP4 at `target`. */
export function encodeArguments(job: EncodeJob, target: string, withSound: boolean): string[] {
  const { format, settings } = job;
  const { numerator, denominator } = frameRateOf(format.fps);
  return [
    ...common,
    ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${format.width}x${format.height}`],
    ...['-framerate', `${numerator}/${denominator}`, '-i', 'pipe:0'],
    ...(withSound ? soundInput : []),
    // A filter, because the versions of FFmpeg disagree whether options or frames decide about colour tags.
    ...['-vf', 'setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709,setsar=1'],
    ...[
      '-c:v',
      'libx264',
      '-profile:v',
      'high',
      '-pix_fmt',
      'yuv420p',
      '-x264-params',
      x264ParametersFor(format.width),
    ],
    ...['-preset', settings.preset, '-crf', String(settings.crf), '-threads:v', String(settings.threads)],
    ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-g', String(keyframeSpacing(format.fps)), '-forced-idr', '1', ...forcedKeyframes(job)],
    ...output(job, target, withSound),
  ];
}

/** Pictures that are encoded already, the sound by `soundDescriptor`, to the film's own path. */
export function joinArguments(job: EncodeJob, pictures: string): string[] {
  return [...common, '-i', `file:${pictures}`, ...soundInput, '-c:v', 'copy', ...output(job, job.file, true)];
}

function output({ format }: EncodeJob, target: string, withSound: boolean): string[] {
  const language = format.language ? ['-metadata:s:a:0', `language=${trackLanguages[format.language]}`] : [];
  const sound = [
    ...['-map', '1:a:0', '-c:a', 'aac', '-b:a', String(soundBitRate), '-aac_coder', soundCoder],
    ...['-flags:a', '+bitexact', ...language],
  ];
  return [
    // The name is FFmpeg's own, said aloud because it would leave it out where it only copies pictures.
    ...['-map', '0:v:0', '-flags:v', '+bitexact', '-metadata:s:v:0', 'encoder=Lavc libx264'],
    ...(withSound ? sound : []),
    ...['-map_metadata', '-1', ...(format.title ? ['-metadata', `title=${format.title}`] : [])],
    ...['-metadata', `comment=${format.comment}`, '-fflags', '+bitexact'],
    // The order of packets must not depend on which track happens to be ahead.
    ...['-max_interleave_delta', '0', '-movflags', '+faststart', '-movie_timescale', String(movieTimescale)],
    ...['-f', 'mp4', `file:${target}`],
  ];
}

/** Times, cut to whole microseconds: FFmpeg forces the first frame at or after each, and rounding up would name the next one. */
function forcedKeyframes({ format, settings }: EncodeJob): string[] {
  if (settings.keyframes.length === 0) return [];
  const { numerator, denominator } = frameRateOf(format.fps);
  const times = [...settings.keyframes]
    .sort((one, other) => one - other)
    .map((frame) => (Math.floor((frame * denominator * 1_000_000) / numerator) / 1_000_000).toFixed(6));
  return ['-force_key_frames', times.join(',')];
}
