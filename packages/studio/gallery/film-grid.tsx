import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { gridShape, tileAfter, tilesInView } from './rows-in-view.ts';

const leastTileWidth = 340;
const gap = 16;

/**
 * A grid of which only what is near the view is on the page, however long it is: each tile stands where it would stand among all others.
 * Arrow keys go from tile to tile. `onEnd` is called while the end is near.
 */
export function FilmGrid({
  label,
  count,
  more,
  keyOf,
  onEnd,
  children,
}: {
  readonly label: string;
  readonly count: number;
  /** There are others behind them, of unknown number. */
  readonly more: boolean;
  readonly keyOf: (index: number) => string;
  readonly onEnd: () => void;
  readonly children: (index: number) => ReactNode;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(0);
  const [view, setView] = useState({ top: 0, height: 0 });
  const [focused, setFocused] = useState<number>();
  const wanted = useRef<number>(undefined);
  const shape = gridShape(width, leastTileWidth, gap);
  const { from, to } = width === 0 ? { from: 0, to: 0 } : tilesInView(shape, count, view);
  const rows = Math.ceil(count / shape.columns);

  useLayoutEffect(() => {
    const shown = list.current!;
    const look = () => {
      setWidth(shown.clientWidth);
      setView({ top: -shown.getBoundingClientRect().top, height: innerHeight });
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(shown);
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    return () => {
      sizes.disconnect();
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
    };
  }, []);
  useEffect(() => {
    if (width > 0 && to >= count) onEnd();
  });
  useEffect(() => {
    if (wanted.current === undefined) return;
    const tile = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] button`);
    wanted.current = undefined;
    tile?.focus();
  });

  const move = (event: KeyboardEvent) => {
    if (focused === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = tileAfter(event.key, focused, count, shape.columns);
    if (next === undefined) return;
    event.preventDefault();
    wanted.current = next;
    setFocused(next);
  };
  // What has the focus stays, or the focus would be lost.
  const shown = Array.from({ length: to - from }, (_, at) => from + at);
  if (focused !== undefined && focused < count && (focused < from || focused >= to)) shown.push(focused);
  return (
    <ul
      ref={list}
      className="film-grid"
      aria-label={label}
      style={{ height: Math.max(0, rows * shape.rowHeight - gap) }}
      onKeyDown={move}
      onFocus={({ target }) => {
        const at = target.closest('[data-index]')?.getAttribute('data-index');
        if (at !== undefined && at !== null) setFocused(Number(at));
      }}
    >
      {shown
        .sort((one, other) => one - other)
        .map((index) => (
          <li
            key={keyOf(index)}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={more ? -1 : count}
            style={{
              width: shape.tileWidth,
              transform: `translate(${(index % shape.columns) * (shape.tileWidth + gap)}px, ${Math.floor(index / shape.columns) * shape.rowHeight}px)`,
            }}
          >
            {children(index)}
          </li>
        ))}
    </ul>
  );
}
