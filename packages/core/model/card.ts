import { z } from 'zod';
import { Currency } from './money.ts';
import { referenceKinds, videoUses } from './reference.ts';
import { inputNames } from './request.ts';

const LocalizedText = z.strictObject({ en: z.string(), zh: z.string() });

/** Where a fact comes from: a key of the catalog's sources, which holds title and date. "ours" marks what no document says. */
const source = { source: z.string().min(1) };

const Input = z.enum(inputNames);

/** When a limit, a rate or a typical time holds. All that is given must be true; nothing given is always true. */
export const Condition = z.strictObject({
  has: z.array(Input).optional(),
  lacks: z.array(Input).optional(),
  tier: z.array(z.string()).optional(),
  mode: z.array(z.string()).optional(),
  audio: z.boolean().optional(),
  /** The film's seconds, of one attempt. */
  seconds: z.strictObject({ from: z.number().optional(), to: z.number().optional() }).optional(),
});
export type Condition = z.infer<typeof Condition>;

/**
 * What a setting may be. `newer` marks what only a newer edition of the vendor's page allows: accepted, with a note.
 * Ends are inclusive. A range and single values together allow either.
 */
export const Limit = z.strictObject({
  when: Condition.optional(),
  oneOf: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  whole: z.boolean().optional(),
  newer: z.boolean().optional(),
  ...source,
});
export type Limit = z.infer<typeof Limit>;

/** One setting of a model. No `default` means that the vendor decides, or that the request must say it. */
export const Setting = z.strictObject({
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  /** What the vendor takes for a field that is left out, where that is not our `default`: its dialect decodes an absent field so. */
  vendorDefault: z.union([z.string(), z.number(), z.boolean()]).optional(),
  limits: z.array(Limit).min(1),
  ...source,
});
export type Setting = z.infer<typeof Setting>;

/** Limits of the bytes of one kind of medium. Pixels per side, seconds, bytes; ratios are long side to short side. */
export const MediaLimit = z.strictObject({
  types: z.array(z.string()).min(1),
  mostBytes: z.int().optional(),
  leastSide: z.int().optional(),
  mostSide: z.int().optional(),
  mostRatio: z.number().optional(),
  leastSeconds: z.number().optional(),
  mostSeconds: z.number().optional(),
  leastFps: z.number().optional(),
  mostFps: z.number().optional(),
  /** `false` where the vendor refuses pictures with transparency. */
  alpha: z.boolean().optional(),
  ...source,
});
export type MediaLimit = z.infer<typeof MediaLimit>;

/** How a model takes one kind of reference. `as` names the kind that it becomes there. */
export const KindInput = z.strictObject({
  as: z.enum(['subject', 'scene', 'image', 'video']).optional(),
  image: z.enum(['required', 'optional', 'none']).optional(),
  mostAngles: z.int().optional(),
  clip: z.boolean().optional(),
  /** The vendor has one place for a reference: of an image and a clip, the clip is sent. */
  oneMedium: z.boolean().optional(),
  voice: z.boolean().optional(),
  uses: z.array(z.enum(videoUses)).optional(),
  keepSound: z.boolean().optional(),
  ...source,
});
export type KindInput = z.infer<typeof KindInput>;

/** How many of some inputs there may be, counted together. */
export const Total = z.strictObject({
  of: z.array(Input).min(1),
  least: z.int().optional(),
  most: z.int().optional(),
  when: Condition.optional(),
  /** What a newer edition of the page allows beyond this: accepted, with a note. An end that it names replaces the one above. */
  newer: z.strictObject({ least: z.int().optional(), most: z.int().optional(), ...source }).optional(),
  ...source,
});
export type Total = z.infer<typeof Total>;

/** Inputs that a model does not take together. */
export const Exclusion = z.strictObject({ one: Input, other: Input, ...source });

/**
 * A price a second that holds under a condition; the first that holds counts. Micros of the rule's currency;
 * null where the document says that there is such a rate and not what it is.
 */
export const Rate = z.strictObject({
  when: Condition.optional(),
  micros: z.int().nullable(),
  label: LocalizedText.optional(),
  ...source,
});
export type Rate = z.infer<typeof Rate>;

/** What seconds of input video are shared out over: all references, or only those that are video. */
const InputDivisor = z.enum(['reference', 'footage']);

/** What a second of film costs. A model without a known price has `null`, never 0. */
export const PriceRule = z.strictObject({
  currency: Currency,
  rates: z.array(Rate).min(1),
  /** The document writes "about": the quote is a cap, not a binding total. */
  approximate: z.boolean().optional(),
  /** Charged also when the film is refused by moderation. */
  refusedIsCharged: z.boolean().optional(),
  /** Seconds of input video that are billed like film seconds: each is cut at `eachMost[n - 1]` for n references. */
  inputSeconds: z.strictObject({ eachMost: z.array(z.number()).min(1), dividedBy: InputDivisor, ...source }).optional(),
  /** Of the source, where that is none of the catalog's: an account's own price says where it stands in its own words. */
  date: z.iso.date().optional(),
  ...source,
});
export type PriceRule = z.infer<typeof PriceRule>;

