const fieldNames = [
  'prompt',
  'seconds',
  'shots',
  'name',
  'kind',
  'image',
  'angles',
  'clip',
  'voice',
  'video',
  'use',
  'keepSound',
  'startFrame',
  'endFrame',
  'ratio',
  'tier',
  'size',
  'mode',
  'fps',
  'audio',
  'watermark',
  'seed',
  'count',
  'expand',
  'negativePrompt',
  'model',
] as const;

/** Whether a field of a request has a name in words. */
export function isField(field: string): field is (typeof fieldNames)[number] {
  return fieldNames.some((one) => one === field);
}
