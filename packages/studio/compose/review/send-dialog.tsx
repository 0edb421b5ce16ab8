import './send-dialog.css';
import { findCard } from '@refreel/core/catalog';
import { type Request, showMoney } from '@refreel/core/model';
import type { LossReport, ShownProblem } from '@refreel/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { draftModel } from '../../document/draft-request.ts';
import { useRefreel } from '../../server/client.ts';
import { useSession } from '../../server/session.ts';
import { Toggle } from '../../shared/choice.tsx';
import { Dialog, DialogHead } from '../../shared/dialog.tsx';
import { Icon } from '../../shared/icon.tsx';
import { usePreferences } from '../../shared/preferences.ts';
import { LossTable } from './loss-table.tsx';
import { RefusalList } from './refusal-list.tsx';
import { useSend } from './use-send.ts';

/**
 * The same request to a vendor's model: what becomes of every field there, what it costs, and the last word of a person.
 */
export function SendDialog({
  request,
  region,
  onClose,
}: {
  readonly request: Request;
  /** Where its own model is asked. */
  readonly region: string | undefined;
  readonly onClose: () => void;
}) {
  const t = useTranslations('send');
  const language = usePreferences((preferences) => preferences.language);
  const session = useSession();
  const own = findCard(request.model)?.offline === true ? undefined : request.model;
  const [chosen, choose] = useState(own);
  const [strict, setStrict] = useState(request.strict === true);
  const { busy, refused, send } = useSend();

  const able = useReports(request, 'all');
  const others = (able.data?.models ?? []).filter(({ model }) => model !== draftModel());
  const model = chosen ?? others[0]?.model;
  const where = model === own ? region : undefined;
  const one = useReports(request, model === undefined ? undefined : [model], where);
  const report = one.data?.models?.[0];
  const live = session.data?.mode === 'live';
  const refusedByBudgets = useBudgets(request, live ? model : undefined, where);
  const listed = model === undefined || others.some((two) => two.model === model) ? [] : [model];

  const confirm = async () => {
    if (model === undefined) return;
    const { strict: _, ...rest } = request;
    if (await send({ ...rest, model, ...(strict && { strict: true }) }, where)) onClose();
  };
  const makes = report !== undefined && (strict ? report.okStrict : report.ok);
  const name = (id: string) => findCard(id)?.name[language] ?? id;
  return (
    <Dialog label={t('title')} className="send-dialog" onClose={onClose}>
      <DialogHead title={t('title')} onClose={onClose} />
      <div className="send-body">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and a legend. */}
        <div className="send-models" role="group" aria-label={t('models')} aria-busy={able.isPending}>
          {[...listed, ...others.map((two) => two.model)].map((id) => (
            <button key={id} type="button" className="model-row" aria-pressed={id === model} onClick={() => choose(id)}>
              <span className="model-name">{name(id)}</span>
              <span className="small quiet">{factsOf(others.find((two) => two.model === id))}</span>
            </button>
          ))}
          {able.data !== undefined && (able.data.refusing?.length ?? 0) > listed.length && (
            <details className="small">
              <summary>{t('refusing', { count: able.data.refusing!.length - listed.length })}</summary>
              {able.data
                .refusing!.filter((id) => id !== model)
                .map((id) => (
                  <button key={id} type="button" className="model-row small quiet" onClick={() => choose(id)}>
                    {name(id)}
                  </button>
                ))}
            </details>
          )}
        </div>
        <div className="send-report" aria-busy={one.isPending}>
          {report === undefined ? (
            <p className="quiet">{one.isError || able.isError ? t('noReport') : t('looking')}</p>
          ) : (
            <LossTable report={report} request={request} strict={strict} />
          )}
        </div>
      </div>
      <footer className="send-foot">
        <RefusalList refused={refused.length > 0 ? refused : refusedByBudgets} />
        <p className={live ? 'finding advice' : 'finding'}>
          <span className="finding-words">{live ? t('live') : t('sandbox')}</span>
        </p>
        <div className="send-deeds">
          <Toggle label={t('strict')} on={strict} onChange={setStrict} />
          <button
            type="button"
            className="button main generate-button"
            disabled={busy || !makes || refusedByBudgets.length > 0 || session.data === undefined}
            onClick={confirm}
          >
            <Icon name={live ? 'send' : 'film'} /> {busy ? t('busy') : live ? payWords(report) : t('draft')}
          </button>
        </div>
      </footer>
    </Dialog>
  );

  function factsOf(found: LossReport | undefined): string {
    if (found === undefined) return t('refuses');
    const { counts, quote } = found;
    const lost = counts.degraded === 0 ? t('whole') : t('less', { count: counts.degraded });
    return `${quote?.total == null ? t('unknownPrice') : showMoney(quote.total)} · ${lost}`;
  }

  function payWords(found: LossReport | undefined): string {
    if (found?.quote == null) return t('payNothing');
    const { total, cap, binding } = found.quote;
    const money = binding === true ? total : (cap ?? total);
    if (money == null) return t('payUnknown');
    return t(binding === true ? 'pay' : 'payMost', { amount: showMoney(money) });
  }
}

/** What models would make of a request, as the server tells: it knows the accounts. */
function useReports(request: Request, models: readonly string[] | 'all' | undefined, region?: string) {
  const refreel = useRefreel();
  const language = usePreferences((preferences) => preferences.language);
  return useQuery({
    queryKey: ['loss reports', request, models, region, language],
    enabled: models !== undefined,
    queryFn: ({ signal }) =>
      refreel.check(request, { signal, models: models!, ...(region !== undefined && { region }) }),
  });
}

/** Which budgets would refuse it now, where it would be paid: said before anybody presses the button. */
function useBudgets(request: Request, model: string | undefined, region?: string): readonly ShownProblem[] {
  const refreel = useRefreel();
  const language = usePreferences((preferences) => preferences.language);
  const { data } = useQuery({
    queryKey: ['budgets foreseen', request, model, region, language],
    enabled: model !== undefined,
    // Others spend too.
    staleTime: 0,
    queryFn: ({ signal }) =>
      refreel.check({ ...request, model: model! }, { signal, ...(region !== undefined && { region }) }),
  });
  return (data?.problems ?? []).filter(({ code }) => code.startsWith('budget_'));
}
