export * from './draw-list.ts';
export { frameAt, shotAt } from './frame-at.ts';
export { lineKey, linesToSpeak } from './lines.ts';
export { plan } from './make-plan.ts';
export * from './plan.ts';
export * from './sprite.ts';
export { voiceFor } from './voice-for.ts';
