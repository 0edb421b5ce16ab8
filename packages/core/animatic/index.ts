export * from './draw-list.ts';
export * from './plan.ts';
export * from './sprite.ts';
