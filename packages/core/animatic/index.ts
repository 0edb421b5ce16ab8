export * from './draw-list.ts';
export { frameAt, shotAt } from './drawing/frame-at.ts';
export { plan } from './make-plan.ts';
export * from './plan.ts';
export { expandShots } from './reading/expand-shots.ts';
export { lineKey, linesToSpeak, readLineKey } from './speaking/lines.ts';
export { voiceFor } from './speaking/voice-for.ts';
export * from './sprite.ts';
