import { type Advice, explainAdvice, type Language } from '@refreel/core/model';
import { say } from './words.ts';

export function showAdvice(advice: readonly Advice[], language: Language): string {
  if (advice.length === 0) return say('noAdvice', language);
  const lines = advice.map((one) => {
    const { message, remedy } = explainAdvice(one, language);
    return `  · ${message}\n    → ${remedy}`;
  });
  return [say('advice', language), ...lines].join('\n');
}

export function adviceJson(one: Advice, language: Language) {
  return { ...one, ...explainAdvice(one, language) };
}
