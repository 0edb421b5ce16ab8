import './prompt.css';
import { type Card, characters, plainPrompt, wordCount } from '@refreel/core/model';
import { Suspense, useRef, useState } from 'react';
import type { RichTextareaHandle } from 'rich-textarea';
import { useTranslations } from 'use-intl';
import { useProject } from '../../document/project-store.ts';
import { useReview } from '../../document/use-review.ts';
import { lazyPart } from '../../shared/lazy-part.tsx';
import { AdviceList, FindingsAt } from '../review/findings.tsx';
import { useActiveShot } from '../storyboard/shot-focus.ts';
import { PatternBar } from './pattern-bar.tsx';
import { PromptEditor } from './prompt-editor.tsx';
import { ShotListOffer } from './shot-list-offer.tsx';
import { UnknownNames } from './unknown-names.tsx';

const ExpandPanel = lazyPart(async () => (await import('./expand-panel.tsx')).ExpandPanel);

/** What happens in the film, or in the shot that is chosen: its text, what could be said besides, and what is found of it. */
export function PromptPanel({ card }: { readonly card: Card | undefined }) {
  const t = useTranslations('prompt');
  const index = useActiveShot();
  const several = useProject(({ request }) => request.shots.length > 1);
  const hasReferences = useProject(({ request }) => request.references.length > 0);
  const area = useRef<RichTextareaHandle>(null);
  const [expanding, setExpanding] = useState(false);
  return (
    <section className="compose-section prompt" aria-label={t('title')}>
      <h2 className="hidden-visually">{several ? t('ofShot', { number: index + 1 }) : t('title')}</h2>
      <div id="shot-words" className="prompt-words" role="tabpanel" aria-labelledby={`shot-${index}`}>
        {/* Another shot is another text: the list at "@" and the caret begin anew. */}
        <PromptEditor key={index} index={index} card={card} area={area} />
        <PatternBar
          key={`pattern ${index}`}
          index={index}
          card={card}
          area={area}
          expanding={expanding}
          onExpand={() => setExpanding(!expanding)}
        >
          <PromptCounter card={card} />
        </PatternBar>
        {expanding && (
          <Suspense fallback={null}>
            <ExpandPanel index={index} card={card} onDone={() => setExpanding(false)} />
          </Suspense>
        )}
        <ShotListOffer index={index} card={card} />
        <UnknownNames index={index} card={card} />
        <FindingsAt paths={[`shots[${index}]`]} without={hasReferences ? ['unknown_mention'] : []} />
      </div>
      <FindingsAt paths={['shots', 'prompt']} />
      <AdviceList />
    </section>
  );
}

/** How many words were written, beside how many are advised; how long that is as the model reads it, beside its limit. */
function PromptCounter({ card }: { readonly card: Card | undefined }) {
  const t = useTranslations('prompt');
  const { prompt, taken } = useReview();
  const text = taken.shots.map((shot) => plainPrompt(shot.prompt, taken.references)).join('\n');
  const count = characters(prompt);
  const most = card?.prompt.most ?? null;
  const length = t(/\p{Script=Han}/u.test(text) ? 'characters' : 'words', { count: wordCount(text) });
  const limit = most === null ? '' : ` · ${count} / ${most}`;
  return (
    <span className={most !== null && count > most ? 'small wrong-text' : 'small quiet'} data-testid="prompt-length">
      {length} · {t('advised')}
      {limit}
    </span>
  );
}
