import {
  type Card,
  elementsOf,
  type PatternElement,
  type PatternWord,
  patternElements,
  patternWords,
  promptLanguage,
} from '@refreel/core/model';
import { type ReactNode, type RefObject, useId, useState } from 'react';
import type { RichTextareaHandle } from 'rich-textarea';
import { useTranslations } from 'use-intl';
import { beginStep, changeShot } from '../../document/project-store.ts';
import { loadPart } from '../../shared/outdated.ts';
import { usePreferences } from '../../shared/preferences.ts';
import { useShotFocus } from '../storyboard/shot-focus.ts';
import { insertWords } from './insert-words.ts';
import { useShotPrompt } from './use-prompt.ts';

/** The pattern of a good prompt: what it says already is marked, and each part has its words at hand. */
export function PatternBar({
  index,
  card,
  area,
  expanding,
  onExpand,
  children,
}: {
  readonly index: number;
  readonly card: Card | undefined;
  readonly area: RefObject<RichTextareaHandle | null>;
  readonly expanding: boolean;
  readonly onExpand: () => void;
  /** Stands beside it. */
  readonly children: ReactNode;
}) {
  const t = useTranslations('pattern');
  const interfaceLanguage = usePreferences((preferences) => preferences.language);
  const { text, prompt, references, put } = useShotPrompt(index, card);
  const [open, setOpen] = useState<PatternElement>();
  const listId = useId();
  const said = elementsOf(prompt, references);
  // Words are those of the text that they go into.
  const language = text.trim() === '' ? interfaceLanguage : promptLanguage(prompt);

  const insert = (words: string) => {
    const { caret } = useShotFocus.getState();
    const inserted = insertWords(text, caret ?? text.length, words);
    beginStep();
    changeShot(index, { prompt: inserted.text });
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(inserted.caret, inserted.caret);
    });
  };
  const take = async ({ words, stands }: PatternWord) => {
    const sentence = words[language];
    if (stands === 'within' || text.trim() === '') return insert(sentence);
    // Who says what in a text, so that nothing is put into anybody's mouth, is looked at only here.
    const part = await loadPart(() => import('./sentences.ts'));
    const longer = part?.addSentence(prompt, references, sentence, { first: stands === 'first', language });
    if (longer === undefined) insert(sentence);
    else put(longer);
  };
  const names = references.filter(({ kind }) =>
    open === 'subject' ? kind !== 'scene' : open === 'place' && kind === 'scene',
  );
  const press = (element: PatternElement) => {
    // Without a name at hand there is nothing to choose from.
    if (element === 'subject' && !references.some(({ kind }) => kind !== 'scene')) return insert('@');
    setOpen(open === element ? undefined : element);
  };
  return (
    <>
      <div className="pattern">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and a legend. */}
        <div className="pattern-parts" role="group" aria-label={t('title')}>
          {patternElements.map((element) => (
            <button
              key={element}
              type="button"
              className={said.has(element) ? 'pattern-part said' : 'pattern-part'}
              aria-expanded={open === element}
              aria-controls={open === element ? listId : undefined}
              onClick={() => press(element)}
            >
              <span className="pattern-dot" aria-hidden="true" />
              {t(element)}
              <span className="hidden-visually">{said.has(element) ? t('said') : t('unsaid')}</span>
            </button>
          ))}
        </div>
        <div className="pattern-end">
          {children}
          <button type="button" className="button tiny" aria-expanded={expanding} onClick={onExpand}>
            {t('expand')}
          </button>
        </div>
      </div>
      {open !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and a legend.
        <div id={listId} className="pattern-words" role="group" aria-label={t('wordsOf', { part: t(open) })}>
          {names.map(({ id, name }) => (
            <button key={id} type="button" className="button tiny" onClick={() => insert(`@${name}`)}>
              @{name}
            </button>
          ))}
          {patternWords[open].map((word) => (
            <button
              key={word.words.en}
              type="button"
              className="button tiny"
              lang={language === 'zh' ? 'zh-CN' : 'en'}
              onClick={() => void take(word)}
            >
              {word.words[language].replace(/[.。]$/, '')}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
