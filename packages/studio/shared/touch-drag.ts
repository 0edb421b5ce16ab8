import { type RefObject, useEffect, useRef } from 'react';

/** Held for so long, a thing is taken; moved before that, the page scrolls. */
const holdMilliseconds = 300;
const slackPixels = 8;
/** So near to an edge of what scrolls, it scrolls, by so much for each frame. */
const edgePixels = 56;
const scrollPixels = 10;

/** Of the thing below the finger: the half that it is nearer to. */
export type Side = 'before' | 'behind';

/** What is held, or carried already. */
interface Held {
  readonly item: HTMLElement;
  readonly pointer: number;
  readonly begin: ReturnType<typeof setTimeout>;
  readonly from: { readonly x: number; readonly y: number; readonly scrolled: Scrolled };
  at: { readonly x: number; readonly y: number };
  carried: boolean;
  over: HTMLElement | undefined;
}

type Scrolled = readonly [left: number, top: number];

/**
 * Lets a finger or a pen take what lies in a list to another place: held for a moment first, so that a swipe scrolls as ever. A mouse drags by the
 * browser's own means. What is carried has `data-carried`, what it would be dropped on `data-over` with the side. `items` is a selector.
 */
export function useTouchDrag(
  list: RefObject<HTMLElement | null>,
  items: string,
  onDrop: (item: HTMLElement, over: HTMLElement, side: Side) => void,
): void {
  const drop = useRef(onDrop);
  drop.current = onDrop;
  useEffect(() => (list.current === null ? undefined : listenTo(list.current, items, drop)), [list, items]);
}

function listenTo(list: HTMLElement, items: string, drop: RefObject<Parameters<typeof useTouchDrag>[2]>): () => void {
  let held: Held | undefined;
  const scrolled = (): Scrolled => [list.scrollLeft + scrollX, list.scrollTop + scrollY];

  const sideOf = (over: HTMLElement, x: number): Side => {
    const { left, width } = over.getBoundingClientRect();
    return x < left + width / 2 ? 'before' : 'behind';
  };
  const show = (one: Held) => {
    const [left, top] = scrolled();
    const { x, y, scrolled: before } = one.from;
    one.item.style.transform = `translate(${one.at.x - x + left - before[0]}px, ${one.at.y - y + top - before[1]}px)`;
    const below = document.elementFromPoint(one.at.x, one.at.y)?.closest<HTMLElement>(items);
    const over = below != null && below !== one.item && list.contains(below) ? below : undefined;
    if (over !== one.over) one.over?.removeAttribute('data-over');
    one.over = over;
    if (over !== undefined) over.dataset.over = sideOf(over, one.at.x);
  };
  const scroll = (one: Held) => {
    if (held !== one) return;
    if (isBeyond(one, slackPixels)) {
      const { left, right } = list.getBoundingClientRect();
      list.scrollBy(towards(one.at.x, Math.max(left, 0), Math.min(right, innerWidth)), 0);
      scrollBy(0, towards(one.at.y, 0, innerHeight));
    }
    show(one);
    requestAnimationFrame(() => scroll(one));
  };
  const letGo = () => {
    if (held === undefined) return;
    clearTimeout(held.begin);
    held.item.draggable = true;
    held.item.style.transform = '';
    held.item.removeAttribute('data-carried');
    held.over?.removeAttribute('data-over');
    held = undefined;
  };

  const listening = new AbortController();
  const { signal } = listening;
  list.addEventListener(
    'pointerdown',
    (event) => {
      letGo();
      const target = event.target as HTMLElement;
      const item = target.closest<HTMLElement>(items);
      if (event.pointerType === 'mouse' || item === null || target.matches('input, select, textarea')) return;
      // Or a long press would begin the browser's own drag.
      item.draggable = false;
      const at = { x: event.clientX, y: event.clientY };
      const begin = setTimeout(() => {
        if (held === undefined) return;
        held.carried = true;
        held.item.dataset.carried = '';
        scroll(held);
      }, holdMilliseconds);
      const from = { ...at, scrolled: scrolled() };
      held = { item, pointer: event.pointerId, begin, from, at, carried: false, over: undefined };
    },
    { signal },
  );
  list.addEventListener(
    'pointermove',
    (event) => {
      if (held?.pointer !== event.pointerId) return;
      held.at = { x: event.clientX, y: event.clientY };
      if (!held.carried && isBeyond(held, slackPixels)) letGo();
    },
    { signal },
  );
  list.addEventListener(
    'pointerup',
    (event) => {
      if (held?.pointer !== event.pointerId) return;
      const one = held;
      if (one.carried) show(one);
      const { item, over, carried } = one;
      letGo();
      if (!carried) return;
      // The finger that lets go of it has pressed nothing.
      const still = (click: Event) => click.target instanceof Node && item.contains(click.target) && stop(click);
      document.addEventListener('click', still, { capture: true });
      setTimeout(() => document.removeEventListener('click', still, { capture: true }), holdMilliseconds);
      if (over !== undefined) drop.current(item, over, sideOf(over, event.clientX));
    },
    { signal },
  );
  list.addEventListener('pointercancel', letGo, { signal });
  // Neither does the page scroll below what is carried, nor does a menu open.
  list.addEventListener('touchmove', (event) => held?.carried && event.preventDefault(), { signal, passive: false });
  list.addEventListener('contextmenu', (event) => held !== undefined && event.preventDefault(), { signal });
  return () => {
    letGo();
    listening.abort();
  };
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function isBeyond({ at, from }: Held, pixels: number): boolean {
  return Math.hypot(at.x - from.x, at.y - from.y) > pixels;
}

function towards(at: number, least: number, most: number): number {
  if (at < least + edgePixels) return -scrollPixels;
  return at > most - edgePixels ? scrollPixels : 0;
}
