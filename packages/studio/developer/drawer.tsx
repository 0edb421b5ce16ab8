import '../compose/review/send-dialog.css';
import './drawer.css';
import { findCard } from '@refreel/core/catalog';
import { explainProblem } from '@refreel/core/model';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { LossTable } from '../compose/review/loss-table.tsx';
import { useProjectStore } from '../document/project-store.ts';
import { reviewProject } from '../document/use-review.ts';
import { useRefreel } from '../server/client.ts';
import { Choice } from '../shared/choice.tsx';
import { Dialog, DialogHead } from '../shared/dialog.tsx';
import { usePreferences } from '../shared/preferences.ts';
import { whyFailed } from '../shared/why-failed.ts';
import { CodeBlock } from './code-block.tsx';
import { snippetsOf } from './snippets.ts';
import { wiresOf } from './wires.ts';

/** The request of this moment as programs send it, over every wire that can say it, and what becomes of it there. */
export function DeveloperDrawer({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('developer');
  const language = usePreferences((preferences) => preferences.language);
  const refreel = useRefreel();
  const [{ request, facts }] = useState(() => {
    const { project } = useProjectStore.getState();
    return { request: reviewProject(project, false).request!, facts: { media: project.facts, lines: {} } };
  });
  const wires = useMemo(() => wiresOf(request, facts, location.origin), [request, facts]);
  const [chosenWire, chooseWire] = useState(
    () => wires.find(({ id }) => id === findCard(request.model)?.dialect)?.id ?? 'native',
  );
  const [chosenLanguage, chooseLanguage] = useState('curl');
  const wire = wires.find(({ id }) => id === chosenWire)!;
  const snippets = useMemo(() => snippetsOf(wire), [wire]);
  const snippet = snippets.find((one) => one.language === chosenLanguage) ?? snippets[0];
  const loss = useQuery({
    queryKey: ['developer', 'loss', wire.model, request, language],
    queryFn: ({ signal }) => refreel.check(request, { models: [wire.model], signal }),
  });
  const report = loss.data?.models?.[0];
  const reasons = [...new Set(wire.problems.map((one) => explainProblem(one, language).message))];
  return (
    <Dialog label={t('title')} className="developer" onClose={onClose}>
      <DialogHead title={t('title')} onClose={onClose} />
      <Choice
        legend={t('wire')}
        options={wires.map(({ id }) => id)}
        value={chosenWire}
        show={(id) => (isNamed(id) ? t(`wires.${id}`) : id)}
        onChoose={chooseWire}
      />
      <div className="developer-two">
        <section className="developer-code" aria-label={t('code')}>
          {reasons.length > 0 && (
            <div className="finding wrong developer-refused" role="status">
              <strong>{wire.course === undefined ? t('cannot') : t('refused')}</strong>
              <ul>
                {reasons.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </div>
          )}
          {snippet !== undefined && (
            <>
              <Choice
                legend={t('language')}
                options={snippets.map((one) => one.language)}
                value={snippet.language}
                onChoose={chooseLanguage}
              />
              <CodeBlock code={snippet.code} label={`${snippet.language}, ${wire.id}`} />
              <p className="small quiet">{t('key')}</p>
            </>
          )}
        </section>
        <section className="developer-loss" aria-label={t('becomes')}>
          <h3>{t('on', { model: findCard(wire.model)?.name[language] ?? wire.model })}</h3>
          {loss.error !== null && <p className="quiet">{whyFailed(loss.error)}</p>}
          {report !== undefined && <LossTable report={report} request={request} strict={false} />}
        </section>
      </div>
    </Dialog>
  );
}

const named = ['native', 'dashscope', 'openai', 'qiniu', 'venice', 'toapis', 'baicai'] as const;

function isNamed(id: string): id is (typeof named)[number] {
  return named.some((one) => one === id);
}
