import { readTokens } from '@refreel/core/dialects';
import type { Card, Reference } from '@refreel/core/model';
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { type CaretPosition, RichTextarea, type RichTextareaHandle } from 'rich-textarea';
import { useTranslations } from 'use-intl';
import { beginStep, changeShot, useProject } from '../../document/project-store.ts';
import { bindTags } from '../../document/prompt-text.ts';
import { useShotFocus } from '../storyboard/shot-focus.ts';
import { highlight } from './highlight.tsx';
import { MentionList } from './mention-list.tsx';
import { insertMention, matching, queryAt } from './mention-query.ts';

interface Caret {
  readonly at: number;
  readonly left: number;
  readonly top: number;
}

/** Where a shot is written: a real textarea, names highlighted behind its letters, a list of references at "@". */
export function PromptEditor({
  index,
  card,
  area,
}: {
  readonly index: number;
  readonly card: Card | undefined;
  /** For whoever writes into it from beside. */
  readonly area: RefObject<RichTextareaHandle | null>;
}) {
  const t = useTranslations('prompt');
  const references = useProject(({ request }) => request.references);
  const text = useProject(({ request }) => request.shots[index]?.prompt ?? '');
  const whole = useProject(({ request }) => request.shots.map(({ prompt }) => prompt).join('\n'));
  const several = useProject(({ request }) => request.shots.length > 1);
  const [caret, setCaret] = useState<Caret>();
  const [active, setActive] = useState(0);
  const [shut, setShut] = useState<number>();
  const listId = useId();
  const syntax = card?.prompt.mentions ?? null;

  const lookUp = (written: string, at: number | undefined) => {
    const query = at === undefined ? undefined : queryAt(written, at);
    return { query, found: query === undefined || query.start === shut ? [] : matching(references, query.typed) };
  };
  const { found } = lookUp(text, caret?.at);
  const open = found.length > 0;
  const chosen = Math.min(active, found.length - 1);

  const write = (next: string, at?: number) => {
    if (at === undefined) return changeShot(index, { prompt: next });
    // At once: a frame later the caret would jump back over what was typed meanwhile.
    flushSync(() => changeShot(index, { prompt: next }));
    area.current?.setSelectionRange(at, at);
  };
  /** As it stands now: word of the caret comes a little after what was typed. */
  const lookNow = () => lookUp(area.current?.value ?? text, area.current?.selectionStart);
  const pick = (reference: Reference) => {
    const { query } = lookNow();
    if (query === undefined) return;
    beginStep();
    const inserted = insertMention(area.current?.value ?? text, query, reference.name);
    write(inserted.text, inserted.caret);
    setActive(0);
    area.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Enter that ends a composition belongs to the input method: keyCode 229 is what older ones send. The textarea keeps such keys back too.
    if (!open || event.nativeEvent.isComposing || event.keyCode === 229) return;
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const now = lookNow();
    const meant = now.found[Math.min(chosen, now.found.length - 1)];
    if (move !== 0) setActive((chosen + move + found.length) % found.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && meant !== undefined) pick(meant);
    else if (event.key === 'Escape') setShut(now.query?.start);
    else return;
    event.preventDefault();
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text/plain');
    const bound = bindTags(pasted, references, syntax, `${whole}\n${pasted}`);
    if (bound === pasted) return;
    event.preventDefault();
    beginStep();
    const { selectionStart: from, selectionEnd: to } = event.currentTarget;
    write(text.slice(0, from) + bound + text.slice(to), from + bound.length);
  };
  const bindTyped = () => {
    setCaret(undefined);
    const bound = bindTags(text, references, syntax, whole);
    if (bound !== text) write(bound);
  };
  const follow = (position: CaretPosition) => {
    if (!position.focused) return setCaret(undefined);
    useShotFocus.setState({ caret: position.selectionStart });
    setCaret({ at: position.selectionStart, left: position.left, top: position.top + position.height });
  };
  return (
    <div className="prompt-editor">
      <RichTextarea
        ref={area}
        className="prompt-area"
        autoHeight
        rows={3}
        style={{ width: '100%' }}
        value={text}
        placeholder={t('placeholder')}
        aria-label={several ? t('ofShot', { number: index + 1 }) : t('title')}
        aria-autocomplete="list"
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? `${listId}-${chosen}` : undefined}
        spellCheck
        onChange={(event) => {
          setShut(undefined);
          setActive(0);
          write(event.target.value);
        }}
        onSelectionChange={follow}
        onKeyDown={press}
        onPaste={paste}
        onBlur={bindTyped}
      >
        {(value) => highlight(value, readTokens(value, references, syntax, { whole }))}
      </RichTextarea>
      {open && caret !== undefined && (
        <MentionList id={listId} references={found} active={chosen} left={caret.left} top={caret.top} onPick={pick} />
      )}
    </div>
  );
}
