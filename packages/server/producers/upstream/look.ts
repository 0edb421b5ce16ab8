import { rm } from 'node:fs/promises';
import { headerOf, type Landfall, type SeenFilm } from '@refreel/core/dialects';
import { problem } from '@refreel/core/model';
import { contextOf } from './compose.ts';
import { asHandle, type Course, tellable } from './course.ts';
import { failedStep, type Going, moveTo, type Sender, type Step } from './step.ts';
import { ofAccount } from './submit.ts';

/** What a look found: films, with those that came as the answer itself; or what is to be written. */
export type Looked = { readonly is: 'films'; readonly films: readonly SeenFilm[]; readonly course: Course } | Step;

/** So many answers in a row that it is not known there, and it is given up. */
const mostGone = 3;

/** Asks once how an attempt stands at its vendor. `patienceSeconds`: after so long it is not waited for any more. Throws the signal's reason. */
export async function lookOnce(
  sender: Sender,
  { course, createdAt }: Going,
  patienceSeconds: number,
  signal: AbortSignal,
): Promise<Looked> {
  const { account } = sender;
  const landfall = await landfallOf(sender, course, signal);
  const known = account.key.hide(course.vendorId ?? '');
  const waited = (Date.now() - (course.sentAt ?? createdAt.getTime())) / 1000;
  const patient = waited < patienceSeconds;
  const silent = () =>
    failedStep('unknown', problem('vendor_silent', '', { found: known, limit: Math.round(patienceSeconds / 3600) }));
  switch (landfall.is) {
    case 'films': {
      const { films, billedSeconds } = landfall;
      const { gone: _, ...rest } = course;
      const next = {
        ...rest,
        films: tellable(films),
        seenAt: course.seenAt ?? Date.now(),
        ...(billedSeconds !== undefined && { billedSeconds }),
      };
      return { is: 'films', films, course: next };
    }
    case 'failed':
      return failedStep(landfall.billed, ofAccount(account, landfall.problem));
    case 'gone': {
      const gone = (course.gone ?? 0) + 1;
      if (gone >= mostGone) return failedStep('unknown', problem('vendor_lost_it', '', { found: known }));
      return { is: 'wait', seconds: account.lookIntervalSeconds, course: { ...course, gone } };
    }
    case 'later':
      // A look that was refused says nothing, also not that the vendor knows it again.
      return patient ? { is: 'wait', seconds: Math.max(landfall.seconds, account.lookIntervalSeconds) } : silent();
    case 'working': {
      if (!patient) return silent();
      const { progress, handle } = landfall;
      const { gone: _, ...rest } = course;
      const next = handle === undefined ? rest : { ...rest, voyage: handle };
      const changed = handle !== undefined || course.gone !== undefined;
      return {
        is: 'wait',
        // Where the way goes on at another address, there is something to see now.
        seconds: handle === undefined ? account.lookIntervalSeconds : 0,
        ...(changed && { course: next }),
        ...(progress !== undefined && { share: progress }),
      };
    }
  }
}

/** What the vendor answers to a look; whatever cannot be read says nothing. Throws the signal's reason. */
export async function landfallOf(sender: Sender, course: Course, signal: AbortSignal): Promise<Landfall> {
  const { account, wire, limits, newFile } = sender;
  const { voyage } = account.dialect;
  const context = contextOf(account);
  const handle = course.voyage ?? null;
  const film = { file: newFile('.mp4'), bytes: limits.filmBytes };
  const look = async (): Promise<Landfall> => {
    const sent = await wire.ask(voyage.look(handle, context), undefined, { seconds: limits.lookSeconds, film }, signal);
    if (sent.is !== 'answer') return later;
    const refused = sent.answer.status < 400 ? undefined : account.dialect.refusal.decode(sent.answer);
    const why = refused && ofAccount(account, refused);
    if (why?.code === 'account_key_refused') sender.onKeyRefused(why);
    const seen = voyage.seen(sent.answer, handle, context);
    // Where the vendor does not say when, the account does.
    return seen.is === 'later' && headerOf(sent.answer, 'retry-after') === undefined ? later : seen;
  };
  const later: Landfall = { is: 'later', seconds: account.lookIntervalSeconds };
  // A reader that trips over what the vendor said leaves the film where it is.
  const landfall = await look().catch(() => later);
  const kept = landfall.is === 'films' && landfall.films.some(({ bytes }) => bytes === film.file);
  if (!kept) await rm(film.file, { force: true });
  signal.throwIfAborted();
  return landfall;
}

/** The step that says that films are there; whoever takes it brings them in under the same claim. */
export function fetchingStep(course: Course): Step {
  return moveTo('fetching', { handle: asHandle(course) });
}
