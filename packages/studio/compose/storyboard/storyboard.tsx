import './storyboard.css';
import type { Card } from '@refreel/core/model';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Icon } from '../../shared/icon.tsx';
import { useTouchDrag } from '../../shared/touch-drag.ts';
import { moveBeside } from './move-beside.ts';
import { ShotActions } from './shot-actions.tsx';
import { ShotCell } from './shot-cell.tsx';
import { turnToShot } from './shot-focus.ts';
import { useShots } from './use-shots.ts';

/** Seconds that are left are shown up to this share of those that there are: a model of minutes would leave no room for the shots. */
const mostFree = 0.5;

/** The film by its shots: a strip in which a second is as wide as any other. What is chosen is written below. */
export function Storyboard({ card }: { readonly card: Card | undefined }) {
  const t = useTranslations('storyboard');
  const board = useShots(card);
  const { shots, seconds, limits, active } = board;
  const strip = useRef<HTMLDivElement>(null);
  const [told, tell] = useState('');
  const total = Number(seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0).toFixed(2));
  const most = limits?.all;
  const beyond = most !== undefined && total > most;
  const free = most === undefined ? total * mostFree : Math.min(Math.max(most - total, 0), total * mostFree);

  /** Keys act on what has the focus, so the focus goes with it: as soon as the shot is there. */
  const wanted = useRef<number>(undefined);
  const focus = (index: number) => {
    wanted.current = index;
  };
  useLayoutEffect(() => {
    const tab =
      wanted.current === undefined ? undefined : strip.current?.querySelectorAll('[role=tab]')[wanted.current];
    wanted.current = undefined;
    if (tab instanceof HTMLElement) tab.focus();
  });
  const go = (index: number) => {
    // Nothing would be drawn, and the wish would wait for what is drawn next.
    if (index === active) return;
    turnToShot(index);
    focus(index);
  };
  const move = (from: number, to: number) => {
    board.move(from, to);
    tell(t('moved', { from: from + 1, to: to + 1 }));
  };
  useTouchDrag(strip, '.shot-cell', (item, over, side) => {
    const cells = [...(strip.current?.querySelectorAll('.shot-cell') ?? [])];
    moveBeside(cells.indexOf(item), cells.indexOf(over), side, move);
  });
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = shots.length - 1;
    const remove = () => {
      if (last === 0) return;
      board.remove(active);
      focus(Math.min(active, last - 1));
    };
    const step = (by: number) => {
      const to = active + by;
      if (to < 0 || to > last) return;
      if (!event.shiftKey) return go(to);
      move(active, to);
      focus(to);
    };
    const deeds: Record<string, () => void> = {
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      Home: () => go(0),
      End: () => go(last),
      Delete: remove,
      Backspace: remove,
      Enter: () => document.querySelector<HTMLElement>('#shot-words textarea')?.focus(),
      d: () => {
        board.duplicate(active);
        focus(active + 1);
      },
      s: () => {
        board.split(active);
        focus(active);
      },
      n: () => {
        board.insertAfter(active);
        focus(active + 1);
      },
    };
    const deed = deeds[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  };
  return (
    <section className="storyboard" aria-label={t('title')}>
      <div className="storyboard-row">
        <div
          ref={strip}
          className="storyboard-strip"
          role="tablist"
          aria-label={t('shots')}
          style={{ flexGrow: Math.max(total, 1) }}
        >
          {shots.map((shot, index) => (
            <ShotCell
              // biome-ignore lint/suspicious/noArrayIndexKey: a shot is what stands at its place.
              key={index}
              index={index}
              shot={shot}
              seconds={seconds[index]}
              active={index === active}
              onKeyDown={press}
              onMove={move}
            />
          ))}
        </div>
        <button
          type="button"
          className="storyboard-add"
          style={{ flexGrow: free }}
          aria-label={t('add')}
          onClick={board.add}
        >
          <Icon name="add" size={16} /> <span>{t('add')}</span>
        </button>
      </div>
      <div className="storyboard-foot">
        <ShotActions board={board} onMove={(to) => move(active, to)} />
        <span className={beyond ? 'small wrong-text' : 'small quiet'} data-testid="shots-total">
          {most === undefined ? `${total} s` : `${total} / ${most} s`}
        </span>
      </div>
      <span role="status" className="hidden-visually">
        {told}
      </span>
    </section>
  );
}
