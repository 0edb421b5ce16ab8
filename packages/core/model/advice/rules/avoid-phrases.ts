import { type Replacement, replaceInPrompt } from '../../prompt/flat.ts';
import { makeAdvice } from '../advice.ts';
import type { Rule } from '../advised.ts';

interface Row {
  readonly avoid: RegExp;
  readonly use: string;
}

/** The guide's phrases, and the parts of them that ask for the same. */
const rows: readonly Row[] = [
  { avoid: /\bdolly[\s-]zoom(?:\s+with\s+rack[\s-]focus(?:\s+transition)?)?\b/giu, use: 'slow camera push forward' },
  { avoid: /(?<!dolly[\s-]zoom\s+with\s+)\brack[\s-]focus\s+transition\b/giu, use: 'slow camera push forward' },
  { avoid: /\b(?:complex\s+)?handheld\s+parallax(?:\s+movement)?\b/giu, use: 'tracking shot from behind' },
  { avoid: /\bextreme\s+macro(?:\s+with\s+tilt[\s-]shift(?:\s+bokeh)?)?\b/giu, use: 'close-up' },
  {
    avoid: /\banamorphic\s+ultra[\s-]wide(?:\s+establishing)?(?:\s+crane)?(?:\s+shot)?\b/giu,
    use: 'wide cinematic shot',
  },
  { avoid: /(?<!ultra[\s-]wide\s+)\bestablishing\s+crane\s+shot\b/giu, use: 'wide cinematic shot' },
  { avoid: /(?:希区柯克|滑动)变焦(?:[并和]?移焦(?:转场)?)?/gu, use: '镜头缓慢推进' },
  { avoid: /复杂的?手持视差(?:运动|移动)?/gu, use: '从身后跟拍' },
  { avoid: /极(?:端|致)微距(?:[加与和]?移轴(?:虚化|散景)?)?/gu, use: '特写' },
  { avoid: /变形(?:宽银幕)?超广角(?:建立|定场)?(?:摇臂)?镜头/gu, use: '电影感全景' },
];

/**
 * Venice reference-to-video guide, "Use simple camera language", the table use / avoid. The fix puts the phrase to use in the
 * place of the other, with the case of its first letter.
 */
export const avoidPhrases: Rule = ({ shots }) =>
  shots.flatMap(({ path, flat, open }) => {
    const matches = rows.flatMap(({ avoid, use }) =>
      [...open.matchAll(avoid)].map((match) => ({ from: match.index, found: match[0], use })),
    );
    const replacements: Replacement[] = matches.map(({ from, found, use }) => ({
      from,
      to: from + found.length,
      by: [/^\p{Lu}/u.test(found) ? use[0]!.toUpperCase() + use.slice(1) : use],
    }));
    if (matches.length === 0) return [];
    const fix = { path, value: replaceInPrompt(flat, replacements) };
    return matches.map(({ found, use }) => makeAdvice('avoid_phrase', path, { found, use }, fix));
  });
