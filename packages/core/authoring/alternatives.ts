import { explainProblem, type Language, makeNote, type Note, type Problem, type Request } from '../model/index.ts';

/**
 * Looks at the models that may make a request if its own refuses: an unknown one is a problem, and what a known one would refuse is a
 * note, since the first may well make it. `review` looks at the request as it would be sent to one of them.
 */
export function reviewAlternatives(
  request: Request,
  review: (request: Request) => { readonly problems: readonly Problem[] },
): { problems: Problem[]; notes: Note[] } {
  const problems: Problem[] = [];
  const notes: Note[] = [];
  const { alternatives = [], ...alone } = request;
  for (const [index, model] of alternatives.entries()) {
    const path = `alternatives[${index}]`;
    const looked = review({ ...alone, model });
    const [first] = looked.problems;
    if (first === undefined) continue;
    if (first.code === 'unknown_model') problems.push({ ...first, path });
    else notes.push(makeNote('alternative_refuses', path, { found: model, why: reasons(looked.problems) }));
  }
  return { problems, notes };
}

function reasons(problems: readonly Problem[]): { en: string; zh: string } {
  const say = (language: Language) => problems.map((one) => explainProblem(one, language).message);
  return { en: say('en').join(' '), zh: say('zh').join('') };
}
