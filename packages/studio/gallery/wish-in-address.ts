import type { State } from '@refreel/core/model';
import { useSearchParams } from 'wouter';
import type { Wish } from '../server/wish.ts';

/** What the gallery shows, by what became of it. */
export const shows: Readonly<Record<Shown, readonly State[] | undefined>> = {
  films: ['done'],
  running: ['preparing', 'queued', 'submitting', 'unconfirmed', 'running', 'fetching', 'cancelling'],
  failed: ['failed'],
  cancelled: ['cancelled'],
  all: undefined,
  deleted: undefined,
};
export type Shown = 'films' | 'running' | 'failed' | 'cancelled' | 'all' | 'deleted';

/** The filters as they stand in the page's address, where they survive a reload and can be sent to somebody. */
export interface Filters {
  readonly show: Shown;
  readonly model: string | undefined;
  readonly project: string | undefined;
  readonly text: string | undefined;
  readonly day: string | undefined;
  readonly starred: boolean;
}

/** The filters of an address. What cannot be read filters nothing. */
export function readFilters(parameters: URLSearchParams): Filters {
  const show = parameters.get('show') ?? '';
  const day = parameters.get('day') ?? '';
  return {
    show: Object.hasOwn(shows, show) ? (show as Shown) : 'films',
    model: parameters.get('model') || undefined,
    project: /^prj_[0-9a-z]{26}$/.exec(parameters.get('project') ?? '')?.[0],
    text: parameters.get('text')?.trim().slice(0, 200) || undefined,
    day: /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined,
    starred: parameters.get('starred') === 'true',
  };
}

/** What the server is asked for by filters. */
export function wishOf({ show, model, project, text, day, starred }: Filters): Wish {
  const states = shows[show];
  return {
    ...(states !== undefined && { states }),
    ...(show === 'deleted' && { deleted: true }),
    ...(project !== undefined && { project }),
    ...(model !== undefined && { model }),
    ...(text !== undefined && { text }),
    ...(day !== undefined && { day }),
    ...(starred && { starred: true }),
  };
}

/** What is shown where nobody asked for anything else. */
export const nothingAsked: Filters = {
  ...{ show: 'films', starred: false },
  ...{ model: undefined, project: undefined, text: undefined, day: undefined },
};

/** The filters of this page's address, and what changes them. */
export function useFilters(): readonly [Filters, (change: Partial<Filters>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filters = readFilters(parameters);
  const change = (wanted: Partial<Filters>) => {
    const { show, model, project, text, day, starred } = { ...filters, ...wanted };
    const entries = {
      show: show === 'films' ? '' : show,
      model: model ?? '',
      project: project ?? '',
      text: text ?? '',
      day: day ?? '',
      starred: starred ? 'true' : '',
    };
    setParameters(new URLSearchParams(Object.entries(entries).filter(([, value]) => value !== '')), { replace: true });
  };
  return [filters, change];
}
