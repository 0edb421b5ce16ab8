/** Below this is only rumble. */
const rumbleHertz = 70;
/**
 * Measured in third octaves against the long-term average of speech (Byrne and others, 1994), the synthesiser has 6 to
 * 9 dB too much from 1 to 4 kHz in every voice: what makes it sound like tin.
 */
const tin = { hertz: 2_400, decibels: -6, width: 0.6 };

/** Takes the rumble and the tinny middle from a synthetic voice. Changes `samples` and gives them back. */
export function soften(samples: Float32Array, rate: number): Float32Array {
  const rumbleStep = 1 - Math.exp((-2 * Math.PI * rumbleHertz) / rate);
  const [b0, b1, b2, a1, a2] = bell(rate, tin.hertz, tin.decibels, tin.width);
  let rumble = 0;
  let [input1, input2, output1, output2] = [0, 0, 0, 0];
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index]!;
    rumble += rumbleStep * (sample - rumble);
    const input = sample - rumble;
    const output = b0 * input + b1 * input1 + b2 * input2 - a1 * output1 - a2 * output2;
    input2 = input1;
    input1 = input;
    output2 = output1;
    output1 = output;
    samples[index] = output;
  }
  return samples;
}

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** A bell-shaped rise or dip around `hertz` (R. Bristow-Johnson, Audio EQ Cookbook: peakingEQ); `width` is its Q. */
function bell(rate: number, hertz: number, decibels: number, width: number): Biquad {
  const gain = 10 ** (decibels / 40);
  const angle = (2 * Math.PI * hertz) / rate;
  const spread = Math.sin(angle) / (2 * width);
  const middle = -2 * Math.cos(angle);
  const scale = 1 + spread / gain;
  return [
    (1 + spread * gain) / scale,
    middle / scale,
    (1 - spread * gain) / scale,
    middle / scale,
    (1 - spread / gain) / scale,
  ];
}
