import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { copyText } from '../shared/copy-text.ts';
import { Icon } from '../shared/icon.tsx';

const toldMilliseconds = 2000;

/** Code to read and to copy. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  const t = useTranslations('developer');
  const [told, setTold] = useState<'copied' | 'notCopied'>();
  useEffect(() => {
    if (told === undefined) return;
    const timer = setTimeout(() => setTold(undefined), toldMilliseconds);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async () => setTold((await copyText(code)) ? 'copied' : 'notCopied');
  return (
    <div className="code-block">
      <button type="button" className="button tiny code-copy" onClick={() => void copy()}>
        <Icon name={told === 'copied' ? 'check' : 'copy'} size={14} /> {t('copy')}
      </button>
      <span className="hidden-visually" role="status">
        {told !== undefined && t(told)}
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys. */}
      <section className="code-scroll" tabIndex={0} aria-label={label}>
        <pre>
          <code>{code}</code>
        </pre>
      </section>
    </div>
  );
}
