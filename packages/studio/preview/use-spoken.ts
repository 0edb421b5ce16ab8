import { linesToSpeak } from '@refreel/core/animatic';
import type { Facts, Film, Request } from '@refreel/core/model';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DraftServer, SpokenFacts } from './draft-server.ts';

/** Typing pauses for so long before new lines are spoken. */
const pauseMilliseconds = 400;

/** The lines of a request as they are spoken, those of former requests among them: the same words in the same voice are the same line. */
export function useSpoken(request: Request, film: Film, facts: Facts, server: DraftServer): SpokenFacts {
  const [spoken, setSpoken] = useState<SpokenFacts>({ lines: {}, speech: {} });
  /** Asked in vain is not asked again. */
  const silent = useRef(new Set<string>());
  const newest = useRef(request);
  newest.current = request;
  const missing = useMemo(() => {
    const keys = film.audio ? linesToSpeak(request, film, facts).map(({ key }) => key) : [];
    return JSON.stringify(keys.filter((key) => !Object.hasOwn(spoken.speech, key)));
  }, [request, film, facts, spoken]);
  useEffect(() => {
    const keys = (JSON.parse(missing) as string[]).filter((key) => !silent.current.has(key));
    if (keys.length === 0) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const found = await server.speak(newest.current, abort.signal).catch(() => undefined);
      if (abort.signal.aborted) return;
      if (found === undefined) return;
      for (const key of keys) if (!Object.hasOwn(found.speech, key)) silent.current.add(key);
      setSpoken((before) => ({
        lines: { ...before.lines, ...found.lines },
        speech: { ...before.speech, ...found.speech },
      }));
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [missing, server]);
  return spoken;
}
