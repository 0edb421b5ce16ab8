import { translator } from '../words/words.ts';
import { notify } from './notice.tsx';

/** Why a script that this page asks for is not there: the server has a newer Studio, or there is no server to ask. */
export type Absence = 'updated' | 'away';

/** Whether this page is of the Studio that the server has now. Undefined where that does not answer, or builds one just now. */
async function isOfServer(): Promise<boolean | undefined> {
  const own = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (own === null || own === undefined) return undefined;
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    return answer.ok ? (await answer.text()).includes(own) : undefined;
  } catch {
    return undefined;
  }
}

/** Says that the page should be loaded again, and does it. What was written is kept by then: leaving a page keeps it. */
function tellAbsence(why: Absence): void {
  const t = translator();
  notify({
    words: t(`shell.absent.${why}`),
    stays: true,
    deed: { label: t('shell.reload'), run: async () => location.reload() },
  });
}

/** Says so where the server was updated since this page was loaded: after a time in which it was away. */
export async function tellIfUpdated(): Promise<void> {
  if ((await isOfServer()) === false) tellAbsence('updated');
}

/** What another script brings, or why it is not there. @throws what is wrong with the script itself */
export async function findPart<Part>(
  load: () => Promise<Part>,
): Promise<{ readonly part: Part } | { readonly absent: Absence }> {
  try {
    return { part: await load() };
  } catch (error) {
    console.error(error);
    const same = await isOfServer();
    // The server was away for a moment only.
    if (same === true) return { part: await load() };
    return { absent: same === false ? 'updated' : 'away' };
  }
}

/** What another script brings; undefined, and said to the person, where it is not there. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part | undefined> {
  const found = await findPart(load);
  if ('part' in found) return found.part;
  tellAbsence(found.absent);
  return undefined;
}
