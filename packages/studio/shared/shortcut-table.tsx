import './shortcut-table.css';
import { useTranslations } from 'use-intl';
import { type ShortcutName, shortcutGroups, shortcuts } from './shortcuts.ts';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const names = Object.keys(shortcuts) as ShortcutName[];

/** Every shortcut with its keys, by where it works. */
export function ShortcutTable() {
  const t = useTranslations('shortcuts');
  const show = (key: string) => (key === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : key === 'Space' ? t('space') : key);
  return (
    <div className="shortcut-groups">
      {shortcutGroups.map((group) => (
        <section key={group} aria-label={t(`groups.${group}`)}>
          <h3 className="small quiet">{t(`groups.${group}`)}</h3>
          <dl className="shortcut-list">
            {names
              .filter((name) => shortcuts[name].group === group)
              .map((name) => (
                <div key={name}>
                  <dt>{t(`does.${name}`)}</dt>
                  <dd>
                    {shortcuts[name].keys.map((key) => (
                      <kbd key={key}>{show(key)}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
