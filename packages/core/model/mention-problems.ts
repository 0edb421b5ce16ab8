import type { Localized } from './language.ts';
import { type Problem, problem } from './problem.ts';
import type { Reference } from './reference.ts';

/** A prompt names what no reference is called. */
export function unknownMention(path: string, found: string, references: readonly Reference[]): Problem {
  const names = references.map((reference) => `@${reference.name}`);
  const hint: Localized =
    names.length === 0
      ? {
          en: 'There is no reference yet: add one (`references:` in a request, `--subject bob=bob.png` in a command).',
          zh: '目前还没有任何参考：请添加（请求中的 `references:`，或命令行的 `--subject bob=bob.png`）。',
        }
      : {
          en: `Known names: ${names.join(', ')}. Correct the name, or add the reference.`,
          zh: `已有名称：${names.join('、')}。请改正名称或添加参考。`,
        };
  return problem('unknown_mention', path, { found, limit: names, hint });
}

/** A prompt's tag counts further than there are references of its kind; `limit` of them. */
export function tagOutOfRange(path: string, found: string, limit: number): Problem {
  return problem('tag_out_of_range', path, { found, limit, ...tagWords(found, limit) });
}

function tagWords(found: string, limit: number): { there: Localized; hint: Localized } {
  if (limit === 0)
    return {
      there: { en: 'there is no such reference', zh: '没有这类参考' },
      hint: { en: 'Add one, or remove the tag.', zh: '请添加参考，或删除该标记。' },
    };
  if (limit === 1) {
    const first = found.replace(/[0-9０-９]+/u, '1');
    return {
      there: { en: 'there is only one such reference', zh: '这类参考只有 1 个' },
      hint: { en: `Use ${first}, or add the reference.`, zh: `请使用 ${first}，或添加参考。` },
    };
  }
  return {
    there: { en: `there are only ${limit} such references`, zh: `这类参考只有 ${limit} 个` },
    hint: {
      en: `Use a number from 1 to ${limit}, or add the reference.`,
      zh: `请使用 1 到 ${limit} 的编号，或添加参考。`,
    },
  };
}
