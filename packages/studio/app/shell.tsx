import './shell.css';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Link, Route, Switch, useRoute } from 'wouter';
import { useSession } from '../server/session.ts';
import { Icon } from '../shared/icon.tsx';
import { lazyPart } from '../shared/lazy-part.tsx';
import { NoticeBar } from '../shared/notice.tsx';
import { Corner } from './corner.tsx';
import { ErrorFence } from './error-fence.tsx';
import { pages } from './pages.ts';
import { Shortcuts } from './shortcuts.tsx';
import { SignIn } from './sign-in.tsx';

const Compose = lazyPart(pages['/'], 'page');
const Gallery = lazyPart(pages['/gallery'], 'page');
const Library = lazyPart(pages['/library'], 'page');
const Projects = lazyPart(pages['/projects'], 'page');
const Settings = lazyPart(pages['/settings'], 'page');

/** Header and page. Whoever needs a key and has none sees where to give it. */
export function Shell() {
  const t = useTranslations('shell');
  const session = useSession();
  // The administrator makes the first key there.
  const [setting] = useRoute('/settings');
  const stranger = session.data?.keyNeeded === true && session.data.by === null;
  return (
    <>
      <header className="shell-header">
        <Link href="/" className="shell-mark">
          <Icon name="film" size={20} /> Refreel
        </Link>
        <nav aria-label={t('pages')}>
          <Tab href="/">{t('compose')}</Tab>
          <Tab href="/gallery">{t('gallery')}</Tab>
          <Tab href="/library">{t('library')}</Tab>
          <Tab href="/projects">{t('projects')}</Tab>
          <Tab href="/settings">{t('settings')}</Tab>
        </nav>
        <Corner />
      </header>
      <ErrorFence words={t('broke')} again={t('reload')}>
        {session.isError && (
          <p role="alert" className="shell-notice">
            {t('noServer')}
          </p>
        )}
        {stranger && !setting ? (
          <SignIn />
        ) : (
          <Suspense fallback={<main className="shell-waiting" aria-busy="true" aria-label={t('loading')} />}>
            <Switch>
              <Route path="/">
                <Compose />
              </Route>
              <Route path="/gallery">
                <Gallery />
              </Route>
              <Route path="/library">
                <Library />
              </Route>
              <Route path="/projects">
                <Projects />
              </Route>
              <Route path="/settings">
                <Settings />
              </Route>
            </Switch>
          </Suspense>
        )}
      </ErrorFence>
      <NoticeBar />
      <Shortcuts />
    </>
  );
}

function Tab({ href, children }: { readonly href: string; readonly children: string }) {
  const [here] = useRoute(href);
  const tab = useRef<HTMLAnchorElement>(null);
  // On a narrow screen the row of tabs is wider than its place.
  useEffect(() => {
    if (here) tab.current?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [here]);
  return (
    <Link ref={tab} href={href} className="shell-tab" aria-current={here ? 'page' : undefined}>
      {children}
    </Link>
  );
}
