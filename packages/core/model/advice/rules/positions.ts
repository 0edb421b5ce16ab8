import { appendSentence } from '../../prompt/expand.ts';
import { mentionsOf, type Prompt, tidyPrompt } from '../../prompt/prompt.ts';
import { makeAdvice } from '../advice.ts';
import { type AdvisedWords, nameOf, type Rule } from '../advised.ts';

const position =
  /\b(?:left|right|foreground|background|behind|beside|alongside|next to|in front of|between|cent(?:er|re)|middle|opposite|across from|facing|near|close to|entering|enters?|above|below|under|on top of|towards?|at the (?:back|front|far end)|side)\b|[左右]|前景|后景|背景|前方|后方|身后|身前|身旁|身边|旁边|一旁|中间|中央|对面|之间|远处|近处|上方|下方|走向|朝向|面对|迎面|路过|靠在/iu;
const held =
  /\b(?:hold(?:s|ing)?|held|carr(?:y|ies|ying)|wear(?:s|ing)?|eat(?:s|ing)?|drink(?:s|ing)?|rid(?:es?|ing)|us(?:es?|ing)|play(?:s|ing)|with)\s+(?:(?:a|an|the|his|her|their)\s+)?$|(?:拿|抱|吃|喝|捧|举|戴|穿|骑|弹|握|提|背|手持)[着起住]?$/iu;

/**
 * Venice reference-to-video guide, Kling O3 troubleshooting: "elements blend in scenes of several characters: vague spatial
 * instructions; say where each one is: 'foreground left', 'entering from right'". The fix places two of them, in the order in
 * which they are mentioned; whoever wants it otherwise swaps the words.
 */
export const subjectsWithoutPositions: Rule = ({ request, shots }) =>
  shots.flatMap((shot) => {
    const { path, prompt } = shot;
    const acting = new Set(
      request.references
        .filter((one) => one.kind === 'subject' || (one.kind === 'video' && one.use === 'subject'))
        .map(({ id }) => id),
    );
    const ids = [...new Set(mentionsOf(prompt).map(({ mention }) => mention))]
      .filter((id) => acting.has(id))
      .filter((id) => !isHeld(shot, id));
    if (ids.length < 2 || position.test(withoutCamera(shot))) return [];
    const found = ids.map((id) => nameOf(request, id));
    const fix = ids.length === 2 ? { path, value: placed(shot, ids[0]!, ids[1]!) } : undefined;
    return [makeAdvice('subjects_without_positions', path, { count: ids.length, found }, fix)];
  });

/** What somebody holds, wears or eats is where that somebody is. */
function isHeld({ flat, open }: AdvisedWords, id: string): boolean {
  const places = [...flat.mentions].filter(([, { mention }]) => mention === id);
  return places.every(([at]) => held.test(open.slice(0, at)));
}

/** "Pan left" places nobody. */
function withoutCamera({ open, camera }: AdvisedWords): string {
  return camera.reduce((text, { from, to }) => text.slice(0, from) + ' '.repeat(to - from) + text.slice(to), open);
}

function placed({ prompt, language }: AdvisedWords, one: string, other: string): Prompt {
  const marked = appendSentence(prompt, '', language);
  return language === 'zh'
    ? tidyPrompt([...marked, { mention: one }, '在前景左侧，', { mention: other }, '从右侧进入。'])
    : tidyPrompt([
        ...marked,
        { mention: one },
        ' is in the foreground left, ',
        { mention: other },
        ' is entering from right.',
      ]);
}
