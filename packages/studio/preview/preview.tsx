import type { Facts, Film, Media, Request } from '@refreel/core/model';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type DraftServer, type MediumAddress, pageServer, storedAddress } from './draft-server.ts';
import { type Player, type PlayerView, shotNumber, wordsAt } from './player.ts';
import './preview.css';
import { PreviewIcon } from './preview-icon.tsx';
import type { PreviewLabels } from './preview-labels.ts';
import { usePlayer } from './use-player.ts';
import { useStills } from './use-stills.ts';

/** A draft of a request, which plays at once and follows the request as it changes. */
export interface PreviewProps {
  readonly request: Request;
  /** What `check` settled. */
  readonly film: Film;
  /** Of the media; spoken lines are asked for here. */
  readonly facts: Facts;
  /** `previewLabels[language]`. */
  readonly labels: PreviewLabels;
  /** Default: the server that gave the page. */
  readonly server?: DraftServer;
  /** Where media are seen that are not stored yet. Keep it the same function. Default: stored ones only. */
  readonly addressOf?: (media: Media) => MediumAddress;
  /** Takes a picture of each shot of the request, as addresses, whenever the film has become another. */
  readonly onStills?: (addresses: readonly string[]) => void;
  /** The shot that is being worked on, 0-based: when it becomes another, what plays goes to its beginning, what stands shows its middle. */
  readonly shot?: number;
}

/** Seconds that a key goes. */
const stepSeconds = 1;

/** The preview: a picture, and its controls below it. */
export function Preview({
  labels,
  server = pageServer,
  addressOf = storedAddressOf,
  onStills,
  shot,
  ...source
}: PreviewProps) {
  const whole = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const slider = useRef<HTMLInputElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  const [muted, setMuted] = useState(false);
  const full = useFullScreen(whole);

  const showMoment: PlayerView['onMoment'] = (seconds, frame, shown) => {
    if (slider.current === null || time.current === null) return;
    const { plan } = shown;
    const length = plan.frames / plan.fps;
    // Thirty times a second: not through React.
    slider.current.value = String(frame);
    slider.current.style.setProperty('--share', String(plan.frames > 1 ? frame / (plan.frames - 1) : 0));
    slider.current.setAttribute(
      'aria-valuetext',
      labels.moment(seconds, length, shotNumber(shown, frame), plan.shots.length, wordsAt(shown, seconds)),
    );
    time.current.textContent = `${seconds.toFixed(1)} / ${length.toFixed(1)} s`;
  };
  const { player, state } = usePlayer(canvas, { ...source, server, addressOf }, showMoment);
  const { shown, playing, preparing, missing, failed } = state;
  const { shotSeconds } = source.film;
  useStills(player, state, shotSeconds, onStills);
  useShot(player, shot, shotSeconds);
  const frames = shown?.plan.frames ?? 1;
  const fps = shown?.plan.fps ?? source.film.fps;

  const toggle = () => (player.current?.playing ? player.current.pause() : player.current?.play());
  const mute = () => {
    player.current?.mute(!muted);
    setMuted(!muted);
  };
  const go = (seconds: number) => player.current?.seek(player.current.seconds + seconds);
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target instanceof HTMLButtonElement;
    const onSlider = event.target === slider.current;
    const deeds: Record<string, (() => void) | undefined> = {
      ' ': onButton ? undefined : toggle,
      k: toggle,
      m: mute,
      f: full.toggle,
      // The slider goes by frames itself.
      ArrowLeft: onSlider ? undefined : () => go(-stepSeconds),
      ArrowRight: onSlider ? undefined : () => go(stepSeconds),
      ',': () => go(-1 / fps),
      '.': () => go(1 / fps),
    };
    const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  };

  return (
    <section ref={whole} className="preview" aria-label={labels.preview} aria-busy={preparing} onKeyDown={onKey}>
      <div className="preview-screen" style={{ aspectRatio: `${source.film.width} / ${source.film.height}` }}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={labels.picture(shown?.plan.shots.length ?? source.request.shots.length, frames / fps)}
          onClick={toggle}
        />
        <p className="preview-state" role="status">
          {failed ? labels.failed : preparing ? labels.preparing : missing > 0 ? labels.missing(missing) : ''}
        </p>
      </div>
      <div className="preview-controls">
        <button type="button" onClick={toggle} aria-label={playing ? labels.pause : labels.play}>
          <PreviewIcon name={playing ? 'pause' : 'play'} />
        </button>
        <span className="preview-track">
          {shown?.plan.shots.slice(1).map(({ start }) => (
            <span key={start} className="preview-cut" style={{ left: `${(start / Math.max(frames - 1, 1)) * 100}%` }} />
          ))}
          <input
            ref={slider}
            type="range"
            min={0}
            max={Math.max(frames - 1, 0)}
            step={1}
            defaultValue={0}
            aria-label={labels.position}
            onInput={(event) => player.current?.seek(Number(event.currentTarget.value) / fps + 1e-6)}
          />
        </span>
        <span ref={time} className="preview-time" aria-hidden="true" />
        <button type="button" onClick={mute} aria-label={muted ? labels.unmute : labels.mute}>
          <PreviewIcon name={muted ? 'muted' : 'sound'} />
        </button>
        {full.able && (
          <button type="button" onClick={full.toggle} aria-label={full.on ? labels.leaveFullScreen : labels.fullScreen}>
            <PreviewIcon name={full.on ? 'reduce' : 'enlarge'} />
          </button>
        )}
      </div>
    </section>
  );
}

/** Goes to a shot that was turned to. */
function useShot(player: RefObject<Player | undefined>, shot: number | undefined, seconds: readonly number[]) {
  const times = useRef(seconds);
  times.current = seconds;
  const before = useRef(shot);
  useEffect(() => {
    if (shot === before.current || shot === undefined) return;
    before.current = shot;
    const length = times.current[shot] ?? 0;
    const start = times.current.slice(0, shot).reduce((sum, one) => sum + one, 0);
    player.current?.seek(player.current.playing ? start : start + length / 2);
  }, [player, shot]);
}

const storedAddressOf = (media: Media) => storedAddress(media);

/** Whether an element fills the screen; phones may not be able to. */
function useFullScreen(element: RefObject<HTMLElement | null>) {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const look = () => setOn(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [element]);
  const toggle = () => {
    if (document.fullscreenElement !== null) void document.exitFullscreen();
    else void element.current?.requestFullscreen().catch(() => {});
  };
  return { on, able: document.fullscreenEnabled, toggle };
}