/** One shape of film that a model can make. */
export const Format = z.strictObject({
  width: z.int(),
  height: z.int(),
  ratio: z.string(),
  tier: z.string(),
  mode: z.string().optional(),
});
export type Format = z.infer<typeof Format>;

/** The shapes that a model's films have. */
export const Formats = z.strictObject({
  /** Every shape, the default first; empty where any even size can be made. */
  list: z.array(Format),
  /** How people choose: by exact pixels, or by ratio and tier. Dialects that write a size whose pixels do not count have "ratio". */
  size: z.enum(['pixels', 'ratio']),
  /** Sizes that may be named although only their ratio counts. */
  namedSizes: z.array(z.strictObject({ width: z.int(), height: z.int() })).optional(),
  /** The picture whose ratio the film takes over, whatever ratio is asked; the first of the list that is there. */
  follows: z.array(z.enum(['startFrame', 'firstPicture'])).optional(),
  /** For films of any size: even sides from this to that. */
  anySide: z.strictObject({ from: z.int(), to: z.int() }).optional(),
  ...source,
});
export type Formats = z.infer<typeof Formats>;

/** Seconds on a clock from asking to having. */
export const Typical = z.strictObject({ when: Condition.optional(), from: z.number(), to: z.number(), ...source });

/** How a model takes several shots. */
export const ShotsInput = z.strictObject({
  /** `list`: written into the prompt as the document shows it; `flag`: the vendor's own switch; `text`: only as words, which is less. */
  form: z.enum(['own', 'shot-list', 'storyboard', 'flag', 'text']),
  most: z.int().optional(),
  each: z.strictObject({ from: z.number(), to: z.number() }).optional(),
  ...source,
});
export type ShotsInput = z.infer<typeof ShotsInput>;

/** What differs in a region where a vendor offers the model. Absent facts are those of the card. */
export const Region = z.strictObject({
  id: z.string(),
  name: LocalizedText,
  inputs: z.partialRecord(z.enum(referenceKinds), KindInput.nullable()).optional(),
  totals: z.array(Total).optional(),
  seconds: Setting.optional(),
  price: PriceRule.nullable().optional(),
  ...source,
});
export type Region = z.infer<typeof Region>;

/** What an account that speaks the newest edition of its vendor's pages has instead, where that excludes what the card says. */
export const NewestEdition = z.strictObject({
  totals: z.array(Total).optional(),
  /** How input video is billed there. */
  inputDividedBy: InputDivisor.optional(),
  ...source,
});
export type NewestEdition = z.infer<typeof NewestEdition>;

/** Everything that is known about a model. Code asks the card, never the model's name. */
export const Card = z.strictObject({
  id: z.string().min(1),
  /** Folder of core/dialects that speaks to its vendor; "native" for what Refreel makes itself. */
  dialect: z.string(),
  aliases: z.array(z.string()).optional(),
  name: LocalizedText,
  method: LocalizedText,
  bestFor: LocalizedText,
  /** Made here, without a key. */
  offline: z.boolean().optional(),
  prompt: z.strictObject({
    required: z.boolean(),
    /** Characters (code points) of the prompt as the vendor reads it. `cut`: a longer one is cut there without a word. */
    most: z.int().nullable(),
    cut: z.boolean().optional(),
    /** Characters of the negative prompt; null where there is none. */
    negativeMost: z.int().nullable(),
    negative: z.boolean(),
    /** Key of the syntax that binds words of the prompt to references; null where the vendor documents none. */
    mentions: z.string().nullable(),
    ...source,
  }),
  inputs: z.strictObject({
    subject: KindInput.nullable(),
    scene: KindInput.nullable(),
    image: KindInput.nullable(),
    video: KindInput.nullable(),
    startFrame: z.boolean(),
    endFrame: z.boolean(),
    /**
     * Start and end frame must have exactly the pixels of the size that is asked. Where only a size's ratio counts, that is the
     * named size (any of the film's ratio if the request names none), which need not be the film's own pixels.
     */
    framesMatchSize: z.boolean().optional(),
    ...source,
  }),
  totals: z.array(Total),
  exclusions: z.array(Exclusion).optional(),
  media: z.strictObject({
    image: MediaLimit.nullable(),
    video: MediaLimit.nullable(),
    voice: MediaLimit.nullable(),
  }),
  /** Its vendor looks at media before it answers a request, so that what it does not take is refused at once. Absent: later, or nobody says. */
  looksAtMedia: z.strictObject({ at: z.literal('submit'), ...source }).optional(),
  shots: ShotsInput,
  seconds: Setting,
  formats: Formats,
  mode: Setting.nullable(),
  fps: Setting,
  audio: Setting,
  watermark: Setting.nullable(),
  seed: z.boolean(),
  count: Setting,
  expand: Setting.nullable(),
  price: PriceRule.nullable(),
  typical: z.array(Typical),
  /** Seconds that a finished film's URL lives at the vendor; null where films stay. */
  expiry: z.strictObject({ seconds: z.number().nullable(), ...source }),
  /** The vendor can start from a finished film of its own. */
  remix: z.boolean(),
  regions: z.array(Region).optional(),
  newest: NewestEdition.optional(),
});
export type Card = z.infer<typeof Card>;

/** A card as written by hand, before its schema has looked at it. */
export type CardInput = z.input<typeof Card>;
