import type { Colour } from '../../model/index.ts';
import type { BackdropSprite } from '../sprite.ts';
import { blendLight, lumaOf, mixColours, shade } from './colour.ts';
import { dither, ease, mix, noiseOn } from './noise.ts';
import type { Rgba } from './rgba.ts';
import { paintRoom, type Row } from './room.ts';
import type { SkylineLayer } from './skyline.ts';
import { skylineLayers } from './skyline.ts';

/** Columns of a silhouette are looked at this many times for each pixel, so that upright walls are smooth. */
const samplesPerPixel = 4;

/** Pixels between the places where the ground's patches are looked at. */
const patchStep = 6;

/** A scene that was not given: calm, and plain enough to stand behind everybody. */
export function makeBackdrop(sprite: BackdropSprite): Rgba {
  const { width, height } = sprite;
  const data = new Uint8Array(width * height * 4);
  const row: Row = new Float32Array(width * 3);
  const horizon = sprite.horizon * height;
  const layers = skylineLayers(sprite.skyline, sprite.seed).map((layer) => prepareLayer(sprite, layer));
  const paintDisc = prepareDisc(sprite);
  for (let y = 0; y < height; y++) {
    if (y < horizon) fillRow(row, skyAt(sprite, (y + 0.5) / horizon));
    else paintGround(sprite, y, row);
    paintDisc?.(y, row);
    if (sprite.skyline === 'room') paintRoom(sprite, y, row);
    for (const paint of layers) paint(y, row);
    darkenCorners(sprite, y, row);
    storeRow(row, y, width, data);
  }
  return { data, width, height, opaque: true };
}

/** Sky at `down` from the top (0) to the horizon (1): most of the change is low, where there is most air. */
function skyAt({ skyTop, skyLow }: BackdropSprite, down: number): Colour {
  return blendLight(skyTop, skyLow, 0.35 * down + 0.65 * down ** 2.2);
}

/** Ground from the horizon to the viewer, with faint patches that grow as they come near, as evenly strewn ones do. */
function paintGround(sprite: BackdropSprite, y: number, row: Row): void {
  const { width, height, groundFar, groundNear, seed } = sprite;
  const horizon = sprite.horizon * height;
  const near = (y + 0.5 - horizon) / Math.max(height - horizon, 1);
  const colour = blendLight(groundFar, groundNear, near ** 0.75);
  fillRow(row, colour);
  const strength = { room: 0, waves: 0.1, plain: 0.06, hills: 0.07, trees: 0.07, city: 0.035 }[sprite.skyline];
  if (strength === 0) return;
  // Distance on a flat ground goes with one over the height below the horizon.
  const distance = 1 / (near + 0.03);
  const flatness = sprite.skyline === 'waves' ? 3.4 : 1.6;
  const brightness = (x: number): number => {
    const aside = ((x - width / 2) / height) * distance;
    const patch =
      noiseOn(seed + 31, aside * 1.1, distance * flatness) +
      0.5 * noiseOn(seed + 32, aside * 3.1, distance * flatness * 2.7);
    return 1 + strength * patch * Math.min(near * 6, 1);
  };
  // Patches are wide: looked at every few pixels, straight between.
  let from = brightness(0);
  for (let start = 0; start < width; start += patchStep) {
    const to = brightness(start + patchStep);
    for (let x = start; x < Math.min(start + patchStep, width); x++) {
      const factor = mix(from, to, (x - start) / patchStep);
      for (let channel = 0; channel < 3; channel++) row[x * 3 + channel]! *= factor;
    }
    from = to;
  }
}

/**
 * A sun or a moon with its glow, and its glitter where there is water below. `x` and `y` are fractions of the frame, `radius` of its
 * height.
 */
function prepareDisc(sprite: BackdropSprite): ((y: number, row: Row) => void) | undefined {
  const { disc, width, height } = sprite;
  if (disc === undefined) return undefined;
  const [centreX, centreY, radius] = [disc.x * width, disc.y * height, disc.radius * height];
  const horizon = sprite.horizon * height;
  const core = shade(disc.colour, 1.35);
  // A narrow bright ring of air and a wide faint one, by whole pixels of distance.
  const glowAt = Float32Array.from({ length: Math.ceil(Math.hypot(width, height) * 2) }, (_, distance) => {
    const away = Math.max(distance - radius, 0);
    return 0.42 * Math.exp(-away / (0.9 * radius)) + 0.26 * Math.exp(-away / (4.5 * radius));
  });
  return (y, row) => {
    const below = y >= horizon;
    if (below && sprite.skyline === 'waves') paintGlitter(sprite, y, centreX, radius, disc.colour, row);
    for (let x = 0; x < width; x++) {
      const distance = Math.sqrt((x + 0.5 - centreX) ** 2 + (y + 0.5 - centreY) ** 2);
      const whole = Math.min(Math.floor(distance), glowAt.length - 2);
      // On the ground only a little of it.
      const glow = mix(glowAt[whole]!, glowAt[whole + 1]!, distance - whole) * (below ? 0.22 : 1);
      const inside = below ? 0 : Math.min(Math.max(radius - distance + 0.5, 0), 1);
      for (let channel = 0; channel < 3; channel++) {
        const there = row[x * 3 + channel]!;
        const lit = there + (255 - there) * (disc.colour[channel]! / 255) * glow;
        row[x * 3 + channel] = mix(lit, core[channel]!, inside);
      }
    }
  };
}

