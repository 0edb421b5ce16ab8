import { notesBeside, type Review, type ReviewTools, readRequest, reviewWith } from '@refreel/core/authoring';
import { type Note, noFacts, type Problem, type Request } from '@refreel/core/model';
import { createContext, use, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { loadPart } from '../shared/outdated.ts';
import { isPending, type Project } from './project.ts';
import { mediaIn } from './project-media.ts';
import { useProject } from './project-store.ts';

/** What can be said of the document as it stands. */
export interface ProjectReview extends Review {
  /** As it is sent; undefined where it cannot be read. */
  readonly request: Request | undefined;
  /** Uploads that it waits for. */
  readonly pending: number;
}

/** Reads, checks, quotes and, where `tools` can, advises a project, by the same rules as the server. */
export function reviewProject(
  { request, facts, region }: Project,
  advice = true,
  tools: ReviewTools = {},
): ProjectReview {
  const read = readRequest(request);
  const pending = mediaIn(request).filter(isPending).length;
  if (read.request === undefined) {
    const empty: Request = { model: request.model, references: [], shots: [{ prompt: [] }] };
    const nothing = reviewWith({}, empty, noFacts, { advice: false });
    return { ...nothing, problems: read.problems, notes: read.notes, quote: undefined, request: undefined, pending };
  }
  const where = region === undefined ? {} : { region };
  const found = reviewWith(tools, read.request, { media: facts, lines: {} }, { advice, ...where });
  // Nobody has measured what is still on its way; that is no news.
  const isNews = (one: Note | Problem) => one.code !== 'media_unmeasured' || pending === 0;
  const problems = distinct([...read.problems, ...found.problems]);
  return {
    ...found,
    problems,
    notes: notesBeside(problems, distinct([...read.notes, ...found.notes])).filter(isNews),
    request: read.request,
    pending,
  };
}

const Reviewed = createContext<ProjectReview | undefined>(undefined);

/** Gives everything below it the review of the document: made once for each change, behind what is being typed. */
export const ReviewProvider = Reviewed;

/** The review that `ReviewProvider` gets. */
export function useMakeReview(): ProjectReview {
  const project = useDeferredValue(useProject((one) => one));
  const tools = useTools(project.request.strict === true);
  return useMemo(() => reviewProject(project, true, tools), [project, tools]);
}

/** What is not needed to write comes behind the first picture: rules of advice, and the codecs once a request is strict. */
function useTools(strict: boolean): ReviewTools {
  const [tools, setTools] = useState<ReviewTools>({});
  useEffect(() => {
    void loadPart(() => import('./advise.ts')).then((part) => setTools((before) => ({ ...before, ...part })));
  }, []);
  useEffect(() => {
    if (strict)
      void loadPart(() => import('./translate.ts')).then((part) => setTools((before) => ({ ...before, ...part })));
  }, [strict]);
  return tools;
}

/** The review of the document as it stood a moment ago. @throws outside of Compose, which is a bug */
export function useReview(): ProjectReview {
  const found = use(Reviewed);
  if (found === undefined) throw new Error('a review is asked for outside of Compose');
  return found;
}

function distinct<One extends { readonly code: string; readonly path: string }>(all: readonly One[]): One[] {
  const keys = all.map((one) => JSON.stringify(one));
  return all.filter((_, at) => keys.indexOf(keys[at]!) === at);
}
