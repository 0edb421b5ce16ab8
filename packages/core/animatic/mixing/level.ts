const frameSeconds = 0.02;
/** Frames this far below the loudest one are pauses, not speech: 35 dB. */
const gate = 10 ** (-35 / 20);

/** Root mean square of a stretch of samples; 0 for an empty one. */
export function rootMeanSquare(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += samples[index]! * samples[index]!;
  return to > from ? Math.sqrt(sum / (to - from)) : 0;
}

/** Root mean square of whatever is not a pause, so that a slow speaker is as loud as a fast one; 0 for silence. */
export function spokenLevel(samples: Float32Array, rate: number): number {
  const step = Math.round(frameSeconds * rate);
  const powers: number[] = [];
  for (let from = 0; from < samples.length; from += step) {
    powers.push(rootMeanSquare(samples, from, Math.min(samples.length, from + step)) ** 2);
  }
  const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
  if (loudest === 0) return 0;
  const heard = powers.filter((power) => power >= loudest * gate * gate);
  return Math.sqrt(heard.reduce((sum, power) => sum + power, 0) / heard.length);
}

/** An amplitude in dB: 1 is 0 dB. */
export function decibels(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

/** The amplitude of so many dB. */
export function amplitude(decibels: number): number {
  return 10 ** (decibels / 20);
}