/** Light of the disc on waves: flecks that widen towards the viewer. */
function paintGlitter(
  sprite: BackdropSprite,
  y: number,
  centreX: number,
  radius: number,
  colour: Colour,
  row: Row,
): void {
  const { width, height, seed } = sprite;
  const horizon = sprite.horizon * height;
  const near = (y + 0.5 - horizon) / Math.max(height - horizon, 1);
  const rows = 22 * Math.log(near + 0.035);
  const spread = radius * (0.8 + 2.6 * near);
  const from = Math.max(Math.floor(centreX - spread * 3), 0);
  const to = Math.min(Math.ceil(centreX + spread * 3), width);
  for (let x = from; x < to; x++) {
    const aside = (x + 0.5 - centreX) / spread;
    const along = ((x - centreX) / height) * (9 / (near + 0.12));
    const flecks = noiseOn(seed + 41, along, rows) + 0.6 * noiseOn(seed + 42, along * 2.3, rows * 1.9) + 0.18;
    const amount = Math.exp(-aside * aside) * ease(flecks * 1.3) * 0.6 * (1 - 0.6 * near);
    if (amount < 0.002) continue;
    for (let channel = 0; channel < 3; channel++)
      row[x * 3 + channel] = mix(row[x * 3 + channel]!, colour[channel]!, amount);
  }
}

/** A layer's outline is found once; then it is laid over each row. Its colour goes into the air's with distance and towards its foot. */
function prepareLayer(sprite: BackdropSprite, layer: SkylineLayer): (y: number, row: Row) => void {
  const { width, height, skyLow, skyTop, groundFar } = sprite;
  const horizon = sprite.horizon * height;
  const outline = new Float32Array(width * samplesPerPixel);
  // For each column the highest and the lowest point of its outline.
  const upperEdge = new Float32Array(width).fill(height);
  const lowerEdge = new Float32Array(width);
  let top = height;
  for (let sample = 0; sample < outline.length; sample++) {
    const edge = horizon - layer.height((sample + 0.5) / samplesPerPixel / height) * height;
    outline[sample] = edge;
    const column = Math.floor(sample / samplesPerPixel);
    upperEdge[column] = Math.min(upperEdge[column]!, edge);
    lowerEdge[column] = Math.max(lowerEdge[column]!, edge);
    top = Math.min(top, edge);
  }
  const own = shade(mixColours(groundFar, skyTop, 0.35), 0.42);
  // The air between has the colour of the sky behind the silhouette, not only that at the horizon.
  const air = mixColours(blendLight(skyTop, skyLow, 0.8), groundFar, 0.16);
  const upper = blendLight(own, air, layer.far);
  const foot = blendLight(own, air, Math.min(layer.far + 0.2, 1));
  const depth = Math.max(horizon - top, 1);
  // Windows are lit when it is dark.
  const dark = ease((110 - lumaOf(skyLow)) / 60);
  const lamp: Colour = [255, 206, 132];
  const lampLight = dark * 0.75 * (1 - layer.far * 0.8);
  return (y, row) => {
    if (y + 1 < top || y >= horizon) return;
    const colour = mixColours(upper, foot, ease((y - top) / depth));
    for (let x = 0; x < width; x++) {
      if (y + 1 <= upperEdge[x]!) continue;
      const covered = y >= lowerEdge[x]! ? 1 : coveredBelow(outline, x, y);
      const lamps =
        lampLight > 0.02 && covered === 1 && layer.lit?.((x + 0.5) / height, (horizon - y) / height) === true
          ? lampLight
          : 0;
      for (let channel = 0; channel < 3; channel++) {
        const at = x * 3 + channel;
        row[at] = mix(row[at]!, mix(colour[channel]!, lamp[channel]!, lamps), covered);
      }
    }
  };
}

/** How much of a pixel lies below the outline, 0 to 1. */
function coveredBelow(outline: Float32Array, x: number, y: number): number {
  let covered = 0;
  for (let sample = x * samplesPerPixel; sample < (x + 1) * samplesPerPixel; sample++)
    covered += Math.min(Math.max(y + 1 - outline[sample]!, 0), 1);
  return covered / samplesPerPixel;
}

function darkenCorners({ width, height }: BackdropSprite, y: number, row: Row): void {
  const down = ((y + 0.5) / height) * 2 - 1;
  for (let x = 0; x < width; x++) {
    const aside = ((x + 0.5) / width) * 2 - 1;
    const factor = 1 - 0.13 * ease((aside * aside + down * down - 0.55) / 1.45);
    for (let channel = 0; channel < 3; channel++) row[x * 3 + channel]! *= factor;
  }
}

function fillRow(row: Row, [red, green, blue]: Colour): void {
  for (let at = 0; at < row.length; at += 3) {
    row[at] = red;
    row[at + 1] = green;
    row[at + 2] = blue;
  }
}

function storeRow(row: Row, y: number, width: number, data: Uint8Array): void {
  for (let x = 0; x < width; x++) {
    const to = (y * width + x) * 4;
    // One dither for all channels: noise in brightness is finer than noise in colour. A little more than a level of it outlives bilinear
    // scaling. The array cuts fractions off.
    const noise = dither(x, y) * 1.6 + 0.5;
    for (let channel = 0; channel < 3; channel++)
      data[to + channel] = Math.min(Math.max(row[x * 3 + channel]! + noise, 0), 255);
    data[to + 3] = 255;
  }
}
