import './compare.css';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { filmAddress } from '../server/client.ts';
import { useModelNames } from '../server/model-names.ts';
import { Choice } from '../shared/choice.tsx';
import { Dialog } from '../shared/dialog.tsx';
import { Icon } from '../shared/icon.tsx';
import type { Shown } from './film-tile.tsx';
import { stepped } from './frames.ts';
import { useTogether } from './use-together.ts';

const layouts = ['beside', 'slider'] as const;
const sounds = ['none', 'first', 'second'] as const;
const middlePercent = 50;

/** Two films at the same moment, side by side or one over the other with a divider. */
export function Compare({
  first,
  second,
  onSwap,
  onClose,
}: {
  readonly first: Shown;
  readonly second: Shown;
  readonly onSwap: () => void;
  readonly onClose: () => void;
}) {
  const t = useTranslations('compare');
  const words = useTranslations('gallery');
  const videos = [useRef<HTMLVideoElement>(null), useRef<HTMLVideoElement>(null)] as const;
  const [layout, setLayout] = useState<(typeof layouts)[number]>('beside');
  const [sound, setSound] = useState<(typeof sounds)[number]>('none');
  const [divider, setDivider] = useState(middlePercent);
  const { playing, at, seconds, play, pause, seek } = useTogether(...videos);
  const frames = factsOf(first);
  const step = (by: number) => {
    pause();
    if (frames !== undefined) seek(stepped(at, by, frames));
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || (event.key !== ',' && event.key !== '.')) return;
    event.preventDefault();
    step(event.key === ',' ? -1 : 1);
  };
  useEffect(() => {
    play();
    return pause;
  }, [play, pause]);
  return (
    <Dialog label={t('title')} className="compare" onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the window bubble through it. */}
      <div className="compare-inside" onKeyDown={press}>
        <div className="compare-head">
          <h2>{t('title')}</h2>
          <button type="button" className="button plain round" aria-label={t('swap')} onClick={onSwap}>
            <Icon name="swap" />
          </button>
          <button type="button" className="button plain round" aria-label={words('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </div>
        <div className={`compare-films ${layout}`}>
          {[first, second].map((one, index) => (
            <CompareFilm
              key={index === 0 ? 'first' : 'second'}
              video={videos[index]!}
              shown={one}
              label={t(index === 0 ? 'first' : 'second')}
              muted={sound !== (index === 0 ? 'first' : 'second')}
              // The first lies on top, as far as the divider.
              hidden={layout === 'slider' && index === 0 ? 100 - divider : 0}
            />
          ))}
          {layout === 'slider' && (
            <>
              <input
                className="compare-divider"
                type="range"
                min={0}
                max={100}
                value={divider}
                aria-label={t('divider')}
                onChange={({ target }) => setDivider(Number(target.value))}
              />
              <span className="compare-line" style={{ left: `${divider}%` }} />
            </>
          )}
        </div>
        <div className="compare-controls">
          <button
            type="button"
            className="button round"
            aria-label={t(playing ? 'pause' : 'play')}
            onClick={playing ? pause : play}
          >
            <Icon name={playing ? 'pause' : 'play'} />
          </button>
          <input
            className="compare-seek"
            type="range"
            min={0}
            max={seconds}
            step="any"
            value={Math.min(at, seconds)}
            aria-label={t('at')}
            aria-valuetext={`${at.toFixed(2)} s`}
            onChange={({ target }) => {
              pause();
              seek(Number(target.value));
            }}
          />
          <span className="small quiet compare-time">{at.toFixed(2)} s</span>
          <button type="button" className="button plain round" aria-label={words('frameBack')} onClick={() => step(-1)}>
            <Icon name="frameBack" />
          </button>
          <button type="button" className="button plain round" aria-label={words('frameOn')} onClick={() => step(1)}>
            <Icon name="frameOn" />
          </button>
        </div>
        <div className="compare-choices">
          <Choice
            legend={t('layout')}
            options={layouts}
            value={layout}
            show={(one) => t(`layouts.${one as (typeof layouts)[number]}`)}
            onChoose={(one) => setLayout(one as (typeof layouts)[number])}
          />
          <Choice
            legend={t('sound')}
            options={sounds}
            value={sound}
            show={(one) => t(`sounds.${one as (typeof sounds)[number]}`)}
            onChoose={(one) => setSound(one as (typeof sounds)[number])}
          />
        </div>
      </div>
    </Dialog>
  );
}

function CompareFilm({
  video,
  shown,
  label,
  muted,
  hidden,
}: {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly shown: Shown;
  readonly label: string;
  readonly muted: boolean;
  /** Percent of its width that are cut off at the right. */
  readonly hidden: number;
}) {
  const nameOf = useModelNames();
  const facts = factsOf(shown);
  return (
    <figure>
      <video
        ref={video}
        src={filmAddress(shown.generation.id, shown.film ?? 0)}
        preload="auto"
        playsInline
        muted={muted}
        aria-label={label}
        style={{ clipPath: `inset(0 ${hidden}% 0 0)` }}
      />
      <figcaption className="small">
        {nameOf(shown.generation.model)}
        {facts !== undefined && (
          <span className="quiet">{` · ${facts.width}×${facts.height} · ${Number(facts.seconds.toFixed(2))} s`}</span>
        )}
      </figcaption>
    </figure>
  );
}

function factsOf({ generation, film }: Shown) {
  return generation.films.find(({ index }) => index === film)?.facts;
}
