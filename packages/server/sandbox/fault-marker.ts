import { type Request, tidyPrompt } from '@refreel/core/model';
import { type Fault, readFaultName } from './fault-table.ts';

/** A request without its marker, and what the marker says. */
export interface Unmarked {
  readonly request: Request;
  /** Undefined where there is no marker; its text where it names no fault. */
  readonly fault: Fault | { readonly unknown: string } | undefined;
}

const marker = /\s*\[\[\s*fault\s*:([^\][]{1,60})\]\]/iu;

/** Takes the first `[[fault:name]]` out of a request's prompts, so that neither the film nor its subtitles show it. */
export function takeMarker(request: Request): Unmarked {
  for (const [index, shot] of request.shots.entries()) {
    for (const [place, part] of shot.prompt.entries()) {
      const taken = typeof part === 'string' ? takeMarkerOfText(part, place === 0) : undefined;
      if (taken?.fault === undefined) continue;
      const prompt = tidyPrompt(shot.prompt.with(place, taken.text));
      const shots = request.shots.with(index, { ...shot, prompt });
      return { request: { ...request, shots }, fault: taken.fault };
    }
  }
  return { request, fault: undefined };
}

/** The same of a text; `begins`: nothing stands before it. */
export function takeMarkerOfText(text: string, begins = true): Pick<Unmarked, 'fault'> & { readonly text: string } {
  const found = marker.exec(text);
  if (found === null) return { text, fault: undefined };
  const rest = text.slice(0, found.index) + text.slice(found.index + found[0].length);
  const name = found[1]!.trim();
  return {
    text: found.index === 0 && begins ? rest.trimStart() : rest,
    fault: readFaultName(name) ?? { unknown: name },
  };
}
