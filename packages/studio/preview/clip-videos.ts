import type { DrawList, Plan } from '@refreel/core/animatic';
import type { Media } from '@refreel/core/model';
import type { CanvasPainter } from './canvas-painter.ts';

/** The reference videos of one plan, as players that nobody sees. */
export interface ClipVideos {
  /** Brings the videos of a list to their moments, and gives the painter what they show. */
  show(list: DrawList, painter: CanvasPainter, playing: boolean): void;
  close(): void;
}

/** A video that plays may be so far from where it should be: correcting it stutters more than that is seen. */
const mostDriftSeconds = 0.2;

/** A seek that has not come to its end by then is asked for anew: bytes that are long on their way do not hold up the next moment. */
const stuckMilliseconds = 1000;

/** After a seek, when it is looked at again: a video that nobody sees shows its picture four times a second. */
const settleMilliseconds = [100, 400];

/** @param onFrame called when a video that stands still has come to its moment */
export function openClipVideos(
  plan: Plan,
  addresses: Readonly<Record<Media, string>>,
  onFrame: () => void,
): ClipVideos {
  const videos = new Map<string, HTMLVideoElement>();
  /** Where each was last told to go, and when. */
  const told = new WeakMap<HTMLVideoElement, { readonly seconds: number; readonly at: number }>();
  const looks = new Map<number, ReturnType<typeof setTimeout>>();
  const lookIn = (milliseconds: number) => {
    if (looks.has(milliseconds)) return;
    const look = () => {
      looks.delete(milliseconds);
      onFrame();
    };
    looks.set(milliseconds, setTimeout(look, milliseconds));
  };
  /** Brings a video that stands to a moment. */
  const standAt = (video: HTMLVideoElement, seconds: number) => {
    if (!video.paused) video.pause();
    // A browser that has read a looping film to its end begins anew, also while it stands.
    video.loop = false;
    const last = told.get(video);
    // One that was read to its end says that it is there, wherever it stands.
    const now = video.ended && last !== undefined ? last.seconds : video.currentTime;
    // Less than a frame of any film.
    const there = Math.abs(now - seconds) <= 0.008;
    if (there && !video.seeking) return;
    if (video.seeking) lookIn(stuckMilliseconds);
    if (video.seeking && performance.now() - (last?.at ?? 0) < stuckMilliseconds) return;
    told.set(video, { seconds, at: performance.now() });
    video.currentTime = seconds;
  };
  for (const [key, { media }] of Object.entries(plan.clips)) {
    const address = addresses[media];
    if (address === undefined) continue;
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.preload = 'auto';
    video.addEventListener('seeked', () => {
      onFrame();
      // The picture of the new moment may come a little after the word that it is there, and nothing tells of it for a video that nobody sees.
      for (const milliseconds of settleMilliseconds) lookIn(milliseconds);
    });
    video.addEventListener('loadeddata', onFrame);
    video.src = address;
    videos.set(key, video);
  }
  return {
    show({ operations }, painter, playing) {
      const drawn = new Set<string>();
      for (const operation of operations) {
        if (operation.op !== 'video') continue;
        drawn.add(operation.clip);
        const video = videos.get(operation.clip);
        const clip = plan.clips[operation.clip];
        if (video === undefined || clip === undefined || video.readyState < HTMLMediaElement.HAVE_METADATA) continue;
        const seconds = operation.seconds % clip.seconds;
        if (playing) playAt(video, seconds);
        else standAt(video, seconds);
        if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) continue;
        painter.setClipFrame(operation.clip, { source: video, width: video.videoWidth, height: video.videoHeight });
      }
      for (const [key, video] of videos) if (!drawn.has(key) && !video.paused) video.pause();
    },
    close() {
      for (const look of looks.values()) clearTimeout(look);
      for (const video of videos.values()) {
        video.pause();
        video.removeAttribute('src');
        video.load();
      }
    },
  };
}

function playAt(video: HTMLVideoElement, seconds: number): void {
  video.loop = true;
  if (video.paused) void video.play().catch(() => {});
  if (Math.abs(video.currentTime - seconds) > mostDriftSeconds && !video.seeking) video.currentTime = seconds;
}
