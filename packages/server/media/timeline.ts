import { AV_NOPTS_VALUE as noTime } from 'node-av/constants';
import type { Container, Track } from './container.ts';
import { packetsOf } from './container.ts';
import { MediaRefused, type RefusalCode, type RefusalUnit } from './refusal.ts';

/** What a track really holds, counted packet by packet: headers can say anything. */
export interface Timeline {
  readonly packets: number;
  /** Seconds from the start of the first packet to the end of the last in order of showing. */
  readonly seconds: number;
  /** Time stamp of the first shown packet, in seconds of the container. */
  readonly start: number;
  /** Packets a second between the first and the last; undefined of a single one. */
  readonly rate: number | undefined;
}

/** Reads every packet of a track, decoding none, and stops at the first that is past a limit. Throws `MediaRefused`. */
export function countTrack(container: Container, track: Track, most: { seconds: number; packets: number }): Timeline {
  const refuse = (code: RefusalCode, unit: RefusalUnit, limit: number, found: number): never => {
    throw new MediaRefused({ code, unit, limit, found });
  };
  const declared = track.declaredSeconds;
  if (declared !== undefined && declared > most.seconds + slackSeconds) {
    refuse('media_too_long', 'seconds', most.seconds, declared);
  }
  let packets = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  let clock = 0;
  for (const packet of packetsOf(container, track)) {
    packets += 1;
    if (packets > most.packets) refuse('media_too_many_frames', 'frames', most.packets, packets);
    const stamp = packet.pts === noTime ? packet.dts : packet.pts;
    const at = stamp === noTime ? clock : Number(stamp) * track.tickSeconds;
    const length = Number(packet.duration) * track.tickSeconds;
    clock = at + length;
    first = Math.min(first, at);
    last = Math.max(last, at);
    end = Math.max(end, clock);
    if (end - first > most.seconds + slackSeconds) refuse('media_too_long', 'seconds', most.seconds, end - first);
  }
  if (packets === 0) throw new MediaRefused({ code: 'media_corrupt', found: 'a track without a single packet' });
  const rate = packets > 1 && last > first ? (packets - 1) / (last - first) : undefined;
  // Some containers give packets no length: the last lasts as long as the others did.
  const seconds = Math.max(end, last + (end === last && rate ? 1 / rate : 0)) - first;
  return { packets, seconds, start: first, rate };
}

/** A film of exactly the limit may end a frame late by its container's rounding. */
const slackSeconds = 0.1;
