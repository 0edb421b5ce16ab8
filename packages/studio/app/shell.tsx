import './shell.css';
import { lazy, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { Link, Route, Switch, useRoute } from 'wouter';
import { useSession } from '../server/session.ts';
import { Icon } from '../shared/icon.tsx';
import { Corner } from './corner.tsx';
import { ErrorFence } from './error-fence.tsx';
import { SignIn } from './sign-in.tsx';

const Compose = lazy(async () => ({ default: (await import('../compose/compose.tsx')).Compose }));
const Gallery = lazy(async () => ({ default: (await import('../gallery/gallery.tsx')).Gallery }));
const Settings = lazy(async () => ({ default: (await import('../settings/settings.tsx')).Settings }));

/** Header and page. Whoever needs a key and has none sees where to give it. */
export function Shell() {
  const t = useTranslations('shell');
  const session = useSession();
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
        {stranger ? (
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
              <Route path="/settings">
                <Settings />
              </Route>
            </Switch>
          </Suspense>
        )}
      </ErrorFence>
    </>
  );
}

function Tab({ href, children }: { readonly href: string; readonly children: string }) {
  const [here] = useRoute(href);
  return (
    <Link href={href} className="shell-tab" aria-current={here ? 'page' : undefined}>
      {children}
    </Link>
  );
}
