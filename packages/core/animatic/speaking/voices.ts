import type { Facts, Language, Reference, Request } from '../../model/index.ts';
import type { Voice } from '../plan.ts';
import { voiceFor } from './voice-for.ts';

type Variant = Voice['variant'];

const femaleWords =
  /\b(?:she|her|hers|woman|girl|lady|queen|mother|mom|sister|daughter|actress|heroine)\b|她|女|女主|妈|姐|妹|母亲|阿姨|奶奶/iu;
const maleWords =
  /\b(?:he|his|him|man|boy|guy|king|father|dad|brother|son|actor|hero)\b|他|男|爸|哥|弟|父亲|叔|爷|少年/iu;

const narration = /旁白|画外音|解说|narrat|voice-?over/iu;

/** Voices in the order in which a cast gets them, so that two who talk never sound alike. */
const female: readonly { variant: Variant; pitch: number }[] = [
  { variant: 'f2', pitch: 52 },
  { variant: 'f3', pitch: 62 },
  { variant: 'f4', pitch: 44 },
  { variant: 'f5', pitch: 70 },
];
const male: readonly { variant: Variant; pitch: number }[] = [
  { variant: 'm3', pitch: 42 },
  { variant: 'm1', pitch: 52 },
  { variant: 'm7', pitch: 34 },
  { variant: 'm5', pitch: 60 },
];

/** Who chooses the voice of a line: a reference by id, somebody whom no reference shows by name, or nobody. */
export type VoiceOf = (speaker: string | undefined, name: string, language: Language) => Voice;

/** Words a minute that are clear and still as quick as people talk; the speech scales it to each language. */
const rate = 165;

/**
 * A voice for everybody who may speak: near the pitch of its voice sample or of its video's own sound; else by the words that the
 * prompts use of it, else in turn. Without a speaker it is the narrator's.
 */
export function castVoices(request: Request, facts: Facts): VoiceOf {
  const chosen = new Map<string, (language: Language) => Pick<Voice, 'variant' | 'pitch'>>();
  let [women, men, turn] = [0, 0, 0];
  const choose = (key: string, words: string) => {
    const isFemale = soundsFemale(words) ?? turn++ % 2 === 0;
    const row = isFemale ? female[women++ % female.length]! : male[men++ % male.length]!;
    chosen.set(key, () => row);
  };
  for (const reference of request.references) {
    const hertz = pitchOf(reference, facts);
    if (hertz !== undefined) chosen.set(reference.id, (language) => voiceFor(hertz, language));
    else if (reference.kind !== 'scene') choose(reference.id, wordsNear(reference, request));
  }
  const narrator = { variant: 'm1', pitch: 45 } as const;
  return (speaker, name, language) => {
    const key = speaker ?? `words:${name}`;
    if (speaker === undefined && name !== '' && !narration.test(name) && !chosen.has(key)) choose(key, name);
    return { language, rate, ...(chosen.get(key)?.(language) ?? narrator) };
  };
}

/** A subject's voice is its own sample, else the sound of its clip. */
function pitchOf(reference: Reference, facts: Facts): number | undefined {
  if (reference.kind !== 'subject' && reference.kind !== 'video') return undefined;
  const media = reference.voice ?? (reference.kind === 'video' ? reference.video : reference.clip);
  const measured = media === undefined ? undefined : facts.media[media];
  return measured === undefined || measured.kind === 'image' ? undefined : measured.pitchHertz;
}

/** What the prompts say right after its name, where they call it he or she. */
function wordsNear(reference: Reference, request: Request): string {
  const near: string[] = [reference.name];
  for (const { prompt } of request.shots) {
    for (const [index, part] of prompt.entries()) {
      if (typeof part === 'string' || part.mention !== reference.id) continue;
      const after = prompt[index + 1];
      if (typeof after === 'string') near.push(after.slice(0, 60));
    }
  }
  return near.join(' ');
}

/** Undefined where the words speak of neither, or of both. */
function soundsFemale(words: string): boolean | undefined {
  const [isFemale, isMale] = [femaleWords.test(words), maleWords.test(words)];
  return isFemale === isMale ? undefined : isFemale;
}
